"""The delivery page, one participant at a time: the current one, and how many are left."""

from dataclasses import dataclass

from app.delivery.presenters import DeliveryPresenter, DeliveryView
from app.delivery.queries import DeliveryRow, get_meeting, list_pending, list_rows
from app.models import Meeting, Participant, Role


@dataclass(frozen=True)
class HandOverPage:
    """One participant to deliver a link to.

    Attributes:
        meeting: the meeting of the participants.
        person: the participant that the page shows; None if none is left.
        position: of `person` among the `pending`; 0 if `person` is not pending.
        pending: how many participants are not delivered yet.
        done: the participant marked last, whose mark can be undone.
        is_cancellation: the message is about the cancellation.
        is_available: the links of the meeting are known to be alive, or known to be dead.
    """

    meeting: Meeting
    person: DeliveryView | None
    position: int
    pending: int
    done: DeliveryView | None
    is_cancellation: bool
    is_available: bool


def read_hand_over_page(
    meeting_id: int, *, after: int | None = None, person_id: int | None = None, done_id: int | None = None
) -> HandOverPage:
    """The page of the first pending participant after another, or of a certain one.

    Args:
        meeting_id: ours.
        after: the participant who was handed over or skipped last; None begins with the first.
        person_id: show this participant, pending or not.
        done_id: the participant who was marked last.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
    """
    meeting = get_meeting(meeting_id)
    pending = list_pending(meeting)
    by_id = {row.participant.id: row for row in pending}
    others = {wanted for wanted in (after, person_id, done_id) if wanted is not None and wanted not in by_id}
    if others:
        by_id |= {row.participant.id: row for row in list_rows(meeting, participant_ids=others)}
    current = by_id.get(person_id) if person_id is not None else None
    if current is None:
        current = _next_pending(pending, by_id.get(after) if after is not None else None)
    done = by_id.get(done_id) if done_id is not None else None
    presenter = DeliveryPresenter(meeting, [row for row in (current, done) if row])
    return HandOverPage(
        meeting=meeting,
        person=presenter.present(current) if current else None,
        position=pending.index(current) + 1 if current in pending else 0,
        pending=len(pending),
        done=presenter.present(done) if done and done is not current else None,
        is_cancellation=presenter.is_cancellation,
        is_available=presenter.purpose is not None,
    )


def _next_pending(pending: list[DeliveryRow], after: DeliveryRow | None) -> DeliveryRow | None:
    if after is None:
        return pending[0] if pending else None
    place = _order(after.participant)
    return next((row for row in pending if _order(row.participant) > place), None)


def _order(participant: Participant) -> tuple[bool, int]:
    """The order of the page: hosts first, then as they were added (see `app.delivery.queries`)."""
    return participant.role != Role.HOST, participant.id
