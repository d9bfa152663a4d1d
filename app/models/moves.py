"""When a meeting that was moved may be cancelled, in SQL and as reasons for the pages.

The old meeting is cancelled only once the new one stands: nobody may lose both. Everybody of the new meeting has
been added or was discarded by a coordinator, and everybody of the old one is in the new one.
"""

from functools import cache

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.models.batch import Batch
from app.models.journal import Action, JournalEntry
from app.models.meeting import MOVE_PENDING, Meeting
from app.models.participant import Participant
from app.models.states import BatchState, IdSource, MeetingState, ParticipantState

UNSETTLED_STATES = (
    ParticipantState.QUEUED,
    ParticipantState.CLAIMED,
    ParticipantState.SENDING,
    ParticipantState.REFUSED,
    ParticipantState.NOT_SENT,
    ParticipantState.UNKNOWN,
)
"""States of a person of the new meeting who may still get a link there, or be discarded."""


@cache
def due_cancellation_query() -> Select[int]:
    """The new meetings whose old meeting may be cancelled now."""
    old = aliased(Meeting)
    batch_runs = select(Batch.id).where(Batch.id == Meeting.batch_id, Batch.state == BatchState.RUNNING)
    return (
        select(Meeting.id)
        .join(old, old.id == Meeting.moved_from_id)
        .where(
            MOVE_PENDING,
            Meeting.public_meeting_id.is_not(None),
            Meeting.cancellation.is_(None),
            batch_runs.exists(),
            has_trusted_id(),
            ~_has_unsettled_people(),
            old.state == MeetingState.SCHEDULED,
            old.cancellation.is_(None),
            old.cancellation_refused.is_(False),
            ~newcomers_query(old.id, Meeting.id).exists(),
        )
        .order_by(Meeting.id)
        .limit(1)
    )


def has_trusted_id() -> ColumnElement[bool]:
    """Zelta gave the id or has accepted it. One that a person typed is believed only while it has nobody."""
    person = aliased(Participant)
    has_people = (
        exists()
        .where(person.meeting_id == Meeting.id, person.state != ParticipantState.DISCARDED)
        .correlate(Meeting)
    )
    return or_(Meeting.id_source == IdSource.API, ~has_people)


def newcomers_query(
    old_id: InstrumentedAttribute[int] | int, new_id: InstrumentedAttribute[int] | int
) -> Select[int]:
    """People of the old meeting who are not in the new one: added after the move, or left out by a stopped list.

    Whom a coordinator discarded in the new meeting is not meant to be there.
    """
    old, new = aliased(Participant), aliased(Participant)
    was_discarded_by_choice = exists().where(
        JournalEntry.participant_id == new.id, JournalEntry.action == Action.DISCARD_PARTICIPANT
    )
    is_carried = or_(new.state != ParticipantState.DISCARDED, was_discarded_by_choice.correlate(new))
    same_email = and_(old.email_key.is_not(None), new.email_key == old.email_key)
    # Not one who was carried on: two people may have the same name.
    same_name = and_(
        old.email_key.is_(None),
        new.moved_from_id.is_(None),
        new.search_text == old.search_text,
        new.role == old.role,
    )
    is_in_new = or_(
        and_(new.moved_from_id == old.id, is_carried),
        and_(new.state != ParticipantState.DISCARDED, or_(same_email, same_name)),
    )
    return select(old.id).where(
        old.meeting_id == old_id,
        old.state != ParticipantState.DISCARDED,
        old.erased_at.is_(None),
        ~exists().where(new.meeting_id == new_id, is_in_new).correlate(old, Meeting),
    )


def _has_unsettled_people() -> ColumnElement[bool]:
    person = aliased(Participant)
    return (
        exists().where(person.meeting_id == Meeting.id, person.state.in_(UNSETTLED_STATES)).correlate(Meeting)
    )
