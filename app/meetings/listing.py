"""What the list shows: rows with their people counted, and the addresses of the pages on either side."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import url_for

from app.fittings import settings
from app.meetings import queries
from app.meetings.cursor import Cursor
from app.meetings.scope import View
from app.meetings.when import Moment, moment, place
from app.models import Cancellation, IdSource, MeetingState
from app.site import language


@dataclass(frozen=True)
class RowShown:
    """A meeting as the list shows it; `people` leaves out the discarded, and `sending` counts those who wait too.

    All that its line depends on, and nothing that is made of it: lines are kept (see `app.site.kept`), and what is not needed is
    not worked out. `zone` and `language` are the list's, `hour` the one that it is read in.
    """

    id: int
    title: str
    state: MeetingState
    cancellation: Cancellation | None
    id_source: IdSource | None
    starts_at: datetime
    zone: str
    language: str
    hour: datetime
    people: int
    problems: int
    sending: int
    queued: bool
    paused: bool
    created_by: str

    @property
    def when(self) -> Moment:
        """When it starts, in the list's zone."""
        return moment(self.starts_at, self.zone, self.language, self.hour)


@dataclass(frozen=True)
class ListPage:
    """A page of the list; `mine` says that it is of the reader's own meetings only."""

    view: View | None
    q: str
    mine: bool
    counts: dict[View, int]
    place: str
    rows: list[RowShown]
    previous_url: str | None
    next_url: str | None


def read(
    view: View | None, q: str, after: Cursor | None, before: Cursor | None, mine: str | None = None
) -> ListPage:
    """Read a page of the list; see `queries.page`."""
    zone, reader = settings().time_zone, language.current()
    now = datetime.now(UTC)
    hour = now.replace(minute=0, second=0, microsecond=0)
    found = queries.page(view, q, now, after, before, mine)
    held = queries.paused([row.id for row in found.rows if row.queued])
    rows = [
        RowShown(
            id=row.id,
            title=row.title,
            state=row.state,
            cancellation=row.cancellation,
            id_source=row.id_source,
            starts_at=row.starts_at,
            zone=zone,
            language=reader,
            hour=hour,
            people=row.people,
            problems=row.problems,
            sending=row.sending,
            queued=row.queued > 0,
            paused=row.id in held,
            created_by=row.created_by,
        )
        for row in found.rows
    ]
    return ListPage(
        view=view,
        q=q,
        mine=mine is not None,
        counts=queries.counts(now, mine) if not q else {},
        place=place(zone, reader),
        rows=rows,
        previous_url=_url(view, q, mine, before=found.previous),
        next_url=_url(view, q, mine, after=found.next),
    )


def _url(
    view: View | None, q: str, mine: str | None, *, after: Cursor | None = None, before: Cursor | None = None
) -> str | None:
    if after is None and before is None:
        return None
    only = 1 if mine is not None else None
    return url_for("meetings.index", view=view, q=q or None, mine=only, after=after, before=before)
