"""A person's data is erased from everything kept here; what others did stays."""

import json

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError

from app.models.states import BatchKind
from tests.integration.delivery.steps import post
from tests.support import zelta_faults as faults
from tests.support.actions import add, create, meeting_path
from tests.support.db import change, dump, table
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

EMAIL = "ana.rios@example.org"
PHONE = "+50766123344"
PATH = "/admin/erasure"


def look(client: PageClient, email: str = EMAIL, phone: str = "") -> Page:
    return client.visit(PATH).submit(PATH, "look", email=email, phone=phone)


def erase(client: PageClient, email: str = EMAIL, phone: str = "") -> Page:
    return look(client, email, phone).submit("[data-found] form", "erase", confirm=True)


def traces(database_url: str) -> list[str]:
    """The tables that still hold something of the person."""
    needles = (EMAIL, "66123344", "6612-3344", "Ríos", "rios", "R\\u00edos")
    held = dump(database_url)
    return [
        name
        for name, rows in held.items()
        if any(needle in json.dumps(rows, default=str) or needle in str(rows) for needle in needles)
    ]


@pytest.fixture
def filled(client: PageClient, zelta: ZeltaServer, database_url: str) -> str:
    """A meeting with the person, added, and handed over; a refused one; a draft, and a group."""
    page = create(client, guests=f"Ana Ríos <{EMAIL.upper()}> 6612-3344\nLuis Paz <luis@example.org>")
    path = meeting_path(page)
    page = create(client, "Otra")
    zelta.next(faults.refuses(400), path="/participants")
    add(page, "Ana Ríos", email=EMAIL)
    draft = f"{meeting_path(page)}/people/import"
    client.visit(draft).submit(draft, people=f"Ana Ríos <{EMAIL}>\nEva Gil <eva@example.org>")
    # What a sender would do.
    sql = "UPDATE participants SET state = 'added' WHERE state IN ('queued', 'claimed', 'sending')"
    change(database_url, sql)
    client.visit("/groups/new").submit("/groups/new", name="Junta", guests=f"A. Ríos <{EMAIL}>\nLuis Paz")
    return path


def test_nothing_of_the_person_is_left(client: PageClient, filled: str, database_url: str) -> None:
    assert traces(database_url)
    page = erase(client)
    assert page.status == 200
    assert "se eliminaron" in page.find("main .notice").text
    assert traces(database_url) == []
    names = sorted(row["name"] for row in table(database_url, "participants"))
    assert names == ["Luis Paz", "Persona eliminada", "Persona eliminada"]
    (draft,) = [row for row in table(database_url, "participant_imports") if row["state"] == "draft"]
    assert "Eva Gil" in str(draft["rows"])
    for shown in (filled, "/", "/groups/1", "/admin/audit", "/meetings/2"):
        assert client.visit(shown).status == 200


@pytest.mark.usefixtures("filled")
def test_draft_opens_and_does_not_send_the_person(client: PageClient, database_url: str) -> None:
    (draft,) = [row for row in table(database_url, "participant_imports") if row["state"] == "draft"]
    path = f"/meetings/{draft['meeting_id']}/people/import"
    older = client.visit(f"{path}?list={draft['id']}")
    erase(client)
    assert client.visit(f"{path}?list={draft['id']}").status == 200
    older.submit(path, "send")
    assert not [row for row in table(database_url, "participants") if row["email"] == EMAIL]


@pytest.mark.usefixtures("filled")
def test_person_found_by_phone_goes_with_their_email(client: PageClient, database_url: str) -> None:
    erase(client, email="", phone=PHONE)
    (one,) = [row for row in table(database_url, "journal_entries") if "people" in str(row["request"])]
    assert EMAIL not in str(one["request"]).lower()
    assert "luis@example.org" in str(one["request"])


@pytest.mark.usefixtures("filled")
def test_refused_row_is_discarded_and_cannot_be_restored(
    client: PageClient, database_url: str, zelta: ZeltaServer
) -> None:
    calls = len(zelta.calls)
    erase(client)
    states = {row["state"] for row in table(database_url, "participants") if row["erased_at"]}
    assert states == {"added", "discarded"}
    assert not client.visit("/meetings/2").find_all('button[value="restore"]')
    assert len(zelta.calls) == calls


@pytest.mark.usefixtures("filled")
def test_person_being_sent_is_not_erased(client: PageClient, database_url: str) -> None:
    change(database_url, "UPDATE participants SET state = 'sending' WHERE meeting_id = 1")
    before = dump(database_url)
    page = look(client)
    assert "espera su envío" in page.find("[data-found] .notice").text
    assert not page.find_all('button[value="erase"]')
    assert dump(database_url) == before


@pytest.mark.usefixtures("filled")
def test_it_asks_and_a_second_press_is_harmless(client: PageClient, database_url: str) -> None:
    page = look(client)
    assert traces(database_url)
    asked = page.submit("[data-found] form", "erase")
    assert (asked.status, bool(traces(database_url))) == (422, True)
    asked.submit("[data-found] form", "erase", confirm=True)
    before = dump(database_url)
    asked.submit("[data-found] form", "erase", confirm=True)
    assert dump(database_url) == before
    events = [row for row in table(database_url, "audit_events") if row["action"] == "person_erased"]
    assert len(events) == 1


@pytest.mark.parametrize("fields", [{"email": "", "phone": ""}, {"email": "x@"}, {"email": "", "phone": "1"}])
def test_identity_that_cannot_be_read_is_asked_for(client: PageClient, fields: dict[str, str]) -> None:
    assert look(client, **fields).status == 422


@pytest.mark.usefixtures("filled")
def test_other_columns_of_the_audit_stay_append_only(database_url: str) -> None:
    with pytest.raises(DatabaseError):
        change(database_url, "UPDATE audit_events SET actor = 'another'")


@pytest.mark.usefixtures("filled")
def test_command_erases_after_asking(app: Flask, database_url: str) -> None:
    def run(*args: str, typed: str = "") -> int:
        with app.app_context():
            return app.test_cli_runner().invoke(args=["erase-person", *args], input=typed).exit_code

    assert (run("--phone", "1"), run("--email", EMAIL, typed="n\n"), bool(traces(database_url))) == (
        1,
        1,
        True,
    )
    assert (run(typed=f"{EMAIL}\n\ny\n"), traces(database_url)) == (0, [])
    assert run("--email", EMAIL) == 0


@pytest.mark.usefixtures("filled")
def test_erased_person_is_neither_proposed_nor_saved_in_a_group(client: PageClient) -> None:
    erase(client)
    assert post(client, "/people/suggestions", script=True, q="eliminada").get_json() == {"people": []}
    page = client.visit("/groups/new?meeting=1").submit("/groups/new")
    assert [node.text.split()[0] for node in page.find_all("[data-member]")] == ["Luis"]


def test_draft_spreadsheet_that_mentions_the_person_is_stopped(client: PageClient, database_url: str) -> None:
    change(
        database_url,
        "INSERT INTO batches (kind, state, created_at, created_by, source, source_filename)"  # noqa: S608
        f" VALUES ('{BatchKind.SPREADSHEET.value}', 'draft', CURRENT_TIMESTAMP, 'anonymous', NULL, '{EMAIL}.csv')",
    )
    assert erase(client).status == 200
    (batch,) = table(database_url, "batches")
    assert (batch["state"], batch["source_filename"], traces(database_url)) == ("stopped", None, [])


def test_person_with_a_longer_email_keeps_their_row(client: PageClient, database_url: str) -> None:
    page = create(client, "Parecidas")
    draft = f"{meeting_path(page)}/people/import"
    client.visit(draft).submit(draft, people=f"Mariana Ríos <mari{EMAIL}>\nAna Ríos <{EMAIL}>")
    erase(client)
    (kept,) = table(database_url, "participant_imports")
    assert f"mari{EMAIL}" in str(kept["rows"])
    assert f"<{EMAIL}" not in str(kept["rows"])
