"""The page that moves a meeting: what it says, what it refuses, what it does once."""

import pytest

from tests.batches.moving import FIELDS, meeting_of_three, move
from tests.support.actions import day, meeting_path
from tests.support.db import change, rows, table
from tests.support.pages import Page, PageClient


def test_page_says_what_happens_before_the_click(client: PageClient) -> None:
    page = meeting_of_three(client)
    said = client.visit(f"{meeting_path(page)}/move").find("#consequences").text
    assert "Se crea una reunión nueva con las mismas 3 personas." in said
    assert "A 2 les llega un correo de Zelta; a 1 usted le comparte el enlace nuevo." in said
    assert "Cuando la nueva exista, se cancela la anterior." in said


def test_same_submission_moves_once_and_other_content_is_asked_about(
    client: PageClient, database_url: str
) -> None:
    page = meeting_of_three(client)
    path = f"{meeting_path(page)}/move"
    shown = client.visit(path)
    form = shown.form(path)
    first = shown.submit(form, **FIELDS)
    assert shown.submit(form, **FIELDS).url == first.url
    other = shown.submit(form, **FIELDS | {"time": "17:00"})
    assert other.status == 422
    assert len(table(database_url, "meetings")) == 2


def test_second_move_is_refused_and_shows_the_first(client: PageClient, database_url: str) -> None:
    page = meeting_of_three(client)
    path = f"{meeting_path(page)}/move"
    shown = client.visit(path)
    move(client, page)
    refused = shown.submit(path, **FIELDS | {"time": "18:00"})
    assert refused.status == 422
    assert refused.find('main a[href="/meetings/2"]')
    assert client.visit(path).find('main a[href="/meetings/2"]')
    assert len(table(database_url, "meetings")) == 2


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("state = 'cancelled'", "está cancelada"),
        ("state = 'unknown'", "todavía no existe"),
        ("starts_at = '2020-01-01 10:00:00.000000'", "ya terminó"),
        ("cancellation = 'unknown'", "cancelación"),
        ("cancellation_refused = true", "Zelta rechazó"),
    ],
)
def test_meeting_that_cannot_be_moved_says_why(
    client: PageClient, database_url: str, statement: str, words: str
) -> None:
    page = meeting_of_three(client)
    path = f"{meeting_path(page)}/move"
    shown = client.visit(path)
    change(database_url, f"UPDATE meetings SET {statement}")  # noqa: S608
    assert words in client.visit(path).find("main").text
    answer = shown.submit(path, **FIELDS)
    assert answer.status == 422
    assert words in answer.find("main").text
    assert len(table(database_url, "meetings")) == 1


def test_same_time_is_refused(client: PageClient, database_url: str) -> None:
    page = meeting_of_three(client)
    assert move(client, page, date=day(), time="10:00").status == 422
    assert len(table(database_url, "meetings")) == 1


def test_meeting_whose_people_are_being_added_is_not_moved(client: PageClient, database_url: str) -> None:
    page = meeting_of_three(client)
    change(database_url, "UPDATE participants SET state = 'queued' WHERE name = 'Eva'")
    assert move_status(client, page) == 422
    assert len(table(database_url, "meetings")) == 1


def move_status(client: PageClient, page: Page) -> int:
    path = f"{meeting_path(page)}/move"
    form_page = client.visit(path)
    return form_page.submit(path, **FIELDS).status if form_page.find_all("#page-form") else 422


def test_discarded_people_are_not_carried_on(client: PageClient, database_url: str) -> None:
    page = meeting_of_three(client)
    change(database_url, "UPDATE participants SET state = 'discarded' WHERE name = 'Luis'")
    move(client, page)
    carried = rows(database_url, "SELECT name FROM participants WHERE meeting_id = 2 ORDER BY id")
    assert [row["name"] for row in carried] == ["Ana", "Eva"]
