"""The progress of a meeting's imports: counts, an estimate, and rows changed since the last poll."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, exists, func, not_, or_, select

from app import rate_limit
from app.database import db
from app.extensions import get_settings
from app.models import (
    ImportState,
    JournalEntry,
    Meeting,
    Participant,
    ParticipantImport,
    ParticipantState,
    RateLimitState,
    Role,
    utc_now,
)
from app.models.base import UtcDateTime
from app.models.participant import IN_OUTBOX
from app.models.sending import batch_may_send, has_active_sender, sendable_conditions
from app.models.states import PROBLEM_STATES

IN_PROGRESS_STATES = (ParticipantState.QUEUED, ParticipantState.CLAIMED, ParticipantState.SENDING)
# Rows commit out of timestamp order: re-read the last 2 s; clients tolerate repeats.
RESCAN_OVERLAP = timedelta(seconds=2)
MAX_CHANGES = 200
SENDER_TIMEOUT_SECONDS = 15.0
DEFAULT_WINDOW_SECONDS = 60.0


@dataclass(frozen=True)
class ImportProgress:
    """One import: `pending_count` participants still to send, `unresolved_count` rows to correct.

    `is_batch_paused`: the batch that queued it is paused, so none of its people are sent.
    """

    id: int
    state: ImportState
    held_for: str | None
    pending_count: int
    unresolved_count: int
    is_batch_paused: bool


@dataclass(frozen=True)
class ImportsProgress:
    """The running imports, or else the latest. `estimated_seconds`: None while paused.

    `blocked_until`: the API is at its limit of `calls_per_minute`, or unavailable (`is_outage`).
    `no_active_sender`: they could be sent for a while, and no sender is active. `refused_count` is of all
    imports; `newest_import_id` is the latest.
    """

    total: int
    done: int
    problems: int
    estimated_seconds: int | None
    blocked_until: datetime | None
    is_outage: bool
    calls_per_minute: int | None
    no_active_sender: bool
    imports: list[ImportProgress]
    refused_count: int
    newest_import_id: int

    @property
    def is_running(self) -> bool:
        """Whether any participant is still to be sent."""
        return self.done < self.total


def get_progress(meeting_id: int) -> ImportsProgress | None:
    """The progress of a meeting's lists; None if it has none."""
    connection = db.session.connection()
    imports = connection.execute(_imports_query(), {"meeting_id": meeting_id}).all()
    if not imports:
        return None
    tallies = _count_states(connection, [row.id for row in imports])
    active_imports = [one for one in imports if _count_in_progress(tallies[one.id])] or imports[-1:]
    active_tallies = [tallies[one.id] for one in active_imports]
    pending_count = sum(_count_in_progress(tally) for tally in active_tallies)
    total = sum(sum(tally.values()) - tally.get(ParticipantState.DISCARDED, 0) for tally in active_tallies)
    all_paused = all(one.state != ImportState.RUNNING or one.is_batch_paused for one in active_imports)
    estimate = _estimate(connection, meeting_id, pending_count) if pending_count else None
    return ImportsProgress(
        total=total,
        done=total - pending_count,
        problems=sum(tally.get(state, 0) for tally in active_tallies for state in PROBLEM_STATES),
        estimated_seconds=round(estimate.seconds) if estimate and not all_paused else None,
        blocked_until=estimate.blocked_until if estimate else None,
        is_outage=bool(estimate and estimate.is_outage),
        calls_per_minute=estimate.calls_per_minute if estimate else None,
        no_active_sender=bool(estimate)
        and not all_paused
        and not any(map(_is_claimed, active_tallies))
        and has_no_active_sender(connection, meeting_id),
        imports=_open_imports(imports, tallies),
        refused_count=sum(tally.get(ParticipantState.REFUSED, 0) for tally in tallies.values()),
        newest_import_id=imports[-1].id,
    )


def _open_imports(
    imports: Sequence[Row[Any]], tallies: Mapping[int, Mapping[ParticipantState, int]]
) -> list[ImportProgress]:
    progress = (_import_progress(one, tallies[one.id]) for one in imports)
    return [one for one in progress if one.pending_count or one.unresolved_count]


def changed_since(
    meeting_id: int, since: datetime | None
) -> tuple[Sequence[Row[*tuple[Any, ...]]], datetime]:
    """The rows changed since a time (without it, the latest ones), and the time for the next poll.

    A page that was hidden for an hour gets everything that it missed.

    Returns:
        Rows of `id`, `state`, `public_participant_id` and `updated_at`, the oldest change first; and the
        moment.
    """
    values: dict[str, Any] = {"meeting_id": meeting_id}
    if since is not None:
        values |= {"since": since, "from": since - RESCAN_OVERLAP}
    rows = db.session.connection().execute(_changes_query(latest=since is None), values).all()
    newest = rows[0].updated_at if rows else datetime.now(UTC) if since is None else since
    return rows[::-1], max(newest, since) if since else newest


def _is_claimed(tally: Mapping[ParticipantState, int]) -> bool:
    """Whether a sender has claimed a participant of the import, as it always has while it is active."""
    return bool(tally.get(ParticipantState.CLAIMED) or tally.get(ParticipantState.SENDING))


def has_no_active_sender(connection: Connection, meeting_id: int) -> bool:
    """Whether participants of a meeting could be sent for a while, and no sender has done anything.

    A sender that has used up the rate limit shows no activity until the window ends.
    """
    if rate_limit.current_wait_seconds(connection, get_settings().zelta_rate):
        return False
    window_seconds = connection.scalar(select(RateLimitState.window_seconds)) or DEFAULT_WINDOW_SECONDS
    query = _no_active_sender_query(meeting_id, SENDER_TIMEOUT_SECONDS + window_seconds)
    return bool(connection.scalar(query))


def _estimate(connection: Connection, meeting_id: int, pending_count: int) -> rate_limit.SendEstimate:
    """Estimate when the last participant of a meeting is sent; those of other meetings may go first."""
    ahead_count = connection.scalar(_ahead_query(), {"meeting_id": meeting_id}) or 0
    settings = get_settings()
    return rate_limit.estimate_duration(
        connection, pending_count + ahead_count, settings.zelta_rate, settings.zelta_concurrency
    )


# Cached statements.
@cache
def _imports_query() -> Select[*tuple[Any, ...]]:
    columns = (
        ParticipantImport.id,
        ParticipantImport.state,
        ParticipantImport.pause_reason,
        ParticipantImport.rows,
        (~batch_may_send(ParticipantImport.batch_id)).label("is_batch_paused"),
    )
    return (
        select(*columns)
        .where(ParticipantImport.meeting_id == bindparam("meeting_id"))
        .order_by(ParticipantImport.id)
    )


@cache
def _state_counts_query() -> Select[*tuple[Any, ...]]:
    in_imports = Participant.import_id.in_(bindparam("list_ids", expanding=True))
    group_columns = (Participant.import_id, Participant.state)
    return select(*group_columns, func.count()).where(in_imports).group_by(*group_columns)


def _no_active_sender_query(meeting_id: int, seconds: float) -> Select[bool]:
    since = utc_now(-seconds)
    has_waiting = exists().where(
        IN_OUTBOX, Participant.meeting_id == meeting_id, Participant.updated_at < since
    )
    # A call or decision about the meeting or its imports may be what they waited for.
    is_recent = or_(JournalEntry.outcome.is_(None), JournalEntry.finished_at > since)
    has_change = exists().where(
        JournalEntry.meeting_id == meeting_id, JournalEntry.participant_id.is_(None), is_recent
    )
    was_blocked = exists().where(RateLimitState.blocked_until > since)
    return select(and_(has_waiting, not_(or_(has_active_sender(seconds), has_change, was_blocked))))


@cache
def _ahead_query() -> Select[int]:
    """How many participants of other meetings go before the last one of a meeting (see `next_claimable_query`)."""
    is_other = Participant.meeting_id != bindparam("meeting_id")
    last_query = select(func.max(Participant.id)).where(
        IN_OUTBOX, Participant.meeting_id == bindparam("meeting_id")
    )
    goes_first = or_(
        Participant.import_id.is_(None),
        Participant.role == Role.HOST,
        Participant.id < last_query.scalar_subquery(),
    )
    return (
        select(func.count())
        .select_from(Participant)
        .join(Meeting)
        .outerjoin(ParticipantImport, Participant.import_id == ParticipantImport.id)
        .where(IN_OUTBOX, *sendable_conditions(), is_other, goes_first)
    )


@cache
def _changes_query(*, latest: bool) -> Select[*tuple[Any, ...]]:
    """The rows changed since a time, latest first; or the latest ones."""
    changed_at = Participant.updated_at
    query = (
        select(Participant.id, Participant.state, Participant.public_participant_id, changed_at)
        .where(Participant.meeting_id == bindparam("meeting_id"))
        .order_by(changed_at.desc())
    )
    if latest:
        return query.limit(MAX_CHANGES)
    # An import queues up to 1000 rows at once: do not repeat these.
    in_overlap = (changed_at > bindparam("from", type_=UtcDateTime())) & (
        Participant.state != ParticipantState.QUEUED
    )
    return query.where((changed_at > bindparam("since", type_=UtcDateTime())) | in_overlap)


def _import_progress(import_row: Row[Any], tally: Mapping[ParticipantState, int]) -> ImportProgress:
    # The unsent rows of a stopped import are abandoned.
    # Rows that were excluded when the others were sent need no correction.
    unresolved_count = 0 if import_row.state == ImportState.STOPPED else len(import_row.rows)
    if import_row.state not in {ImportState.STOPPED, ImportState.DRAFT}:
        unresolved_count = sum(row.get("keep", True) for row in import_row.rows)
    return ImportProgress(
        import_row.id,
        import_row.state,
        import_row.pause_reason,
        _count_in_progress(tally),
        unresolved_count,
        bool(import_row.is_batch_paused),
    )


def _count_states(connection: Connection, list_ids: Sequence[int]) -> dict[int, dict[ParticipantState, int]]:
    tallies: dict[int, dict[ParticipantState, int]] = {list_id: {} for list_id in list_ids}
    for list_id, state, number in connection.execute(_state_counts_query(), {"list_ids": list_ids}):
        tallies[list_id][state] = number
    return tallies


def _count_in_progress(tally: Mapping[ParticipantState, int]) -> int:
    return sum(tally.get(state, 0) for state in IN_PROGRESS_STATES)
