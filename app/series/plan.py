"""What a repetition would create: its dates, the people, and what speaks against a date."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.batches.carried_people import PeopleCount, read_carried_people
from app.meetings.participants.queue import ParticipantInput
from app.models import Meeting, MeetingState
from app.models.meeting import ACTIVE
from app.recurrence import Choice, Occurrence, resolve_occurrence
from app.utils.timezones import is_in_past

MAX_PEOPLE = 10_000
"""People of all meetings of one series together: they are queued in one transaction."""


class LeftOut(StrEnum):
    """Why a date of the rule gets no meeting."""

    PAST = "past"
    SOURCE = "source"


@dataclass(frozen=True)
class RepeatRequest:
    """The dates asked for, at a local time in the meeting's zone. `is_series`: a rule made them."""

    dates: Sequence[date]
    hour: time
    is_series: bool
    with_people: bool


@dataclass(frozen=True)
class PlannedDate:
    """A date of the plan; `existing_id` is our id of another meeting with the same title at that time."""

    occurrence: Occurrence
    left_out: LeftOut | None
    existing_id: int | None

    @property
    def day(self) -> date:
        """The local date."""
        return self.occurrence.day


@dataclass(frozen=True)
class Plan:
    """What would be created. `source_joins`: the source becomes a member of the new series."""

    title: str
    time_zone: str
    duration_minutes: int
    hour: time
    is_series: bool
    source_joins: bool
    dates: Sequence[PlannedDate]
    people: Sequence[ParticipantInput]

    @property
    def open_dates(self) -> list[PlannedDate]:
        """The dates that may get a meeting."""
        return [planned for planned in self.dates if planned.left_out is None]

    @property
    def counted(self) -> PeopleCount:
        """The people, counted."""
        return PeopleCount.of(self.people)

    @cached_property
    def digest(self) -> str:
        """Equal for equal plans: a form that was made for another plan is stale."""
        dates = [[one.day, one.occurrence.instants, one.left_out, one.existing_id] for one in self.dates]
        people = [list(person.stored().values()) for person in self.people]
        facts = [self.title, self.time_zone, self.duration_minutes, self.source_joins, self.hour]
        content = json.dumps([facts, dates, people], default=str)
        return sha256(content.encode(errors="surrogatepass")).hexdigest()

    def choose(self, kept: Mapping[date, Choice | None]) -> dict[date, datetime]:
        """The UTC times of the open dates that were kept, by the answers about those in doubt."""
        chosen = {one.day: one.occurrence.choose(kept[one.day]) for one in self.open_dates if one.day in kept}
        return {day: starts_at for day, starts_at in chosen.items() if starts_at is not None}


def can_repeat(state: MeetingState) -> bool:
    """Whether a meeting can be repeated: any that was not discarded, also a cancelled one."""
    return state != MeetingState.DISCARDED


def build_plan(session: Session, source: Meeting, request: RepeatRequest, now: datetime) -> Plan:
    """Plan the repetition of a meeting; it changes nothing.

    Args:
        session: to read the people and the meetings at the same times.
        source: the meeting.
        request: what was asked for.
        now: dates before it are left out.
    """
    occurrences = [resolve_occurrence(day, request.hour, source.time_zone) for day in request.dates]
    existing = _find_existing(session, source, occurrences)
    joins = source.series_id is None and source.state not in {MeetingState.CANCELLED, MeetingState.DISCARDED}
    return Plan(
        title=source.title,
        time_zone=source.time_zone,
        duration_minutes=source.duration_minutes,
        hour=request.hour,
        is_series=request.is_series,
        source_joins=request.is_series and joins,
        dates=[_plan_date(source, one, existing, now) for one in occurrences],
        people=read_carried_people(session, source.id, is_move=False) if request.with_people else [],
    )


def _plan_date(
    source: Meeting, occurrence: Occurrence, existing: Mapping[datetime, int], now: datetime
) -> PlannedDate:
    left_out = None
    if source.starts_at in occurrence.instants and source.state != MeetingState.CANCELLED:
        left_out = LeftOut.SOURCE
    elif all(is_in_past(instant, now) for instant in occurrence.instants):
        left_out = LeftOut.PAST
    existing_ids = (existing[instant] for instant in occurrence.instants if instant in existing)
    return PlannedDate(occurrence, left_out, next(existing_ids, None))


def _find_existing(
    session: Session, source: Meeting, occurrences: Sequence[Occurrence]
) -> dict[datetime, int]:
    """Active meetings with the title of the source at these times: start → our id, the newest of several."""
    instants = [instant for one in occurrences for instant in one.instants]
    query = select(Meeting.starts_at, Meeting.id).where(
        ACTIVE, Meeting.title == source.title, Meeting.starts_at.in_(instants), Meeting.id != source.id
    )
    rows = session.execute(query.order_by(Meeting.id)) if instants else ()
    return {row.starts_at: row.id for row in rows}
