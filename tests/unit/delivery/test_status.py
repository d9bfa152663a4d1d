"""Whether a participant has their link, or has been told of the cancellation."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from app.models import (
    Base,
    Delivery,
    DeliveryAction,
    DeliveryChannel,
    DeliveryPurpose,
    Meeting,
    MeetingState,
    Participant,
    ParticipantState,
    Role,
)
from app.models.delivery import (
    delivery_join_condition,
    delivery_purpose,
    delivery_status_expression,
)
from app.models.states import CancellationState

NOW = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    tables = [
        Base.metadata.tables[name]
        for name in ("batches", "meetings", "participant_imports", "participants", "deliveries")
    ]
    Base.metadata.create_all(engine, tables)
    with Session(engine) as session:
        yield session
    engine.dispose()


Marks = Sequence[tuple[DeliveryPurpose, str | None]]
LINK, CANCELLATION = DeliveryPurpose.LINK, DeliveryPurpose.CANCELLATION
ADDED, UNKNOWN = ParticipantState.ADDED, ParticipantState.UNKNOWN


def status(session: Session, purpose: DeliveryPurpose | None, marks: Marks = (), **values: object) -> str:
    """The status of a participant with these marks, each of a purpose and of the id in the delivered link."""
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
    participant = Participant(
        **{"meeting_id": meeting.id, "role": Role.PARTICIPANT, "name": "x", "send_invitation": False, "state": ADDED,
        "public_participant_id": "now", "created_by": "x", "created_at": NOW, "updated_at": NOW} | values
    )  # fmt: skip
    session.add(participant)
    session.flush()
    for mark_purpose, link in marks:
        mark = Delivery(
            meeting_id=meeting.id, participant_id=participant.id, action=DeliveryAction.MARK, purpose=mark_purpose,
            channel=DeliveryChannel.LINK, public_participant_id=link, actor="x", request_digest="x", created_at=NOW,
        )  # fmt: skip
        session.add(mark)
        session.flush()
        participant.delivery_id = mark.id
    session.flush()
    query = (
        select(delivery_status_expression(purpose))
        .select_from(Participant)
        .outerjoin(Delivery, delivery_join_condition(purpose or LINK))
        .where(Participant.id == participant.id)
    )
    return session.scalars(query).one()


@pytest.mark.parametrize(
    ("values", "marks", "expected"),
    [
        ({}, [], "pending"),
        ({}, [(LINK, "now")], "handed_over"),
        ({}, [(LINK, "before")], "pending"),
        ({"send_invitation": True}, [], "emailed"),
        ({"send_invitation": True}, [(LINK, "now")], "handed_over"),
        ({"public_participant_id": None}, [], ""),
        ({"state": UNKNOWN, "send_invitation": True}, [], ""),
        ({"state": ParticipantState.RECEIVED, "public_participant_id": None}, [], ""),
    ],
)
def test_link_is_delivered_to_all_who_have_one(
    session: Session, values: dict[str, object], marks: Marks, expected: str
) -> None:
    assert status(session, LINK, marks, **values) == expected
    assert status(session, None, marks, **values) == ""


@pytest.mark.parametrize(
    ("values", "marks", "expected"),
    [
        ({}, [], ""),
        ({}, [(LINK, "now")], "pending"),
        ({}, [(LINK, "before")], "pending"),
        ({}, [(LINK, "now"), (CANCELLATION, "now")], "handed_over"),
        ({"send_invitation": True}, [], "pending"),
        ({"state": UNKNOWN, "send_invitation": True}, [], "pending"),
        ({"state": UNKNOWN}, [], ""),
        ({"state": ParticipantState.RECEIVED, "public_participant_id": None}, [], "pending"),
        ({"state": ParticipantState.REFUSED, "send_invitation": True}, [], ""),
        ({"state": ParticipantState.REFUSED, "possibly_mailed": True}, [], "pending"),
        ({"state": ParticipantState.DISCARDED, "possibly_mailed": True}, [], "pending"),
        ({"state": ParticipantState.NOT_SENT, "send_invitation": True}, [], ""),
    ],
)
def test_cancellation_is_told_to_all_who_may_know_of_the_meeting(
    session: Session, values: dict[str, object], marks: Marks, expected: str
) -> None:
    assert status(session, CANCELLATION, marks, **values) == expected


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
