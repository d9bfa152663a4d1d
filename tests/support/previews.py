"""The preview of a list: how tests come to it, and what stands on it."""

from pathlib import Path
from typing import NamedTuple

from tests.support.actions import create, meeting_path
from tests.support.pages import Page, PageClient

FIXTURES = Path(__file__).parents[1] / "list_parser" / "fixtures"


class ShownRow(NamedTuple):
    """A row of a preview: its number, state, whether it is ticked, name and email."""

    n: str
    state: str
    is_ticked: bool
    name: str
    email: str


def import_path(client: PageClient) -> str:
    """The path of the import page of a new meeting."""
    return f"{meeting_path(create(client))}/people/import"


def paste(client: PageClient, path: str, text: str) -> Page:
    """The preview of a pasted list."""
    return client.visit(path).submit(path, people=text)


def upload(client: PageClient, path: str, filename: str, content: bytes | None = None) -> Page:
    """The preview of a file: a fixture of the list parser, where no content is given."""
    page = client.visit(path)
    data = (FIXTURES / filename).read_bytes() if content is None else content
    return page.submit(page.form(path).attach("file", filename, data))


def shown_rows(page: Page) -> list[ShownRow]:
    """The rows of a preview in the order of their source."""
    rows = []
    for row in page.find_all("[data-row]"):
        n = row["data-row"]
        keep = row.find(f'input[name="keep-{n}"]')
        name, email = (row.find(f'input[name="{field}-{n}"]')["value"] for field in ("name", "email"))
        rows.append(ShownRow(n, row["data-state"], keep.get("checked") is not None, name, email))
    return sorted(rows, key=lambda row: int(row.n))


def row_states(page: Page) -> list[str]:
    return [row.state for row in shown_rows(page)]


def facts(page: Page) -> str:
    """The line that says what was read."""
    return page.find(".facts-line").text


IMPORTS = "participant_imports"
"""The table of imports."""
