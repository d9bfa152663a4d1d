"""What people did, in the reader's words, for a meeting's activity and for the audit; who did it, and what roles are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.models import Action, Deed, StaffRole
from app.models.journal import Ending

DONE: dict[str, LazyString] = {
    Action.CREATE_MEETING: _l("created the meeting"),
    Action.ADD_PARTICIPANT: _l("added %(name)s"),
    Action.CANCEL_MEETING: _l("cancelled the meeting"),
    Action.ADOPT_MEETING: _l("brought the meeting here, made elsewhere"),
    Action.MEETING_EXISTS: _l("said that the meeting exists, with the ID %(id)s"),
    Action.DISCARD_MEETING: _l("discarded the meeting"),
    Action.KEEP_MEETING: _l("gave up cancelling: the meeting stays"),
    Action.DISCARD_PARTICIPANT: _l("discarded %(name)s"),
    Action.INVITATION_RECEIVED: _l("said that %(name)s received the invitation"),
    Action.IMPORT_PEOPLE: _l("sent a list of people: %(number)s"),
    Action.PAUSE_LIST: _l("paused the list"),
    Action.RESUME_LIST: _l("resumed the list"),
    Action.STOP_LIST: _l("stopped the list"),
    Action.SEND_LATER: _l("left it to be sent as soon as it can go"),
    Action.REVEAL_TOKEN: _l("saw the token of %(name)s"),
}

SAID_CANCELLED = _l("said that the meeting is cancelled")
"""A cancellation that is somebody's word, and no call."""

TRIED: dict[str, LazyString] = {
    Action.CREATE_MEETING: _l("asked Zelta to create the meeting"),
    Action.ADD_PARTICIPANT: _l("asked Zelta to add %(name)s"),
    Action.CANCEL_MEETING: _l("asked Zelta to cancel the meeting"),
}

ENDINGS: dict[Ending | None, LazyString] = {
    None: _l("on its way"),
    Ending.DONE: _l("done"),
    Ending.REFUSED: _l("refused"),
    Ending.NOT_SENT: _l("not sent"),
    Ending.UNKNOWN: _l("result unknown"),
}

DEEDS: dict[str, LazyString] = {
    Deed.SIGNED_IN: _l("signed in"),
    Deed.SIGN_IN_FAILED: _l("failed to sign in"),
    Deed.SIGN_IN_REFUSED: _l("had to wait: too many attempts to sign in"),
    Deed.SIGNED_OUT: _l("signed out"),
    Deed.SIGNED_OUT_EVERYWHERE: _l("signed out everywhere"),
    Deed.ACCOUNT_ADDED: _l("came for the first time and got an account: %(role)s"),
    Deed.ACCOUNT_DISABLED: _l("disabled their own account"),
    Deed.ACCOUNT_ENABLED: _l("enabled their own account"),
    Deed.ROLE_CHANGED: _l("changed their own role from %(before)s to %(role)s"),
    Deed.PASSWORD_CHANGED: _l("changed their password"),
    Deed.PASSWORD_RESET: _l("gave themselves a temporary password"),
    Deed.COPIED_LINKS: _l("copied all links"),
    Deed.HANDED_OVER: _l("handed over the link of %(name)s"),
    Deed.HAND_OVER_UNDONE: _l("took back that the link of %(name)s was handed over"),
    Deed.CANCELLATION_TOLD: _l("told %(name)s of the cancellation"),
    Deed.CANCELLATION_UNTOLD: _l("took back that %(name)s was told of the cancellation"),
    Deed.MESSAGE_CHANGED: _l("changed the message"),
    Deed.TEMPLATES_CHANGED: _l("changed the templates of messages"),
    Deed.EXPORTED: _l("exported data"),
    Deed.RESTORED: _l("restored a backup"),
}
"""What is audited beside the journal, where it was done to nobody else."""

DEEDS_TO_OTHERS: dict[str, LazyString] = {
    Deed.SIGN_IN_FAILED: _l("failed to sign in as %(subject)s"),
    Deed.SIGN_IN_REFUSED: _l("had to wait: too many attempts to sign in as %(subject)s"),
    Deed.SIGNED_OUT_EVERYWHERE: _l("signed %(subject)s out everywhere"),
    Deed.ACCOUNT_ADDED: _l("gave %(subject)s an account: %(role)s"),
    Deed.ACCOUNT_DISABLED: _l("disabled the account of %(subject)s"),
    Deed.ACCOUNT_ENABLED: _l("enabled the account of %(subject)s"),
    Deed.ROLE_CHANGED: _l("changed the role of %(subject)s from %(before)s to %(role)s"),
    Deed.PASSWORD_CHANGED: _l("changed the password of %(subject)s"),
    Deed.PASSWORD_RESET: _l("gave %(subject)s a temporary password"),
}

DEEDS_TO_SEVERAL: dict[str, LazyString] = {
    Deed.HANDED_OVER: _l("handed over links: %(number)s"),
    Deed.HAND_OVER_UNDONE: _l("took back that links were handed over: %(number)s"),
    Deed.CANCELLATION_TOLD: _l("told people of the cancellation: %(number)s"),
    Deed.CANCELLATION_UNTOLD: _l("took back that people were told of the cancellation: %(number)s"),
}
"""What was done to several people of a meeting at once."""

EXPORTS = {"audit": _l("exported the audit"), "meetings": _l("exported the meetings")}
"""What was exported, where the audit says so."""

ROLES: dict[str, LazyString] = {
    StaffRole.VIEWER: _l("Viewer"),
    StaffRole.COORDINATOR: _l("Coordinator"),
    StaffRole.ADMIN: _l("Administrator"),
}

ACTORS = {"sandbox": _l("Sandbox"), "anonymous": _l("Anonymous"), "command": _l("Command line")}
"""Who acts where nobody signs in."""


class Entry(Protocol):
    """What of a journal's entry its words need."""

    @property
    def ending(self) -> Ending | None:
        """How it ended."""

    @property
    def participant_id(self) -> int | None:
        """Whom it is about."""

    @property
    def request(self) -> Mapping[str, Any]:
        """What was sent."""


class Event(Protocol):
    """What of the audit's event its words need."""

    @property
    def action(self) -> str:
        """An action or a deed."""

    @property
    def actor(self) -> str | None:
        """Who did it."""

    @property
    def subject(self) -> str | None:
        """To whom."""

    @property
    def detail(self) -> Mapping[str, Any] | None:
        """What else is known."""


@dataclass(frozen=True)
class Names:
    """What to call whoever is concerned: a meeting's people by our ids, and accounts by their user names."""

    people: Mapping[int, str]
    accounts: Mapping[str, str]

    def of_actor(self, actor: str | None) -> str:
        """Who acted, in the reader's words."""
        if actor is None:
            return ""
        return str(ACTORS[actor]) if actor in ACTORS else self.accounts.get(actor, actor)


def in_words(event: Event, entry: Entry | None, names: Names) -> str:
    """What was done, or what was asked of Zelta where that did not end well: "added Ana".

    Args:
        event: what the audit says.
        entry: the journal's entry of it, where there is one.
        names: of the people concerned.
    """
    if entry is None:
        return _deed(event, names)
    if "said" in entry.request:
        return str(SAID_CANCELLED)
    texts = DONE if entry.ending == Ending.DONE else TRIED
    name = entry.request.get("body", {}).get("name") or names.people.get(entry.participant_id or 0, "")
    return str(texts[event.action]) % {
        "name": name,
        "id": entry.request.get("public_meeting_id", ""),
        "number": entry.request.get("number", ""),
    }


def _deed(event: Event, names: Names) -> str:
    to_others = event.subject is not None and event.subject != event.actor
    texts = DEEDS_TO_OTHERS if to_others and event.action in DEEDS_TO_OTHERS else DEEDS
    detail = event.detail or {}
    if event.action in DEEDS_TO_SEVERAL and "name" not in detail:
        texts = DEEDS_TO_SEVERAL
    words = EXPORTS.get(detail.get("what", "")) or texts.get(event.action, event.action)
    return str(words) % {
        "subject": names.of_actor(event.subject),
        "role": ROLES.get(detail.get("role", ""), ""),
        "before": ROLES.get(detail.get("before", ""), ""),
        "name": detail.get("name", ""),
        "number": detail.get("number", ""),
    }
