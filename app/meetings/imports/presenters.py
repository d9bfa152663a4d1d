"""Presenters of imports: error messages, preview and progress."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.extensions import get_settings
from app.list_parser import FileError, LineProblem
from app.meetings.imports.progress import ImportProgress, ImportsProgress
from app.models import CancellationState, ImportState, Meeting, MeetingState
from app.models.states import PROBLEM_MEETING_STATES
from app.utils.localized_time import localize
from app.web import i18n

FILE_ERROR_MESSAGES: dict[FileError, LazyString] = {
    FileError.TOO_LARGE: _l("The list is larger than 1 MB: split it"),
    FileError.TOO_MANY_PEOPLE: _l("The list has more than 1,000 people: split it"),
    FileError.TOO_FAR: _l("The list goes on after line 5,000: delete what is there, or split it"),
    FileError.TOO_WIDE: _l("The sheet has data beyond column 50: delete it and try again"),
    FileError.NOT_A_LIST: _l("That file is not a list: save it as CSV or XLSX, or paste the list"),
    FileError.OLD_EXCEL: _l("That is an old Excel format: save it as XLSX or CSV and try again"),
    FileError.PROTECTED: _l("The workbook is protected with a password: save it without one and try again"),
    FileError.DAMAGED: _l(
        "The workbook cannot be read: open it, save it again as XLSX or CSV, and try again"
    ),
    FileError.INFLATES: _l("The workbook has far more than a list of people: copy the list into a new one"),
    FileError.EMPTY: _l("That file is empty"),
    FileError.NOT_CALCULATED: _l(
        "The sheet has formulas that were never calculated: open it in Excel, save it and upload it again"
    ),
}

PROBLEM_MESSAGES: dict[LineProblem, LazyString] = {
    LineProblem.SEVERAL_EMAILS: _l("There is more than one email: keep the right one"),
    LineProblem.BAD_EMAIL: _l("The email is not complete"),
    LineProblem.NO_NAME: _l("The name is missing"),
    LineProblem.NOT_A_PERSON: _l("This does not look like a name"),
    LineProblem.ODD_CHARACTERS: _l(
        "Some letters look wrong: correct the name, or read the file with another encoding"
    ),
    LineProblem.NAME_TOO_LONG: _l("The name is too long: 120 characters at most"),
    LineProblem.EXTERNAL_ID_TOO_LONG: _l("Your reference is too long: 120 characters at most"),
    LineProblem.UNKNOWN_ROLE: _l("Convoca does not know that role: choose one"),
    LineProblem.MISTYPED_DOMAIN: _l("The email may be mistyped"),
    LineProblem.DOUBTFUL_EMAIL: _l("The email has characters that are unusual in an address"),
    LineProblem.OTHERS_EMAIL: _l("The email seems to be another person's: check it"),
    LineProblem.EMAIL_ELSEWHERE: _l(
        "The email column is empty and another cell holds an email, which is not used"
    ),
    LineProblem.NO_EMAIL: _l("Most lines have an email and this one has only a name"),
    LineProblem.NAME_FROM_EMAIL: _l("The name was made from the email: check it"),
    LineProblem.COLUMN_IN_QUESTION: _l("First say which column is which"),
    LineProblem.POSSIBLY_MAILED: _l(
        "They may have the invitation already: ask them before you send another email"
    ),
}

PAUSE_REASONS: dict[str, LazyString] = {
    "known_meeting": _l(
        "The list stopped: this meeting is here twice, and its people may have an invitation already."
    ),
    "api_key": _l("The list stopped: Zelta does not accept the API key. Tell your Convoca administrator."),
    "suspended": _l(
        "The list stopped: Zelta does not allow it. The account may be suspended. Tell your Convoca administrator."
    ),
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
    problems_text = ngettext("%(num)s to resolve", "%(num)s to resolve", import_progress.problems)
    return f"{text} · {problems_text}"


def estimate_text(import_progress: ImportsProgress) -> str:
    """Such as "About 20 seconds left."; "" if unknown."""
    if import_progress.estimated_seconds is None or not import_progress.is_running:
        return ""
    seconds, minutes = _round_duration(import_progress.estimated_seconds)
    if minutes:
        return str(ngettext("About %(num)s minute left.", "About %(num)s minutes left.", minutes))
    return str(ngettext("About %(num)s second left.", "About %(num)s seconds left.", seconds))


def duration_text(duration: float) -> str:
    """How long the calls take, such as "It takes about 20 seconds."."""
    seconds, minutes = _round_duration(duration)
    if minutes:
        return str(ngettext("It takes about %(num)s minute.", "It takes about %(num)s minutes.", minutes))
    return str(ngettext("It takes about %(num)s second.", "It takes about %(num)s seconds.", seconds))


def _round_duration(seconds: float) -> tuple[int, int]:
    """Rounded seconds, or minutes if it is longer; the other one is 0."""
    if seconds >= 90:
        return 0, round(seconds / 60)
    return max(5, 5 * round(seconds / 5)) if seconds < 60 else 10 * round(seconds / 10), 0


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
        status.state == ImportState.PAUSED or status.is_batch_paused
        for status in import_progress.imports
        if status.pending_count
    )


def sender_stopped_text() -> str:
    """What a page says when nothing sends those who wait."""
    return str(_("Sending has stopped. Nobody is lost: tell your Convoca administrator."))


def _note_text(import_progress: ImportsProgress, meeting: Meeting) -> str:
    if meeting.state != MeetingState.SCHEDULED:
        return str(
            ngettext(
                "%(num)s person is waiting: they are added once the meeting exists in Zelta.",
                "%(num)s people are waiting: they are added once the meeting exists in Zelta.",
                import_progress.total - import_progress.done,
            )
        )
    if meeting.cancellation in {CancellationState.SENDING, CancellationState.UNKNOWN}:
        return str(_("They wait until it is known whether the meeting was cancelled."))
    if reasons := [pause_message(status.held_for) for status in import_progress.imports if status.held_for]:
        return reasons[0]
    if any(status.is_batch_paused and status.pending_count for status in import_progress.imports):
        return str(_("They wait: the batch of meetings that they came with is paused."))
    if import_progress.no_active_sender:
        return sender_stopped_text()
    if import_progress.blocked_until is None or _all_paused(import_progress):
        return ""
    return _blocked_text(import_progress, import_progress.blocked_until)


def _blocked_text(import_progress: ImportsProgress, blocked_until: datetime) -> str:
    """Why calls are blocked, and until when in the reader's zone: a full minute is not an outage."""
    retry_at = localize(blocked_until, get_settings().time_zone, i18n.get_locale())
    retry_time = retry_at.time if retry_at.is_today else retry_at.short
    if import_progress.is_outage:
        return str(_("Zelta is not responding. Next try: %(time)s.", time=retry_time))
    if import_progress.calls_per_minute is None:
        return str(
            _("Zelta accepts no more people for now. The list goes on by itself (%(time)s).", time=retry_time)
        )
    return str(
        ngettext(
            "Zelta accepts about %(num)s person a minute. The list goes on by itself (%(time)s).",
            "Zelta accepts about %(num)s people a minute. The list goes on by itself (%(time)s).",
            import_progress.calls_per_minute,
            time=retry_time,
        )
    )
