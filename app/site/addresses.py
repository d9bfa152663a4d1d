"""Addresses within this site: where a reader is, and whether somewhere to go next is ours."""

from collections.abc import Hashable
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import flask
from flask import g, request

# What stands in a query as it is: the rest (somebody typed the address, accents and all) is encoded.
_IN_QUERY = "%&=+-._~!$'()*,;:@/?"
_MOST = 4000

_found: dict[tuple[Hashable, ...], str] = {}


def url_for(endpoint: str, **values: Any) -> str:
    """Flask's, for templates, remembered: a page asks for the same dozen addresses again and again."""
    key = (request.script_root, endpoint, *values.items())
    found = _found.get(key)
    if found is None:
        if len(_found) >= _MOST:
            _found.clear()
        found = _found[key] = flask.url_for(endpoint, **values)
    return found


def cookie_path() -> str:
    """What our cookies are for: the prefix that the dashboard is mounted under, or the whole host."""
    return request.script_root or "/"


def page_path() -> str:
    """The address of the page that the reader sees, to come back to: path and query, never another site's.

    A page that answers a POST names the page it stands for in `g.page_path`, since its own address cannot be fetched.
    """
    if "page_path" in g:
        return str(g.page_path)
    if request.method in {"GET", "HEAD"} and request.endpoint:
        query = f"?{quote(request.query_string, safe=_IN_QUERY)}" if request.query_string else ""
        return f"{request.script_root}{request.path}{query}"
    return url_for("meetings.index")


def local_or_home(address: str) -> str:
    """The address if a browser would stay in the dashboard with it, else the home page's."""
    home = url_for("meetings.index")
    if (
        not address.startswith(home)  # under a prefix, the rest of the host belongs to others
        or address.startswith("//")
        or "\\" in address
        or not address.isprintable()
    ):
        return home
    try:
        parts = urlsplit(address)
    except ValueError:
        return home
    leads_up = any(unquote(part) in {".", ".."} for part in parts.path.split("/"))
    return home if parts.scheme or parts.netloc or leads_up else address
