"""Presenters of imports: error messages, preview and progress."""

from dataclasses import dataclass

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.extensions import get_settings
from app.list_parser import FileError, LineProblem
from app.meetings.imports.progress import ImportProgress, ImportsProgress
from app.models import CancellationState, ImportState, Meeting, MeetingState
from app.models.states import PROBLEM_MEETING_STATES
from app.utils.timezones import localize
from app.web import i18n

FILE_ERROR_MESSAGES: dict[FileError, LazyString] = {
    FileError.TOO_LARGE: _l("The list is larger than 1 MiB. Split it and bring it in parts."),
    FileError.TOO_MANY_PEOPLE: _l("The list has more than 1,000 people. Split it and bring it in parts."),
    FileError.TOO_FAR: _l("The list goes on below line 5,000. Delete what stands there, or split it."),
    FileError.TOO_WIDE: _l("Something stands to the right of column 50. Delete it and try again."),
    FileError.NOT_A_LIST: _l("That file is not a list. Save it as CSV or XLSX, or paste the list."),
    FileError.OLD_EXCEL: _l("That is an old kind of workbook. Save it as XLSX or CSV and try again."),
    FileError.PROTECTED: _l("The workbook is protected with a password. Save it without one and try again."),
    FileError.DAMAGED: _l(
        "The workbook cannot be read. Open it, save it again as XLSX or CSV, and try again."
    ),
    FileError.INFLATES: _l(
        "The workbook holds far more than a list of people. Copy the list into a new one."
    ),
    FileError.EMPTY: _l("There is nothing in that file."),
    FileError.NOT_CALCULATED: _l(
        "The sheet has formulas that were never calculated: open it in Excel, save it and upload it again."
    ),
}

PROBLEM_MESSAGES: dict[LineProblem, LazyString] = {
    LineProblem.SEVERAL_EMAILS: _l("There is more than one e-mail: keep the right one."),
    LineProblem.BAD_EMAIL: _l("The e-mail is not complete."),
    LineProblem.NO_NAME: _l("The name is missing."),
    LineProblem.NOT_A_PERSON: _l("This does not look like a person."),
    LineProblem.ODD_CHARACTERS: _l(
        "The accents look wrong: correct the name, or read the file with another encoding."
    ),
    LineProblem.NAME_TOO_LONG: _l("The name is too long: 120 characters at most."),
    LineProblem.EXTERNAL_ID_TOO_LONG: _l("The external ID is too long: 120 characters at most."),
    LineProblem.UNKNOWN_ROLE: _l("The role is not one that we know: choose it."),
    LineProblem.MISTYPED_DOMAIN: _l("The e-mail may be mistyped."),
    LineProblem.DOUBTFUL_EMAIL: _l("The e-mail has characters that are unusual in an address."),
    LineProblem.EMAIL_ELSEWHERE: _l(
        "The e-mail column is empty and another cell holds an e-mail, which is not used."
    ),
    LineProblem.NO_EMAIL: _l("Most lines have an e-mail and this one has only a name."),
    LineProblem.NAME_FROM_EMAIL: _l("The name is made of the e-mail: check it."),
    LineProblem.COLUMN_IN_QUESTION: _l("First say which column is which."),
    LineProblem.POSSIBLY_MAILED: _l(
        "They may have the invitation already: ask them before you send another e-mail."
    ),
}

PAUSE_REASONS: dict[str, LazyString] = {
    "known_meeting": _l(
        "It stopped by itself: this meeting is here twice, and its people may have an invitation already."
    ),
    "api_key": _l("It stopped by itself: Zelta does not accept the API key."),
    "suspended": _l("It stopped by itself: Zelta does not allow it, the account may be suspended."),
}

ENCODING_NAMES: dict[str, LazyString | str] = {
    "utf-8": "UTF-8",
    "utf-16": _l("UTF-16 (Unicode text of Excel)"),
    "windows-1252": _l("Windows-1252 (CSV of Excel)"),
    "windows-1250": _l("Windows-1250 (Central Europe)"),
    "mac-roman": _l("Mac"),
    "ibm850": _l("MS-DOS (IBM 850)"),
    "utf-8-twice": _l("UTF-8 encoded twice"),
}


def file_error_message(reason: FileError) -> str:
    """Why a file was rejected."""
    return str(FILE_ERROR_MESSAGES[reason])


def pause_message(reason: str | None) -> str:
    """Why an import was paused automatically, or ""."""
    return str(PAUSE_REASONS[reason]) if reason in PAUSE_REASONS else ""


def progress_text(import_progress: ImportsProgress) -> str:
    """Such as 34 of 120 · 3 with problems."""
    text = _("%(done)s of %(total)s", done=import_progress.done, total=import_progress.total)
    if not import_progress.problems:
        return str(text)
    problems_text = ngettext("%(num)s with a problem", "%(num)s with problems", import_progress.problems)
    return f"{text} · {problems_text}"


def estimate_text(import_progress: ImportsProgress) -> str:
    """Such as "About 20 seconds left."; "" if unknown."""
    if import_progress.estimated_seconds is None or not import_progress.is_running:
        return ""
    return str(_("%(time)s left.", time=format_duration(import_progress.estimated_seconds)))


def format_duration(seconds: float) -> str:
    """A rounded duration, such as "About 20 seconds"."""
    if seconds < 90:
        rounded = max(5, 5 * round(seconds / 5)) if seconds < 60 else 10 * round(seconds / 10)
        return str(ngettext("About %(num)s second", "About %(num)s seconds", rounded))
    return str(ngettext("About %(num)s minute", "About %(num)s minutes", round(seconds / 60)))


@dataclass(frozen=True)
class ImportStatus:
    """An import that is not finished; `actions` are the allowed ones."""

    id: int
    state: str
    pending_count: int
    unresolved_count: int
    actions: tuple[str, ...]


@dataclass(frozen=True)
class ProgressCard:
    """The progress card: numbers for the bar, and the same in words.

    `note`: what they wait for. `waiting`: that they wait for a decision about the meeting; then nothing runs. `key` changes when the card must be rendered. Via `resend_import_id`, the
    refused participants of all imports can be resent.
    """

    total: int
    done: int
    problems: int
    running: bool
    is_paused: bool
    text: str
    estimate: str
    note: str
    waiting: str
    key: str
    imports: list[ImportStatus]
    refused_count: int
    resend_import_id: int


def present_progress(import_progress: ImportsProgress, meeting: Meeting, *, can_add: bool) -> ProgressCard:
    """The progress card; refused participants can be resent only while the meeting is open."""
    states = [meeting.state.value, str(meeting.cancellation)]
    note = _note_text(import_progress, meeting) if import_progress.is_running else ""
    return ProgressCard(
        total=import_progress.total,
        done=import_progress.done,
        problems=import_progress.problems,
        running=import_progress.is_running,
        is_paused=_all_paused(import_progress),
        text=progress_text(import_progress),
        estimate=estimate_text(import_progress) if not note else "",
        note=note,
        waiting=_waiting_text(import_progress, meeting),
        key=" ".join(
            states
            + [f"{status.id}:{status.state}:{status.unresolved_count}" for status in import_progress.imports]
        ),
        imports=[
            ImportStatus(one.id, one.state.value, one.pending_count, one.unresolved_count, _actions(one))
            for one in import_progress.imports
        ],
        refused_count=import_progress.refused_count if can_add else 0,
        resend_import_id=import_progress.newest_import_id,
    )


def _waiting_text(import_progress: ImportsProgress, meeting: Meeting) -> str:
    if not import_progress.is_running or meeting.state not in PROBLEM_MEETING_STATES:
        return ""
    number = import_progress.total - import_progress.done
    return str(
        ngettext(
            "%(num)s person is waiting: they are added once the meeting exists in Zelta.",
            "%(num)s people are waiting: they are added once the meeting exists in Zelta.",
            number,
        )
    )


def _actions(status: ImportProgress) -> tuple[str, ...]:
    state_actions = {ImportState.RUNNING: ("pause",), ImportState.PAUSED: ("resume",)}
    return (*state_actions.get(status.state, ()), "stop") if status.pending_count else ("stop",)


def _all_paused(import_progress: ImportsProgress) -> bool:
    return import_progress.is_running and all(
        status.state == ImportState.PAUSED for status in import_progress.imports if status.pending_count
    )


def _note_text(import_progress: ImportsProgress, meeting: Meeting) -> str:
    if meeting.state != MeetingState.SCHEDULED:
        return str(_("They wait until Zelta has confirmed the meeting."))
    if meeting.cancellation in {CancellationState.SENDING, CancellationState.UNKNOWN}:
        return str(_("They wait until it is known whether the meeting is cancelled."))
    if reasons := [pause_message(status.held_for) for status in import_progress.imports if status.held_for]:
        return reasons[0]
    if import_progress.no_active_sender:
        return str(
            _(
                "Nothing is sending them: Convoca's sender may have stopped. They are kept; tell its administrator."
            )
        )
    if import_progress.blocked_until is None or _all_paused(import_progress):
        return ""
    retry_time = localize(import_progress.blocked_until, get_settings().time_zone, i18n.get_locale())
    if retry_time.is_today:
        message = _(
            "Zelta does not answer, or takes no more for now: it is tried again at %(time)s.",
            time=retry_time.time,
        )
    else:
        message = _(
            "Zelta does not answer, or takes no more for now: it is tried again on %(when)s.",
            when=retry_time.short,
        )
    return str(message)
