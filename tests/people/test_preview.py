"""The preview of a list: what was read, what is asked, and that nobody is sent before it is answered."""

import gzip

import pytest

from tests.support.db import table
from tests.support.pages import Page, PageClient
from tests.support.previews import IMPORTS, facts, import_path, paste, row_states, shown_rows, upload

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

BOSS = "Nombre;Correo del jefe;Correo\nAna Paz;jefa@example.com;ana@example.com\nLuis Gil;jefe@example.com;luis@example.com"
ROLES = "Nombre,Correo,Rol\nAna,ana@example.com,Tallerista\nEva,eva@example.com,Tallerista\nLuis,luis@example.com,Invitado"


def added(url: str) -> list[tuple[str, str | None]]:
    return [(row["name"], row["email"]) for row in table(url, "participants")]


def send(page: Page) -> Page:
    return page.submit(page.form(), "send")


@pytest.mark.parametrize(
    ("filename", "said", "people"),
    [
        ("1er-apellido.csv", "1 persona", ["Ana Ríos Peña"]),
        ("apellido-1-2.csv", "2 personas", ["Ana Ríos Peña", "José de la Cruz Gil"]),
        ("footer.csv", "4 líneas fuera", ["Ana Ríos", "Beto Cruz"]),
        ("hidden-column.xlsx", "1 columna oculta fuera", ["Ana Ríos", "Beto Cruz"]),
        ("hidden-rows-filter.xlsx", "2 filas ocultas fuera", ["Ana Ríos", "Carla Paz"]),
        ("instructions-first.xlsx", "Hoja “Datos” de 2", ["Ana Ríos"]),
        ("list.vcf", "2 personas", ["Ana Ríos", "Beto Cruz"]),
        ("moodle.csv", "4 personas", ["Beto Cruz"]),
        ("msdos.csv", "1 persona", ["Ana Ríos Ñandú"]),
        ("portugues.csv", "2 personas", ["Ana Souza", "João da Silva"]),
        ("status-col.xlsx", "4 personas", ["Ana Ríos"]),
        (
            "teams-attendance-es.csv",
            "títulos en la línea 10 · 3 personas",
            ["Ana Ríos", "Beto Cruz", "Carla Paz"],
        ),
        ("whole-row-quoted.csv", "2 personas", ["Ana Ríos", "Beto Cruz"]),
        ("zoom-usage-unique.csv", "2 personas", ["Ana Ríos (ITSE)", "Beto Cruz"]),
        # Which column is meant is in question: nobody is sent.
        ("google-contacts-old.csv", "2 personas", []),
        ("personal-inst.csv", "2 personas", []),
        ("secretaria.csv", "1 persona", []),
        ("tito.csv", "2 personas", []),
    ],
)
def test_after_one_look_exactly_these_people_are_sent(
    client: PageClient, database_url: str, filename: str, said: str, people: list[str]
) -> None:
    page = upload(client, import_path(client), filename)
    assert said in facts(page)
    send(page)
    assert [name for name, _email in added(database_url)] == people


def test_formulas_without_values_say_what_to_do(client: PageClient) -> None:
    page = upload(client, import_path(client), "formula-no-cache.xlsx")
    assert (page.status, "ábrala en Excel" in page.find("main .summary").text) == (422, True)


def test_an_open_question_keeps_every_row_back(client: PageClient, database_url: str) -> None:
    page = paste(client, import_path(client), BOSS)
    assert row_states(page) == ["problem", "problem"]
    assert page.find("#columns").get("open") is not None
    form = page.form()
    form.values["as-is-1"] = ["on"]
    forged = form.fill(**{"name-2": "Luis Gil Ríos", "email-2": "otro@example.com"}).press("send")
    answer = client.submit(page, forged)
    assert (answer.status, added(database_url)) == (422, [])
    assert shown_rows(answer)[1].email == "otro@example.com"


def test_an_answered_question_sends_the_chosen_column(client: PageClient, database_url: str) -> None:
    page = paste(client, import_path(client), BOSS)
    read = page.submit(page.form(), "Leer así", **{"column-1": "ignore", "column-2": "email"})
    assert row_states(read) == ["ready", "ready"]
    assert read.find("#columns").get("open") is None
    send(read)
    assert added(database_url) == [("Ana Paz", "ana@example.com"), ("Luis Gil", "luis@example.com")]


def test_a_choice_of_columns_is_remembered_for_the_same_titles(client: PageClient) -> None:
    path = import_path(client)
    page = paste(client, path, BOSS)
    page.submit(page.form(), "Leer así", **{"column-1": "email", "column-2": "ignore"})
    later = paste(client, path, BOSS.replace("Ana Paz", "Rita Paz"))
    assert [row.email for row in shown_rows(later)] == ["jefa@example.com", "jefe@example.com"]
    assert row_states(later) == ["ready", "ready"]
    assert "Estos títulos ya vinieron en otra lista" in later.find("#columns").text


def test_columns_that_were_changed_and_not_read_stop_the_sending(
    client: PageClient, database_url: str
) -> None:
    page = paste(client, import_path(client), "Nombre;Alias;Correo\nAna Paz;Ani;ana@example.com")
    answer = page.submit(page.form(), "send", **{"column-0": "ignore", "column-1": "name"})
    assert added(database_url) == []
    assert [row.name for row in shown_rows(answer)] == ["Ani"]


def test_unused_columns_are_named(client: PageClient) -> None:
    text = "Nombre;Correo;Cargo;\nAna Paz;ana@example.com;Rectora;x1"
    assert "No se usaron: Cargo, Celda 4." in paste(client, import_path(client), text).find(".reading").text


def test_a_line_left_out_is_included_as_a_row_and_never_sent_unseen(
    client: PageClient, database_url: str
) -> None:
    page = upload(client, import_path(client), "hidden-rows-filter.xlsx")
    names = [row.name for row in shown_rows(page)]
    box = page.find_all('#left-out input[type="checkbox"]')[0]["name"]
    answer = page.submit(page.form(), "send", **{box: True})
    assert added(database_url) == []
    assert [row.name for row in shown_rows(answer)][:2] == names
    assert len(shown_rows(answer)) == 3
    assert "1 fila oculta fuera" in facts(answer)


def test_all_hidden_rows_are_included_with_one_press(client: PageClient) -> None:
    page = upload(client, import_path(client), "hidden-rows-filter.xlsx")
    answer = page.submit(page.form(), "include:hidden_by_filter")
    assert len(shown_rows(answer)) == 4
    assert "oculta" not in facts(answer)


def test_a_list_of_lines_left_out_alone_can_be_included(client: PageClient) -> None:
    page = paste(client, import_path(client), "Hola Rosa, te paso la lista:\nTotal: 3 personas")
    if page.find_all("#left-out"):
        assert "fuera" in facts(page)


def test_a_role_word_is_asked_about_once(client: PageClient) -> None:
    page = paste(client, import_path(client), ROLES)
    assert len(page.find_all('select[name^="word-"]')) == 1
    assert row_states(page) == ["problem", "problem", "ready"]
    answer = page.submit(page.form(), "Usar estos roles", **{"word-0": "host"})
    assert row_states(answer) == ["ready"] * 3
    hosts = answer.find_all('option[value="host"][selected]')
    assert len(hosts) == 2


def test_another_sheet_can_be_read(client: PageClient) -> None:
    page = upload(client, import_path(client), "instructions-first.xlsx")
    first = page.find_all('select[name="sheet"] option')[0].text
    answer = page.submit(page.form(), "Leer así", sheet=first)
    assert f"Hoja “{first}” de 2" in facts(answer)


def test_another_encoding_can_be_read(client: PageClient) -> None:
    content = "Nombre;Correo\nJosé Ñandú;jose@example.com".encode("mac-roman")
    page = upload(client, import_path(client), "lista.csv", content)
    answer = page.submit(page.form(), "Leer así", encoding="mac-roman")
    assert [row.name for row in shown_rows(answer)] == ["José Ñandú"]


def test_wrong_letters_offer_the_encoding_that_restores_them(client: PageClient) -> None:
    text = "Jos\u00c3\u00a9 R\u00c3\u00ados <jose@example.com>\nLuis Gil <luis@example.com>"
    page = paste(client, import_path(client), text)
    assert row_states(page) == ["problem", "ready"]
    answer = page.submit(page.form(), "cure")
    assert [(row.name, row.state) for row in shown_rows(answer)] == [
        ("José Ríos", "ready"),
        ("Luis Gil", "ready"),
    ]


def test_status_words_are_counted_and_their_rows_arrive_unticked(client: PageClient) -> None:
    page = upload(client, import_path(client), "status-col.xlsx")
    assert "1 fila dice “Cancelado”: llega sin marcar." in page.find(".reading").text
    assert [row.is_ticked for row in shown_rows(page)].count(False) == 3
    assert "Zelta enviará 1 correo" in page.find("#sum").text


def test_the_import_page_offers_the_draft_that_is_there(client: PageClient, database_url: str) -> None:
    path = import_path(client)
    paste(client, path, "Ana\nEva")
    page = client.visit(path)
    assert "Hay una lista sin enviar" in page.find("main").text
    assert row_states(client.visit(page.find('main .card a[href*="list="]')["href"])) == ["ready", "ready"]
    assert len(table(database_url, IMPORTS)) == 1


def test_a_draft_is_discarded_from_its_preview(client: PageClient, database_url: str) -> None:
    path = import_path(client)
    page = paste(client, path, "Ana\nEva")
    assert page.submit(page.form(), "stop").status == 200
    assert [one["state"] for one in table(database_url, IMPORTS)] == ["stopped"]
    assert "Hay una lista sin enviar" not in client.visit(path).find("main").text


@pytest.mark.parametrize("button", ["send", "stop"])
def test_the_source_is_deleted_with_the_last_use(client: PageClient, database_url: str, button: str) -> None:
    page = paste(client, import_path(client), "Nombre;Correo\nAna Paz;ana@example.com\nLuis;luis@gmial.com")
    assert b"ana@example.com" in table(database_url, IMPORTS)[0]["source"]
    page.submit(page.form(), button)
    (stored,) = table(database_url, IMPORTS)
    assert (stored["source"], stored["parse_result"]) == (None, None)
    assert "@" not in str(stored["answers"])


def test_vcards_can_be_chosen(client: PageClient) -> None:
    assert ".vcf" in client.visit(import_path(client)).find('input[type="file"]')["accept"]


def test_the_default_button_neither_sends_nor_reads_again(client: PageClient, database_url: str) -> None:
    page = paste(client, import_path(client), BOSS)
    assert page.submit(page.form()).status == 200
    assert (added(database_url), table(database_url, IMPORTS)[0]["answers"]["reading"]) == ([], 1)


def test_a_thousand_rows_are_a_small_page(client: PageClient) -> None:
    rows = "\n".join(f"Persona Número {n};persona{n}@example.org;Cargo {n % 7}" for n in range(1000))
    page = paste(client, import_path(client), f"Nombre;Correo;Cargo\n{rows}")
    assert len(gzip.compress(page.html.encode(), 6)) < 120_000
