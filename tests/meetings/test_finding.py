"""Finding meetings by words, in each of the ways in which search goes about it, against reading every row by hand."""

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.database import db, write_transaction
from app.meetings import queries, search
from app.meetings.list_query import MeetingFilter
from app.models import Meeting, MeetingState, Participant, ParticipantState
from app.outbox import background
from app.utils.text import fold_for_search
from app.utils.timezones import ASSUMED_MEETING_DURATION
from tests.support.db import change, rows
from tests.support.rows import a_person, meeting, store

NOW = datetime.now(UTC)
PIECES = (
    "ana",
    "á",
    "na",
    "x",
    "%",
    "_",
    "'",
    '"',
    "\\",
    "ñu",
    "ß",
    "日本",
    "o'b",
    "-",
    "*",
    "AND",
    "(",
    "a.b@c",
    "ana ana",
)
WAYS = ["waiting", "walked", "looked up"]


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def take(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let search go one of its ways: rows that are not indexed yet, a walk that meets everything, a walk that meets one."""
    if way != "waiting":
        assert search.reindex_pending()
    if way == "looked up":
        monkeypatch.setattr(search, "SCAN_ROWS", 1)


def words(chance: Random, most: int) -> str:
    return " ".join(
        "".join(chance.choices(PIECES, k=chance.randint(1, 3))) for _ in range(chance.randint(1, most))
    )


def fill(url: str, chance: Random) -> None:
    states = [*MeetingState, *[MeetingState.SCHEDULED] * 8]
    meetings = [meeting(words(chance, 3), chance.randint(-9, 9), chance.choice(states)) for _ in range(90)]
    for one in meetings:
        one.created_by = chance.choice("ab")
    ids = store(url, meetings)
    people = [
        a_person(chance.choice(ids), words(chance, 2), state=chance.choice(list(ParticipantState)))
        for _ in range(160)
    ]
    store(url, people)


def by_hand(view: MeetingFilter | None, q: str, mine: str | None) -> list[int]:
    """What a search has to find, in its order."""
    with Session(db.engine) as session:
        meetings = session.scalars(select(Meeting)).all()
        people = session.scalars(select(Participant).where(Participant.state != "discarded")).all()
    trouble = {"refused", "not_sent", "unknown"}
    troubled = {person.meeting_id for person in people if person.state in trouble}
    folded: dict[int, list[str]] = {one.id: [one.title_search] for one in meetings}
    for person in people:
        folded[person.meeting_id].append(person.search_text)
    found = []
    for one in meetings:
        past = one.starts_at <= NOW - ASSUMED_MEETING_DURATION
        in_view = {
            None: True,
            MeetingFilter.UPCOMING: one.state != "cancelled" and not past,
            MeetingFilter.PAST: one.state != "cancelled" and past,
            MeetingFilter.CANCELLED: one.state == "cancelled",
            MeetingFilter.ATTENTION: one.state != "cancelled"
            and (one.state in trouble or one.id in troubled),
        }[view]
        held = all(any(word in text for text in folded[one.id]) for word in fold_for_search(q).split()[:8])
        if in_view and held and one.state != "discarded" and mine in {None, one.created_by}:
            found.append((one.starts_at, one.id))
    return [number for _, number in sorted(found, reverse=view != MeetingFilter.UPCOMING)]


def pages(view: MeetingFilter | None, q: str, mine: str | None) -> list[int]:
    """What the pages show, one after the other; each must be found again on the way back."""
    page = queries.get_page(view, q, NOW, created_by=mine)
    assert page.previous is None
    shown = [[row.id for row in page.rows]]
    while page.next:
        page = queries.get_page(view, q, NOW, after=page.next, created_by=mine)
        shown.append([row.id for row in page.rows])
    back = [shown[-1]]
    while page.previous:
        page = queries.get_page(view, q, NOW, before=page.previous, created_by=mine)
        back.append([row.id for row in page.rows])
    assert back == shown[::-1]
    return [number for page_shown in shown for number in page_shown]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.usefixtures("context")
def test_every_way_finds_what_is_there(database_url: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(7)  # noqa: S311  (any numbers will do)
    fill(database_url, chance)
    take(way, monkeypatch)
    monkeypatch.setattr(queries, "PAGE_SIZE", 6)
    queries._counted_page_query.cache_clear()
    seen = 0
    for _ in range(120):
        view, mine = chance.choice([None, None, *MeetingFilter]), chance.choice([None, None, "a", "nobody"])
        q = "".join(chance.choices([*PIECES, " ", *"abnx@."], k=chance.randint(1, 4)))
        if not fold_for_search(q):
            continue
        wanted = by_hand(view, q, mine)
        assert pages(view, q, mine) == wanted, (view, q, mine)
        seen += len(wanted) > 6
    queries._counted_page_query.cache_clear()
    assert seen > 10


@pytest.mark.usefixtures("context")
def test_what_changes_is_found_at_once_and_stays_found(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = store(database_url, [meeting("Comité"), meeting("Lo primero que se encuentra", 99)])
    ana, eva = store(database_url, [a_person(made, "Ana"), a_person(made, "Eva")])
    monkeypatch.setattr(search, "SCAN_ROWS", 1)

    def found(q: str) -> bool:
        db.session.rollback()  # a new request
        before = bool(queries.get_page(None, q, NOW).rows)
        db.session.rollback()
        search.reindex_pending()
        assert rows(database_url, "SELECT * FROM search_reindex_queue") == []
        assert bool(queries.get_page(None, q, NOW).rows) == before
        return before

    assert found("comite")
    assert found("ana eva")
    with write_transaction() as session:
        session.get_one(Meeting, made).title = "Asamblea"
        session.get_one(Participant, ana).name = "Inés"
    assert not found("comite")
    assert found("asamblea ines")
    assert not found("ana")
    with write_transaction() as session:
        session.get_one(Participant, ana).email = "ines@example.org"
        session.get_one(Participant, eva).state = ParticipantState.DISCARDED
    assert found("ines@example")
    assert not found("eva")
    store(database_url, [a_person(made, "Zoë")])
    assert found("ines zoe")
    change(database_url, "DELETE FROM participants WHERE name = 'Zoë'")
    assert not found("zoe")


@pytest.mark.usefixtures("context")
def test_states_that_search_does_not_care_about_queue_nothing(database_url: str) -> None:
    (made,) = store(database_url, [meeting()])
    (person,) = store(database_url, [a_person(made, "Ana", state=ParticipantState.QUEUED)])
    search.reindex_pending()
    for state in ("claimed", "sending", "unknown", "added"):
        change(database_url, "UPDATE participants SET state = :state WHERE id = :id", state=state, id=person)
    change(database_url, "UPDATE meetings SET state = 'cancelled', cancellation = NULL")
    assert rows(database_url, "SELECT * FROM search_reindex_queue") == []


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("context")
def test_a_person_who_is_added_during_a_refresh_is_not_forgotten(database_url: str) -> None:
    (made,) = store(database_url, [meeting()])
    with Session(db.engine) as adding:
        adding.add(a_person(made, "Ana"))
        adding.flush()
        assert search.reindex_pending() == 1
        adding.commit()
    assert queries.get_page(None, "ana", NOW).rows
    assert search.reindex_pending() == 1
    assert rows(database_url, "SELECT text FROM search_texts") == [{"text": "comite\nana\n\n"}]


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("context")
def test_one_process_refreshes_at_a_time(database_url: str) -> None:
    store(database_url, [meeting()])
    with Session(db.engine) as other:
        other.execute(text(f"SELECT pg_advisory_xact_lock({search.REINDEX_ADVISORY_LOCK_ID})"))
        assert search.reindex_pending() == 0
    assert search.reindex_pending() == 1


def test_the_keeper_refreshes(app: Flask, database_url: str) -> None:
    store(database_url, [meeting("Comité")])
    background.run_maintenance(app)
    assert rows(database_url, "SELECT text FROM search_texts") == [{"text": "comite\n\n"}]
    assert rows(database_url, "SELECT * FROM search_reindex_queue") == []


@pytest.mark.usefixtures("context")
def test_a_thousand_people_added_one_by_one_stay_cheap(database_url: str) -> None:
    """However many a meeting has: one more leaves at most a line in the queue, and nothing of it is written anew."""
    (made,) = store(database_url, [meeting()])
    store(database_url, [a_person(made, f"Persona {number}") for number in range(1000)])
    search.reindex_pending()
    (text_before,) = rows(database_url, "SELECT text FROM search_texts")
    store(database_url, [a_person(made, "Otra")])
    assert rows(database_url, "SELECT text FROM search_texts") == [text_before]
    assert rows(database_url, "SELECT meeting_id FROM search_reindex_queue") == [{"meeting_id": made}]
    assert queries.get_page(None, "otra 999", NOW).rows
