"""Pieces of pages that are the same for everybody who reads one language: made once in a process, and kept."""

from collections.abc import Callable, Hashable

from flask import request
from markupsafe import Markup

from app.site import language

MOST = 4000
"""Pieces, of a kilobyte or two each."""

_made: dict[Hashable, Markup] = {}


def kept(template: str, macro: Callable[[Hashable], Markup], shown: Hashable) -> Markup:
    """What a macro makes of a value, remembered: a row of a list changes seldom, and escaping it is most of what it costs.

    Args:
        template: whose macro it is.
        macro: makes the same of the same value, whoever reads it.
        shown: the value, all that the macro looks at, but for the language and where the dashboard is mounted.
    """
    key = (template, language.current(), request.script_root, shown)
    found = _made.get(key)
    if found is None:
        if len(_made) >= MOST:
            _made.clear()
        found = _made[key] = macro(shown)
    return found
