"""The lists of a new meeting's form: a certain one goes with the meeting, any other is looked at first."""

import pytest

from tests.support import zelta_faults as faults
from tests.support.actions import create, day, errors, meeting
from tests.support.db import table
from tests.support.pages import PageClient
from tests.support.test_run import ROOT
from tests.support.zelta_server import ZeltaServer

LISTS = ROOT / "tests" / "list_parser" / "fixtures"
UNCERTAIN = [
    "Ana <ana@hotmial.com>",
    "Ana <maría@example.org>",
    "Hola Rosa, te paso la lista:\nAna <ana@example.org>",
    "Nombre;Correo;Estado\nAna;ana@example.org;Cancelado",
    "Ana Paz\nana paz",
    "Ana <ana@example.org>\nEva <ana@example.org>",
    "Nombre;Correo del jefe;Correo\nAna;jefa@example.org;ana@example.org",
]


def names(url: str) -> list[tuple[str, str]]:
    return [(row["role"], row["name"]) for row in table(url, "participants")]


def test_certain_lists_go_at_once(client: PageClient, database_url: str) -> None:
    page = create(client, hosts="Rosa Gil", guests="Ana <ana@example.org>\nEva <eva@example.org>")
    assert meeting(page)
    assert names(database_url) == [("host", "Rosa Gil"), ("participant", "Ana"), ("participant", "Eva")]
    assert [row["state"] for row in table(database_url, "participant_imports")] == ["running"]


@pytest.mark.parametrize("box", ["hosts", "guests"])
@pytest.mark.parametrize("text", UNCERTAIN)
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_anything_else_makes_the_meeting_and_leads_to_its_preview(
    client: PageClient, zelta: ZeltaServer, database_url: str, box: str, text: str
) -> None:
    page = create(client, **{box: text})
    assert (page.status, page.path) == (200, "/meetings/1/people/import")
    assert "La reunión está creada; revise la lista antes de enviarla" in page.find("main").text
    assert page.find_all("[data-row]")
    role = {"hosts": "host", "guests": "participant"}[box]
    assert {row["value"] for row in page.find_all(f'option[value="{role}"][selected]')} <= {role}
    assert (len(zelta.calls), names(database_url)) == (1, [])
    assert [row["state"] for row in table(database_url, "participant_imports")] == ["draft"]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_report_ends_with_its_people_after_one_look(client: PageClient, database_url: str) -> None:
    report = (LISTS / "teams-attendance-es.csv").read_bytes()
    text = report.decode("utf-16" if report[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    preview = create(client, hosts="Rosa Gil <rosa@example.org>", guests=text)
    assert [role for role, _name in names(database_url)] == ["host"]
    preview.submit("/meetings/1/people/import", "send")
    assert [name for _role, name in names(database_url)] == ["Rosa Gil", "Ana Ríos", "Beto Cruz", "Carla Paz"]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_host_among_the_guests_is_looked_at_first(client: PageClient, database_url: str) -> None:
    page = create(
        client, hosts="Rosa <rosa@example.org>", guests="Rosa <ROSA@example.org>\nEva <eva@example.org>"
    )
    assert page.find_all("[data-row]")[0]["data-state"] == "present"
    assert names(database_url) == [("host", "Rosa")]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_two_uncertain_lists_are_two_drafts_the_hosts_first(client: PageClient) -> None:
    page = create(client, hosts="Rosa <rosa@hotmial.com>", guests="Ana <ana@hotmial.com>")
    assert page.find('[data-row] input[name="name-1"]')["value"] == "Rosa"
    assert page.find('select[name="role-1"] option[selected]')["value"] == "host"
    home = client.visit("/meetings/1")
    assert len(home.find_all("[data-list]")) == 2


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("fault", "state"), [(faults.refuses(400), "refused"), (faults.drops(), "unknown")])
def test_the_draft_stays_with_a_meeting_that_did_not_succeed(
    client: PageClient, zelta: ZeltaServer, fault: object, state: str
) -> None:
    zelta.next(fault)
    page = create(client, guests="Ana <ana@hotmial.com>")
    assert meeting(page)["data-state"] == state
    assert "está guardada" in page.find("main").text
    link = page.find('[data-list] a[href*="list="]')["href"]
    assert client.visit(link).find('input[name="email-1"]')["value"] == "ana@hotmial.com"


def test_a_form_that_is_sent_twice_makes_one_meeting_with_one_draft(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = client.visit("/meetings/new")
    filled = {"title": "Comité", "date": day(), "time": "10:00", "guests": "Ana <ana@hotmial.com>"}
    paths = [page.submit("/meetings/new", **filled).url for _turn in range(2)]
    assert paths[0] == paths[1]
    assert (len(zelta.calls), len(table(database_url, "participant_imports"))) == (1, 1)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("text", ["Nombre;Correo", "De: Rosa\nAsunto: lista"])
def test_a_text_with_nobody_in_it_comes_back(
    client: PageClient, zelta: ZeltaServer, database_url: str, text: str
) -> None:
    page = create(client, guests=text)
    assert table(database_url, "meetings") == []
    assert "nadie" in errors(page)
    assert (zelta.calls, page.form("/meetings/new").values["guests"]) == ([], [text])
