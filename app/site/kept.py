"""Pieces of pages that are the same for everybody who reads one language: made once in a process, and kept."""

from collections.abc import Callable, Hashable, Iterable

from flask import request
from markupsafe import Markup

from app.site import language

MOST = 4000
"""Pieces, of a kilobyte or two each."""

_made: dict[Hashable, Markup] = {}


def kept(template: str, macro: Callable[[Hashable], Markup], shown: Iterable[Hashable]) -> Markup:
    """What a macro makes of each of these values, remembered: a row of a list changes seldom, and escaping it is most of what it costs.

    Args:
        template: whose macro it is.
        macro: makes the same of the same value, whoever reads it.
        shown: the values, each all that the macro looks at, but for the language and where the dashboard is mounted.
    """
    place = (template, language.current(), request.script_root)
    pieces = []
    for value in shown:
        piece = _made.get((place, value))
        if piece is None:
            if len(_made) >= MOST:
                _made.clear()
            piece = _made[place, value] = macro(value)
        pieces.append(piece)
    return Markup("".join(pieces))  # noqa: S704 - each of them is markup
