"""Reading a list again: corrections survive, and a page of an earlier reading puts nothing into other rows."""

import io

import openpyxl
import pytest

from tests.support.db import change, table
from tests.support.forms import Form
from tests.support.pages import Page, PageClient
from tests.support.previews import IMPORTS, facts, import_path, paste, row_states, shown_rows, upload

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

BOSS = "Nombre;Correo del jefe;Correo\nAna Paz;jefa@example.com;ana@example.com\nLuis Gil;jefe@example.com;luis@example.com"
OWN = {"column-1": "ignore", "column-2": "email"}


def added(url: str) -> list[tuple[str, str | None]]:
    return [(row["name"], row["email"]) for row in table(url, "participants")]


def read_own(page: Page, **typed: str) -> Page:
    return page.submit(page.form(), "Leer así", **OWN, **typed)


def two_sheets() -> bytes:
    book = openpyxl.Workbook()
    for sheet, name in ((book.worksheets[0], "Ana"), (book.create_sheet("Otra"), "Rita")):
        for cells in (("Nombre", "Correo"), (f"{name} Paz", f"{name.lower()}@example.com")):
            sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_corrections_of_the_same_line_survive(client: PageClient) -> None:
    page = paste(client, import_path(client), BOSS)
    read = read_own(page, **{"name-2": "Luis Gil Ríos", "role-2": "host"})
    assert [(row.n, row.name, row.email) for row in shown_rows(read)] == [
        ("1", "Ana Paz", "ana@example.com"),
        ("2", "Luis Gil Ríos", "luis@example.com"),
    ]
    assert read.find('[data-row="2"] option[value="host"]').get("selected") is not None


def test_a_typed_email_and_an_unticked_row_survive(client: PageClient) -> None:
    page = paste(client, import_path(client), BOSS)
    form = page.form().fill(**OWN, **{"email-1": "anita@example.com", "keep-2": False}).press("Leer así")
    read = client.submit(page, form)
    assert [(row.email, row.is_ticked) for row in shown_rows(read)] == [
        ("anita@example.com", True),
        ("luis@example.com", False),
    ]


def test_a_row_without_correction_takes_the_new_reading(client: PageClient) -> None:
    page = paste(client, import_path(client), BOSS)
    page = page.submit(page.form(), "check", **{"name-1": "Ana P."})
    assert [row.email for row in shown_rows(read_own(page))] == ["ana@example.com", "luis@example.com"]


def test_an_included_line_gets_a_number_of_its_own(client: PageClient) -> None:
    page = upload(client, import_path(client), "hidden-rows-filter.xlsx")
    page = page.submit(page.form(), "include:hidden_by_filter", **{"name-2": "Carla Paz Gil"})
    rows = {row.n: row.name for row in shown_rows(page)}
    assert (rows["1"], rows["2"], set(rows)) == ("Ana Ríos", "Carla Paz Gil", {"1", "2", "3", "4"})


def test_corrections_without_a_place_are_named_before_they_are_lost(
    client: PageClient, database_url: str
) -> None:
    page = upload(client, import_path(client), "dos.xlsx", two_sheets())
    asked = page.submit(page.form(), "Leer así", sheet="Otra", **{"name-1": "Ana Paz Ríos"})
    assert asked.status == 422
    assert "Ana Paz Ríos · ana@example.com" in asked.find("section.trouble").text
    assert asked.form().values["sheet"] == ["Otra"]
    assert table(database_url, IMPORTS)[0]["answers"]["sheet"] is None
    read = asked.submit(asked.form(), "read-anyway")
    assert [row.name for row in shown_rows(read)] == ["Rita Paz"]


def test_another_sheet_without_corrections_is_read_at_once(client: PageClient) -> None:
    page = upload(client, import_path(client), "dos.xlsx", two_sheets())
    read = page.submit(page.form(), "Leer así", sheet="Otra")
    assert ("Hoja “Otra” de 2" in facts(read), [row.n for row in shown_rows(read)]) == (True, ["2"])


def test_a_page_of_an_earlier_reading_sends_nothing(client: PageClient, database_url: str) -> None:
    path = import_path(client)
    stale = paste(client, path, BOSS)
    read_own(client.visit(f"{path}?list=1"))
    answer = stale.submit(stale.form(), "send", **{"email-1": "otra@example.com"})
    assert (answer.status, added(database_url)) == (422, [])
    assert "otra@example.com" in answer.find("#typed").text
    assert [row.email for row in shown_rows(answer)] == ["ana@example.com", "luis@example.com"]


@pytest.mark.parametrize("button", ["check", "Leer así"])
def test_a_page_of_an_earlier_reading_gives_back_what_was_typed(client: PageClient, button: str) -> None:
    path = import_path(client)
    stale = paste(client, path, BOSS)
    read_own(client.visit(f"{path}?list=1"))
    answer = stale.submit(stale.form(), button, **{"name-1": "Quimera"})
    assert (answer.status, "Quimera" in answer.find("#typed").text) == (422, True)


def test_a_form_sent_twice_reads_once(client: PageClient, database_url: str) -> None:
    page = paste(client, import_path(client), BOSS)
    form = page.form().fill(**OWN, **{"name-1": "Ana P."}).press("Leer así")
    for _turn in range(2):
        read = client.submit(page, form)
        assert (read.status, row_states(read)) == (200, ["ready", "ready"])
    assert table(database_url, IMPORTS)[0]["answers"]["reading"] == 2


def test_a_list_that_was_sent_is_not_read_again(client: PageClient, database_url: str) -> None:
    page = paste(client, import_path(client), "Nombre;Correo\nAna Paz;ana@example.com\nLuis;luis@gmial.com")
    old = page.form()
    page.submit(page.form(), "send")
    client.submit(page, old.fill(**{"column-0": "surnames"}).press("Leer así"))
    assert added(database_url) == [("Ana Paz", "ana@example.com")]


@pytest.mark.parametrize("forged", ["column-99", "column-0", "sheet", "encoding", "word-0", "include-1"])
def test_answers_that_no_page_offers_change_nothing(client: PageClient, forged: str) -> None:
    page = paste(client, import_path(client), "Nombre;Correo\nAna Paz;ana@example.com")
    form: Form = page.form()
    form.values[forged] = ["<odd>"]
    answer = client.submit(page, form.press("check"))
    assert (answer.status, row_states(answer)) == (200, ["ready"])


def test_rows_of_the_release_before_are_shown_and_sent(client: PageClient, database_url: str) -> None:
    path = import_path(client)
    paste(client, path, "Ana")
    old = (
        '[{"n": 1, "line": 1, "text": "Ana", "name": "Ana", "email": "", "role": "host", "external_id": "",'
        ' "mail": "link", "keep": true, "as_is": false, "mail_again": false, "problem": null, "suggestion": null}]'
    )
    columns = "source = NULL, answers = NULL, parse_result = NULL"
    change(database_url, f"UPDATE {IMPORTS} SET rows = '{old}', {columns}")  # noqa: S608
    page = client.visit(f"{path}?list=1")
    page.submit(page.form(), "send")
    assert added(database_url) == [("Ana", None)]


def test_changing_the_language_keeps_what_was_typed_and_chosen(client: PageClient) -> None:
    page = paste(client, import_path(client), BOSS)
    typed = {"name-1": "Ana P.", "column-1": "ignore", "column-2": "email"}
    english = page.submit(page.form(), "English", **typed)
    assert (english.status, english.root.get("lang")) == (200, "en")
    assert english.form().values["name-1"] == ["Ana P."]
    assert "line 2: “Ana Paz" in english.find('[data-row="1"]').text
    assert [english.form().values[f"column-{i}"] for i in (1, 2)] == [["ignore"], ["email"]]
    assert row_states(english) == ["problem", "problem"], "the columns were chosen, and not read yet"
    read = english.submit(english.form(), "Read it this way")
    assert [row.email for row in shown_rows(read)] == ["ana@example.com", "luis@example.com"]
    assert read.root.get("lang") == "en"
