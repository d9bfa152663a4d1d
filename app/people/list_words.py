"""Lists in the reader's words: what is wrong with one, what would be sent, how far it is."""

from dataclasses import dataclass

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.list_parser import FileError, LineProblem
from app.meetings.when import moment
from app.models import Cancellation, ListState, Meeting, MeetingState
from app.people.progress import ListProgress, Progress
from app.site import language

FLAWS: dict[FileError, LazyString] = {
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

PROBLEMS: dict[LineProblem, LazyString] = {
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

HELD: dict[str, LazyString] = {
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


def flaw(reason: FileError) -> str:
    """Why a list was refused as a whole."""
    return str(FLAWS[reason])


def held(reason: str | None) -> str:
    """Why a list was paused by itself, or nothing."""
    return str(HELD[reason]) if reason in HELD else ""


def progress(now: Progress) -> str:
    """Such as 34 of 120 · 3 with problems."""
    words = _("%(done)s of %(total)s", done=now.done, total=now.total)
    if not now.problems:
        return str(words)
    troubled = ngettext("%(num)s with a problem", "%(num)s with problems", now.problems)
    return f"{words} · {troubled}"


def estimate(now: Progress) -> str:
    """Such as About 20 seconds left; nothing where there is no telling."""
    if now.seconds is None or not now.running:
        return ""
    return str(_("%(time)s left.", time=duration(now.seconds)))


def duration(seconds: float) -> str:
    """A length of time as people say it, such as About 20 seconds."""
    if seconds < 90:
        rounded = max(5, 5 * round(seconds / 5)) if seconds < 60 else 10 * round(seconds / 10)
        return str(ngettext("About %(num)s second", "About %(num)s seconds", rounded))
    return str(ngettext("About %(num)s minute", "About %(num)s minutes", round(seconds / 60)))


@dataclass(frozen=True)
class ListShown:
    """A list that is not over, as the meeting's page shows it; `actions` are what may be done with it."""

    id: int
    state: str
    going: int
    left: int
    actions: tuple[str, ...]


@dataclass(frozen=True)
class ProgressShown:
    """The progress card: numbers for the bar, and the same in words.

    `note` is what they wait for; `key` changes whenever the card has to be made anew. Through the list `again_id` the
    `refused` of all lists can be sent again.
    """

    total: int
    done: int
    problems: int
    running: bool
    paused: bool
    text: str
    estimate: str
    note: str
    key: str
    lists: list[ListShown]
    refused: int
    again_id: int


def progress_card(now: Progress, meeting: Meeting, *, open_meeting: bool) -> ProgressShown:
    """What the progress card shows; nobody is sent into a meeting that is not open."""
    states = [meeting.state.value, str(meeting.cancellation)]
    note = _note(now, meeting) if now.running else ""
    return ProgressShown(
        total=now.total,
        done=now.done,
        problems=now.problems,
        running=now.running,
        paused=_all_paused(now),
        text=progress(now),
        estimate=estimate(now) if not note else "",
        note=note,
        key=" ".join(states + [f"{one.id}:{one.state}:{one.left}" for one in now.lists]),
        lists=[ListShown(one.id, one.state.value, one.going, one.left, _actions(one)) for one in now.lists],
        refused=now.refused if open_meeting else 0,
        again_id=now.newest_id,
    )


def _actions(one: ListProgress) -> tuple[str, ...]:
    other = {ListState.RUNNING: ("pause",), ListState.PAUSED: ("resume",)}
    return (*other.get(one.state, ()), "stop") if one.going else ("stop",)


def _all_paused(now: Progress) -> bool:
    return now.running and all(one.state == ListState.PAUSED for one in now.lists if one.going)


def _note(now: Progress, meeting: Meeting) -> str:
    if meeting.state != MeetingState.SCHEDULED:
        return str(_("They wait until Zelta has confirmed the meeting."))
    if meeting.cancellation in {Cancellation.SENDING, Cancellation.UNKNOWN}:
        return str(_("They wait until it is known whether the meeting is cancelled."))
    if reasons := [held(one.held_for) for one in now.lists if one.held_for]:
        return reasons[0]
    if now.unattended:
        return str(
            _(
                "Nothing is sending them: Convoca's sender may have stopped. They are kept; tell whoever administers it."
            )
        )
    if now.waits_until is None or _all_paused(now):
        return ""
    at = moment(now.waits_until, meeting.time_zone, language.current())
    if at.is_today:
        words = _(
            "Zelta does not answer, or takes no more for now: it is tried again at %(time)s.", time=at.time
        )
    else:
        words = _(
            "Zelta does not answer, or takes no more for now: it is tried again on %(when)s.", when=at.short
        )
    return str(words)
