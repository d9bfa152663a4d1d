"""The rows of a preview: their order, their doubles, and what is asked about them."""

import io

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.support.actions import add, create, meeting_path
from tests.support.db import table
from tests.support.pages import Page, PageClient
from tests.support.previews import import_path, paste, row_states, shown_rows, upload
from tests.support.zelta_server import ZeltaServer

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def added(url: str) -> list[tuple[str, str | None]]:
    return [(row["name"], row["email"]) for row in table(url, "participants")]


def send(page: Page) -> Page:
    return page.submit(page.form(), "send")


def test_rows_with_a_problem_come_first_and_ready_ones_are_folded(client: PageClient) -> None:
    ready = [f"Persona {n} <persona{n}@example.com>" for n in range(25)]
    page = paste(client, import_path(client), "\n".join([*ready, "Ana <ana@gmial.com>"]))
    assert page.find_all("[data-row]")[0]["data-row"] == "26"
    assert page.find("details.fold > summary").text == "Ver las 25 que están bien"


def test_twenty_ready_rows_are_not_folded(client: PageClient) -> None:
    page = paste(client, import_path(client), "\n".join(f"Persona {n} <p{n}@example.com>" for n in range(20)))
    assert page.find_all("details.fold") == []


def test_each_row_shows_its_source_line(client: PageClient) -> None:
    page = paste(client, import_path(client), "Nombre;Correo\nAna Paz;ana@example.com\nLuis;luis@gmial.com")
    lines = [page.find(f'[data-row="{n}"] .source').text for n in (1, 2)]
    assert lines == ["línea 2: “Ana Paz;ana@example.com”", "línea 3: “Luis;luis@gmial.com”"]


def test_the_sum_and_the_button_stand_above_the_rows_too(client: PageClient) -> None:
    text = "\n".join(f"Persona {n} <p{n}@example.com>" for n in range(9))
    html = paste(client, import_path(client), text).html
    first, last = html.index('value="send"'), html.rindex('value="send"')
    assert first < html.index("data-row") < last


def test_doubles_arrive_unticked_and_the_sum_counts_who_goes(client: PageClient) -> None:
    page = add(create(client), "Ana Paz", email="ana@example.com")
    text = "Anita <ana@example.com>\nLuis <luis@example.com>\nLuisito <luis@example.com>"
    preview = paste(client, f"{meeting_path(page)}/people/import", text)
    assert [(row.state, row.is_ticked) for row in shown_rows(preview)] == [
        ("present", False),
        ("ready", True),
        ("repeated", False),
    ]
    assert "Zelta enviará 1 correo" in preview.find("#sum").text
    assert "Repite la línea 2" in preview.find('[data-row="3"]').text


def test_a_name_of_the_meeting_without_email_is_asked_about(client: PageClient, database_url: str) -> None:
    page = add(create(client), "Ana Ríos")
    preview = paste(client, f"{meeting_path(page)}/people/import", "ana rios\nLuis Gil")
    (first, second) = shown_rows(preview)
    assert (first.state, first.is_ticked, second.state) == ("present", False, "ready")
    assert "Quizá ya está" in preview.find('[data-row="1"]').text
    preview.submit(preview.form(), "send", **{"keep-1": True})
    assert [name for name, _email in added(database_url)] == ["Ana Ríos", "ana rios", "Luis Gil"]


def test_a_double_that_came_after_the_preview_is_not_sent(client: PageClient, database_url: str) -> None:
    meeting = create(client)
    preview = paste(client, f"{meeting_path(meeting)}/people/import", "Ana Ríos\nLuis Gil")
    add(client.visit(meeting_path(meeting)), "Ana Rios")
    send(preview)
    assert [name for name, _email in added(database_url)] == ["Ana Rios", "Luis Gil"]
    left = client.visit(f"{meeting_path(meeting)}/people/import?list=1")
    assert [(row.name, row.is_ticked) for row in shown_rows(left)] == [("Ana Ríos", False)]


def test_two_addresses_of_one_person_are_a_choice(client: PageClient, database_url: str) -> None:
    page = paste(client, import_path(client), "Ana Paz ana@example.com ana@example.org\nLuis <l@example.com>")
    assert row_states(page)[0] == "problem"
    page.submit(page.form(), "send", **{"pick-1": "ana@example.org"})
    assert ("Ana Paz", "ana@example.org") in added(database_url)


def test_a_correction_is_asked_about_like_the_list(client: PageClient) -> None:
    page = paste(client, import_path(client), "Ana Paz <ana@example.com>\nLuis <luis@example.com>")
    answer = page.submit(page.form(), "check", **{"email-1": "ana@hotmial.com"})
    assert row_states(answer) == ["problem", "ready"]
    assert "¿Quiso decir ana@hotmail.com?" in answer.find('[data-row="1"]').text


def test_a_suggestion_is_used_without_javascript(client: PageClient) -> None:
    page = paste(client, import_path(client), "Ana Paz <ana@hotmial.com>\nLuis <luis@example.com>")
    answer = page.submit(page.form(), "check", **{"use-1": True})
    (first, _second) = shown_rows(answer)
    assert (first.email, first.state) == ("ana@hotmail.com", "ready")


def test_struck_rows_arrive_unticked(client: PageClient, zelta: ZeltaServer) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cells in (("Nombre", "Correo"), ("Ana Paz", "ana@example.com"), ("Luis Gil", "luis@example.com")):
        sheet.append(cells)
    for cell in sheet[2]:
        cell.font = Font(strike=True)
    file = io.BytesIO()
    book.save(file)
    page = upload(client, import_path(client), "lista.xlsx", file.getvalue())
    assert [row.is_ticked for row in shown_rows(page)] == [False, True]
    assert "Tachada" in page.find('[data-row="1"]').text
    assert len(zelta.calls) == 1
