"""The view models of a batch's page, and of what a meeting's page says of its batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.auth.current_user import has_role
from app.batches import queries
from app.batches.queries import PAGE_SIZE, BatchCounts
from app.extensions import get_settings
from app.meetings import queries as meeting_queries
from app.meetings.imports.presenters import duration_text, sender_stopped_text
from app.meetings.join_links import participant_join_link
from app.models import (
    AccountRole,
    Action,
    Batch,
    BatchKind,
    BatchState,
    Meeting,
    MeetingState,
    Participant,
    Role,
)
from app.rate_limit import SendEstimate
from app.utils.localized_time import LocalizedDateTime, localize
from app.web import i18n

MAX_PEOPLE_SHOWN = 4
"""People of one meeting; the others are on its own page."""

KIND_TITLES: Mapping[BatchKind, LazyString] = {
    BatchKind.MOVE: _l("A moved meeting"),
    BatchKind.REPEAT: _l("A repeated meeting"),
    BatchKind.SERIES: _l("A series of meetings"),
    BatchKind.SPREADSHEET: _l("Meetings from a table"),
}
PAUSE_REASONS: Mapping[str, LazyString] = {
    "api_key": _l("Sending stopped: Zelta does not accept the API key. Tell your Convoca administrator."),
    "suspended": _l(
        "Sending stopped: Zelta does not allow it. The account may be suspended. Tell your Convoca administrator."
    ),
    "restored": _l("A backup was restored: check what was sent after it was made before you resume."),
}


@dataclass(frozen=True)
class BatchPerson:
    """A person of a meeting, with their link if there is one."""

    id: int
    name: str
    is_host: bool
    state: str
    link: str | None


@dataclass(frozen=True)
class BatchMeetingRow:
    """A meeting of a batch; `hidden_count`: people who are only on the meeting's own page."""

    id: int
    title: str
    state: MeetingState
    start: LocalizedDateTime
    problem_count: int
    people: list[BatchPerson]
    hidden_count: int


@dataclass(frozen=True)
class BatchPage:
    """One page of a batch. `note`: what it waits for; `is_sending`: the page follows."""

    id: int
    title: str
    state: BatchState
    is_sending: bool
    is_following: bool
    counts: BatchCounts
    progress: str
    estimate: str
    note: str
    actions: tuple[str, ...]
    rows: list[BatchMeetingRow]
    page: int
    last_page: int


@dataclass(frozen=True)
class BatchNote:
    """What the page of a meeting says of its batch.

    `waiting` is empty once the meeting was sent; `is_stopped`: it was discarded when the batch was stopped.
    """

    id: int
    meetings: int
    waiting: str
    is_stopped: bool


def get_batch_page(batch: Batch, page: int) -> BatchPage:
    """A page of a batch, from 1; beyond the last one it is the last."""
    counts = queries.count_batch(batch.id)
    last_page = max(1, -(-(counts.meetings + counts.discarded_meetings) // PAGE_SIZE))
    page = min(page, last_page)
    meetings = queries.list_meetings(batch.id, page)
    meeting_ids = [meeting.id for meeting in meetings]
    people, numbers = queries.list_people(meeting_ids, MAX_PEOPLE_SHOWN), queries.count_people(meeting_ids)
    is_running = counts.waiting > 0 and batch.state == BatchState.RUNNING
    estimate = queries.estimate(batch.id, counts) if is_running else None
    note = _note(batch, estimate)
    return BatchPage(
        id=batch.id,
        title=str(KIND_TITLES[batch.kind]),
        state=batch.state,
        is_sending=counts.waiting > 0,
        is_following=is_running,
        counts=counts,
        progress=progress_text(counts),
        estimate=duration_text(estimate.seconds) if estimate and not note else "",
        note=note,
        actions=_actions(batch, counts) if has_role(AccountRole.COORDINATOR) else (),
        rows=[_row(one, people.get(one.id, []), numbers.get(one.id, 0)) for one in meetings],
        page=page,
        last_page=last_page,
    )


def read_batch_note(meeting_id: int) -> BatchNote | None:
    """What the page of a meeting says of its batch; None if it has none."""
    meeting = meeting_queries.get_meeting(meeting_id)
    if meeting.batch_id is None:
        return None
    batch, counts = queries.get_batch(meeting.batch_id), queries.count_batch(meeting.batch_id)
    waiting = ""
    if meeting.state in {MeetingState.QUEUED, MeetingState.CLAIMED}:
        waiting = _waiting_text(batch, counts)
    return BatchNote(
        batch.id, counts.meetings + counts.discarded_meetings, waiting, _was_stopped(batch, meeting)
    )


def _was_stopped(batch: Batch, meeting: Meeting) -> bool:
    """Whether a meeting was discarded because its batch was stopped, and not by a decision about it."""
    if batch.state != BatchState.STOPPED or meeting.state != MeetingState.DISCARDED:
        return False
    entry = meeting_queries.get_last_meeting_entry(meeting.id)
    return entry is None or entry.action != Action.DISCARD_MEETING


def progress_text(counts: BatchCounts) -> str:
    """Such as 12 of 40 meetings · 30 of 120 people · 2 to resolve."""
    made, added = counts.meetings - counts.waiting_meetings, counts.people - counts.waiting_people
    parts = [
        ngettext("%(done)s of %(num)s meeting", "%(done)s of %(num)s meetings", counts.meetings, done=made)
    ]
    if counts.people:
        parts.append(
            ngettext("%(done)s of %(num)s person", "%(done)s of %(num)s people", counts.people, done=added)
        )
    if counts.problems:
        parts.append(ngettext("%(num)s to resolve", "%(num)s to resolve", counts.problems))
    return " · ".join(parts)


def _waiting_text(batch: Batch, counts: BatchCounts) -> str:
    if batch.state == BatchState.PAUSED:
        return _note(batch, None) or str(_("Sending is paused."))
    estimate = queries.estimate(batch.id, counts)
    return " ".join(
        (
            _("The meeting waits to be created, and then its people are added. It happens by itself."),
            _note(batch, estimate) or duration_text(estimate.seconds),
        )
    )


def _note(batch: Batch, estimate: SendEstimate | None) -> str:
    if batch.state == BatchState.PAUSED:
        return str(PAUSE_REASONS.get(batch.pause_reason or "", ""))
    if estimate is None:
        return ""
    if estimate.blocked_until is not None:
        moment = localize(estimate.blocked_until, get_settings().time_zone, i18n.get_locale())
        time = moment.time if moment.is_today else moment.short
        if estimate.is_outage:
            return str(_("Zelta is not responding. Next try: %(time)s.", time=time))
        return str(_("Zelta's rate limit is reached. Sending goes on by itself: %(time)s.", time=time))
    return sender_stopped_text() if queries.is_sender_silent(batch.id) else ""


def _actions(batch: Batch, counts: BatchCounts) -> tuple[str, ...]:
    if batch.state == BatchState.PAUSED:
        return ("resume", "stop")
    return ("pause", "stop") if batch.state == BatchState.RUNNING and counts.waiting else ()


def _row(meeting: Meeting, people: Sequence[Participant], number: int) -> BatchMeetingRow:
    zone = meeting.time_zone or get_settings().time_zone
    return BatchMeetingRow(
        id=meeting.id,
        title=meeting.title,
        state=meeting.state,
        start=localize(meeting.starts_at, zone, i18n.get_locale()),
        problem_count=meeting.problem_count,
        people=[
            BatchPerson(
                person.id,
                person.name,
                person.role == Role.HOST,
                person.state.value,
                participant_join_link(meeting, person),
            )
            for person in people
        ],
        hidden_count=number - len(people),
    )
