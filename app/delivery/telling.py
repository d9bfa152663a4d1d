"""Whom to tell of a cancellation: the card of a cancelled meeting's page."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.delivery.presenters import DeliveryPresenter, DeliveryView
from app.delivery.queries import get_meeting, list_rows
from app.models import DeliveryStatus, ParticipantState


@dataclass(frozen=True)
class TellingView:
    """Those to tell of a cancellation.

    Attributes:
        total: how many are to be told.
        pending: our ids of those who have not been told.
        emails: of the pending, one a line.
        phones: of the pending, one a line.
        unreachable: how many of the pending have neither.
        others: how many more are in the meeting, without an invitation or a link that was handed over.
        example: the first of the pending, with their message; None if all have been told.
    """

    total: int
    pending: list[int]
    emails: str
    phones: str
    unreachable: int
    others: int
    example: DeliveryView | None


def read_telling(meeting_id: int) -> TellingView:
    """Those to tell of a meeting's cancellation.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
    """
    meeting = get_meeting(meeting_id)
    rows = list_rows(meeting)
    told = [row for row in rows if row.status != DeliveryStatus.NONE]
    pending = [row for row in told if row.status == DeliveryStatus.PENDING]
    people = [row.participant for row in pending]
    return TellingView(
        total=len(told),
        pending=[person.id for person in people],
        emails=_lines(person.email for person in people),
        phones=_lines(person.phone for person in people),
        unreachable=sum(not (person.email or person.phone) for person in people),
        others=sum(
            row.participant.state == ParticipantState.ADDED and row.status == DeliveryStatus.NONE
            for row in rows
        ),
        example=DeliveryPresenter(meeting).present(pending[0]) if pending else None,
    )


def _lines(values: Iterable[str | None]) -> str:
    return "\n".join(dict.fromkeys(value for value in values if value))
