"""The card about a move on the page of either meeting."""

from dataclasses import dataclass

from app.batches.move_messages import describe_status
from app.batches.move_status import read_move_from, read_move_to
from app.extensions import get_settings
from app.meetings import queries
from app.models import CancellationState, MeetingState
from app.utils.localized_time import LocalizedDateTime, localize
from app.web import i18n


@dataclass(frozen=True)
class MoveCard:
    """The other meeting, and how the move stands. `is_new`: the page's meeting is the new one.

    `is_problem`: a coordinator has to decide something. `is_done`: the old meeting is cancelled.
    """

    other_id: int
    title: str
    start: LocalizedDateTime
    is_new: bool
    is_done: bool
    is_problem: bool
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
        is_done = status.old_state == MeetingState.CANCELLED
        is_stuck = status.cancellation in {CancellationState.UNKNOWN, CancellationState.NOT_SENT}
        zone = other.time_zone or get_settings().time_zone
        cards.append(
            MoveCard(
                other_id=other.id,
                title=other.title,
                start=localize(other.starts_at, zone, i18n.get_locale()),
                is_new=is_new,
                is_done=is_done,
                is_problem=not is_done
                and (is_stuck or status.is_refused or bool(status.problem_count or status.newcomers)),
                sentences=describe_status(status),
            )
        )
    return cards
