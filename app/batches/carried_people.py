"""The people of a meeting whom another meeting takes over: by a move, or by a repetition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.meetings.participants.queue import ParticipantInput
from app.models import Participant, ParticipantState


@dataclass(frozen=True)
class PeopleCount:
    """How many people get an email from Zelta, and how many do not: those are given their link by hand."""

    mailed: int
    others: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.mailed + self.others

    @classmethod
    def of(cls, people: Iterable[ParticipantInput]) -> Self:
        """Count them."""
        is_mailed = [person.is_mailed for person in people]
        return cls(is_mailed.count(True), is_mailed.count(False))


def read_carried_people(session: Session, meeting_id: int, *, is_move: bool) -> list[ParticipantInput]:
    """The people of a meeting, as another meeting would add them; each email once, in the order of being added.

    Without those who were discarded or erased. Whom the coordinator added without mailing them is not mailed
    for the other meeting either. What may have been mailed for this meeting does not concern the other one.

    Args:
        session: to read them.
        meeting_id: ours.
        is_move: the other meeting replaces this one, so that each person keeps a reference to their row here.
    """
    return [_carry(person, is_move=is_move) for person in _find_people(session, meeting_id)]


def _find_people(session: Session, meeting_id: int) -> Sequence[Participant]:
    query = select(Participant).where(
        Participant.meeting_id == meeting_id,
        Participant.state != ParticipantState.DISCARDED,
        Participant.erased_at.is_(None),
    )
    # Of two rows with one email the one in the meeting counts: the other one was refused.
    ordered = query.order_by(Participant.state == ParticipantState.REFUSED, Participant.id)
    found = {person.email_key or person.id: person for person in reversed(session.scalars(ordered).all())}
    return sorted(found.values(), key=lambda person: person.id)


def _carry(person: Participant, *, is_move: bool) -> ParticipantInput:
    return ParticipantInput(
        person.role,
        person.name,
        person.email,
        person.external_id,
        send_invitation=person.send_invitation,
        phone=person.phone,
        phone_typed=person.phone_typed,
        moved_from_id=person.id if is_move else None,
    )
