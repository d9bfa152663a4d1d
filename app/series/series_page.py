"""The page of a series, and the page that asks before the rest of it is cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort
from flask_babel import gettext as _

from app.models import CancellationState, Meeting, MeetingState
from app.series import queries
from app.series.cancelling import Fate, Following, find_following
from app.utils.localized_time import LocalizedDateTime, localize
from app.web import i18n

IN_PROGRESS = frozenset({MeetingState.QUEUED, MeetingState.CLAIMED, MeetingState.SENDING})


@dataclass(frozen=True)
class SeriesMember:
    """A meeting of a series, for its row. `note`: what happens to it, before the rest is cancelled."""

    id: int
    position: int
    title: str
    state: MeetingState
    cancellation: CancellationState | None
    cancellation_refused: bool
    local_start: LocalizedDateTime
    note: str = ""


@dataclass(frozen=True)
class SeriesPage:
    """The meetings of a series, by position. `is_busy`: some are being created or cancelled."""

    series_id: int
    title: str
    total: int
    members: Sequence[SeriesMember]
    is_busy: bool
    unsent_cancellations: int


@dataclass(frozen=True)
class FollowingPage:
    """What cancelling from a meeting on would do. `digest` is the form's: it proves what was seen."""

    meeting_id: int
    title: str
    digest: str
    cancelled: Sequence[SeriesMember]
    discarded: Sequence[SeriesMember]
    staying: Sequence[SeriesMember]

    @property
    def number(self) -> int:
        """How many meetings the button concerns."""
        return len(self.cancelled) + len(self.discarded)


def build_series_page(series_id: int) -> SeriesPage:
    """Read the page of a series; 404 if there is none."""
    meetings = queries.get_members(series_id)
    if not meetings:
        abort(404)
    members = [_present(meeting) for meeting in meetings]
    return SeriesPage(
        series_id=series_id,
        title=meetings[0].title,
        total=len({member.position for member in members}),
        members=members,
        is_busy=any(
            member.state in IN_PROGRESS or member.cancellation == CancellationState.SENDING
            for member in members
        ),
        unsent_cancellations=sum(member.cancellation == CancellationState.NOT_SENT for member in members),
    )


def build_following_page(meeting_id: int) -> FollowingPage:
    """Read the page; raises as `find_following` does."""
    following = find_following(meeting_id)
    rows = [(one.fate, _present(one.meeting, _describe_fate(one))) for one in following.meetings]
    changed = {Fate.CANCEL, Fate.DISCARD}
    return FollowingPage(
        meeting_id=meeting_id,
        title=following.meetings[0].meeting.title if following.meetings else "",
        digest=following.digest,
        cancelled=[member for fate, member in rows if fate == Fate.CANCEL],
        discarded=[member for fate, member in rows if fate == Fate.DISCARD],
        staying=[member for fate, member in rows if fate not in changed],
    )


def _present(meeting: Meeting, note: str = "") -> SeriesMember:
    return SeriesMember(
        id=meeting.id,
        position=meeting.series_position or 0,
        title=meeting.title,
        state=meeting.state,
        cancellation=meeting.cancellation,
        cancellation_refused=meeting.cancellation_refused,
        local_start=localize(meeting.starts_at, meeting.time_zone, i18n.get_locale()),
        note=note,
    )


def _describe_fate(one: Following) -> str:
    match one.fate:
        case Fate.BUSY:
            return str(_("Zelta is being asked at this moment: look again in a minute"))
        case Fate.UNDECIDED:
            return str(_("It is not settled whether Zelta has it: decide on its page"))
        case Fate.OVER:
            return str(_("It is over"))
        case _:
            return ""
