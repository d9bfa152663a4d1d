"""Queries of a meeting's participants with their delivery status and the delivery in force."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.database import db
from app.meetings.people_query import (
    PeopleFilter,
    Query,
    filter_condition,
    join_deliveries,
    people_order,
    search_conditions,
)
from app.models import (
    DeliveryChannel,
    DeliveryPurpose,
    DeliveryStatus,
    Meeting,
    Participant,
    ParticipantState,
    Role,
)
from app.models.delivery import Delivery, delivery_purpose, delivery_status_expression, told_condition


@dataclass(frozen=True)
class DeliveryRow:
    """One participant; `channel`, `actor` and `handed_over_at` are of the mark in force."""

    participant: Participant
    status: DeliveryStatus
    delivery_id: int | None
    channel: DeliveryChannel | None
    actor: str | None
    handed_over_at: datetime | None


def get_meeting(meeting_id: int) -> Meeting:
    """A meeting by our id.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
    """
    return db.session.get_one(Meeting, meeting_id)


def get_meeting_id(participant_id: int) -> int:
    """The meeting id of a participant; read in a separate session, so that the request's session stays fresh.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such participant.
    """
    with Session(db.engine) as session:
        return session.get_one(Participant, participant_id).meeting_id


def get_participant(participant_id: int) -> tuple[Meeting, DeliveryRow]:
    """A participant, and their meeting.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such participant.
    """
    participant = db.session.get_one(Participant, participant_id)
    meeting = get_meeting(participant.meeting_id)
    return meeting, _row(db.session.execute(_rows_query(meeting, Participant.id == participant_id)).one())


def list_rows(
    meeting: Meeting,
    people_filter: PeopleFilter = PeopleFilter.ALL,
    search_terms: str = "",
    participant_ids: Collection[int] | None = None,
) -> list[DeliveryRow]:
    """The participants of a meeting, hosts first.

    The discarded are left out, except those to be told of a cancellation.

    Args:
        meeting: their meeting.
        people_filter: the filter of the page.
        search_terms: words that must each occur in the name or the e-mail; case and accents do not count.
        participant_ids: only these; None for all.
    """
    conditions = [filter_condition(meeting, people_filter), *search_conditions(search_terms)]
    if participant_ids is not None:
        conditions.append(Participant.id.in_(participant_ids))
    return [_row(row) for row in db.session.execute(_rows_query(meeting, *conditions))]


def list_pending(meeting: Meeting) -> list[DeliveryRow]:
    """The participants not delivered yet, in the order of the page."""
    return list_rows(meeting, PeopleFilter.PENDING)


def _rows_query(meeting: Meeting, *conditions: ColumnElement[bool]) -> Query:
    purpose = delivery_purpose(meeting)
    query = select(Participant, delivery_status_expression(purpose).label("status"), Delivery)
    return join_deliveries(query, meeting).where(_is_shown(meeting), *conditions).order_by(*people_order())


def _is_shown(meeting: Meeting) -> ColumnElement[bool]:
    """Not the discarded ones, except those who may have to be told of a cancellation."""
    is_kept = Participant.state != ParticipantState.DISCARDED
    purpose = delivery_purpose(meeting)
    return or_(is_kept, told_condition(purpose)) if purpose == DeliveryPurpose.CANCELLATION else is_kept


def _row(row: Any) -> DeliveryRow:
    participant, status, delivery = row
    return DeliveryRow(
        participant=participant,
        status=DeliveryStatus(status),
        delivery_id=delivery.id if delivery else None,
        channel=delivery.channel if delivery else None,
        actor=delivery.actor if delivery else None,
        handed_over_at=delivery.created_at if delivery else None,
    )


def find_example(meeting: Meeting) -> Participant | None:
    """The participant of a message preview: the first guest with something to deliver, else the first one."""
    rows = list_rows(meeting)
    guests = [row for row in rows if row.participant.role != Role.HOST] or rows
    told = [row for row in guests if row.status != DeliveryStatus.NONE] or guests
    return told[0].participant if told else None
