"""What a meeting's page shows, read in one place for every view that ends on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from app.database import db
from app.fittings import settings
from app.identity.accounts import display_names
from app.meetings import queries
from app.meetings.service import choices, may_add, may_cancel
from app.meetings.when import Moment, moment
from app.meetings.words import Line, Trouble, line, trouble
from app.models import (
    Action,
    Cancellation,
    Choice,
    IdSource,
    Meeting,
    MeetingState,
    Participant,
    ParticipantState,
    Role,
    StaffRole,
)
from app.models.doubts import in_doubt, people_left_open
from app.models.journal import Ending
from app.models.possibly_mailed import may_mail_twice, possibly_mailed_keys
from app.people import progress
from app.people.list_words import ProgressShown, progress_card
from app.people.service import choices as person_choices
from app.site import language
from app.site.gate import may
from app.site.words import ACTORS, Names

TROUBLED = frozenset({ParticipantState.REFUSED, ParticipantState.NOT_SENT, ParticipantState.UNKNOWN})
TROUBLED_MEETING = (MeetingState.REFUSED, MeetingState.NOT_SENT, MeetingState.UNKNOWN)


@dataclass(frozen=True)
class MeetingShown:
    """A meeting as its page shows it."""

    id: int
    title: str
    state: MeetingState
    cancellation: Cancellation | None
    public_meeting_id: str | None
    verified: bool
    when: Moment
    when_here: Moment | None
    created_by: str
    choices: tuple[Choice, ...]
    trouble: Trouble | None


@dataclass(frozen=True)
class PersonShown:
    """A person as a meeting's page shows them.

    `mailing`: the last call asked Zelta to mail the invitation. `risky`: sending again may mail it a second time.
    """

    id: int
    name: str
    role: Role
    email: str | None
    external_id: str | None
    phone: str | None
    state: ParticipantState
    mailing: bool
    risky: bool
    link: str | None
    has_token: bool
    choices: tuple[Choice, ...]
    correctable: bool
    trouble: Trouble | None


@dataclass(frozen=True)
class MeetingPage:
    """Everything about one meeting, with what this reader may do about it.

    `unsure` is how many may be in it beside the `invited`. `since` is the moment of the latest change to its people, in
    seconds.
    """

    meeting: MeetingShown
    people: list[PersonShown]
    discarded: list[PersonShown]
    invited: int
    unsure: int
    links: int
    can_add: bool
    can_cancel: bool
    sending: bool
    activity: list[Line]
    progress: ProgressShown | None
    since: float


def read(meeting_id: int) -> MeetingPage:
    """Read a meeting's page.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
    """
    meeting, everybody = queries.find(meeting_id), queries.people(meeting_id)
    changes = may(StaffRole.COORDINATOR)
    open_meeting = changes and may_add(meeting.state, meeting.cancellation)
    troubles = _troubles(everybody, meeting)
    mailed = possibly_mailed_keys(db.session(), meeting_id) if troubles else frozenset()
    shown = [
        _person(one, meeting, troubles.get(one.id), mailed, changes=changes, open_meeting=open_meeting)
        for one in everybody
    ]
    people = [one for one in shown if one.state != ParticipantState.DISCARDED]
    events = queries.activity(meeting_id)
    actors = {event.actor for event, _entry in events if event.actor} | {meeting.created_by}
    names = Names({one.id: one.name for one in everybody}, display_names(actors - ACTORS.keys()))
    return MeetingPage(
        meeting=show(meeting, names),
        people=people,
        discarded=[one for one in shown if one.state == ParticipantState.DISCARDED],
        invited=sum(one.state in {ParticipantState.ADDED, ParticipantState.RECEIVED} for one in people),
        unsure=sum(one.state == ParticipantState.UNKNOWN or one.risky for one in people),
        links=sum(one.link is not None for one in people),
        can_add=open_meeting,
        can_cancel=changes and may_cancel(meeting.state, meeting.cancellation),
        sending=_sending(meeting, people),
        progress=_progress(meeting, open_meeting=open_meeting),
        since=max((one.changed_at.timestamp() for one in everybody), default=0.0),
        activity=[line(*event, names, meeting.time_zone, language.current()) for event in events],
    )


def _progress(meeting: Meeting, *, open_meeting: bool) -> ProgressShown | None:
    """The card of lists that somebody may want to look after: under way, with rows to put right, or with refusals."""
    now = progress.read(meeting.id)
    if now is None:
        return None
    card = progress_card(now, meeting, open_meeting=open_meeting)
    return card if card.running or card.lists or card.refused else None


def show(meeting: Meeting, names: Names | None = None) -> MeetingShown:
    """A meeting as pages show it; `names` of whoever made it, where it says so."""
    zone = settings().time_zone
    doubt = _doubtful(meeting) and in_doubt(db.session(), meeting)
    when = moment(meeting.starts_at, meeting.time_zone, language.current())
    here = moment(meeting.starts_at, zone, language.current()) if meeting.time_zone != zone else None
    return MeetingShown(
        id=meeting.id,
        title=meeting.title,
        state=meeting.state,
        cancellation=meeting.cancellation,
        public_meeting_id=meeting.public_meeting_id,
        verified=meeting.id_source == IdSource.ANSWER,
        when=when,
        when_here=here,
        created_by=names.of_actor(meeting.created_by) if names else "",
        choices=choices(meeting.state, meeting.cancellation, doubt=doubt)
        if may(StaffRole.COORDINATOR)
        else (),
        trouble=_meeting_trouble(meeting, doubt=doubt),
    )


def _doubtful(meeting: Meeting) -> bool:
    return meeting.state in TROUBLED_MEETING or meeting.cancellation == Cancellation.UNKNOWN


def _meeting_trouble(meeting: Meeting, *, doubt: bool) -> Trouble | None:
    """Why a meeting, or its cancellation, is not simply done; or why Zelta has just refused to cancel it."""
    if not (meeting.cancellation or meeting.state in (*TROUBLED_MEETING, MeetingState.SCHEDULED)):
        return None
    entry = queries.last_entry_of_meeting(meeting.id)
    if entry is None:
        return None
    refused = entry.action == Action.CANCEL_MEETING and entry.ending == Ending.REFUSED
    if meeting.state == MeetingState.SCHEDULED and not meeting.cancellation and not refused:
        return None
    return trouble(entry, meeting.time_zone, language.current(), earlier=doubt)


def _troubles(everybody: Sequence[Participant], meeting: Meeting) -> dict[int, Trouble | None]:
    ids = [one.id for one in everybody if one.state in TROUBLED]
    if not ids:
        return {}
    calls, open_before = queries.last_calls(ids), people_left_open(db.session(), ids)
    zone, reader = meeting.time_zone, language.current()
    return {row: trouble(entry, zone, reader, earlier=row in open_before) for row, entry in calls.items()}


def _person(
    person: Participant,
    meeting: Meeting,
    trouble: Trouble | None,
    possibly_mailed: frozenset[str],
    *,
    changes: bool,
    open_meeting: bool,
) -> PersonShown:
    risky = person.state in TROUBLED and may_mail_twice(person, possibly_mailed)
    return PersonShown(
        id=person.id,
        name=person.name,
        role=person.role,
        email=person.email,
        external_id=person.external_id,
        phone=person.phone_typed,
        state=person.state,
        mailing=person.mailed,
        risky=risky,
        link=link_of(meeting, person),
        has_token=person.token_sealed is not None and changes,
        choices=person_choices(person.state, risky=risky, open_meeting=open_meeting) if changes else (),
        correctable=person.state == ParticipantState.REFUSED and open_meeting,
        trouble=trouble,
    )


def link_of(meeting: Meeting, person: Participant) -> str | None:
    """A person's join link, as the vendor's page builds it; None while an id is not known."""
    return join_link(meeting.public_meeting_id, person.public_participant_id)


def join_link(public_meeting_id: str | None, public_participant_id: str | None) -> str | None:
    """The link that Zelta's two ids make."""
    if not (public_meeting_id and public_participant_id):
        return None
    of_meeting, of_person = quote(public_meeting_id, safe=""), quote(public_participant_id, safe="")
    return f"{settings().zelta_frontend_url}/m/{of_meeting}?p={of_person}"


def _sending(meeting: Meeting, people: list[PersonShown]) -> bool:
    return (
        meeting.state == MeetingState.SENDING
        or meeting.cancellation == Cancellation.SENDING
        or any(one.state in progress.UNDER_WAY for one in people)
    )
