"""The card about a move on the page of either meeting."""

from dataclasses import dataclass

from app.batches.move_messages import describe_status
from app.batches.move_status import MoveStatus, read_move_from, read_move_to
from app.extensions import get_settings
from app.meetings import queries
from app.models import BatchState, CancellationState, MeetingState
from app.models.states import PROBLEM_MEETING_STATES
from app.utils.localized_time import LocalizedDateTime, localize
from app.web import i18n


@dataclass(frozen=True)
class MoveCard:
    """The other meeting, and how the move stands. `is_new`: the page's meeting is the new one.

    `is_problem`: a coordinator has to decide something. `is_done`: the old meeting is cancelled. `is_running`:
    it goes on by itself, and the page follows.
    """

    other_id: int
    title: str
    start: LocalizedDateTime
    is_new: bool
    is_done: bool
    is_problem: bool
    is_running: bool
    sentences: list[str]


def read_move_cards(meeting_id: int) -> list[MoveCard]:
    """The moves that made this meeting, and that replaced it: none, one or both."""
    meeting = queries.get_meeting(meeting_id)
    found = ((read_move_from(meeting), True), (read_move_to(meeting), False))
    cards = []
    for status, is_new in found:
        if status is None:
            continue
        other = queries.get_meeting(status.old_id if is_new else status.new_id)
        is_problem = _needs_decision(status)
        zone = other.time_zone or get_settings().time_zone
        cards.append(
            MoveCard(
                other_id=other.id,
                title=other.title,
                start=localize(other.starts_at, zone, i18n.get_locale()),
                is_new=is_new,
                is_done=status.old_state == MeetingState.CANCELLED,
                is_problem=is_problem,
                is_running=_is_running(status) and not is_problem,
                sentences=describe_status(status),
            )
        )
    return cards


def _needs_decision(status: MoveStatus) -> bool:
    """Whether a coordinator has to decide something before the old meeting is cancelled."""
    if status.old_state == MeetingState.CANCELLED:
        return False
    return (
        status.cancellation in {CancellationState.UNKNOWN, CancellationState.NOT_SENT}
        or status.is_refused
        or status.new_state in PROBLEM_MEETING_STATES
        or status.problem_count > 0
        or bool(status.newcomers)
    )


def _is_running(status: MoveStatus) -> bool:
    """Whether the move goes on by itself."""
    is_cancelling = status.cancellation == CancellationState.SENDING
    return is_cancelling or (
        status.is_pending
        and status.old_state == MeetingState.SCHEDULED
        and status.batch_state == BatchState.RUNNING
        and status.new_cancellation is None
        and not (status.is_list_paused or status.is_id_untrusted)
    )
