"""Detects a person who may be in the meeting already, without the same e-mail."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.meetings.participants.queue import ParticipantInput
from app.meetings.participants.same_person import PeopleIndex, PersonIdentity, SamePersonMatch
from app.models import Participant, ParticipantState
from app.utils.text import fold_for_search

# A refused person is in no meeting; a discarded one was taken back.
_NOT_PRESENT = (ParticipantState.REFUSED, ParticipantState.DISCARDED)


class PossiblySamePerson(Exception):
    """The person to add may be one of these participants, and the coordinator has not denied it.

    `token` identifies what they have in common: an answer is valid only for that.
    """

    def __init__(self, names: list[str], token: str) -> None:
        super().__init__("the person may be in the meeting already")
        self.names = names
        self.token = token


def refuse_same_person(session: Session, participant: Participant, person: ParticipantInput) -> None:
    """Reject a person who may be in the meeting already.

    Args:
        session: of the transaction that adds or corrects the person, which holds the meeting's lock.
        participant: the person's own row.
        person: as asked for; `other_than` is the token that the coordinator answered “another person” to.

    Raises:
        PossiblySamePerson: another person of the meeting may be the same.
    """
    query = select(Participant.name, Participant.email, Participant.external_id).where(
        Participant.meeting_id == participant.meeting_id,
        Participant.state.not_in(_NOT_PRESENT),
        Participant.id != participant.id,
    )
    rows = session.execute(query.order_by(Participant.id)).all()
    present = [PersonIdentity(name, bool(email), external_id or "") for name, email, external_id in rows]
    asked = PersonIdentity(person.name, bool(person.email), person.external_id or "")
    matches = {match.key: match.other.name for match in _find_all(asked, present)}
    token = sha256("\x1f".join(matches).encode(errors="surrogatepass")).hexdigest()[:16]
    if matches and token != person.other_than:
        raise PossiblySamePerson(list(dict.fromkeys(matches.values())), token)


def _find_all(asked: PersonIdentity, present: Sequence[PersonIdentity]) -> list[SamePersonMatch]:
    """Who has the same external ID, and who has the same name: the two may be different people."""
    first = PeopleIndex.of(present).find(asked)
    if first is None:
        return []
    others = [
        one for one in present if fold_for_search(one.external_id) != fold_for_search(first.other.external_id)
    ]
    second = PeopleIndex.of(others).find(asked) if first.other.external_id else None
    return [match for match in (first, second) if match]
