"""What is downloaded or printed about a meeting and its people."""

import csv
import io

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from app.models.meeting import DEFAULT_DURATION_MINUTES
from tests.integration.delivery.steps import mark, meeting_with, person_id
from tests.support.actions import add, cancel, create, errors, meeting_path, person
from tests.support.db import change, rows
from tests.support.pages import PageClient


def calendar(client: PageClient, address: str) -> Calendar:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return Calendar.from_ical(answer.get_data())


def test_calendars_of_meeting_and_person_share_their_event(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana", duration="90")
    ana = person_id(client, path, "Ana")
    link = person(client.visit(path)).find("a[data-link]")["href"]
    general = calendar(client, f"{path}.ics").events[0]
    personal = calendar(client, f"/participants/{ana}.ics").events[0]
    assert general["UID"] == personal["UID"]
    assert (general.get("URL"), str(personal["URL"])) == (None, link)
    assert link in str(personal["DESCRIPTION"])
    (stored,) = rows(database_url, "SELECT starts_at FROM meetings")
    assert general.start.strftime("%Y-%m-%d %H:%M") in str(stored["starts_at"])
    assert (general.end - general.start).total_seconds() == 90 * 60


def test_cancelled_meeting_cancels_the_event(client: PageClient) -> None:
    page = add(create(client), "Ana")
    path = meeting_path(page)
    ana = person_id(client, path, "Ana")
    before = calendar(client, f"/participants/{ana}.ics").events[0]
    cancel(client, page)
    for address in (f"{path}.ics", f"/participants/{ana}.ics"):
        event = calendar(client, address).events[0]
        assert (event["UID"], event["STATUS"], event["SEQUENCE"]) == (before["UID"], "CANCELLED", 1)
        assert "URL" not in event
        assert b"/m/" not in client.get(address).get_data()


def test_what_has_no_link_has_no_files(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana")
    ana = person_id(client, path, "Ana")
    change(database_url, "UPDATE participants SET public_participant_id = NULL")
    assert client.get(f"/participants/{ana}/qr").status_code == 404
    assert client.get(f"/participants/{ana}.ics").status_code == 404
    change(database_url, "UPDATE meetings SET public_meeting_id = NULL, state = 'unknown'")
    assert client.get(f"{path}.ics").status_code == 404


def test_code_is_a_page_and_two_pictures(client: PageClient) -> None:
    path = meeting_with(client, "Ana")
    ana = person_id(client, path, "Ana")
    page = client.visit(f"/participants/{ana}/qr")
    assert page.find("main .qr").text == "Código QR del enlace de Ana"
    assert client.get(f"/participants/{ana}/qr?format=png").get_data().startswith(b"\x89PNG")
    assert client.get(f"/participants/{ana}/qr?format=svg").mimetype == "image/svg+xml"


def test_cancelled_meeting_has_no_code(client: PageClient) -> None:
    page = add(create(client), "Ana")
    ana = person(page)["data-participant"]
    cancel(client, page)
    assert client.get(f"/participants/{ana}/qr").status_code == 404


@pytest.mark.parametrize(("language", "delimiter", "title"), [("es", ";", "Nombre"), ("en", ",", "Name")])
def test_table_has_the_words_and_separator_of_its_language(
    client: PageClient, language: str, delimiter: str, title: str
) -> None:
    path = meeting_with(client, "Ana Ñandú", "-Eva")
    client.set_cookie("language", language)
    mark(client, person_id(client, path, "Ana Ñandú"), channel="whatsapp")
    data = client.get(f"{path}/people.csv").get_data()
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=delimiter))
    assert data.startswith(b"\xef\xbb\xbf")
    assert (lines[0][0], [line[0] for line in lines[1:]]) == (title, ["Ana Ñandú", "'-Eva"])
    assert "WhatsApp" in lines[1][7]


def test_workbook_holds_text_alone(client: PageClient) -> None:
    path = meeting_with(client, "Ana Ñandú", "-Eva", title="Turnos: a/b?")
    sheet = load_workbook(io.BytesIO(client.get(f"{path}/people.xlsx").get_data())).worksheets[0]
    assert [sheet["A2"].value, sheet["A3"].value] == ["Ana Ñandú", "-Eva"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_table_holds_what_the_filter_shows(client: PageClient) -> None:
    path = meeting_with(client, "Ana", "Luis", "Rita")
    mark(client, person_id(client, path, "Ana"))

    def names(query: str) -> list[str]:
        text = client.get(f"{path}/people.csv{query}").get_data().decode("utf-8-sig")
        return [line[0] for line in csv.reader(io.StringIO(text), delimiter=";")][1:]

    assert names("") == ["Ana", "Luis", "Rita"]
    assert names("?show=pending") == ["Luis", "Rita"]
    assert names("?show=handed_over") == ["Ana"]
    assert names("?show=emailed") == names("?show=problem") == []
    assert names("?q=LUÍS") == ["Luis"]
    assert names("?q=%25") == []
    assert client.get(f"{path}/people.csv?show=x").status_code == 404


def test_sheet_has_no_navigation_and_each_link_or_code(client: PageClient) -> None:
    path = meeting_with(client, "Ana", "Luis")
    page = client.visit(f"{path}/sheet")
    assert not page.find_all("header nav")
    assert len(page.find_all("a[data-link]")) == 2
    page = client.visit(f"{path}/sheet?codes=1")
    assert len(page.find_all(".qr")) == 2


def test_cancelled_meeting_has_no_links_in_its_files(client: PageClient) -> None:
    page = add(create(client), "Ana")
    path = meeting_path(page)
    cancel(client, page)
    for name in ("participants.csv", "sheet", "sheet?codes=1"):
        assert b"?p=" not in client.get(f"{path}/{name}").get_data()


@pytest.mark.parametrize(("typed", "stored"), [("", DEFAULT_DURATION_MINUTES), ("15", 15), ("1440", 1440)])
def test_duration_is_kept_here_and_not_sent(
    client: PageClient, database_url: str, typed: str, stored: int
) -> None:
    create(client, duration=typed)
    assert rows(database_url, "SELECT duration_minutes FROM meetings") == [{"duration_minutes": stored}]
    assert "duration" not in str(rows(database_url, "SELECT request FROM journal_entries"))


@pytest.mark.parametrize("typed", ["14", "1441", "-60", "1h", "60.5", "٦٠", "99999999999"])
def test_impossible_duration_is_asked_again(client: PageClient, typed: str) -> None:
    page = create(client, duration=typed)
    assert (page.status, page.find("#duration")["value"]) == (422, typed)
    assert "de 15 a 1440" in errors(page)
