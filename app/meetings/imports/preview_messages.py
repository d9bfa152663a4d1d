"""Messages of the preview: what was read, the use of each column, why a line or a row is left out."""

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.list_parser import ColumnKind, LeftOutReason, UntickedReason
from app.meetings.imports.parse_result import ParseResult, ResultColumn
from app.meetings.imports.review import ImportPreview
from app.meetings.imports.row_states import RowState, ValidatedRow
from app.meetings.imports.rows import ImportRow

COLUMN_KINDS: dict[ColumnKind, LazyString] = {
    ColumnKind.NAME: _l("Full name"),
    ColumnKind.FIRST_NAMES: _l("First names"),
    ColumnKind.SURNAMES: _l("Surnames"),
    ColumnKind.EMAIL: _l("Email"),
    ColumnKind.PHONE: _l("Phone"),
    ColumnKind.ROLE: _l("Role"),
    ColumnKind.IS_HOST: _l("Is it a host? (yes or no)"),
    ColumnKind.EXTERNAL_ID: _l("Your reference"),
    ColumnKind.STATUS: _l("Status (who does not come)"),
    ColumnKind.IGNORE: _l("Do not use"),
}

REASONS: dict[LeftOutReason, LazyString] = {
    LeftOutReason.HIDDEN_BY_FILTER: _l("Hidden by a filter"),
    LeftOutReason.HIDDEN_BY_HAND: _l("Hidden rows"),
    LeftOutReason.HIDDEN_BY_GROUP: _l("In a collapsed group"),
    LeftOutReason.TITLE: _l("Headings"),
    LeftOutReason.TOTAL: _l("Totals"),
    LeftOutReason.SIGNATURE: _l("Closing or signature"),
    LeftOutReason.GREETING: _l("Greeting"),
    LeftOutReason.MAIL_HEADER: _l("Header of an email"),
    LeftOutReason.NOTE: _l("Notes"),
    LeftOutReason.OTHER_TABLE: _l("Another table"),
    LeftOutReason.OUTSIDE_TABLE: _l("Beside the table"),
}

HIDDEN = frozenset(
    {LeftOutReason.HIDDEN_BY_FILTER, LeftOutReason.HIDDEN_BY_HAND, LeftOutReason.HIDDEN_BY_GROUP}
)


def reading_facts(review: ImportPreview) -> list[str]:
    """What was read, in a few words each."""
    result = review.result or ParseResult()
    hidden_rows = sum(line.reason in HIDDEN for line in result.left_out)
    hidden_columns = sum(column.is_hidden and column.kind is ColumnKind.IGNORE for column in result.columns)
    people = len(review.rows)
    parts = [*_places(result), ngettext("%(num)s person", "%(num)s people", people)]
    if hidden_rows:
        parts.append(ngettext("%(num)s hidden row left out", "%(num)s hidden rows left out", hidden_rows))
    if hidden_columns:
        parts.append(
            ngettext("%(num)s hidden column left out", "%(num)s hidden columns left out", hidden_columns)
        )
    if others := result.left_out_count - hidden_rows:
        parts.append(ngettext("%(num)s line left out", "%(num)s lines left out", others))
    return [str(part) for part in parts]


def _places(result: ParseResult) -> list[str]:
    parts = []
    if result.sheet and len(result.sheets) > 1:
        parts.append(_("Sheet “%(sheet)s” of %(count)s", sheet=result.sheet, count=len(result.sheets)))
    elif result.sheet:
        parts.append(_("Sheet “%(sheet)s”", sheet=result.sheet))
    if result.header_number and result.sheet:
        parts.append(_("titles in row %(number)s", number=result.header_number))
    elif result.header_number:
        parts.append(_("titles in line %(number)s", number=result.header_number))
    return [str(part) for part in parts]


def reading_notes(review: ImportPreview) -> list[str]:
    """What else the reader should know of the reading, a sentence each."""
    result = review.result or ParseResult()
    unused = [
        column_name(column)
        for column in result.columns
        if column.kind is ColumnKind.IGNORE and not column.is_hidden and column.samples
    ]
    said = [_("Not used: %(columns)s.", columns=", ".join(unused))] if unused else []
    words: dict[str, int] = {}
    for one in review.rows:
        if one.row.unticked == UntickedReason.STATUS and one.row.status:
            words[one.row.status] = words.get(one.row.status, 0) + 1
    said += [
        ngettext(
            "%(num)s row says “%(word)s”: it arrives unticked.",
            "%(num)s rows say “%(word)s”: they arrive unticked.",
            count,
            word=word,
        )
        for word, count in words.items()
    ]
    if result.struck_count:
        said.append(
            ngettext(
                "%(num)s row is struck through: it arrives unticked.",
                "%(num)s rows are struck through: they arrive unticked.",
                result.struck_count,
            )
        )
    return [str(words) for words in said]


def column_name(column: ResultColumn) -> str:
    """The title of a column; without one, its place."""
    return column.title or str(_("Cell %(number)s", number=column.index + 1))


def aside_note(one: ValidatedRow) -> str:
    """Why a row that has no problem is not sent; empty for one that is."""
    if one.is_going:
        return ""
    if one.match and one.match.other.line is not None and one.state is RowState.DUPLICATE:
        return str(_("Perhaps the person of line %(line)s", line=one.match.other.line))
    if one.match and one.state is RowState.ALREADY_ADDED:
        return str(_("Perhaps already in the meeting: %(name)s", name=one.match.other.name))
    if one.state is RowState.ALREADY_ADDED:
        return str(_("Already in this meeting"))
    if one.state is RowState.DUPLICATE:
        return str(_("Repeats line %(line)s", line=one.repeats))
    return _unticked_note(one.row)


def _unticked_note(row: ImportRow) -> str:
    if row.unticked == UntickedReason.STATUS and row.status:
        return str(_("It says “%(word)s”", word=row.status))
    if row.unticked == UntickedReason.STRUCK_THROUGH:
        return str(_("Struck through"))
    if row.same_as is not None:
        return str(_("Repeats line %(line)s", line=row.same_as))
    return str(_("Unticked"))
