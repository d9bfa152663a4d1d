"""URLs of this site: the current page's URL, and whether a redirect target is safe."""

from collections.abc import Hashable
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import flask
from flask import g, request

# Characters kept as they are in a query string; all others (typed accents, for example) are percent-encoded.
_QUERY_SAFE_CHARS = "%&=+-._~!$'()*,;:@/?"
_MAX_CACHED_URLS = 4000

_url_cache: dict[tuple[Hashable, ...], str] = {}


def url_for(endpoint: str, **values: Any) -> str:
    """Cached flask.url_for for templates: one page builds the same dozen URLs many times."""
    key = (request.script_root, endpoint, *values.items())
    url = _url_cache.get(key)
    if url is None:
        if len(_url_cache) >= _MAX_CACHED_URLS:
            _url_cache.clear()
        url = _url_cache[key] = flask.url_for(endpoint, **values)
    return url


def get_cookie_path() -> str:
    """The Path attribute of our cookies: the prefix that the dashboard is mounted under, or /."""
    return request.script_root or "/"


def current_page_url() -> str:
    """URL (path and query) of the page that the user sees, used to return to it; always on this site.

    A page that answers a POST names the page it stands for in `g.page_path`, since its own address cannot be
    fetched.
    """
    if "page_path" in g:
        return str(g.page_path)
    if request.method in {"GET", "HEAD"} and request.endpoint:
        query = f"?{quote(request.query_string, safe=_QUERY_SAFE_CHARS)}" if request.query_string else ""
        return f"{request.script_root}{request.path}{query}"
    return url_for("meetings.index")


def safe_redirect_target(url: str) -> str:
    """The URL if it stays within the dashboard, else the home page's (prevents open redirects)."""
    home = url_for("meetings.index")
    if (
        not url.startswith(home)  # under a prefix, the rest of the host belongs to other applications
        or url.startswith("//")
        or "\\" in url
        or not url.isprintable()
    ):
        return home
    try:
        parts = urlsplit(url)
    except ValueError:
        return home
    has_dot_segments = any(unquote(part) in {".", ".."} for part in parts.path.split("/"))
    return home if parts.scheme or parts.netloc or has_dot_segments else url
