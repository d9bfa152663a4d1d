"""Putting people into the outbox, many at once: one statement, in which the database itself leaves out whom it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.journal import Submission
from app.models import ListState, Participant, ParticipantState, PeopleList, Role
from app.models.participant import derived


@dataclass(frozen=True)
class Person:
    """A person to add to a meeting.

    Without `mail`, an e-mail is kept here and Zelta does not get it. `second_mail`: the coordinator accepted that
    a person who may have an invitation is mailed another one.
    """

    role: Role
    name: str
    email: str | None
    external_id: str | None
    mail: bool = True
    second_mail: bool = False


def enqueue(
    session: Session, people_list: PeopleList, people: Sequence[Person], submission: Submission
) -> int:
    """Queue these people for the meeting of their list, in this order; gives how many were new to it.

    Whoever has an e-mail that the meeting has reserved is left out by the constraint, also when two do this at once.
    """
    if not people:
        return 0
    rows = [
        {
            "meeting_id": people_list.meeting_id,
            "import_id": people_list.id,
            "role": person.role,
            "name": person.name,
            "email": person.email,
            "send_invitation": person.mail and person.email is not None,
            "possibly_mailed": person.second_mail and person.mail and person.email is not None,
            "external_id": person.external_id,
            "state": ParticipantState.QUEUED,
            "created_by": submission.actor,
            **derived(person.name, person.email),
        }
        for person in people
    ]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(Participant).on_conflict_do_nothing().returning(Participant.id)
    return len(session.execute(insert, rows).all())


def new_list(session: Session, meeting_id: int, submission: Submission) -> PeopleList:
    """A list that runs from the start: its people were typed into the form that makes their meeting."""
    people_list = PeopleList(
        meeting_id=meeting_id, state=ListState.RUNNING, rows=[], created_by=submission.actor
    )
    session.add(people_list)
    session.flush()
    return people_list
