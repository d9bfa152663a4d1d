"""Groups: list, create, change, delete, and add to a meeting as a draft of which nothing is sent."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Row, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from app.audit import Actor, record_event
from app.database import db, retry_on_rollback, write_transaction
from app.journal import Submission
from app.meetings.groups.people import GroupPerson, PersonLike, to_table
from app.meetings.imports.rereading import read_new
from app.meetings.imports.service import create_draft
from app.meetings.imports.source import ImportSource, ReadingState
from app.models import AuditAction, Group, GroupMember, Participant, ParticipantState
from app.utils.text import email_key

MAX_GROUPS = 500


class GroupChangedError(Exception):
    """Another person has changed the group since the form was shown; nothing was written."""


class AnotherGroupFormError(Exception):
    """The form was sent before and asked something else; nothing was written now."""


@dataclass(frozen=True)
class GroupContent:
    """What a form says of a group."""

    name: str
    people: Sequence[GroupPerson]


def list_groups() -> Sequence[Row[int, str, int]]:
    """The id, the name and the number of people of each group, by name; at most `MAX_GROUPS`."""
    count = (
        select(func.count(GroupMember.id))
        .where(GroupMember.group_id == Group.id)
        .correlate(Group)
        .scalar_subquery()
    )
    query = select(Group.id, Group.name, count.label("people")).order_by(func.lower(Group.name), Group.id)
    return db.session.execute(query.limit(MAX_GROUPS)).all()


def get_group(group_id: int) -> Group:
    """A group with its members, read afresh.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such group.
    """
    with Session(db.engine, expire_on_commit=False) as session:
        return session.get_one(Group, group_id, options=[selectinload(Group.members)])


def list_meeting_people(meeting_id: int) -> Sequence[Participant]:
    """The participants of a meeting who are not discarded, hosts first."""
    query = select(Participant).where(
        Participant.meeting_id == meeting_id,
        Participant.state != ParticipantState.DISCARDED,
        Participant.erased_at.is_(None),
    )
    return db.session.scalars(query.order_by(Participant.role, Participant.id)).all()


@retry_on_rollback
def create_group(content: GroupContent, submission: Submission) -> int:
    """Store a new group; returns its id, also if this form created it before.

    Raises:
        AnotherGroupFormError: this form created a group before, with other content.
    """
    try:
        with write_transaction() as session:
            if (existing := _find_created(session, submission)) is not None:
                return existing
            group = Group(
                name=content.name,
                submission_id=submission.id,
                request_digest=submission.request_digest,
                created_by=submission.actor,
                members=_members(content.people),
            )
            session.add(group)
            session.flush()
            _record(session, AuditAction.GROUP_CREATED, submission, content)
            return group.id
    except IntegrityError:
        # A concurrent duplicate of this form was committed first.
        with Session(db.engine) as session:
            if (existing := _find_created(session, submission)) is not None:
                return existing
        raise


@retry_on_rollback
def change_group(group_id: int, version: int, content: GroupContent, submission: Submission) -> None:
    """Replace the name and the people of a group; does nothing if it has this content already.

    Args:
        group_id: ours.
        version: of the group, as the form showed it.
        content: the new name and people.
        submission: who changes it.

    Raises:
        GroupChangedError: the group has another version by now, with other content.
        sqlalchemy.exc.NoResultFound: there is no such group.
    """
    with write_transaction() as session:
        group = session.get_one(
            Group, group_id, options=[selectinload(Group.members)], with_for_update={"of": Group}
        )
        people = [_person(member) for member in group.members]
        if (group.name, people) == (content.name, list(content.people)):
            return
        if group.version != version:
            raise GroupChangedError
        # Deleted first: a new row may have the email of an old one.
        session.execute(delete(GroupMember).where(GroupMember.group_id == group_id))
        session.add_all(_members(content.people, group_id))
        group.name, group.version = content.name, version + 1
        _record(session, AuditAction.GROUP_CHANGED, submission, content)


@retry_on_rollback
def delete_group(group_id: int, submission: Submission) -> None:
    """Delete a group; the meetings of its people stay as they are.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such group, or it is gone.
    """
    with write_transaction() as session:
        group = session.get_one(Group, group_id, with_for_update=True)
        session.execute(delete(GroupMember).where(GroupMember.group_id == group_id))
        session.execute(delete(Group).where(Group.id == group_id))
        _record(session, AuditAction.GROUP_DELETED, submission, GroupContent(group.name, []))


def create_group_draft(meeting_id: int, group_id: int, submission: Submission) -> int:
    """Store the people of a group as a draft import of a meeting, for preview; returns its id.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such group or meeting.
        UnreadableFile: the group is empty.
        ActionNotAllowed: the meeting accepts no participants now.
    """
    source = ImportSource.from_text(to_table(get_group(group_id).members))
    parsed, state = read_new(source, ReadingState())
    return create_draft(meeting_id, parsed, submission, source, state)


def _find_created(session: Session, submission: Submission) -> int | None:
    if submission.id is None:
        return None
    group = session.scalar(select(Group).where(Group.submission_id == submission.id))
    if group is not None and group.request_digest != submission.request_digest:
        raise AnotherGroupFormError
    return group.id if group is not None else None


def _members(people: Sequence[GroupPerson], group_id: int | None = None) -> list[GroupMember]:
    return [
        GroupMember(
            group_id=group_id, email_key=email_key(person.email) if person.email else None, **asdict(person)
        )
        for person in people
    ]


def _person(member: PersonLike) -> GroupPerson:
    return GroupPerson(
        member.role,
        member.name,
        member.email,
        member.phone,
        getattr(member, "phone_typed", None),
        member.external_id,
    )


def _record(session: Session, action: AuditAction, submission: Submission, content: GroupContent) -> None:
    detail: dict[str, str | int] = {"name": content.name}
    record_event(session, action, Actor(submission.actor or None, submission.ip_address), detail=detail)
