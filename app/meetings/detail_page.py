"""The view models of a meeting's detail page, for all views that render it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Row

from app.auth.accounts import get_display_names
from app.auth.current_user import has_role
from app.database import db
from app.extensions import get_settings
from app.meetings import queries
from app.meetings.imports import progress
from app.meetings.imports.presenters import ProgressCard, present_progress
from app.meetings.messages import ActivityItem, Problem, build_activity_item, describe_problem
from app.meetings.people_page import PeoplePage, PeoplePermissions, count_unsure, get_people_page
from app.meetings.people_query import PeopleQuery
from app.meetings.resolutions import available_resolutions
from app.meetings.service import can_add_participants, can_cancel
from app.meetings.unknown_id import can_change_id, is_id_unknown
from app.models import (
    AccountRole,
    Action,
    AuditEvent,
    CancellationState,
    IdSource,
    JournalEntry,
    Meeting,
    MeetingState,
    Resolution,
)
from app.models.states import PROBLEM_MEETING_STATES
from app.models.unresolved_calls import has_unresolved_earlier_call
from app.utils.localized_time import LocalizedDateTime, localize
from app.utils.outcome import Outcome
from app.web import i18n
from app.web.activity_text import ACTOR_LABELS, NameLookup


@dataclass(frozen=True)
class MeetingDetail:
    """A meeting on the detail page."""

    id: int
    title: str
    state: MeetingState
    cancellation: CancellationState | None
    public_meeting_id: str | None
    verified: bool
    local_start: LocalizedDateTime
    local_start_here: LocalizedDateTime | None
    duration_minutes: int
    is_over: bool
    created_by: str
    is_adopted: bool
    has_unknown_id: bool
    resolutions: tuple[Resolution, ...]
    problem: Problem | None


@dataclass(frozen=True)
class MeetingDetailPage:
    """One meeting, with the actions that the current user may take.

    `unsure`: how many participants may be in it, beside the `invited`. `since`: the latest change of its
    participants, in Unix seconds.
    """

    meeting: MeetingDetail
    people: PeoplePage
    invited: int
    unsure: int
    can_add: bool
    can_cancel: bool
    sending: bool
    activity: list[ActivityItem]
    progress: ProgressCard | None
    since: float


def get_detail_page(meeting_id: int, query: PeopleQuery | None = None) -> MeetingDetailPage:
    """Read a meeting's page.

    Args:
        meeting_id: ours.
        query: the participants to show; None: the first page of all.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
    """
    meeting = queries.get_meeting(meeting_id)
    can_edit = has_role(AccountRole.COORDINATOR)
    can_add = can_edit and can_add_participants(meeting.state, meeting.cancellation)
    events = queries.get_activity(meeting_id)
    names = _names(events, meeting)
    meeting_detail = present_meeting(meeting, names)
    permissions = PeoplePermissions(
        can_edit=can_edit, can_add=can_add, can_correct=can_add and not meeting_detail.has_unknown_id
    )
    people = get_people_page(meeting, query or PeopleQuery(), permissions)
    counts = people.counts
    has_cancel = can_edit and can_cancel(meeting.state, meeting.cancellation)
    return MeetingDetailPage(
        meeting=meeting_detail,
        people=people,
        invited=counts.invited,
        unsure=count_unsure(meeting, counts) if has_cancel else 0,
        can_add=can_add,
        can_cancel=has_cancel,
        sending=_is_sending(meeting) or counts.in_progress > 0,
        progress=_progress_card(meeting, can_add=can_add),
        since=counts.last_change.timestamp() if counts.last_change else 0.0,
        activity=[build_activity_item(*event, names, i18n.get_locale()) for event in events],
    )


def _names(events: Sequence[Row[AuditEvent, JournalEntry | None]], meeting: Meeting) -> NameLookup:
    """The display names of the people whom the activity mentions."""
    actors = {event.actor for event, _entry in events if event.actor} | {meeting.created_by}
    ids = {entry.participant_id for _event, entry in events if entry and entry.participant_id}
    return NameLookup(queries.get_names(ids), get_display_names(actors - ACTOR_LABELS.keys()))


def _progress_card(meeting: Meeting, *, can_add: bool) -> ProgressCard | None:
    """The card of imports that need attention: running, with rows to correct, or with refusals."""
    import_progress = progress.get_progress(meeting.id)
    if import_progress is None:
        return None
    card = present_progress(import_progress, meeting, can_add=can_add)
    return card if card.running or card.imports or card.refused_count else None


def present_meeting(meeting: Meeting, names: NameLookup | None = None) -> MeetingDetail:
    """Present a meeting; `names` resolves the display name of its creator, if shown."""
    zone, locale = get_settings().time_zone, i18n.get_locale()
    has_unresolved = _may_be_unresolved(meeting) and has_unresolved_earlier_call(db.session(), meeting)
    has_unknown_id = is_id_unknown(db.session(), meeting)
    local_start = localize(meeting.starts_at, meeting.time_zone, locale)
    local_start_here = localize(meeting.starts_at, zone, locale) if meeting.time_zone != zone else None
    return MeetingDetail(
        id=meeting.id,
        title=meeting.title,
        state=meeting.state,
        cancellation=meeting.cancellation,
        public_meeting_id=meeting.public_meeting_id,
        verified=meeting.id_source == IdSource.API,
        local_start=local_start,
        local_start_here=local_start_here,
        duration_minutes=meeting.duration_minutes,
        is_over=meeting.is_over(datetime.now(UTC)),
        created_by=names.actor_name(meeting.created_by) if names else "",
        is_adopted=names is not None and queries.is_adopted(meeting.id),
        has_unknown_id=has_unknown_id,
        resolutions=_meeting_resolutions(
            meeting, has_unresolved=has_unresolved, has_unknown_id=has_unknown_id
        ),
        problem=_meeting_problem(meeting, has_unresolved=has_unresolved),
    )


def _meeting_resolutions(
    meeting: Meeting, *, has_unresolved: bool, has_unknown_id: bool
) -> tuple[Resolution, ...]:
    """The resolutions that the current user may choose."""
    if not has_role(AccountRole.COORDINATOR):
        return ()
    return available_resolutions(
        meeting.state,
        meeting.cancellation,
        has_unresolved=has_unresolved,
        can_change_id=has_unknown_id and can_change_id(db.session(), meeting),
        is_refused=meeting.cancellation_refused,
    )


def _may_be_unresolved(meeting: Meeting) -> bool:
    return meeting.state in PROBLEM_MEETING_STATES or meeting.cancellation == CancellationState.UNKNOWN


def _meeting_problem(meeting: Meeting, *, has_unresolved: bool) -> Problem | None:
    """The problem of a meeting or of its cancellation, or the latest refusal of a cancellation."""
    if not (meeting.cancellation or meeting.state in (*PROBLEM_MEETING_STATES, MeetingState.SCHEDULED)):
        return None
    entry = queries.get_last_meeting_entry(meeting.id)
    if entry is None:
        return None
    refused = entry.action == Action.CANCEL_MEETING and entry.outcome == Outcome.REFUSED
    if meeting.state == MeetingState.SCHEDULED and not meeting.cancellation and not refused:
        return None
    return describe_problem(entry, i18n.get_locale(), has_earlier_call=has_unresolved)


def _is_sending(meeting: Meeting) -> bool:
    waiting = {MeetingState.QUEUED, MeetingState.CLAIMED, MeetingState.SENDING}
    return meeting.state in waiting or meeting.cancellation == CancellationState.SENDING
