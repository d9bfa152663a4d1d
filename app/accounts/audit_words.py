"""The audit in the reader's words: what there is to choose from, and each event as a page and a spreadsheet show it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Row
from wtforms import SelectChoice  # type: ignore[attr-defined]

from app.identity.accounts import display_names
from app.meetings.when import Moment, moment
from app.models import Action, Deed
from app.models.journal import Ending
from app.site.words import ACTORS, ENDINGS, Names, in_words
from app.text import neutral_cell

KINDS: dict[LazyString, dict[str, LazyString]] = {
    _l("Meetings"): {
        Action.CREATE_MEETING: _l("Create a meeting"),
        Action.ADOPT_MEETING: _l("Bring a meeting here"),
        Action.MEETING_EXISTS: _l("Say that a meeting exists"),
        Action.CANCEL_MEETING: _l("Cancel a meeting"),
        Action.KEEP_MEETING: _l("Give up cancelling"),
        Action.DISCARD_MEETING: _l("Discard a meeting"),
        Deed.COPIED_LINKS: _l("Copy all links"),
        Deed.HANDED_OVER: _l("Hand over a link"),
        Deed.HAND_OVER_UNDONE: _l("Take back a hand-over"),
        Deed.CANCELLATION_TOLD: _l("Tell of a cancellation"),
        Deed.CANCELLATION_UNTOLD: _l("Take back that a cancellation was told"),
        Deed.MESSAGE_CHANGED: _l("Change a message"),
        Deed.TEMPLATES_CHANGED: _l("Change templates of messages"),
    },
    _l("People"): {
        Action.ADD_PARTICIPANT: _l("Add a person"),
        Action.SEND_LATER: _l("Leave a person to be sent later"),
        Action.INVITATION_RECEIVED: _l("Say that an invitation arrived"),
        Action.DISCARD_PARTICIPANT: _l("Discard a person"),
        Action.REVEAL_TOKEN: _l("See a token"),
    },
    _l("Lists of people"): {
        Action.IMPORT_PEOPLE: _l("Send a list"),
        Action.PAUSE_LIST: _l("Pause a list"),
        Action.RESUME_LIST: _l("Resume a list"),
        Action.STOP_LIST: _l("Stop a list"),
    },
    _l("Sessions"): {
        Deed.SIGNED_IN: _l("Sign in"),
        Deed.SIGN_IN_FAILED: _l("Fail to sign in"),
        Deed.SIGN_IN_REFUSED: _l("Too many attempts to sign in"),
        Deed.SIGNED_OUT: _l("Sign out"),
        Deed.SIGNED_OUT_EVERYWHERE: _l("Sign out everywhere"),
        Deed.PASSWORD_CHANGED: _l("Change a password"),
    },
    _l("Accounts"): {
        Deed.ACCOUNT_ADDED: _l("Add an account"),
        Deed.ROLE_CHANGED: _l("Change a role"),
        Deed.PASSWORD_RESET: _l("Give a temporary password"),
        Deed.ACCOUNT_DISABLED: _l("Disable an account"),
        Deed.ACCOUNT_ENABLED: _l("Enable an account"),
    },
    _l("Data"): {
        Deed.EXPORTED: _l("Export data"),
        Deed.RESTORED: _l("Restore a backup"),
    },
}
"""What can be looked for, by what it is about."""


@dataclass(frozen=True)
class EventShown:
    """An event as a page shows it.

    `who` is empty where nobody knows; `actor` is the user name if that says more. `reason`: a word for why it failed.
    """

    id: int
    at: Moment
    who: str
    actor: str
    address: str
    text: str
    ending: Ending | None
    outcome: str
    reason: str
    meeting_id: int | None
    title: str


def kind_choices() -> list[SelectChoice]:
    """The options of a form's field, the first of which is all of them."""
    each = [
        SelectChoice(action, label, optgroup=str(group))
        for group, kinds in KINDS.items()
        for action, label in kinds.items()
    ]
    return [SelectChoice("", _("Everything")), *each]


def shown(rows: Sequence[Row[Any]], time_zone: str, language: str) -> list[EventShown]:
    """Events as a page shows them."""
    accounts = _accounts(rows)
    return [_event(row, accounts, time_zone, language) for row in rows]


def as_cells(
    rows: Iterable[Row[Any]], accounts: Mapping[str, str], time_zone: str, language: str
) -> Iterator[list[str]]:
    """Events as the rows of a spreadsheet, after one that names the columns; no cell is a formula.

    Args:
        rows: of `audit_queries.export`.
        accounts: what to call people, by their user names.
        time_zone: the zone to tell the time in.
        language: `es` or `en`.
    """
    yield [
        *(
            _("Time (UTC)"),
            _("Time"),
            _("Who"),
            _("User"),
            _("Address"),
            _("What"),
            _("Action"),
            _("To whom"),
        ),
        *(_("Outcome"), _("Meeting number"), _("Meeting")),
    ]
    for row in rows:
        yield [neutral_cell(cell) for cell in _cells(row, _event(row, accounts, time_zone, language))]


def _cells(row: Row[Any], event: EventShown) -> list[str]:
    clock = f"{event.at.clock:%Y-%m-%d %H:%M:%S}"
    outcome = str(ENDINGS[row.ending]) if row.entry_id is not None else ""
    return [
        *(event.at.iso, clock, event.who, row.actor or "", event.address, event.text, row.action),
        *(row.subject or "", outcome, str(row.meeting_id or ""), event.title),
    ]


def _accounts(rows: Sequence[Row[Any]]) -> dict[str, str]:
    """What to call the accounts concerned, with the user name, which alone says who somebody is."""
    usernames = {name for row in rows for name in (row.actor, row.subject) if name is not None}
    return display_names(usernames - ACTORS.keys())


def _event(row: Row[Any], accounts: Mapping[str, str], time_zone: str, language: str) -> EventShown:
    called = {username: f"{name} ({username})" for username, name in accounts.items()}
    people = {row.participant_id: row.name} if row.participant_id else {}
    entry = row if row.entry_id is not None else None
    ending = row.ending if entry else Ending.DONE
    who = Names({}, accounts).of_actor(row.actor)
    return EventShown(
        id=row.id,
        at=moment(row.at, time_zone, language),
        who=who,
        actor=row.actor if row.actor in accounts else "",
        address=row.address or "",
        text=in_words(row, entry, Names(people, called)),
        ending=ending,
        outcome="" if ending == Ending.DONE else str(ENDINGS[ending]),
        reason=str((row.detail or {}).get("reason", "")),
        meeting_id=row.meeting_id,
        title=row.title or "",
    )
