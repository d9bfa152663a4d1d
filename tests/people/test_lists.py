"""Lists as a person sends them: from previews that are older than the list, and again after refusals."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.journal import Submission
from app.list_parser import read_text
from app.meetings.imports import service
from app.meetings.participants.service import EmailTaken
from app.meetings.service import ActionNotAllowed
from app.models import ImportState, Participant, ParticipantState
from tests.support.db import change, rows, table
from tests.support.rows import a_person, meeting, store

BY = Submission("anonymous", None)
TABLE = "Nombre\tCorreo\tID externo\nAna\t\tA-1\nLuis\t\tL-2\nEva\teva@@x\tE-3\nIvo\tivo@gmial.com\tI-4"
"""Two who are ready, and two to correct."""


@pytest.fixture
def meeting_id(app: Flask, database_url: str) -> Iterator[int]:
    """A scheduled meeting."""
    (one,) = store(database_url, [meeting()])
    with app.app_context():
        yield one


def preview(*people: tuple[str, str]) -> dict[str, str]:
    """What the form of a preview sends, that was opened when the list had these rows."""
    sent = {}
    for n, (name, email) in enumerate(people, start=1):
        sent |= {f"name-{n}": name, f"email-{n}": email, f"keep-{n}": "on", f"mail-{n}": "mail"}
    return sent


def refused(meeting_id: int, list_id: int, name: str, email: str) -> Participant:
    person = a_person(meeting_id, name, email)
    person.state, person.import_id = ParticipantState.REFUSED, list_id
    return person


def of_list(url: str) -> list[tuple[str, str | None, str | None]]:
    return [(row["name"], row["email"], row["external_id"]) for row in table(url, "participants")]


def test_a_preview_that_is_older_than_the_list_means_the_rows_that_it_showed(
    database_url: str, meeting_id: int
) -> None:
    """Two tabs: what the first has sent is gone, and the second corrects the rest."""
    list_id = service.create_draft(meeting_id, read_text(TABLE), BY)
    seen = [("Ana", ""), ("Luis", ""), ("Eva", "eva@@x"), ("Ivo", "ivo@gmial.com")]
    service.send_import(list_id, preview(*seen), BY)
    assert of_list(database_url) == [("Ana", None, "A-1"), ("Luis", None, "L-2")]
    corrected = preview(*seen[:2], ("Eva", "eva@example.org"), ("Ivo", "ivo@gmail.com"))
    assert [one.row.name for one in service.save_edits(list_id, corrected).rows] == ["Eva", "Ivo"]
    service.send_import(list_id, corrected, BY)
    assert of_list(database_url)[2:] == [("Eva", "eva@example.org", "E-3"), ("Ivo", "ivo@gmail.com", "I-4")]
    service.send_import(list_id, corrected, BY)
    assert len(of_list(database_url)) == 4, "nothing of it is left to be sent"


@pytest.fixture
def list_id(database_url: str, meeting_id: int) -> int:
    """A list of two who were refused, and that was stopped with a row still to correct."""
    draft = service.create_draft(meeting_id, read_text(TABLE), BY)
    store(
        database_url,
        [
            refused(meeting_id, draft, "Ana", "ana@example.org"),
            refused(meeting_id, draft, "Luis", "luis@example.org"),
        ],
    )
    service.stop(draft, BY)
    return draft


def test_a_stopped_list_runs_again_for_those_who_were_refused(
    database_url: str, meeting_id: int, list_id: int
) -> None:
    with pytest.raises(ActionNotAllowed):
        service.resume(list_id, BY)
    assert service.resend_refused(meeting_id, BY) == 2
    (stored,) = table(database_url, "participant_imports")
    assert (stored["state"], stored["rows"]) == (ImportState.RUNNING, []), "what it had left was given up"
    service.pause(list_id, BY)
    assert {row["state"] for row in table(database_url, "participants")} == {"queued"}


def test_an_address_that_another_person_has_by_now_holds_nobody_else_up(
    database_url: str, meeting_id: int, list_id: int
) -> None:
    store(database_url, [a_person(meeting_id, "Ana Ruiz", "ANA@example.org")])
    store(database_url, [refused(meeting_id, list_id, "Luis otra vez", "luis@example.org")])
    assert service.resend_refused(meeting_id, BY) == 1
    states = {row["name"]: row["state"] for row in rows(database_url, "SELECT name, state FROM participants")}
    assert states == {"Ana": "refused", "Luis": "queued", "Ana Ruiz": "added", "Luis otra vez": "refused"}
    change(database_url, "UPDATE participants SET state = 'added' WHERE state = 'queued'")
    with pytest.raises(EmailTaken):
        service.resend_refused(meeting_id, BY)
