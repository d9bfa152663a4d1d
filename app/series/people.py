"""The people of a meeting that another date of it takes over."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.batches.moves import find_carried_people
from app.meetings.participants.queue import ParticipantInput


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
    return [
        ParticipantInput(
            person.role,
            person.name,
            person.email,
            person.external_id,
            send_invitation=person.send_invitation,
            phone=person.phone,
            phone_typed=person.phone_typed,
        )
        for person in find_carried_people(session, meeting_id)
    ]
