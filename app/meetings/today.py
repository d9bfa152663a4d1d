"""The box of the home page that says what needs a coordinator today, the most urgent first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from flask import url_for
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Row

from app.auth.current_user import has_role
from app.extensions import get_settings
from app.meetings import today_queries
from app.meetings.imports.presenters import estimate_text
from app.meetings.imports.progress import get_progress
from app.meetings.today_batches import find_unfinished_batches
from app.models import AccountRole, BatchState, CancellationState, ImportState, MeetingState
from app.utils.localized_time import LocalizedDateTime, localize
from app.web import i18n

MAX_LINES = 5

_MEETING_LABELS: Mapping[MeetingState, LazyString] = {
    MeetingState.REFUSED: _l("Zelta refused the meeting"),
    MeetingState.NOT_SENT: _l("The meeting was not sent"),
    MeetingState.UNKNOWN: _l("It is not known whether Zelta created the meeting"),
}
_CANCELLATION_LABELS: Mapping[CancellationState, LazyString] = {
    CancellationState.NOT_SENT: _l("The cancellation was not sent"),
    CancellationState.UNKNOWN: _l("It is not known whether the cancellation reached Zelta"),
}


class TodayKind(StrEnum):
    """What a line is about, the most urgent first."""

    PROBLEM = "problem"
    ROWS = "rows"
    NOT_INVITED = "not_invited"
    LINKS = "links"
    RUNNING = "running"


@dataclass(frozen=True)
class TodayLine:
    """A line of the box; `action` is the label of its button, empty where nothing is to be done."""

    kind: TodayKind
    meeting_id: int
    title: str
    text: str
    action: str
    url: str


def get_lines(now: datetime, created_by: str | None) -> list[TodayLine]:
    """At most `MAX_LINES` lines.

    Args:
        now: the current time.
        created_by: only about meetings created by this user name; None: all meetings.
    """
    return list(islice(_all_lines(now, created_by), MAX_LINES))


def _all_lines(now: datetime, created_by: str | None) -> Iterator[TodayLine]:
    # Each kind is read only if there is room for it.
    attention = today_queries.find_attention(now, created_by)
    yield from (
        _line(TodayKind.PROBLEM, row, *_describe_problem(row)) for row in attention if _has_problem(row)
    )
    yield from _row_lines([row for row in attention if row.draft_row_count or row.kept_row_count])
    batches = find_unfinished_batches(created_by)
    yield from (_batch_line(row) for row in batches if row.state == BatchState.PAUSED)
    imports = today_queries.find_unfinished_imports(created_by)
    yield from _paused_lines(row for row in imports if row.import_state == ImportState.PAUSED)
    for row in today_queries.find_links_to_hand_over(now, created_by, MAX_LINES):
        yield _links_line(row, now)
    running = {row.id: row for row in imports if row.import_state == ImportState.RUNNING}
    yield from (_batch_line(row) for row in batches if row.state == BatchState.RUNNING)
    yield from (_line(TodayKind.RUNNING, row, _describe_progress(row.id), "") for row in running.values())


def describe_day(local: LocalizedDateTime, now: datetime) -> tuple[str, str]:
    """How far away a day is ("Today", or empty), and the day itself ("mar 24 nov")."""
    distance = (local.clock.date() - localize(now, local.zone, local.language).clock.date()).days
    return {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}.get(distance, ""), local.day


def _has_problem(row: Row[Any]) -> bool:
    is_unsettled = row.cancellation in {CancellationState.UNKNOWN, CancellationState.NOT_SENT}
    return bool(
        row.state in {MeetingState.REFUSED, MeetingState.NOT_SENT, MeetingState.UNKNOWN}
        or is_unsettled
        or row.cancellation_refused
        or row.problem_count
    )


def _describe_problem(row: Row[Any]) -> tuple[str, str]:
    """The text and the action of a problem; that of the meeting before those of its participants."""
    label = _CANCELLATION_LABELS.get(row.cancellation) or _MEETING_LABELS.get(row.state)
    text = str(label) if label else None
    if text is None and row.cancellation_refused:
        text = _("Zelta refused the cancellation")
    if text is not None:
        return text[:1].lower() + text[1:] if not text.startswith("Zelta") else text, _("View")
    return ngettext("%(num)s person to resolve", "%(num)s people to resolve", row.problem_count), _("Resolve")


def _row_lines(rows: list[Row[Any]]) -> Iterator[TodayLine]:
    import_ids = today_queries.find_unsent_imports([row.id for row in rows[:MAX_LINES]])
    for row in rows:
        list_id = import_ids.get(row.id)
        url = url_for("imports.import_people", meeting_id=row.id, list=list_id) if list_id else ""
        text = (
            ngettext("%(num)s row to correct", "%(num)s rows to correct", row.kept_row_count)
            if row.kept_row_count
            else ngettext(
                "a list with %(num)s row was never sent",
                "a list with %(num)s rows was never sent",
                row.draft_row_count,
            )
        )
        yield _line(
            TodayKind.ROWS, row, text, _("Correct them") if row.kept_row_count else _("Review it"), url
        )


def _paused_lines(rows: Iterable[Row[Any]]) -> Iterator[TodayLine]:
    meetings: dict[int, Row[Any]] = {}
    waiting: dict[int, int] = {}
    for row in rows:
        meetings[row.id] = row
        waiting[row.id] = waiting.get(row.id, 0) + row.pending
    for meeting_id, row in meetings.items():
        text = ngettext(
            "%(num)s person without invitation: the list is paused",
            "%(num)s people without invitation: the list is paused",
            waiting[meeting_id],
        )
        yield _line(TodayKind.NOT_INVITED, row, text, _("View"))


def _batch_line(row: Row[Any]) -> TodayLine:
    url = url_for("batches.show", batch_id=row.batch_id)
    done = row.total - row.waiting
    if row.state == BatchState.PAUSED:
        text = ngettext(
            "sending of %(num)s meeting is paused, %(done)s done",
            "sending of %(num)s meetings is paused, %(done)s done",
            row.total,
            done=done,
        )
        return _line(TodayKind.NOT_INVITED, row, text, _("View"), url, everybody=True)
    text = ngettext(
        "creating %(num)s meeting, %(done)s done",
        "creating %(num)s meetings, %(done)s done",
        row.total,
        done=done,
    )
    return _line(TodayKind.RUNNING, row, text, _("View"), url, everybody=True)


def _links_line(row: Row[Any], now: datetime) -> TodayLine:
    local = localize(row.starts_at, get_settings().time_zone, i18n.get_locale())
    distance, day = describe_day(local, now)
    links = ngettext("%(num)s link to hand over", "%(num)s links to hand over", row.pending)
    text = f"{distance.lower() or day} {local.time}, {links}"
    url = url_for("delivery.hand_over", meeting_id=row.id)
    # A viewer may hand over too.
    return _line(TodayKind.LINKS, row, text, _("Hand over"), url, everybody=True)


def _describe_progress(meeting_id: int) -> str:
    progress = get_progress(meeting_id)
    if progress is None:
        return ""
    text = str(_("adding %(done)s of %(total)s", done=progress.done, total=progress.total))
    estimate = estimate_text(progress)
    return f"{text}. {estimate}" if estimate else text


def _line(
    kind: TodayKind, row: Row[Any], text: str, action: str, url: str = "", *, everybody: bool = False
) -> TodayLine:
    meeting_url = url_for("meetings.show", meeting_id=row.id)
    if not everybody and not has_role(AccountRole.COORDINATOR):
        action, url = action and _("View"), meeting_url
    return TodayLine(kind, row.id, row.title, text, action, url or meeting_url)
