"""The box that says what is to do today, and what the list says of unsent rows and of links."""

import re
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import event

from app.database import db
from app.meetings import today_queries
from app.models import ImportState, Meeting, MeetingState, ParticipantImport, ParticipantState
from tests.support.db import change, rows
from tests.support.pages import Page, PageClient
from tests.support.rows import a_person, meeting, store

NOW = datetime.now(UTC)


def an_import(
    meeting_id: int, state: ImportState, *kept: bool, pause_reason: str | None = None
) -> ParticipantImport:
    """An import with unsent rows, each kept or left out."""
    return ParticipantImport(
        meeting_id=meeting_id,
        state=state,
        rows=[{"n": n, "name": "Ana", "keep": keep} for n, keep in enumerate(kept, 1)],
        pause_reason=pause_reason,
        created_by="anonymous",
    )


def lines(page: Page) -> list[tuple[str, str]]:
    return [(line["data-today"], line.find("p").text) for line in page.find_all("[data-today]")]


def badges(page: Page, meeting_id: int) -> list[str]:
    return [badge.text for badge in page.find_all(f'[data-meeting="{meeting_id}"] .badge')]


def linked(meeting_id: int, name: str) -> object:
    person = a_person(meeting_id, name)
    person.public_participant_id = f"prt_{meeting_id}_{name}"
    return person


def test_box_shows_five_lines_the_most_urgent_first(client: PageClient, database_url: str) -> None:
    made = store(
        database_url,
        [
            meeting("Enlaces", 5),
            meeting("Lejana", 60),
            meeting("En marcha", 70),
            meeting("En pausa", 71),
            meeting("Borrador", 72),
            meeting("Con problemas", 73),
            meeting("Rechazada", 74, MeetingState.REFUSED),
            meeting("Pasada", -9, MeetingState.UNKNOWN),
        ],
    )
    imports = store(
        database_url,
        [
            an_import(made[2], ImportState.RUNNING),
            an_import(made[3], ImportState.PAUSED),
            an_import(made[4], ImportState.DRAFT, True, True),
        ],
    )
    people = [
        linked(made[0], "Ana"),
        linked(made[1], "Ana"),
        a_person(made[5], "Eva", state=ParticipantState.UNKNOWN),
    ]
    for list_id, meeting_id in zip(imports, made[2:4], strict=False):
        queued = a_person(meeting_id, "Leo", state=ParticipantState.QUEUED)
        queued.import_id = list_id
        people.append(queued)
    store(database_url, people)
    page = client.visit("/")
    assert [kind for kind, _text in lines(page)] == ["problem", "problem", "rows", "not_invited", "links"]
    assert [text for _kind, text in lines(page)][:4] == [
        "Con problemas: 1 persona por resolver",
        "Rechazada: Zelta rechazó la reunión",
        "Borrador: una lista con 2 filas no se ha enviado",
        "En pausa: 1 persona sin invitación: la lista está en pausa",
    ]
    assert re.fullmatch(r"Enlaces: (hoy|mañana) [0-9:]{5}, 1 enlace por compartir", lines(page)[4][1])
    hrefs = [line.find("a.button")["href"] for line in page.find_all("[data-today]")]
    assert hrefs[2] == f"/meetings/{made[4]}/people/import?list={imports[2]}"
    assert hrefs[4] == f"/meetings/{made[0]}/hand-over"
    change(database_url, "UPDATE meetings SET state = 'discarded' WHERE title = 'Rechazada'")
    assert lines(client.visit("/"))[4][1].startswith("En marcha: agregando 0 de 1")
    assert not client.visit("/?view=past").find_all("section.today")


def test_list_says_who_has_their_link_and_what_was_not_sent(client: PageClient, database_url: str) -> None:
    made = store(
        database_url,
        [
            meeting("Una", 60),
            meeting("Otra", 61),
            meeting("Con lista", 62),
            meeting("Vacía", 63),
            meeting("Ida", -9),
        ],
    )
    store(
        database_url,
        [
            linked(made[0], "Ana"),
            linked(made[0], "Eva"),
            a_person(made[1], "Leo", "leo@example.org"),
            linked(made[4], "Ana"),
            an_import(made[2], ImportState.RUNNING, True, False),
            an_import(made[2], ImportState.DRAFT, True, False),
        ],
    )
    page = client.visit("/")
    assert "Nada pendiente para hoy." not in page.text
    assert badges(page, made[0]) == ["2 por compartir"]
    assert badges(page, made[1]) == ["todos con su enlace"]
    assert badges(page, made[2]) == ["1 fila por corregir", "Lista sin enviar: 2 filas"]
    assert badges(page, made[3]) == ["Programada"]
    assert badges(client.visit("/?view=past"), made[4]) == ["Programada"]
    attention = client.visit("/?view=attention")
    assert [row["data-meeting"] for row in attention.find_all("[data-meeting]")] == [str(made[2])]


def test_empty_box_says_so(client: PageClient, database_url: str) -> None:
    store(database_url, [meeting("Lejana", 60)])
    assert client.visit("/").find("section.today p").text == "Nada pendiente para hoy."


def test_meetings_are_grouped_by_day(client: PageClient, database_url: str) -> None:
    store(database_url, [meeting("Una", 24 * 9), meeting("Dos", 24 * 9), meeting("Tres", 24 * 11)])
    page = client.visit("/")
    assert [len(day.find_all("[data-meeting]")) for day in page.find_all("tbody")] == [2, 1]
    assert len(page.find_all("tr.day")) == 2


def test_meeting_counts_the_unsent_rows_of_its_imports(database_url: str) -> None:
    (made,) = store(database_url, [meeting()])

    def counts() -> tuple[int, int]:
        (row,) = rows(database_url, "SELECT draft_row_count, kept_row_count FROM meetings")
        return row["draft_row_count"], row["kept_row_count"]

    (one, _other) = store(
        database_url,
        [an_import(made, ImportState.DRAFT, True, False), an_import(made, ImportState.PAUSED, True, False)],
    )
    assert counts() == (2, 1)
    change(database_url, "UPDATE participant_imports SET state = 'running' WHERE id = :id", id=one)
    assert counts() == (0, 2)
    change(database_url, "UPDATE participant_imports SET rows = '[]' WHERE id = :id", id=one)
    assert counts() == (0, 1)
    change(database_url, "UPDATE participant_imports SET state = 'stopped'")
    assert counts() == (0, 0)


def test_queries_of_the_box_read_indexes_only(app: Flask, database_url: str) -> None:
    if not database_url.startswith("sqlite"):
        return
    plans: list[str] = []

    def explain(connection, _cursor, statement, parameters, *_others) -> None:  # type: ignore[no-untyped-def]
        raw = connection.connection.cursor()
        plans.extend(line[-1] for line in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", explain)
        for creator in (None, "ana"):
            today_queries.find_attention(NOW, creator)
            today_queries.find_links_to_hand_over(NOW, creator, 5)
            today_queries.find_unfinished_imports(creator)
        today_queries.find_unsent_imports([1, 2])
        event.remove(db.engine, "before_cursor_execute", explain)
    assert plans
    scans = [line for line in plans if line.startswith("SCAN")]
    assert set(scans) <= {"SCAN near", "SCAN newest", "SCAN participant_imports"}
    assert Meeting.__tablename__ not in " ".join(scans)
