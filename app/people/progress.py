"""How the lists of a meeting get on: counts, an estimate, and what has changed since somebody last looked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app import pace
from app.database import db
from app.fittings import settings
from app.models import ListState, Pace, Participant, ParticipantState, PeopleList

UNDER_WAY = (ParticipantState.QUEUED, ParticipantState.CLAIMED, ParticipantState.SENDING)
TROUBLED = (ParticipantState.REFUSED, ParticipantState.NOT_SENT, ParticipantState.UNKNOWN)
# Transactions end in another order than their clocks were read in: look back a little, and tell some things twice.
OVERLAP = timedelta(seconds=2)
MOST_CHANGES = 200


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

    `waits_until`: the API is away or at its limit, and nothing goes before. `refused` are of all the lists, of which
    `newest_id` is the last.
    """

    total: int
    done: int
    problems: int
    seconds: int | None
    waits_until: datetime | None
    lists: list[ListProgress]
    refused: int
    newest_id: int

    @property
    def running(self) -> bool:
        """Whether anybody is still to be sent."""
        return self.done < self.total


def read(meeting_id: int) -> Progress | None:
    """The progress of a meeting's lists; None if it has none."""
    with Session(db.engine) as session:
        lists = session.scalars(
            select(PeopleList).where(PeopleList.meeting_id == meeting_id).order_by(PeopleList.id)
        ).all()
        if not lists:
            return None
        tallies = _tallies(session, [one.id for one in lists])
        open_lists = [one for one in lists if _under_way(tallies[one.id])] or lists[-1:]
        counted = [tallies[one.id] for one in open_lists]
        going = sum(_under_way(tally) for tally in counted)
        total = sum(sum(tally.values()) - tally.get(ParticipantState.DISCARDED, 0) for tally in counted)
        held = all(one.state != ListState.RUNNING for one in open_lists)
        return Progress(
            total=total,
            done=total - going,
            problems=sum(tally.get(state, 0) for tally in counted for state in TROUBLED),
            seconds=None if held else _estimate(session, going),
            waits_until=_waits_until(session) if going else None,
            lists=[shown for one in lists if (shown := _list(one, tallies[one.id])).going or shown.left],
            refused=sum(tally.get(ParticipantState.REFUSED, 0) for tally in tallies.values()),
            newest_id=lists[-1].id,
        )


def changes(meeting_id: int, since: datetime | None) -> tuple[Sequence[Row[*tuple[Any, ...]]], datetime]:
    """Whose rows changed since a moment (the latest ones, without it), and the moment to ask for next.

    A page that was hidden for an hour is told everything that it missed.

    Returns:
        Rows of `id`, `state`, `public_participant_id` and `changed_at`, the oldest change first; and the moment.
    """
    query = select(
        Participant.id, Participant.state, Participant.public_participant_id, Participant.changed_at
    ).where(Participant.meeting_id == meeting_id)
    query = query.order_by(Participant.changed_at.desc())
    if since is None:
        query = query.limit(MOST_CHANGES)
    else:
        # A thousand people are queued in one moment: they are not told twice of that.
        twice = (Participant.changed_at > since - OVERLAP) & (Participant.state != ParticipantState.QUEUED)
        query = query.where((Participant.changed_at > since) | twice)
    rows = db.session.execute(query).all()
    newest = rows[0].changed_at if rows else datetime.now(UTC) if since is None else since
    return rows[::-1], max(newest, since) if since else newest


def _list(one: PeopleList, tally: Mapping[ParticipantState, int]) -> ListProgress:
    # What was left of a list that was stopped is given up with it.
    left = 0 if one.state == ListState.STOPPED else len(one.rows)
    return ListProgress(one.id, one.state, one.held_for, _under_way(tally), left)


def _tallies(session: Session, list_ids: Sequence[int]) -> dict[int, dict[ParticipantState, int]]:
    found: dict[int, dict[ParticipantState, int]] = {list_id: {} for list_id in list_ids}
    query = (
        select(Participant.list_id, Participant.state, func.count())
        .where(Participant.list_id.in_(list_ids))
        .group_by(Participant.list_id, Participant.state)
    )
    for list_id, state, number in session.execute(query):
        if list_id is not None:
            found[list_id][state] = number
    return found


def _under_way(tally: Mapping[ParticipantState, int]) -> int:
    return sum(tally.get(state, 0) for state in UNDER_WAY)


def _estimate(session: Session, going: int) -> int | None:
    if not going:
        return None
    return round(pace.estimate(session, going, settings().zelta_rate, settings().zelta_concurrency))


def _waits_until(session: Session) -> datetime | None:
    held = session.get_one(Pace, 1)
    blocked = held.blocked_until
    return blocked if blocked is not None and held.probing_since and blocked > datetime.now(UTC) else None
