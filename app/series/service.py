"""Repeat a meeting on other dates: one batch of meetings, and its series."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import journal
from app.batches.moves import copy_messages
from app.batches.service import BatchMeeting, queue_batch
from app.database import db, retry_on_rollback
from app.journal import Submission
from app.meetings.service import ActionNotAllowed, MeetingInput, lock_meeting
from app.models import BatchKind, Meeting
from app.recurrence import Choice
from app.series.plan import Plan, RepeatRequest, build_plan, can_repeat


class PlanChanged(Exception):
    """What would be created is no longer what the page showed; nothing was written."""


class NothingChosen(Exception):
    """No date was kept; nothing was written."""


def read_plan(meeting_id: int, request: RepeatRequest) -> Plan:
    """The plan to show, as of now; see `build_plan`. It reads in a session of its own: nothing in it is old.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
    """
    with Session(db.engine) as session:
        return build_plan(session, session.get_one(Meeting, meeting_id), request, datetime.now(UTC))


@retry_on_rollback
def repeat(
    meeting_id: int,
    request: RepeatRequest,
    kept: Mapping[date, Choice | None],
    digest: str,
    submission: Submission,
) -> int:
    """Queue a meeting for each kept date.

    Args:
        meeting_id: our id of the source.
        request: what was asked for.
        kept: the dates to create, with the answer about each that was asked about.
        digest: of the plan that the coordinator saw.
        submission: of the form.

    Returns:
        Our id of the batch.

    Raises:
        DuplicateSubmission: the form was sent before.
        ActionNotAllowed: the source was discarded.
        PlanChanged: the plan is no longer the one that was seen.
        NothingChosen: no date was kept.
    """
    with journal.submission_transaction(submission) as session:
        # Repetitions of one meeting are serialized, so that two tabs see each other's meetings.
        source = lock_meeting(session, meeting_id)
        if not can_repeat(source.state):
            raise ActionNotAllowed
        plan = build_plan(session, source, request, datetime.now(UTC))
        if plan.digest != digest:
            raise PlanChanged
        return _queue(session, source, plan, sorted(set(plan.choose(kept).values())), submission)


def _queue(
    session: Session, source: Meeting, plan: Plan, starts: list[datetime], submission: Submission
) -> int:
    if not starts:
        raise NothingChosen
    members = sorted([*starts, source.starts_at]) if plan.source_joins else starts
    is_series = plan.is_series and len(members) > 1
    meetings = [
        BatchMeeting(
            MeetingInput(plan.title, starts_at, plan.time_zone, plan.duration_minutes),
            plan.people,
            members.index(starts_at) + 1 if is_series else None,
        )
        for starts_at in starts
    ]
    kind = BatchKind.SERIES if is_series else BatchKind.REPEAT
    batch = queue_batch(session, kind, meetings, submission, source_meeting_id=source.id)
    new_ids = session.scalars(select(Meeting.id).where(Meeting.batch_id == batch.id)).all()
    copy_messages(session, source.id, new_ids)
    if is_series and plan.source_joins:
        source.series_id, source.series_position = batch.id, members.index(source.starts_at) + 1
    return batch.id
