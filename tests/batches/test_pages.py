"""The pages of a batch, and what the list and a meeting's page say of meetings that wait."""

import csv
import gzip
import io

import pytest

from app.batches.service import BatchMeeting
from app.meetings.participants.queue import ParticipantInput
from app.meetings.service import MeetingInput
from app.models import BatchKind, Role
from tests.batches.conftest import Queue, batch_of
from tests.batches.test_sender import states
from tests.support.db import change, table
from tests.support.pages import PageClient

MAX_PAGE_BYTES = 12 * 1024


def test_progress_and_states(client: PageClient, queue_meetings: Queue, database_url: str) -> None:
    queue_meetings(batch_of(3, each=2))
    change(database_url, "UPDATE meetings SET state = 'scheduled', public_meeting_id = 'mtg' WHERE id = 1")
    change(database_url, "UPDATE meetings SET state = 'refused' WHERE id = 3")
    change(
        database_url,
        "UPDATE participants SET state = 'added', public_participant_id = 'p' || id WHERE meeting_id = 1",
    )
    page = client.visit("/batches/1")
    assert "2 de 3 reuniones · 2 de 6 personas · 1 por resolver" in page.find("#batch-progress").text
    names = [node.text for node in page.find_all("#batch-meetings a.name")]
    assert names == ["Entrevista 2", "Entrevista 0", "Entrevista 1"], "problems first"
    links = [node["href"] for node in page.find_all("a[data-link]")]
    assert [link.rpartition("/m/")[2] for link in links] == ["mtg?p=p2", "mtg?p=p1"]


def test_pause_resume_and_stop_from_the_page(
    client: PageClient, queue_meetings: Queue, database_url: str
) -> None:
    queue_meetings(batch_of(2, each=1))
    for action, state in (("pause", "paused"), ("resume", "running"), ("stop", "stopped")):
        page = client.visit("/batches/1").submit("/batches/1/control", action)
        assert (page.status, page.path) == (200, "/batches/1")
        assert table(database_url, "batches")[0]["state"] == state
    assert states(database_url) == {"discarded": 2}
    assert "Se descartaron 2 reuniones" in page.find("#batch-progress").text


def test_pause_reason_is_said(client: PageClient, queue_meetings: Queue, database_url: str) -> None:
    queue_meetings(batch_of(1))
    change(database_url, "UPDATE batches SET state = 'paused', pause_reason = 'api_key'")
    assert "no acepta la clave" in client.visit("/batches/1").find("#batch-progress .notice").text
    assert "no acepta la clave" in client.visit("/meetings/1").find("[data-waiting]").text


def test_meetings_are_paged(client: PageClient, queue_meetings: Queue) -> None:
    queue_meetings(batch_of(120))
    assert len(client.visit("/batches/1").find_all("#batch-meetings tbody tr")) == 50
    last = client.visit("/batches/1?page=3")
    assert len(last.find_all("#batch-meetings tbody tr")) == 20
    assert client.visit("/batches/1?page=99").find_all("#batch-meetings tbody tr")[0]["id"] == "meeting-101"


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_page_is_small(client: PageClient, queue_meetings: Queue, database_url: str) -> None:
    queue_meetings(batch_of(60, each=3))
    change(
        database_url,
        "UPDATE meetings SET state = 'scheduled', public_meeting_id = 'mtg_' || lower(hex(randomblob(8)))",
    )
    change(
        database_url,
        "UPDATE participants SET state = 'added', public_participant_id = 'ptc_' || lower(hex(randomblob(8)))",
    )
    size = len(gzip.compress(client.get("/batches/1").data))
    print(f"{size} bytes")
    assert size <= MAX_PAGE_BYTES


def test_csv_has_everything_and_no_formula_and_no_key(
    client: PageClient, queue_meetings: Queue, database_url: str
) -> None:
    meeting = batch_of(1)[0].meeting
    evil = MeetingInput("=HYPERLINK(1)", meeting.starts_at, "America/Panama", 45)
    person = ParticipantInput(Role.HOST, "Ana", "ana@example.org", "+7", phone="+50760001234")
    queue_meetings([BatchMeeting(evil, [person]), BatchMeeting(meeting)], BatchKind.SPREADSHEET)
    change(
        database_url,
        "UPDATE participants SET state = 'added', public_participant_id = 'p1', token_encrypted = 'clave'",
    )
    change(database_url, "UPDATE meetings SET state = 'scheduled', public_meeting_id = 'mtg' WHERE id = 1")
    answer = client.get("/batches/1.csv")
    text = answer.data.decode("utf-8-sig")
    header, first, second = csv.reader(io.StringIO(text), delimiter=";")
    row = dict(zip(header, first, strict=True))
    assert row["Reunión"] == "'=HYPERLINK(1)"
    assert (row["Hora"], row["Zona horaria"]) == ("10:00", "America/Panama")
    assert (row["Nombre"], row["Rol"], row["Código propio"]) == ("Ana", "Anfitrión", "'+7")
    assert row["Enlace"].endswith("/m/mtg?p=p1")
    assert (len(second), second[7:]) == (len(header), [""] * 7)
    assert "clave" not in text


def test_list_and_meeting_are_calm_about_a_meeting_that_waits(
    client: PageClient, queue_meetings: Queue, database_url: str
) -> None:
    queue_meetings(batch_of(2, each=1))
    change(
        database_url,
        "UPDATE meetings SET state = 'claimed', claimed_by = 'x', claim_expires_at = created_at WHERE id = 2",
    )
    listed = client.visit("/").find_all("tr[data-meeting]")
    assert [(row["data-state"], "En espera" in row.text) for row in listed] == [("queued", True)] * 2
    assert client.visit("/?view=attention").find_all("tr[data-meeting]") == []
    page = client.visit("/meetings/2")
    assert "La reunión espera a que se cree" in page.find("[data-waiting]").text
    assert "segundos" in page.find("[data-waiting]").text
    assert page.find("[data-waiting] a")["href"] == "/batches/1"
    assert page.find_all(".notice.bad") == []


def test_draft_leads_to_its_review(client: PageClient, database_url: str) -> None:
    change(
        database_url,
        "INSERT INTO batches (kind, state, created_at, created_by) VALUES"
        " ('spreadsheet', 'draft', '2026-01-01 10:00:00.000000', 'ana')",
    )
    answer = client.get("/batches/1", follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/meetings/import/1")


def test_unknown_batch_is_not_found(client: PageClient) -> None:
    assert client.get("/batches/9").status_code == 404
    assert client.get("/batches/9.csv").status_code == 404


def test_home_page_has_one_line_for_a_batch(
    client: PageClient, queue_meetings: Queue, database_url: str
) -> None:
    queue_meetings(batch_of(7, each=2))
    change(
        database_url, "UPDATE meetings SET state = 'scheduled', public_meeting_id = 'm' || id WHERE id < 4"
    )
    (line,) = client.visit("/").find_all("[data-today]")
    assert (line["data-today"], "creando 7 reuniones, 3 hechas" in line.text) == ("running", True)
    assert line.find("a.button")["href"] == "/batches/1"
    change(database_url, "UPDATE batches SET state = 'paused'")
    (line,) = client.visit("/").find_all("[data-today]")
    assert "el envío de 7 reuniones está en pausa" in line.text


def test_meeting_with_many_people_shows_the_first_and_counts_the_others(
    client: PageClient, queue_meetings: Queue
) -> None:
    queue_meetings(batch_of(1, each=9, hosts=2))
    people = client.visit("/batches/1").find_all("#batch-meetings [data-participant]")
    assert [person["data-name"] for person in people] == [f"Persona 0-{n}" for n in (7, 8, 0, 1)]
    assert "y 5 más" in client.visit("/batches/1").find("#batch-meetings").text
