"""Texts for journal entries and audit events, and the labels of actors, roles and outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l

from app.models import AccountRole, Action, AuditAction
from app.utils.outcome import Outcome

COMPLETED_TEXT: dict[str, LazyString] = {
    Action.CREATE_MEETING: _l("created the meeting"),
    Action.ADD_PARTICIPANT: _l("added %(name)s"),
    Action.CANCEL_MEETING: _l("cancelled the meeting"),
    Action.ADOPT_MEETING: _l("added this meeting, which already existed in Zelta"),
    Action.MEETING_EXISTS: _l("gave the meeting's ID: %(id)s"),
    Action.DISCARD_MEETING: _l("discarded the meeting"),
    Action.KEEP_MEETING: _l("decided not to cancel"),
    Action.DISCARD_PARTICIPANT: _l("discarded %(name)s"),
    Action.INVITATION_RECEIVED: _l("said that %(name)s has the invitation"),
    Action.PAUSE_IMPORT: _l("paused the list"),
    Action.RESUME_IMPORT: _l("resumed the list"),
    Action.STOP_IMPORT: _l("stopped the list"),
    Action.SEND_LATER: _l("queued %(name)s"),
    Action.QUEUE_MEETINGS: _l("queued the meeting"),
    Action.MOVE_MEETING: _l("moved the meeting to another date"),
    Action.PAUSE_BATCH: _l("paused the batch of meetings"),
    Action.RESUME_BATCH: _l("resumed the batch of meetings"),
    Action.STOP_BATCH: _l("stopped the batch of meetings"),
    Action.REVEAL_TOKEN: _l("saw the host key of %(name)s"),
}

RESTORED_TEXT = _l("took back that %(name)s was discarded")
"""The undoing of a decision to discard a participant."""

MARKED_CANCELLED_TEXT = _l("said that the meeting is cancelled")
"""A cancellation that a user marked by hand, without an API call."""

RESENT_TEXT = _l("sent the refused again: %(number)s")
"""Several people who were queued again at once."""

ATTEMPTED_TEXT: dict[str, LazyString] = {
    Action.CREATE_MEETING: _l("asked Zelta to create the meeting"),
    Action.ADD_PARTICIPANT: _l("asked Zelta to add %(name)s"),
    Action.CANCEL_MEETING: _l("asked Zelta to cancel the meeting"),
}

OUTCOME_LABELS: dict[Outcome | None, LazyString] = {
    None: _l("Sending"),
    Outcome.DONE: _l("Done"),
    Outcome.REFUSED: _l("Refused by Zelta"),
    Outcome.NOT_SENT: _l("Not sent"),
    Outcome.UNKNOWN: _l("Unconfirmed"),
}

AUDIT_ACTION_TEXT: dict[str, LazyString] = {
    AuditAction.SIGNED_IN: _l("signed in"),
    AuditAction.SIGN_IN_FAILED: _l("failed to sign in"),
    AuditAction.SIGN_IN_REFUSED: _l("had to wait: too many attempts to sign in"),
    AuditAction.SIGNED_OUT: _l("signed out"),
    AuditAction.SIGNED_OUT_EVERYWHERE: _l("signed out everywhere"),
    AuditAction.ACCOUNT_ADDED: _l("signed in for the first time and got an account: %(role)s"),
    AuditAction.ACCOUNT_DISABLED: _l("disabled their own account"),
    AuditAction.ACCOUNT_ENABLED: _l("enabled their own account"),
    AuditAction.ROLE_CHANGED: _l("changed their own role from %(before)s to %(role)s"),
    AuditAction.PASSWORD_CHANGED: _l("changed their password"),
    AuditAction.PASSWORD_RESET: _l("gave themselves a temporary password"),
    AuditAction.COPIED_LINKS: _l("copied names and links"),
    AuditAction.HANDED_OVER: _l("handed over the link of %(name)s"),
    AuditAction.HAND_OVER_UNDONE: _l("undid that the link of %(name)s was handed over"),
    AuditAction.CANCELLATION_TOLD: _l("told %(name)s of the cancellation"),
    AuditAction.CANCELLATION_UNTOLD: _l("undid that %(name)s was told of the cancellation"),
    AuditAction.MESSAGE_CHANGED: _l("changed the message"),
    AuditAction.TEMPLATES_CHANGED: _l("changed the message templates"),
    AuditAction.GROUP_CREATED: _l("created the group “%(name)s”"),
    AuditAction.GROUP_CHANGED: _l("changed the group “%(name)s”"),
    AuditAction.GROUP_DELETED: _l("deleted the group “%(name)s”"),
    AuditAction.PERSON_ERASED: _l("erased the data of a person: %(number)s rows"),
    AuditAction.EXPORTED: _l("exported data"),
    AuditAction.RESTORED: _l("restored a backup"),
}
"""Audit events outside the journal whose target is the actor or nothing."""

AUDIT_ACTION_ON_OTHER_TEXT: dict[str, LazyString] = {
    AuditAction.SIGN_IN_FAILED: _l("failed to sign in as %(subject)s"),
    AuditAction.SIGN_IN_REFUSED: _l("had to wait: too many attempts to sign in as %(subject)s"),
    AuditAction.SIGNED_OUT_EVERYWHERE: _l("signed %(subject)s out everywhere"),
    AuditAction.ACCOUNT_ADDED: _l("gave %(subject)s an account: %(role)s"),
    AuditAction.ACCOUNT_DISABLED: _l("disabled the account of %(subject)s"),
    AuditAction.ACCOUNT_ENABLED: _l("enabled the account of %(subject)s"),
    AuditAction.ROLE_CHANGED: _l("changed the role of %(subject)s from %(before)s to %(role)s"),
    AuditAction.PASSWORD_CHANGED: _l("changed the password of %(subject)s"),
    AuditAction.PASSWORD_RESET: _l("gave %(subject)s a temporary password"),
}

DEEDS_TO_SEVERAL: dict[str, LazyString] = {
    AuditAction.HANDED_OVER: _l("handed over links: %(number)s"),
    AuditAction.HAND_OVER_UNDONE: _l("undid that links were handed over: %(number)s"),
    AuditAction.CANCELLATION_TOLD: _l("told people of the cancellation: %(number)s"),
    AuditAction.CANCELLATION_UNTOLD: _l("undid that people were told of the cancellation: %(number)s"),
}
"""What was done to several people of a meeting at once."""

EXPORT_TEXT = {"audit": _l("exported the audit"), "meetings": _l("exported the meetings")}
"""What was exported, where the audit says so."""

ROLE_LABELS: dict[str, LazyString] = {
    AccountRole.VIEWER: _l("Viewer"),
    AccountRole.COORDINATOR: _l("Coordinator"),
    AccountRole.ADMIN: _l("Administrator"),
}

ACTOR_LABELS = {"sandbox": _l("Test user"), "anonymous": _l("Anonymous"), "command": _l("Command line")}
"""Labels of actors that are not accounts."""


class JournalEntryLike(Protocol):
    """The columns of a journal entry that its text needs."""

    @property
    def outcome(self) -> Outcome | None:
        """How it ended."""

    @property
    def participant_id(self) -> int | None:
        """Whom it is about."""

    @property
    def request(self) -> Mapping[str, Any]:
        """What was sent."""


class AuditEventLike(Protocol):
    """The columns of an audit event that its text needs."""

    @property
    def action(self) -> str:
        """A journal action or an audit action."""

    @property
    def actor(self) -> str | None:
        """The actor."""

    @property
    def target_username(self) -> str | None:
        """The account that the action changed."""

    @property
    def detail(self) -> Mapping[str, Any] | None:
        """Further facts."""


@dataclass(frozen=True)
class NameLookup:
    """Display names: participants by our ids, accounts by their user names."""

    participant_names: Mapping[int, str]
    account_names: Mapping[str, str]

    def actor_name(self, actor: str | None) -> str:
        """The actor's display name."""
        if actor is None:
            return ""
        return str(ACTOR_LABELS[actor]) if actor in ACTOR_LABELS else self.account_names.get(actor, actor)


def describe_event(event: AuditEventLike, entry: JournalEntryLike | None, names: NameLookup) -> str:
    """What was done, or what was requested if it was not done: "added Ana".

    Args:
        event: the audit event.
        entry: its journal entry, if any.
        names: of the participants concerned.
    """
    if entry is None:
        return _describe_audit_event(event, names)
    if "said" in entry.request:
        return str(MARKED_CANCELLED_TEXT)
    if event.action == Action.SEND_LATER and "number" in entry.request:
        return str(RESENT_TEXT) % entry.request
    if event.action == Action.IMPORT_PARTICIPANTS:
        number = int(entry.request.get("number", 0))
        return str(ngettext("added a list: %(num)s person", "added a list: %(num)s people", number))
    texts = COMPLETED_TEXT if entry.outcome == Outcome.DONE else ATTEMPTED_TEXT
    name = entry.request.get("body", {}).get("name") or names.participant_names.get(
        entry.participant_id or 0, ""
    )
    text = RESTORED_TEXT if "undone" in entry.request else texts[event.action]
    return str(text) % {
        "name": name,
        "id": entry.request.get("public_meeting_id", ""),
        "number": entry.request.get("number", ""),
    }


def _describe_audit_event(event: AuditEventLike, names: NameLookup) -> str:
    targets_other = event.target_username is not None and event.target_username != event.actor
    texts = (
        AUDIT_ACTION_ON_OTHER_TEXT
        if targets_other and event.action in AUDIT_ACTION_ON_OTHER_TEXT
        else AUDIT_ACTION_TEXT
    )
    detail = event.detail or {}
    if event.action in DEEDS_TO_SEVERAL and "name" not in detail:
        texts = DEEDS_TO_SEVERAL
    template = EXPORT_TEXT.get(detail.get("what", "")) or texts.get(event.action, event.action)
    return str(template) % {
        "subject": names.actor_name(event.target_username),
        "role": ROLE_LABELS.get(detail.get("role", ""), ""),
        "before": ROLE_LABELS.get(detail.get("before", ""), ""),
        "name": detail.get("name", ""),
        "number": detail.get("number", ""),
    }
