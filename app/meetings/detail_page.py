"""The view models of a meeting's detail page, for all views that render it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.auth.accounts import get_display_names
from app.auth.current_user import has_role
from app.database import db
from app.extensions import get_settings
from app.meetings import queries
from app.meetings.imports import progress
from app.meetings.imports.presenters import ProgressCard, present_progress
from app.meetings.join_links import participant_join_link
from app.meetings.messages import ActivityItem, Problem, build_activity_item, describe_problem
from app.meetings.participants.resolutions import available_resolutions as person_choices
from app.meetings.resolutions import available_resolutions
from app.meetings.service import can_add_participants, can_cancel
from app.models import (
    AccountRole,
    Action,
    CancellationState,
    IdSource,
    Meeting,
    MeetingState,
    Participant,
    ParticipantState,
    Resolution,
    Role,
)
from app.models.possibly_mailed import may_mail_twice, possibly_mailed_keys
from app.models.states import PROBLEM_STATES
from app.models.unresolved_calls import has_unresolved_earlier_call, participants_with_unresolved_calls
from app.utils.outcome import Outcome
from app.utils.timezones import LocalizedDateTime, localize
from app.web import i18n
from app.web.activity_text import ACTOR_LABELS, NameLookup

PROBLEM_MEETING_STATES = (MeetingState.REFUSED, MeetingState.NOT_SENT, MeetingState.UNKNOWN)


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
    created_by: str
    resolutions: tuple[Resolution, ...]
    problem: Problem | None


@dataclass(frozen=True)
class ParticipantDetail:
    """A participant on the detail page.

    `send_invitation`: the last call included the email. `may_mail_twice`: sending again may mail it twice.
    """

    id: int
    name: str
    role: Role
    email: str | None
    external_id: str | None
    phone: str | None
    state: ParticipantState
    send_invitation: bool
    may_mail_twice: bool
    link: str | None
    has_token: bool
    resolutions: tuple[Resolution, ...]
    correctable: bool
    problem: Problem | None


@dataclass(frozen=True)
class MeetingDetailPage:
    """Everything about one meeting, with the actions that the current user may take.

    `unsure`: how many participants may be in it, beside the `invited`. `since`: the latest change of its
    participants, in Unix seconds.
    """

    meeting: MeetingDetail
    people: list[ParticipantDetail]
    discarded: list[ParticipantDetail]
    invited: int
    unsure: int
    links: int
    can_add: bool
    can_cancel: bool
    sending: bool
    activity: list[ActivityItem]
    progress: ProgressCard | None
    since: float


def get_detail_page(meeting_id: int) -> MeetingDetailPage:
    """Read a meeting's page.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
    """
    meeting, participants = queries.get_meeting(meeting_id), queries.get_participants(meeting_id)
    can_edit = has_role(AccountRole.COORDINATOR)
    can_add = can_edit and can_add_participants(meeting.state, meeting.cancellation)
    problems = _participant_problems(participants, meeting)
    possibly_mailed = possibly_mailed_keys(db.session(), meeting_id) if problems else frozenset()
    details = [
        _present_participant(
            participant,
            meeting,
            problems.get(participant.id),
            possibly_mailed,
            can_edit=can_edit,
            can_add=can_add,
        )
        for participant in participants
    ]
    people = [one for one in details if one.state != ParticipantState.DISCARDED]
    events = queries.get_activity(meeting_id)
    actors = {event.actor for event, _entry in events if event.actor} | {meeting.created_by}
    names = NameLookup(
        {one.id: one.name for one in participants}, get_display_names(actors - ACTOR_LABELS.keys())
    )
    return MeetingDetailPage(
        meeting=present_meeting(meeting, names),
        people=people,
        discarded=[one for one in details if one.state == ParticipantState.DISCARDED],
        invited=sum(one.state in {ParticipantState.ADDED, ParticipantState.RECEIVED} for one in people),
        unsure=sum(one.state == ParticipantState.UNKNOWN or one.may_mail_twice for one in people),
        links=sum(one.link is not None for one in people),
        can_add=can_add,
        can_cancel=can_edit and can_cancel(meeting.state, meeting.cancellation),
        sending=_is_sending(meeting, people),
        progress=_progress_card(meeting, can_add=can_add),
        since=max((one.updated_at.timestamp() for one in participants), default=0.0),
        activity=[
            build_activity_item(*event, names, meeting.time_zone, i18n.get_locale()) for event in events
        ],
    )


def _progress_card(meeting: Meeting, *, can_add: bool) -> ProgressCard | None:
    """The card of imports that need attention: running, with rows to correct, or with refusals."""
    import_progress = progress.get_progress(meeting.id)
    if import_progress is None:
        return None
    card = present_progress(import_progress, meeting, can_add=can_add)
    return card if card.running or card.imports or card.refused_count else None


def present_meeting(meeting: Meeting, names: NameLookup | None = None) -> MeetingDetail:
    """Present a meeting; `names` resolves the display name of its creator, if shown."""
    zone = get_settings().time_zone
    has_unresolved = _may_be_unresolved(meeting) and has_unresolved_earlier_call(db.session(), meeting)
    local_start = localize(meeting.starts_at, meeting.time_zone, i18n.get_locale())
    local_start_here = (
        localize(meeting.starts_at, zone, i18n.get_locale()) if meeting.time_zone != zone else None
    )
    return MeetingDetail(
        id=meeting.id,
        title=meeting.title,
        state=meeting.state,
        cancellation=meeting.cancellation,
        public_meeting_id=meeting.public_meeting_id,
        verified=meeting.id_source == IdSource.API,
        local_start=local_start,
        local_start_here=local_start_here,
        created_by=names.actor_name(meeting.created_by) if names else "",
        resolutions=available_resolutions(
            meeting.state,
            meeting.cancellation,
            has_unresolved=has_unresolved,
            is_refused=meeting.cancellation_refused,
        )
        if has_role(AccountRole.COORDINATOR)
        else (),
        problem=_meeting_problem(meeting, has_unresolved=has_unresolved),
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
    return describe_problem(entry, meeting.time_zone, i18n.get_locale(), has_earlier_call=has_unresolved)


def _participant_problems(participants: Sequence[Participant], meeting: Meeting) -> dict[int, Problem | None]:
    ids = [participant.id for participant in participants if participant.state in PROBLEM_STATES]
    if not ids:
        return {}
    calls, open_before = queries.get_last_calls(ids), participants_with_unresolved_calls(db.session(), ids)
    zone, locale = meeting.time_zone, i18n.get_locale()
    return {
        participant_id: describe_problem(entry, zone, locale, has_earlier_call=participant_id in open_before)
        for participant_id, entry in calls.items()
    }


def _present_participant(
    participant: Participant,
    meeting: Meeting,
    problem: Problem | None,
    possibly_mailed: frozenset[str],
    *,
    can_edit: bool,
    can_add: bool,
) -> ParticipantDetail:
    mails_twice = participant.state in PROBLEM_STATES and may_mail_twice(participant, possibly_mailed)
    return ParticipantDetail(
        id=participant.id,
        name=participant.name,
        role=participant.role,
        email=participant.email,
        external_id=participant.external_id,
        phone=participant.phone_typed,
        state=participant.state,
        send_invitation=participant.send_invitation,
        may_mail_twice=mails_twice,
        link=participant_join_link(meeting, participant),
        has_token=participant.token_encrypted is not None and can_edit,
        resolutions=person_choices(participant.state, may_mail_twice=mails_twice, can_add=can_add)
        if can_edit
        else (),
        correctable=participant.state == ParticipantState.REFUSED and can_add,
        problem=problem,
    )


def _is_sending(meeting: Meeting, participants: list[ParticipantDetail]) -> bool:
    return (
        meeting.state == MeetingState.SENDING
        or meeting.cancellation == CancellationState.SENDING
        or any(participant.state in progress.IN_PROGRESS_STATES for participant in participants)
    )
