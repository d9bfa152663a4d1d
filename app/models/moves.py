"""When a meeting that was moved may be cancelled, in SQL and as reasons for the pages.

The old meeting is cancelled only once the new one stands: nobody may lose both. Everybody of the new meeting has
been added or was discarded by a coordinator, and everybody of the old one is in the new one.
"""

from functools import cache

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.models.batch import Batch
from app.models.meeting import MOVE_PENDING, Meeting
from app.models.participant import Participant
from app.models.participant_import import ParticipantImport
from app.models.states import BatchState, IdSource, ImportState, MeetingState, ParticipantState

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
            ~_has_halted_import(),
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
    """People of the old meeting who are not in the new one: added after the move, or brought back."""
    old, new = aliased(Participant), aliased(Participant)
    same_email = and_(old.email_key.is_not(None), new.email_key == old.email_key)
    same_name = and_(old.email_key.is_(None), new.search_text == old.search_text, new.role == old.role)
    is_in_new = or_(
        new.moved_from_id == old.id,
        and_(new.state != ParticipantState.DISCARDED, or_(same_email, same_name)),
    )
    return select(old.id).where(
        old.meeting_id == old_id,
        old.state != ParticipantState.DISCARDED,
        ~exists().where(new.meeting_id == new_id, is_in_new).correlate(old, Meeting),
    )


def _has_unsettled_people() -> ColumnElement[bool]:
    person = aliased(Participant)
    return (
        exists().where(person.meeting_id == Meeting.id, person.state.in_(UNSETTLED_STATES)).correlate(Meeting)
    )


def _has_halted_import() -> ColumnElement[bool]:
    """Whether the carried list was paused or stopped: whoever was left out of it must not lose both links."""
    return (
        exists()
        .where(
            ParticipantImport.meeting_id == Meeting.id,
            ParticipantImport.batch_id == Meeting.batch_id,
            ParticipantImport.state != ImportState.RUNNING,
        )
        .correlate(Meeting)
    )
