"""The list page: meetings grouped by day, what needs a coordinator today, and the people that a search found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from flask import url_for
from sqlalchemy import Row

from app.extensions import get_settings
from app.meetings import queries
from app.meetings.cursor import Cursor
from app.meetings.found_people import FoundPerson, find_people
from app.meetings.list_query import MeetingFilter
from app.meetings.series_places import SeriesPlace, find_series_places
from app.meetings.today import TodayLine, describe_day, get_lines
from app.models import CancellationState, IdSource, MeetingState
from app.models.delivery import DeliveryPurpose, delivery_purpose
from app.utils.localized_time import LocalizedDateTime, localize
from app.utils.timezones import is_past, timezone_city
from app.web import i18n


@dataclass(frozen=True)
class MeetingListItem:
    """A list item; `participant_count` excludes discarded, `sending_count` includes queued participants.

    `pending_link_count`: None where there is nothing to hand over now.

    It has exactly the values that its row in the template depends on, since it is the key of the fragment
    cache (see `app.web.fragment_cache`). `zone` and `language` are the list's; `hour` is the current hour.
    """

    id: int
    title: str
    state: MeetingState
    cancellation: CancellationState | None
    cancellation_refused: bool
    id_source: IdSource | None
    starts_at: datetime
    zone: str
    language: str
    hour: datetime
    participant_count: int
    problem_count: int
    draft_row_count: int
    kept_row_count: int
    pending_link_count: int | None
    sending_count: int
    is_queued: bool
    is_paused: bool
    created_by: str
    series_place: SeriesPlace | None

    @property
    def local_start(self) -> LocalizedDateTime:
        """When it starts, in the list's zone."""
        return localize(self.starts_at, self.zone, self.language, self.hour)


@dataclass(frozen=True)
class Day:
    """The meetings of one day; `distance` is "Today", "Tomorrow", "Yesterday" or empty."""

    distance: str
    words: str
    rows: list[MeetingListItem]


@dataclass(frozen=True)
class ListPage:
    """A page of the list; `mine`: only the current user's meetings. `today`: None where it is not shown."""

    view: MeetingFilter | None
    q: str
    mine: bool
    counts: dict[MeetingFilter, int]
    place: str
    rows: list[MeetingListItem]
    days: list[Day]
    people: list[FoundPerson]
    has_more_people: bool
    today: list[TodayLine] | None
    previous_url: str | None
    next_url: str | None

    @property
    def is_first_visit(self) -> bool:
        """Whether there is no meeting at all."""
        return self.today == [] and not self.mine and not any(self.counts.values())


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
    meeting_page = queries.get_page(meeting_filter, q, now, after, before, mine)
    rows = _present_rows(meeting_page.rows, now)
    people, has_more_people = find_people(q, [row.id for row in rows])
    is_home = meeting_filter == MeetingFilter.UPCOMING and not (q or after or before)
    return ListPage(
        view=meeting_filter,
        q=q,
        mine=mine is not None,
        counts=queries.count_meetings(now, mine) if not q else {},
        place=timezone_city(zone, locale),
        rows=rows,
        days=_group_by_day(rows, now),
        people=people,
        has_more_people=has_more_people,
        today=get_lines(now, mine) if is_home else None,
        previous_url=_page_url(meeting_filter, q, mine, before=meeting_page.previous),
        next_url=_page_url(meeting_filter, q, mine, after=meeting_page.next),
    )


def _present_rows(rows: Sequence[Row[Any]], now: datetime) -> list[MeetingListItem]:
    zone, locale = get_settings().time_zone, i18n.get_locale()
    hour = now.replace(minute=0, second=0, microsecond=0)
    paused_ids = queries.get_paused_meeting_ids([row.id for row in rows if row.queued])
    pending_links = _count_pending_links(rows, now)
    series_places = find_series_places(rows)
    return [
        MeetingListItem(
            id=row.id,
            title=row.title,
            state=row.state,
            cancellation=row.cancellation,
            cancellation_refused=row.cancellation_refused,
            id_source=row.id_source,
            starts_at=row.starts_at,
            zone=zone,
            language=locale,
            hour=hour,
            participant_count=row.people,
            problem_count=row.problems,
            draft_row_count=row.draft_row_count,
            kept_row_count=row.kept_row_count,
            pending_link_count=pending_links.get(row.id),
            sending_count=row.sending,
            is_queued=row.queued > 0,
            is_paused=row.id in paused_ids,
            created_by=row.created_by,
            series_place=series_places.get(row.id),
        )
        for row in rows
    ]


def _count_pending_links(rows: Sequence[Row[Any]], now: datetime) -> dict[int, int]:
    """How many links are still to be handed over, for each meeting whose links are valid and that is not over."""
    open_ids = [
        row.id
        for row in rows
        if delivery_purpose(row) == DeliveryPurpose.LINK and not is_past(row.starts_at, now)
    ]
    return dict.fromkeys(open_ids, 0) | queries.count_links_to_hand_over(open_ids)


def _group_by_day(rows: Sequence[MeetingListItem], now: datetime) -> list[Day]:
    days = groupby(rows, key=lambda row: row.local_start.clock.date())
    groups = [list(group) for _day, group in days]
    return [Day(*describe_day(group[0].local_start, now), group) for group in groups]


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
