"""A dashboard under a path of its host: what the proxy in front of it does, and where the addresses in its pages lead."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests
from flask import Flask
from werkzeug.datastructures import Headers

from tests.support.forms import Form
from tests.support.live import LiveClient
from tests.support.pages import Page

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ELSEWHERE = ("#", "https://meet.zelta.example/", "https://wa.me/", "mailto:")


def mount(app: Flask, prefix: str) -> None:
    """Let the app be asked as through a proxy that takes the prefix off each path, and names it in a header."""
    inner = app.wsgi_app

    def proxy(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        assert path.startswith(f"{prefix}/"), f"{path} leaves the prefix"
        passed = {"PATH_INFO": path.removeprefix(prefix), "HTTP_X_FORWARDED_PREFIX": prefix}
        return inner(environ | passed, start_response)

    app.wsgi_app = proxy  # type: ignore[method-assign]


def addresses(page: Page) -> set[str]:
    """Every address of ours in a page: of links, forms, files, what scripts fetch, and where a form leads back to."""
    return {
        node[name]
        for name in ("href", "src", "action", "data-refresh", "data-progress", "formaction")
        for node in page.find_all(f"[{name}]")
        if not node[name].startswith(ELSEWHERE)
    } | {field["value"] for field in page.find_all('input[name="next"]')}


class MountedPage(Page):
    """A page whose forms are named by the paths that they would have without the prefix."""

    prefix = ""

    def form(self, which: str | None = None) -> Form:
        """As in `Page`."""
        return super().form(self.prefix + which if which and which.startswith("/") else which)


class MountedClient(LiveClient):
    """`LiveClient` for whom a path of the dashboard is the same under a prefix as without, and who is never led out of it.

    Args:
        url: where the dashboard is, with the prefix.
        certificate: what to trust, where that is not what the system trusts.
    """

    def __init__(self, url: str, certificate: Path | None = None) -> None:
        super().__init__(url)
        self.prefix = urlsplit(url).path
        self.session.verify = str(certificate) if certificate else True

    def _page(self, response: requests.Response) -> MountedPage:
        assert response.url.startswith(f"{self.url}/"), f"led away to {response.url}"
        headers = Headers(response.headers.items())
        page = MountedPage(self, response.url, response.status_code, headers, response.content.decode())
        page.prefix = self.prefix
        return page
