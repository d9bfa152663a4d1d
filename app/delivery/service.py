"""Mark links as delivered, and undo marks: idempotent per form, and audited."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit import Actor, record_event
from app.database import db, retry_on_rollback, write_transaction
from app.journal import Submission
from app.models import (
    AuditAction,
    Delivery,
    DeliveryAction,
    DeliveryChannel,
    DeliveryPurpose,
    Meeting,
    Participant,
)
from app.models.delivery import (
    DeliveryStatus,
    delivery_join_condition,
    delivery_purpose,
    delivery_status_expression,
)
from app.models.lock_order import lock_participants

EVENTS = {
    (DeliveryAction.MARK, DeliveryPurpose.LINK): AuditAction.HANDED_OVER,
    (DeliveryAction.UNDO, DeliveryPurpose.LINK): AuditAction.HAND_OVER_UNDONE,
    (DeliveryAction.MARK, DeliveryPurpose.CANCELLATION): AuditAction.CANCELLATION_TOLD,
    (DeliveryAction.UNDO, DeliveryPurpose.CANCELLATION): AuditAction.CANCELLATION_UNTOLD,
}


class DuplicateSubmissionError(Exception):
    """The form was sent before and asked something else; nothing was changed now."""


class NothingToDeliverError(Exception):
    """None of the participants has anything to hand over, or a mark to take back; nothing was changed."""


@dataclass(frozen=True)
class DeliveryChange:
    """What a form asks.

    Attributes:
        action: mark, or take a mark back.
        channel: how it was delivered; ignored when a mark is undone.
        expected_delivery_id: undo only this mark, as the page showed it; None: the mark in force.
    """

    action: DeliveryAction
    channel: DeliveryChannel
    expected_delivery_id: int | None = None


@retry_on_rollback
def record_deliveries(
    meeting_id: int, participant_ids: Sequence[int], change: DeliveryChange, submission: Submission
) -> int:
    """Mark, or take back the marks of, some participants of a meeting; the others of it stay as they are.

    Returns:
        How many rows were changed; 0 if the same form was sent before.

    Raises:
        DuplicateSubmissionError: this form was sent before and asked something else.
        NothingToDeliverError: there is nothing to mark or to take back.
        sqlalchemy.exc.NoResultFound: there is no such meeting.
    """
    try:
        with write_transaction() as session:
            if _is_done(session, submission):
                return 0
            return _record(session, meeting_id, participant_ids, change, submission)
    except IntegrityError:
        # A concurrent duplicate of this form was committed first.
        with Session(db.engine) as session:
            if _is_done(session, submission):
                return 0
        raise


def _is_done(session: Session, submission: Submission) -> bool:
    """Whether this form was carried out before.

    Raises:
        DuplicateSubmissionError: it was, and asked something else.
    """
    if submission.id is None:
        return False
    query = select(Delivery.request_digest).where(Delivery.submission_id == submission.id).limit(1)
    digest = session.scalar(query)
    if digest is not None and digest != submission.request_digest:
        raise DuplicateSubmissionError
    return digest is not None


def _record(
    session: Session,
    meeting_id: int,
    participant_ids: Sequence[int],
    change: DeliveryChange,
    submission: Submission,
) -> int:
    meeting = session.get_one(Meeting, meeting_id)
    purpose = delivery_purpose(meeting)
    if purpose is None:
        raise NothingToDeliverError
    chosen = Participant.id.in_(participant_ids), Participant.meeting_id == meeting_id
    lock_participants(session, *chosen)
    query = (
        select(Participant, delivery_status_expression(purpose), Delivery)
        .outerjoin(Delivery, delivery_join_condition(purpose))
        .where(*chosen)
        .order_by(Participant.id)
    )
    changed = [
        (participant, delivery)
        for participant, status, delivery in session.execute(query).all()
        if _is_possible(DeliveryStatus(status), delivery, change)
    ]
    if not changed:
        raise NothingToDeliverError
    for participant, delivery in changed:
        _change_one(session, participant, delivery, purpose, change, submission)
    _record_event(session, [participant for participant, _ in changed], purpose, change, submission)
    return len(changed)


def _change_one(
    session: Session,
    participant: Participant,
    current: Delivery | None,
    purpose: DeliveryPurpose,
    change: DeliveryChange,
    submission: Submission,
) -> None:
    """Insert the row of one participant; `current` is the mark in force, if any."""
    undone = current if change.action == DeliveryAction.UNDO else None
    delivery = Delivery(
        meeting_id=participant.meeting_id,
        participant_id=participant.id,
        action=change.action,
        purpose=purpose,
        channel=undone.channel if undone else change.channel,
        public_participant_id=participant.public_participant_id,
        undone_delivery_id=undone.id if undone else None,
        actor=submission.actor,
        submission_id=submission.id,
        request_digest=submission.request_digest,
    )
    session.add(delivery)
    session.flush()
    participant.delivery_id = None if undone else delivery.id


def _is_possible(status: DeliveryStatus, current: Delivery | None, change: DeliveryChange) -> bool:
    if change.action == DeliveryAction.MARK:
        return status != DeliveryStatus.NONE
    shown = current is not None and change.expected_delivery_id in {None, current.id}
    return shown and status == DeliveryStatus.HANDED_OVER


def _record_event(
    session: Session,
    changed: Sequence[Participant],
    purpose: DeliveryPurpose,
    change: DeliveryChange,
    submission: Submission,
) -> None:
    only = changed[0] if len(changed) == 1 else None
    detail: dict[str, str | int] = {"number": len(changed)}
    if only is not None:
        detail["name"] = only.name
    if change.action == DeliveryAction.MARK:
        detail["channel"] = change.channel.value
    record_event(
        session,
        EVENTS[change.action, purpose],
        Actor(submission.actor or None, submission.ip_address),
        meeting_id=changed[0].meeting_id,
        participant_id=only.id if only else None,
        detail=detail,
    )
