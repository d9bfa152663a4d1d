"""What a sender does next: people who can be sent, then cancellations of moved meetings, then new meetings.

So each meeting is finished before the next one begins.
"""

from dataclasses import dataclass
from enum import StrEnum

from app import rate_limit
from app.database import read_connection
from app.journal import PendingCall
from app.models.moves import due_cancellation_query
from app.outbox import cancellations, creations, meeting_statements, queue, statements
from app.outbox.queue import RateLimited


class WorkKind(StrEnum):
    """What a call does, by what it is about."""

    PARTICIPANT = "participant"
    CANCELLATION = "cancellation"
    MEETING = "meeting"


@dataclass(frozen=True)
class Work:
    """One call to start: `row_id` is our id of the participant or meeting."""

    kind: WorkKind
    row_id: int


def seconds_to_wait(default_rate: int) -> float | None:
    """Seconds until the rate limit allows a claim; None if there is nothing to do. Takes no lock."""
    with read_connection() as connection:
        queries = (
            statements.any_claimable_query(),
            meeting_statements.any_claimable_query(),
            due_cancellation_query(),
        )
        if all(connection.scalar(query) is None for query in queries):
            return None
        return rate_limit.current_wait_seconds(connection, default_rate)


def claim(owner: str, limit: int) -> list[Work]:
    """Claim up to `limit` calls, in the order in which they start."""
    work = [Work(WorkKind.PARTICIPANT, row_id) for row_id in queue.claim(owner, limit)]
    if len(work) < limit and (due_id := cancellations.next_due()) is not None:
        work.append(Work(WorkKind.CANCELLATION, due_id))
    if len(work) < limit:
        work += [Work(WorkKind.MEETING, row_id) for row_id in creations.claim(owner, limit - len(work))]
    return work


def begin(work: Work, owner: str, default_rate: int) -> PendingCall | RateLimited | None:
    """Record a call, if the rate limit allows one now; see `queue.begin_send`."""
    match work.kind:
        case WorkKind.PARTICIPANT:
            return queue.begin_send(work.row_id, owner, default_rate)
        case WorkKind.CANCELLATION:
            return cancellations.begin_cancellation(work.row_id, default_rate)
        case WorkKind.MEETING:
            return creations.begin_creation(work.row_id, owner, default_rate)


def release_claims(owner: str) -> None:
    """Release this sender's unused claims."""
    queue.release_claims(owner)
    creations.release_claims(owner)
