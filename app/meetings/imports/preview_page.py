"""The preview of an import, as its template shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app import rate_limit
from app.database import db
from app.extensions import get_settings
from app.list_parser import ENCODINGS, ColumnKind, LineProblem
from app.meetings.imports import presenters, preview_messages
from app.meetings.imports.parse_result import LeftOutLine, ParseResult, ResultColumn, RoleWord
from app.meetings.imports.review import ImportPreview
from app.meetings.imports.row_states import ACCEPTABLE_PROBLEMS, RowState, ValidatedRow
from app.meetings.imports.rows import MAIL

MAX_UNFOLDED_ROWS = 20


@dataclass(frozen=True)
class PreviewRow:
    """A row as the preview shows it; `acceptable` problems may be sent as they are."""

    validated: ValidatedRow
    message: str = ""
    note: str = ""
    acceptable: bool = False
    is_ticked: bool = True
    match_key: str = ""


@dataclass(frozen=True)
class RowGroup:
    """Rows that need the same: to be corrected, to be looked at, or nothing. `label` unfolds them."""

    key: str
    title: str
    rows: list[PreviewRow]
    is_folded: bool = False
    label: str = ""


@dataclass(frozen=True)
class ColumnField:
    """A source column and what it may be used for."""

    column: ResultColumn
    name: str
    chosen: str
    options: list[tuple[str, str]]


@dataclass(frozen=True)
class WordField:
    """A role word to ask about."""

    name: str
    word: RoleWord
    chosen: str


@dataclass(frozen=True)
class LeftOutGroup:
    """The lines that were left out for one reason; `ticked` are the numbers of those to include."""

    reason: str
    title: str
    lines: list[LeftOutLine]
    ticked: frozenset[int]


@dataclass(frozen=True)
class Reading:
    """How the list was read, and what can be answered about it."""

    facts: list[str]
    notes: list[str]
    columns: list[ColumnField]
    is_in_question: bool
    is_remembered: bool
    sheets: list[str]
    sheet: str
    encodings: list[tuple[str, str]]
    encoding: str
    encoding_name: str
    cure: tuple[str, str] | None
    words: list[WordField]
    left_out: list[LeftOutGroup]
    unlisted: int


@dataclass(frozen=True)
class PreviewPage:
    """An import in the preview; `summary`: what the button will do; `problem_numbers`: row numbers."""

    list_id: int
    version: str
    count: int
    groups: list[RowGroup]
    summary: str
    problem_numbers: list[int]
    reading: Reading | None
    is_draft: bool


def build_preview(review: ImportPreview, form: Mapping[str, str] | None = None) -> PreviewPage:
    """The preview of an import.

    Args:
        review: the import as it stands.
        form: what is chosen and ticked on the page now and not answered yet: it is shown so.
    """
    return PreviewPage(
        list_id=review.list_id,
        version=review.version,
        count=len(review.rows),
        groups=_build_groups(review),
        summary=_summarize(review),
        problem_numbers=[] if review.is_in_question else [one.row.n for one in review.rows if one.is_left],
        reading=_present_reading(review, review.result, form or {}) if review.result else None,
        is_draft=review.is_draft,
    )


def _build_groups(review: ImportPreview) -> list[RowGroup]:
    rows = [_present_row(one) for one in review.rows]
    if review.is_in_question:
        return (
            [_build_folded_group("waiting", str(_("Rows that wait for your answer")), rows)] if rows else []
        )
    fix = [one for one in rows if one.validated.state is RowState.PROBLEM]
    aside = [
        one for one in rows if one.validated.state is not RowState.PROBLEM and not one.validated.is_going
    ]
    ready = [one for one in rows if one.validated.is_going]
    groups = [
        RowGroup("fix", ngettext("%(num)s row to correct", "%(num)s rows to correct", len(fix)), fix),
        _build_folded_group(
            "aside",
            ngettext("%(num)s row that is not sent", "%(num)s rows that are not sent", len(aside)),
            aside,
        ),
        _build_folded_group(
            "ready", ngettext("%(num)s row that is fine", "%(num)s rows that are fine", len(ready)), ready
        ),
    ]
    return [group for group in groups if group.rows]


def _build_folded_group(key: str, title: str, rows: Sequence[PreviewRow]) -> RowGroup:
    count = len(rows)
    labels = {
        "waiting": ngettext("Show the row", "Show the %(num)s rows", count),
        "aside": ngettext("Show the %(num)s that is not sent", "Show the %(num)s that are not sent", count),
        "ready": ngettext("Show the %(num)s that is fine", "Show the %(num)s that are fine", count),
    }
    return RowGroup(key, title, list(rows), count > MAX_UNFOLDED_ROWS, str(labels[key]))


def _present_row(one: ValidatedRow) -> PreviewRow:
    row = one.row
    is_asked = one.match is not None and one.state is not RowState.READY
    return PreviewRow(
        validated=one,
        message=str(presenters.PROBLEM_MESSAGES[one.problem]) if one.problem else "",
        note=preview_messages.aside_note(one) if one.state is not RowState.PROBLEM else "",
        acceptable=one.problem in ACCEPTABLE_PROBLEMS
        or (row.accepted and row.problem in ACCEPTABLE_PROBLEMS),
        # A possible duplicate is included only by a tick that answers that question, not by an earlier one.
        is_ticked=row.included and not is_asked,
        match_key=one.match.key if one.match else "",
    )


def _present_reading(review: ImportPreview, result: ParseResult, form: Mapping[str, str]) -> Reading:
    encoding = form.get("encoding") or review.encoding or ""
    cure = result.encoding_cure
    return Reading(
        facts=preview_messages.reading_facts(review),
        notes=preview_messages.reading_notes(review),
        columns=[_build_column_field(column, form) for column in result.columns],
        is_in_question=review.is_in_question,
        is_remembered=review.state.is_remembered,
        sheets=[sheet.name for sheet in result.sheets] if len(result.sheets) > 1 else [],
        sheet=form.get("sheet") or result.sheet or "",
        encodings=[(name, _get_encoding_name(name)) for name in ENCODINGS] if review.encoding else [],
        encoding=encoding,
        encoding_name=_get_encoding_name(review.encoding) if review.encoding else "",
        cure=(cure, _get_encoding_name(cure)) if cure else None,
        words=[
            WordField(f"word-{k}", word, form.get(f"word-{k}", ""))
            for k, word in enumerate(result.unknown_roles)
        ],
        left_out=_group_left_out_lines(result, form),
        unlisted=result.left_out_count - len(result.left_out),
    )


def _get_encoding_name(encoding: str) -> str:
    return str(presenters.ENCODING_NAMES.get(encoding, encoding))


def _build_column_field(column: ResultColumn, form: Mapping[str, str]) -> ColumnField:
    name = f"column-{column.index}"
    options = [(kind.value, str(words)) for kind, words in preview_messages.COLUMN_KINDS.items()]
    chosen = form.get(name, column.kind.value)
    return ColumnField(
        column,
        preview_messages.column_name(column),
        chosen if chosen in set(ColumnKind) else column.kind.value,
        options,
    )


def _group_left_out_lines(result: ParseResult, form: Mapping[str, str]) -> list[LeftOutGroup]:
    by_reason: dict[str, list[LeftOutLine]] = {}
    for line in result.left_out:
        by_reason.setdefault(line.reason.value, []).append(line)
    return [
        LeftOutGroup(
            reason,
            str(preview_messages.REASONS[lines[0].reason]),
            lines,
            frozenset(line.number for line in lines if f"include-{line.number}" in form),
        )
        for reason, lines in by_reason.items()
    ]


def _summarize(review: ImportPreview) -> str:
    if review.is_in_question:
        return str(presenters.PROBLEM_MESSAGES[LineProblem.COLUMN_IN_QUESTION])
    going = review.sendable
    if not going:
        return str(_("Nothing would be sent: no row is ready."))
    mails = sum(row.mail == MAIL and bool(row.email) for row in going)
    links = len(going) - mails
    parts = []
    if mails:
        parts.append(ngettext("Zelta will email %(num)s person.", "Zelta will email %(num)s people.", mails))
    if links:
        parts.append(
            ngettext(
                "For %(num)s person you will get the link.",
                "For %(num)s people you will get the link.",
                links,
            )
        )
    rate, concurrency = get_settings().zelta_rate, get_settings().zelta_concurrency
    calls = rate_limit.estimate_duration(db.session.connection(), len(going), rate, concurrency)
    return " ".join([*map(str, parts), presenters.duration_text(calls.seconds)])
