"""The people of a meeting that another date of it takes over."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.meetings.participants.queue import ParticipantInput
from app.models import Participant, ParticipantState


@dataclass(frozen=True)
class PeopleCount:
    """How many people a new meeting gets an invitation of Zelta's for, and how many it does not."""

    mailed: int
    others: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.mailed + self.others

    @classmethod
    def of(cls, people: list[ParticipantInput]) -> "PeopleCount":
        """Count them."""
        mailed = sum(person.is_mailed for person in people)
        return cls(mailed, len(people) - mailed)


def read_people(session: Session, meeting_id: int) -> list[ParticipantInput]:
    """The people of a meeting, as another meeting would add them; without those who were discarded.

    Whom the coordinator added without mailing them is not mailed for the other meeting either. What may have
    been mailed for this meeting does not concern the other one.
    """
    query = (
        select(Participant)
        .where(Participant.meeting_id == meeting_id, Participant.state != ParticipantState.DISCARDED)
        .order_by(Participant.id)
    )
    rows = session.scalars(query).all()
    # Of two rows with the same email only one holds the reservation: the refused one does not come.
    held = {row.email_key for row in rows if row.email_key and row.state != ParticipantState.REFUSED}
    people: list[ParticipantInput] = []
    for row in rows:
        if row.state == ParticipantState.REFUSED and row.email_key:
            if row.email_key in held:
                continue
            held.add(row.email_key)
        people.append(_to_input(row))
    return people


def _to_input(row: Participant) -> ParticipantInput:
    return ParticipantInput(
        row.role,
        row.name,
        row.email,
        row.external_id,
        send_invitation=row.send_invitation or row.email is None,
        phone=row.phone,
        phone_typed=row.phone_typed,
    )
