"""What a coordinator does and sees, in one line each, over either client of pages."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from tests.support.forms import Form
from tests.support.pages import Node, Page


class Browser(Protocol):
    """Anyone who visits and submits: `PageClient` or `LiveClient`."""

    def visit(self, path: str, status: int = 200) -> Page:
        """The page at a path."""

    def submit(self, page: Page, form: Form) -> Page:
        """The page that a form leads to."""


def day(after: int = 7) -> str:
    """A date so many days from today, as a form takes it."""
    return (datetime.now(UTC) + timedelta(days=after)).strftime("%Y-%m-%d")


def create(browser: Browser, title: str = "Comité", **fields: str) -> Page:
    """Create a meeting in a week at 10:00 UTC, and another one if asked; gives the page that this leads to."""
    filled = {"title": title, "date": day(), "time": "10:00", "time_zone": "UTC"} | fields
    page = browser.visit("/meetings/new").submit("/meetings/new", **filled)
    asked = page.find_all('button[name="other_than"]')
    return page.submit("/meetings/new", asked[0]["value"]) if asked else page


def adopt(browser: Browser, meeting: str, title: str = "Comité", **fields: str) -> Page:
    """Take in a meeting made elsewhere."""
    filled = {"title": title, "date": day(), "time": "10:00", "time_zone": "UTC"} | fields
    return browser.visit("/meetings/adopt").submit("/meetings/adopt", meeting=meeting, **filled)


def add(page: Page, name: str = "Ana", role: str = "participant", **fields: str) -> Page:
    """Add a person on a meeting's page."""
    return page.submit(f"{meeting_path(page)}/participants", name=name, role=role, **fields)


def insist(page: Page) -> Page:
    """Answer what the form to add a person asks, if it asks: what was typed is right, and it is another person."""
    answers = {"email_doubt": "as_is", "name_doubt": "as_is", "same_person": "another"}
    asked = {name: answers[name] for name in answers if page.find_all(f'main input[name="{name}"]')}
    return page.submit(f"{meeting_path(page)}/participants", **asked) if asked else page


def cancel(browser: Browser, page: Page) -> Page:
    """Cancel the meeting of a page, by way of the confirmation."""
    path = f"{meeting_path(page)}/cancel"
    return browser.visit(path).submit(path)


def meeting(page: Page) -> Node:
    """The element that shows the meeting on its page."""
    return page.find("main article[data-meeting]")


def meeting_path(page: Page) -> str:
    """The path of the meeting that a page shows."""
    return f"/meetings/{meeting(page)['data-meeting']}"


def person(page: Page, name: str = "Ana") -> Node:
    """The row of a person on the meeting's page, the only one of that name."""
    rows = [row for row in page.find_all("[data-participant]") if row.find(".name").text == name]
    assert len(rows) == 1, f"{len(rows)} people are called {name!r} in {page}"
    return rows[0]


def state(page: Page, name: str | None = None) -> str:
    """The `data-state` of the meeting, or of a person."""
    return (person(page, name) if name else meeting(page))["data-state"]


def choices(node: Node) -> list[str]:
    """What can be decided here, in the order of the page."""
    return [button["value"] for button in node.find_all('button[name="choice"]')]


def meeting_choices(page: Page) -> list[str]:
    """What can be decided about the meeting itself."""
    path = f"{meeting_path(page)}/resolve"
    return [one for form in page.find_all(f'form[action="{path}"]') for one in choices(form)]


def choose(page: Page, choice: str, name: str | None = None, **fields: str) -> Page:
    """Decide about the meeting, or about a person, with the button that offers it."""
    where = person(page, name) if name else page
    for found in where.find_all("form"):
        if (name or found["action"].endswith("/resolve")) and choice in choices(found):
            form = Form(page.root, found.element, page.url)
            if name is None and not form.action.endswith(f"{meeting_path(page)}/resolve"):
                continue
            return page.submit(form, choice, **fields)
    raise AssertionError(f"{choice!r} is not offered in {page}")


def forge(page: Page, form: Form, **values: str) -> Page:
    """Send a form with values that no browser would send."""
    for name, value in values.items():
        form.values[name] = [value]
    return page.visitor.submit(page, form.press())


def errors(page: Page) -> str:
    """What the summary at the top of a form that came back says."""
    return page.find("main .summary").text
