"""How the lists of a meeting get on: counts, an estimate, and what has changed since somebody last looked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, exists, func, not_, or_, select, true

from app import pace
from app.database import db
from app.fittings import settings
from app.models import JournalEntry, ListState, Participant, ParticipantState, PeopleList, utc_now
from app.models.base import UtcDateTime
from app.models.journal import CALLS
from app.models.participant import WAITING

UNDER_WAY = (ParticipantState.QUEUED, ParticipantState.CLAIMED, ParticipantState.SENDING)
TROUBLED = (ParticipantState.REFUSED, ParticipantState.NOT_SENT, ParticipantState.UNKNOWN)
# Transactions end in another order than their clocks were read in: look back a little, and tell some things twice.
OVERLAP = timedelta(seconds=2)
MOST_CHANGES = 200
UNATTENDED_SECONDS = 15.0


@dataclass(frozen=True)
class ListProgress:
    """One list that is not over: `going` people of it are still to be sent, `left` rows are still to be put right."""

    id: int
    state: ListState
    held_for: str | None
    going: int
    left: int


@dataclass(frozen=True)
class Progress:
    """The lists that are under way, or else the newest, together. `seconds` is an estimate; None while held.

    `waits_until`: the API is away or at its limit, and nothing goes before. `unattended`: they have waited for a while, and
    no sender is at work. `refused` are of all the lists, of which `newest_id` is the last.
    """

    total: int
    done: int
    problems: int
    seconds: int | None
    waits_until: datetime | None
    unattended: bool
    lists: list[ListProgress]
    refused: int
    newest_id: int

    @property
    def running(self) -> bool:
        """Whether anybody is still to be sent."""
        return self.done < self.total


def read(meeting_id: int) -> Progress | None:
    """The progress of a meeting's lists; None if it has none."""
    connection = db.session.connection()
    lists = connection.execute(_lists(), {"meeting_id": meeting_id}).all()
    if not lists:
        return None
    tallies = _tallies(connection, [one.id for one in lists])
    open_lists = [one for one in lists if _under_way(tallies[one.id])] or lists[-1:]
    counted = [tallies[one.id] for one in open_lists]
    going = sum(_under_way(tally) for tally in counted)
    total = sum(sum(tally.values()) - tally.get(ParticipantState.DISCARDED, 0) for tally in counted)
    held = all(one.state != ListState.RUNNING for one in open_lists)
    calls = (
        pace.outlook(connection, going, settings().zelta_rate, settings().zelta_concurrency)
        if going
        else None
    )
    return Progress(
        total=total,
        done=total - going,
        problems=sum(tally.get(state, 0) for tally in counted for state in TROUBLED),
        seconds=round(calls.seconds) if calls and not held else None,
        waits_until=calls.waits_until if calls else None,
        unattended=bool(calls) and not held and not any(map(_in_hand, counted)) and _unattended(connection),
        lists=[shown for one in lists if (shown := _list(one, tallies[one.id])).going or shown.left],
        refused=sum(tally.get(ParticipantState.REFUSED, 0) for tally in tallies.values()),
        newest_id=lists[-1].id,
    )


def changes(meeting_id: int, since: datetime | None) -> tuple[Sequence[Row[*tuple[Any, ...]]], datetime]:
    """Whose rows changed since a moment (the latest ones, without it), and the moment to ask for next.

    A page that was hidden for an hour is told everything that it missed.

    Returns:
        Rows of `id`, `state`, `public_participant_id` and `updated_at`, the oldest change first; and the moment.
    """
    values: dict[str, Any] = {"meeting_id": meeting_id}
    if since is not None:
        values |= {"since": since, "from": since - OVERLAP}
    rows = db.session.connection().execute(_changed(latest=since is None), values).all()
    newest = rows[0].updated_at if rows else datetime.now(UTC) if since is None else since
    return rows[::-1], max(newest, since) if since else newest


def _in_hand(tally: Mapping[ParticipantState, int]) -> bool:
    """Whether a sender has somebody of a list in hand, which it always has while it works at it."""
    return bool(tally.get(ParticipantState.CLAIMED) or tally.get(ParticipantState.SENDING))


def _unattended(connection: Connection) -> bool:
    """Whether people have waited for a while and no sender has done anything meanwhile."""
    return bool(connection.scalar(_nobody_at_work()))


# A page asks for them every second: put together once, they run for longer than they are made.
@cache
def _lists() -> Select[*tuple[Any, ...]]:
    columns = (PeopleList.id, PeopleList.state, PeopleList.pause_reason, PeopleList.rows)
    return select(*columns).where(PeopleList.meeting_id == bindparam("meeting_id")).order_by(PeopleList.id)


@cache
def _counts() -> Select[*tuple[Any, ...]]:
    of_these = Participant.import_id.in_(bindparam("list_ids", expanding=True))
    by = (Participant.import_id, Participant.state)
    return select(*by, func.count()).where(of_these).group_by(*by)


@cache
def _nobody_at_work() -> Select[bool]:
    lately = utc_now(-UNATTENDED_SECONDS)
    claimed = exists().where(WAITING, Participant.claim_expires_at > lately)
    called = exists().where(
        JournalEntry.from_outbox == true(),
        CALLS,
        or_(JournalEntry.outcome.is_(None), JournalEntry.finished_at > lately),
    )
    waits = exists().where(WAITING, Participant.updated_at < lately)
    return select(and_(waits, not_(claimed), not_(called)))


@cache
def _changed(*, latest: bool) -> Select[*tuple[Any, ...]]:
    """Whose rows changed since a moment, the latest change first; or the latest ones at all."""
    at = Participant.updated_at
    query = (
        select(Participant.id, Participant.state, Participant.public_participant_id, at)
        .where(Participant.meeting_id == bindparam("meeting_id"))
        .order_by(at.desc())
    )
    if latest:
        return query.limit(MOST_CHANGES)
    # A thousand people are queued in one moment: they are not told twice of that.
    twice = (at > bindparam("from", type_=UtcDateTime())) & (Participant.state != ParticipantState.QUEUED)
    return query.where((at > bindparam("since", type_=UtcDateTime())) | twice)


def _list(one: Row[Any], tally: Mapping[ParticipantState, int]) -> ListProgress:
    # What was left of a list that was stopped is given up with it.
    # Nor does a row that was left out when the others were sent still have to be put right.
    left = 0 if one.state == ListState.STOPPED else len(one.rows)
    if one.state not in {ListState.STOPPED, ListState.DRAFT}:
        left = sum(row.get("keep", True) for row in one.rows)
    return ListProgress(one.id, one.state, one.pause_reason, _under_way(tally), left)


def _tallies(connection: Connection, list_ids: Sequence[int]) -> dict[int, dict[ParticipantState, int]]:
    found: dict[int, dict[ParticipantState, int]] = {list_id: {} for list_id in list_ids}
    for list_id, state, number in connection.execute(_counts(), {"list_ids": list_ids}):
        found[list_id][state] = number
    return found


def _under_way(tally: Mapping[ParticipantState, int]) -> int:
    return sum(tally.get(state, 0) for state in UNDER_WAY)
