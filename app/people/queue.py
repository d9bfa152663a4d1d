"""Putting people into the outbox, many at once: one statement, in which the database itself leaves out whom it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.journal import Submission
from app.list_parser import ParsedList
from app.models import ListState, Participant, ParticipantState, PeopleList, Role
from app.models.participant import derived
from app.people.import_source import ImportSource, ImportState
from app.people.parse_result import ParseResult


@dataclass(frozen=True)
class Person:
    """A person to add to a meeting.

    Without `mail`, an e-mail is kept here and Zelta does not get it. `second_mail`: the coordinator accepted that
    a person who may have an invitation is mailed another one. `phone` is in E.164, `phone_typed` as typed: neither is
    sent to Zelta. `other_than` says of whom the coordinator
    said that it is another person (see `app.people.present_people`).
    """

    role: Role
    name: str
    email: str | None
    external_id: str | None
    mail: bool = True
    second_mail: bool = False
    phone: str | None = None
    phone_typed: str | None = None
    other_than: str | None = None

    @property
    def is_mailed(self) -> bool:
        """Whether Zelta is asked to mail the invitation."""
        return self.mail and self.email is not None

    def stored(self) -> dict[str, Any]:
        """The person as columns of `participants`, without those that follow from others."""
        return {
            "role": self.role,
            "name": self.name,
            "email": self.email,
            "mailed": self.is_mailed,
            "external_id": self.external_id,
            "phone": self.phone,
            "phone_typed": self.phone_typed,
        }


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
            "list_id": people_list.id,
            **person.stored(),
            "maybe_mailed": person.second_mail and person.is_mailed,
            "state": ParticipantState.QUEUED,
            "created_by": submission.actor,
            **derived(person.name, person.email),
        }
        for person in people
    ]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(Participant).on_conflict_do_nothing().returning(Participant.id)
    return len(session.execute(insert, rows).all())


@dataclass(frozen=True)
class ListDraft:
    """A list that was pasted into the form of a new meeting, to be looked at before anything of it is sent.

    `rows` are as `app.people.drafts` stores them.
    """

    source: ImportSource
    state: ImportState
    rows: list[dict[str, Any]]
    parsed: ParsedList


def new_draft(session: Session, meeting_id: int, draft: ListDraft, submission: Submission) -> PeopleList:
    """Keep a list for its meeting's page; nothing of it is sent."""
    people_list = PeopleList(
        meeting_id=meeting_id,
        state=ListState.DRAFT,
        rows=draft.rows,
        encoding=draft.parsed.encoding,
        source=draft.source.data,
        source_filename=draft.source.filename,
        answers=draft.state.to_json(),
        parse_result=ParseResult.from_parsed(draft.parsed).to_json(),
        created_by=submission.actor,
    )
    session.add(people_list)
    session.flush()
    return people_list


def new_list(session: Session, meeting_id: int, submission: Submission) -> PeopleList:
    """A list that runs from the start: its people were typed into the form that makes their meeting."""
    people_list = PeopleList(
        meeting_id=meeting_id, state=ListState.RUNNING, rows=[], created_by=submission.actor
    )
    session.add(people_list)
    session.flush()
    return people_list
