"""Fragment cache: template fragments that depend only on their value and the language, per process."""

from collections.abc import Callable, Hashable, Iterable

from flask import request
from markupsafe import Markup

from app.web import i18n

MAX_FRAGMENTS = 4000
"""Fragments of 1 to 2 KB each."""

_fragments: dict[Hashable, Markup] = {}


def render_cached(template: str, macro: Callable[[Hashable], Markup], values: Iterable[Hashable]) -> Markup:
    """Render a macro for each value, cached: rows change rarely, and escaping is most of the cost.

    Args:
        template: the template that defines the macro; part of the cache key.
        macro: a pure function of the value: it must not use the current user or request.
        values: each has all that the macro uses, except the language and the URL prefix.
    """
    cache_scope = (template, i18n.get_locale(), request.script_root)
    fragments = []
    for value in values:
        fragment = _fragments.get((cache_scope, value))
        if fragment is None:
            if len(_fragments) >= MAX_FRAGMENTS:
                _fragments.clear()
            fragment = _fragments[cache_scope, value] = macro(value)
        fragments.append(fragment)
    return Markup("".join(fragments))  # noqa: S704 - each of them is markup
