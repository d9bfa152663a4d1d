"""Whether a participant has their link: the same answer in Python and in SQL."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from app.models import (
    Base,
    Delivery,
    DeliveryAction,
    DeliveryChannel,
    DeliveryPurpose,
    DeliveryStatus,
    Meeting,
    MeetingState,
    Participant,
    ParticipantState,
    Role,
)
from app.models.delivery import (
    delivery_join_condition,
    delivery_purpose,
    delivery_status,
    delivery_status_expression,
)
from app.models.states import CancellationState

NOW = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    tables = [
        Base.metadata.tables[name]
        for name in ("meetings", "participant_imports", "participants", "deliveries")
    ]
    Base.metadata.create_all(engine, tables)
    with Session(engine) as session:
        yield session
    engine.dispose()


def fill(session: Session) -> None:
    """A participant for each state, link, way of invitation and kind of mark."""
    meeting = Meeting(
        title="x",
        starts_at=NOW,
        time_zone="UTC",
        state=MeetingState.SCHEDULED,
        created_by="x",
        created_at=NOW,
    )
    session.add(meeting)
    session.flush()
    marks = [(None, None), *product(DeliveryPurpose, ("now", "before", None))]
    for state, link, mailed, (purpose, of) in product(ParticipantState, ("now", None), (True, False), marks):
        participant = Participant(
            meeting_id=meeting.id, role=Role.PARTICIPANT, name="x", send_invitation=mailed, state=state,
            public_participant_id=link, created_by="x", created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        session.add(participant)
        session.flush()
        if purpose is not None:
            delivery = Delivery(
                meeting_id=meeting.id, participant_id=participant.id, action=DeliveryAction.MARK, purpose=purpose,
                channel=DeliveryChannel.LINK, public_participant_id=of, actor="x", request_digest="x", created_at=NOW,
            )  # fmt: skip
            session.add(delivery)
            session.flush()
            participant.delivery_id = delivery.id
    session.flush()


@pytest.mark.parametrize("purpose", [*DeliveryPurpose, None])
def test_python_and_sql_agree(session: Session, purpose: DeliveryPurpose | None) -> None:
    fill(session)
    marks = {delivery.participant_id: delivery for delivery in session.scalars(select(Delivery))}
    query = (
        select(Participant, delivery_status_expression(purpose))
        .select_from(Participant)
        .outerjoin(Delivery, delivery_join_condition(purpose or DeliveryPurpose.LINK))
    )
    rows = session.execute(query).all()
    assert len(rows) == len(ParticipantState) * 2 * 2 * 7
    wrong = [
        (person.state, person.public_participant_id, person.send_invitation, status)
        for person, status in rows
        if delivery_status(purpose, person, marks.get(person.id)) != status
    ]
    assert wrong == []
    if purpose is None:
        assert {status for _, status in rows} == {""}


def participant(**values: object) -> Participant:
    fields: dict[str, object] = {
        "state": ParticipantState.ADDED, "public_participant_id": "p", "send_invitation": False, "delivery_id": None,
    }  # fmt: skip
    return Participant(**fields | values)


def test_link_nobody_handed_over_is_pending() -> None:
    assert delivery_status(DeliveryPurpose.LINK, participant(), None) == DeliveryStatus.PENDING


def test_link_mailed_by_zelta_is_emailed_until_a_person_hands_it_over() -> None:
    mailed = participant(mailed=True, delivery_id=1)
    mark = Delivery(id=1, purpose=DeliveryPurpose.LINK, public_participant_id="p")
    assert delivery_status(DeliveryPurpose.LINK, mailed, None) == DeliveryStatus.EMAILED
    assert delivery_status(DeliveryPurpose.LINK, mailed, mark) == DeliveryStatus.HANDED_OVER


def test_invited_person_without_link_is_told_of_a_cancellation() -> None:
    received = participant(state=ParticipantState.RECEIVED, public_participant_id=None, mailed=True)
    assert delivery_status(DeliveryPurpose.LINK, received, None) == DeliveryStatus.NONE
    assert delivery_status(DeliveryPurpose.CANCELLATION, received, None) == DeliveryStatus.PENDING


@pytest.mark.parametrize(
    ("state", "cancellation", "purpose"),
    [
        (MeetingState.SCHEDULED, None, DeliveryPurpose.LINK),
        (MeetingState.SCHEDULED, CancellationState.NOT_SENT, DeliveryPurpose.LINK),
        (MeetingState.SCHEDULED, CancellationState.SENDING, None),
        (MeetingState.SCHEDULED, CancellationState.UNKNOWN, None),
        (MeetingState.CANCELLED, None, DeliveryPurpose.CANCELLATION),
        (MeetingState.SENDING, None, None),
        (MeetingState.DISCARDED, None, None),
    ],
)
def test_purpose_of_a_meeting(
    state: MeetingState, cancellation: CancellationState | None, purpose: DeliveryPurpose | None
) -> None:
    assert delivery_purpose(Meeting(state=state, cancellation=cancellation)) == purpose
