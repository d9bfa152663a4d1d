"""The list page: items with participant counts, and the URLs of the previous and next page."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import url_for

from app.extensions import get_settings
from app.meetings import queries
from app.meetings.cursor import Cursor
from app.meetings.list_query import MeetingFilter
from app.models import CancellationState, IdSource, MeetingState
from app.utils.timezones import LocalizedDateTime, localize, timezone_city
from app.web import i18n


@dataclass(frozen=True)
class MeetingListItem:
    """A list item; `participant_count` excludes discarded, `sending_count` includes queued participants.

    It has exactly the values that its row in the template depends on, since it is the key of the fragment
    cache (see `app.web.fragment_cache`). `zone` and `language` are the list's; `hour` is the current hour.
    """

    id: int
    title: str
    state: MeetingState
    cancellation: CancellationState | None
    id_source: IdSource | None
    starts_at: datetime
    zone: str
    language: str
    hour: datetime
    participant_count: int
    problem_count: int
    sending_count: int
    is_queued: bool
    is_paused: bool
    created_by: str

    @property
    def local_start(self) -> LocalizedDateTime:
        """When it starts, in the list's zone."""
        return localize(self.starts_at, self.zone, self.language, self.hour)


@dataclass(frozen=True)
class ListPage:
    """A page of the list; `mine`: only the current user's meetings."""

    view: MeetingFilter | None
    q: str
    mine: bool
    counts: dict[MeetingFilter, int]
    place: str
    rows: list[MeetingListItem]
    previous_url: str | None
    next_url: str | None


def get_list_page(
    meeting_filter: MeetingFilter | None,
    q: str,
    after: Cursor | None,
    before: Cursor | None,
    mine: str | None = None,
) -> ListPage:
    """Read a page of the list; see `queries.get_page`."""
    zone, locale = get_settings().time_zone, i18n.get_locale()
    now = datetime.now(UTC)
    hour = now.replace(minute=0, second=0, microsecond=0)
    meeting_page = queries.get_page(meeting_filter, q, now, after, before, mine)
    paused_ids = queries.get_paused_meeting_ids([row.id for row in meeting_page.rows if row.queued])
    rows = [
        MeetingListItem(
            id=row.id,
            title=row.title,
            state=row.state,
            cancellation=row.cancellation,
            id_source=row.id_source,
            starts_at=row.starts_at,
            zone=zone,
            language=locale,
            hour=hour,
            participant_count=row.people,
            problem_count=0 if row.state == MeetingState.CANCELLED else row.problems,
            sending_count=row.sending,
            is_queued=row.queued > 0,
            is_paused=row.id in paused_ids,
            created_by=row.created_by,
        )
        for row in meeting_page.rows
    ]
    return ListPage(
        view=meeting_filter,
        q=q,
        mine=mine is not None,
        counts=queries.count_meetings(now, mine) if not q else {},
        place=timezone_city(zone, locale),
        rows=rows,
        previous_url=_page_url(meeting_filter, q, mine, before=meeting_page.previous),
        next_url=_page_url(meeting_filter, q, mine, after=meeting_page.next),
    )


def _page_url(
    meeting_filter: MeetingFilter | None,
    q: str,
    mine: str | None,
    *,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> str | None:
    if after is None and before is None:
        return None
    mine_parameter = 1 if mine is not None else None
    return url_for(
        "meetings.index", view=meeting_filter, q=q or None, mine=mine_parameter, after=after, before=before
    )
