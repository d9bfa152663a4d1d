"""The reminders of a meeting's people, and the marks that sending them makes."""

from datetime import UTC, datetime, timedelta

from tests.integration.delivery.steps import deliveries, mark, meeting_with, person_id
from tests.support.actions import add, cancel
from tests.support.db import table
from tests.support.pages import PageClient


def test_reminder_of_each_person_with_a_link_is_there_to_copy(client: PageClient) -> None:
    path = meeting_with(client, "Ana Ruiz", "Luis Paz")
    page = client.visit(f"{path}/copy-all")
    text = page.find("#all-reminders").text
    assert text.count("https://") == 2
    assert ("Ana" in text, "Luis" in text, text.count("Le recuerdo")) == (True, True, 2)


def test_menu_of_the_meeting_offers_the_reminders(client: PageClient) -> None:
    path = meeting_with(client, "Ana")
    assert client.visit(path).find('button[data-copy="reminders"]')["data-all"].endswith("/copy-all")


def test_sending_reminders_marks_the_links_that_were_pending(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana", "Luis")
    mark(client, person_id(client, path, "Ana"))
    add(client.visit(path), "Rita", email="rita@example.org")
    page = client.visit(f"{path}/copy-all")
    page = page.submit(f"{path}/deliveries", "mark")
    assert deliveries(page) == {"Ana": "handed_over", "Luis": "handed_over", "Rita": "emailed"}
    assert [row["channel"] for row in table(database_url, "deliveries")] == ["other", "message"]


def test_cancelled_meeting_has_no_reminders(client: PageClient) -> None:
    path = meeting_with(client, "Ana")
    mark(client, person_id(client, path, "Ana"))
    cancel(client, client.visit(path))
    assert not client.visit(f"{path}/copy-all").find_all("#all-reminders")
    assert not client.visit(path).find_all('button[data-copy="reminders"]')


def test_links_of_tomorrow_stand_in_the_box_of_today(client: PageClient) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(hours=30)).date().isoformat()
    meeting_with(client, "Ana", date=tomorrow, time="23:00")
    line = client.visit("/").find('[data-today="links"]')
    assert "1 enlace por compartir" in line.text
