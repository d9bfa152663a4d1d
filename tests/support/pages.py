"""Pages as a browser without JavaScript meets them: fetched, checked, read, filled in and submitted.

`PageClient` does it over Flask's test client, `tests.support.live.LiveClient` over a real connection. Each HTML answer
that either of them fetches is checked against `tests.support.html_rules`; a page that breaks a rule fails the test.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import IO, Any, Protocol
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, Headers
from werkzeug.test import TestResponse

from tests.support.forms import Form
from tests.support.html_rules import header_flaws, page_flaws, parse, text_of
from tests.support.selectors import select

REDIRECTS = range(300, 400)


class Visitor(Protocol):
    """Anyone who fetches pages."""

    def submit(self, page: "Page", form: Form) -> "Page":
        """Send a filled-in form of `page`, and follow where it leads."""


class Node:
    """An element of a page."""

    any_form = "form"

    def __init__(self, page: "Page", element: Element) -> None:
        self.page = page
        self.element = element

    def __repr__(self) -> str:
        return f"<{self.element.tag} {self.element.attrib}>"

    def __getitem__(self, attribute: str) -> str:
        """The value of an attribute that must be there."""
        return self.element.attrib[attribute]

    def get(self, attribute: str) -> str | None:
        """The value of an attribute, or None."""
        return self.element.get(attribute)

    @property
    def text(self) -> str:
        """The text with each run of white space as one space."""
        return text_of(self.element)

    def find_all(self, selector: str) -> list["Node"]:
        """All elements in this one that match a selector of `tests.support.selectors`."""
        return [Node(self.page, element) for element in select(self.element, selector)]

    def find(self, selector: str) -> "Node":
        """The one element in this one that matches."""
        found = self.find_all(selector)
        assert len(found) == 1, f"{len(found)} elements match {selector!r} in {self.page}"
        return found[0]

    def form(self, which: str | None = None) -> Form:
        """The one form in this element with this action (its path) or matching this selector; its only one if left out."""
        which = which or self.any_form
        forms = [
            node.element
            for node in self.find_all("form")
            if urlsplit(urljoin(self.page.url, node.get("action") or "")).path == which
        ]
        if not forms and which.startswith("/"):
            raise AssertionError(f"no form {which!r} in {self.page}: {self.page.find('main').text}")
        forms = forms or select(self.element, which)
        assert len(forms) == 1, f"{len(forms)} forms {which!r} in {self.page}"
        return Form(self.page.root, forms[0], self.page.url)


class Page(Node):
    """A page that was fetched, and found to keep the rules."""

    any_form = "main form"  # the header has forms of its own

    def __init__(self, visitor: Visitor, url: str, status: int, headers: Headers, html: str) -> None:
        self.visitor = visitor
        self.url = url
        self.status = status
        self.headers = headers
        self.html = html
        self.root, flaws = parse(html)
        super().__init__(self, self.root)
        flaws += [*header_flaws(headers), *page_flaws(self.root, status, urlsplit(url).netloc)]
        assert not flaws, f"{self}:\n" + "\n".join(f" - {flaw}" for flaw in flaws)

    def __repr__(self) -> str:
        return f"the page {self.url} ({self.status})"

    @property
    def path(self) -> str:
        """The path of the page's address, without query."""
        return urlsplit(self.url).path

    @property
    def title(self) -> str:
        """The title in the browser's tab."""
        return self.find("head > title").text

    @property
    def h1(self) -> str:
        """The page's heading."""
        return self.find("h1").text

    def submit(self, form: Form | str | None = None, button: str | None = None, **values: Any) -> "Page":
        """Fill in a form and submit it, as a browser does.

        Args:
            form: a form of this page, or what `Node.form` takes.
            button: the text or value of the button that is pressed; the form's first one if left out.
            values: field name → value; a field that the form lacks is an error.
        """
        form = form if isinstance(form, Form) else self.form(form)
        return self.visitor.submit(self, form.fill(**values).press(button))


class PageResponse(TestResponse):
    """An answer of the test client whose page can be asked for."""

    visitor: "PageClient"

    @cached_property
    def page(self) -> Page:
        """The checked page in this answer."""
        return Page(
            self.visitor, self.request.url, self.status_code, self.headers, self.get_data(as_text=True)
        )


class PageClient(FlaskClient):
    """Flask's test client, which checks every HTML answer that it gets, also on the way through redirects."""

    def __init__(self, application: Any, **options: Any) -> None:
        super().__init__(application, PageResponse, **options)

    def open(self, *args: Any, **options: Any) -> PageResponse:
        """As in Flask, with the answer checked."""
        response = super().open(*args, **options)
        assert isinstance(response, PageResponse)
        response.visitor = self
        if response.mimetype == "text/html":
            if response.status_code in REDIRECTS:
                flaws = list(header_flaws(response.headers))
                assert not flaws, f"the redirect from {response.request.url}: {flaws}"
            else:
                _ = response.page
        return response

    def visit(self, path: str, status: int = 200, **options: Any) -> Page:
        """The page at `path`, redirects followed, which must come with `status`."""
        return self._land(self.open(path, follow_redirects=True, **options), status)

    def submit(self, page: Page, form: Form) -> Page:
        """Send a form as `Page.submit` filled it in; the page that it leads to may have any status."""
        options: dict[str, Any] = {"headers": {"Referer": page.url}, "follow_redirects": True}
        if form.method == "GET":
            response = self.open(form.address_with_query(), **options)
        else:
            data = _as_werkzeug(form.entries(), form.files)
            options["content_type"] = form.encoding if not form.files else None
            response = self.open(form.action, method="POST", data=data, **options)
        return self._land(response, None)

    @staticmethod
    def _land(response: TestResponse, status: int | None) -> Page:
        assert isinstance(response, PageResponse)
        assert response.mimetype == "text/html", f"{response.request.url} answered {response.mimetype}"
        assert status in {None, response.status_code}, (
            f"{response.page} should be {status}: {response.page.text}"
        )
        return response.page


def _as_werkzeug(
    entries: Iterable[tuple[str, str]], files: Mapping[str, tuple[str, IO[bytes]]]
) -> dict[str, list[Any]]:
    data: dict[str, list[Any]] = {}
    for name, value in entries:
        data.setdefault(name, []).append(value)
    for name, (filename, content) in files.items():
        data.setdefault(name, []).append(FileStorage(content, filename))
    return data
