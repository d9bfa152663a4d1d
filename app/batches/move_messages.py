"""Texts about moves: why a meeting cannot be moved, and what the cancellation of the old one waits for."""

from collections.abc import Iterator, Mapping

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.batches.move_status import MoveStatus
from app.batches.moves import MoveObstacle
from app.models import BatchState, CancellationState, MeetingState

OBSTACLE_MESSAGES: Mapping[MoveObstacle, LazyString] = {
    MoveObstacle.CANCELLED: _l("The meeting is cancelled: create another one instead."),
    MoveObstacle.NOT_CREATED: _l("The meeting does not exist in Zelta yet: it can be moved once it does."),
    MoveObstacle.OVER: _l("The meeting is over: create another one instead."),
    MoveObstacle.CANCELLING: _l("Its cancellation is not settled: decide about that first."),
    MoveObstacle.REFUSED: _l(
        "Zelta refused to cancel the meeting, and a move cancels it: decide about that first."
    ),
    MoveObstacle.MOVED: _l("The meeting has been moved already."),
    MoveObstacle.MOVING: _l("The meeting is being moved, and the one before it still stands: wait for that."),
    MoveObstacle.SENDING: _l(
        "People are being added to the meeting: wait until that is done, or stop the list. Then move it."
    ),
}


def obstacle_message(obstacle: MoveObstacle) -> str:
    """Why a meeting cannot be moved, and what to do."""
    return str(OBSTACLE_MESSAGES[obstacle])


def describe_status(status: MoveStatus) -> list[str]:
    """How a move stands, in sentences: what is done, or all that the cancellation of the old meeting waits for."""
    if status.old_state == MeetingState.CANCELLED:
        return [str(_("The old meeting is cancelled."))]
    if status.new_state in {MeetingState.CANCELLED, MeetingState.DISCARDED}:
        return [str(_("The new meeting was given up: the old one stays."))]
    if (sentence := _about_cancellation(status)) is not None:
        return [sentence]
    reasons = [*_reasons_of_meeting(status), *_reasons_of_people(status)]
    return (
        [*reasons, str(_("Until then the old meeting stays as it is, and its links work."))]
        if reasons
        else [str(_("Everybody is in the new meeting. The old one is cancelled next, by itself."))]
    )


def _about_cancellation(status: MoveStatus) -> str | None:
    match status.cancellation:
        case CancellationState.SENDING:
            return str(_("The old meeting is being cancelled."))
        case CancellationState.UNKNOWN:
            return str(
                _("It is not known whether Zelta cancelled the old meeting: decide about that on its page.")
            )
        case CancellationState.NOT_SENT:
            return str(_("The cancellation of the old meeting was not sent: decide about that on its page."))
    if status.is_refused:
        return str(
            _("Zelta refused to cancel the old meeting: both meetings stand. Decide on the old one's page.")
        )
    if not status.is_pending:
        return str(_("The old meeting is not cancelled: both meetings stand."))
    return None


def _reasons_of_meeting(status: MoveStatus) -> Iterator[str]:
    match status.new_state:
        case MeetingState.QUEUED | MeetingState.CLAIMED | MeetingState.SENDING:
            yield _("The new meeting is not created yet.")
        case MeetingState.UNKNOWN:
            yield _("It is not known whether Zelta created the new meeting: decide about that on its page.")
        case MeetingState.REFUSED | MeetingState.NOT_SENT:
            yield _("Zelta did not create the new meeting: decide about that on its page.")
    if status.new_cancellation is not None:
        yield _("The new meeting is being cancelled.")
    if status.batch_state == BatchState.PAUSED or status.is_list_paused:
        yield _("Sending is paused.")
    if status.batch_state == BatchState.STOPPED:
        yield _("Sending was stopped: the old meeting is not cancelled by itself any more.")
    if status.is_id_untrusted:
        yield _("The ID of the new meeting was typed by hand, and Zelta has not accepted it yet.")


def _reasons_of_people(status: MoveStatus) -> Iterator[str]:
    if status.waiting_count:
        yield ngettext(
            "%(num)s person of the new meeting is still being added.",
            "%(num)s people of the new meeting are still being added.",
            status.waiting_count,
        )
    if status.problem_count:
        yield ngettext(
            "%(num)s person of the new meeting is to resolve.",
            "%(num)s people of the new meeting are to resolve.",
            status.problem_count,
        )
    if status.newcomers:
        yield ngettext(
            "%(names)s is in the old meeting and not in the new one: add this person there too.",
            "%(names)s are in the old meeting and not in the new one: add these people there too.",
            len(status.newcomers),
            names=", ".join(status.newcomers),
        )
