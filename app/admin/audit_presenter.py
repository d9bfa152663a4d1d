"""Audit presenter: filter choices, and events as page rows and CSV rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Row
from wtforms import SelectChoice  # type: ignore[attr-defined]

from app.auth.accounts import get_display_names
from app.models import Action, AuditAction
from app.utils.localized_time import LocalizedDateTime, localize
from app.utils.outcome import Outcome
from app.utils.text import escape_csv_formula
from app.web.activity_text import ACTOR_LABELS, OUTCOME_LABELS, NameLookup, describe_event

ACTION_LABELS: dict[LazyString, dict[str, LazyString]] = {
    _l("Meetings"): {
        Action.CREATE_MEETING: _l("Create meeting"),
        Action.ADOPT_MEETING: _l("Add an existing meeting"),
        Action.MEETING_EXISTS: _l("Give a meeting's ID"),
        Action.CANCEL_MEETING: _l("Cancel meeting"),
        Action.KEEP_MEETING: _l("Decide not to cancel"),
        Action.DISCARD_MEETING: _l("Discard meeting"),
        AuditAction.COPIED_LINKS: _l("Copy names and links"),
        AuditAction.HANDED_OVER: _l("Hand over a link"),
        AuditAction.HAND_OVER_UNDONE: _l("Undo a hand-over"),
        AuditAction.CANCELLATION_TOLD: _l("Tell of a cancellation"),
        AuditAction.CANCELLATION_UNTOLD: _l("Undo telling of a cancellation"),
        AuditAction.MESSAGE_CHANGED: _l("Change message"),
        AuditAction.TEMPLATES_CHANGED: _l("Change message templates"),
    },
    _l("People"): {
        Action.ADD_PARTICIPANT: _l("Add person"),
        Action.SEND_LATER: _l("Queue a person"),
        Action.INVITATION_RECEIVED: _l("Say that a person has the invitation"),
        Action.DISCARD_PARTICIPANT: _l("Discard person"),
        Action.REVEAL_TOKEN: _l("Show host key"),
        AuditAction.PERSON_ERASED: _l("Erase a person's data"),
    },
    _l("Groups"): {
        AuditAction.GROUP_CREATED: _l("Create group"),
        AuditAction.GROUP_CHANGED: _l("Change group"),
        AuditAction.GROUP_DELETED: _l("Delete group"),
    },
    _l("Batches of meetings"): {
        Action.QUEUE_MEETINGS: _l("Queue meeting"),
        Action.MOVE_MEETING: _l("Move meeting"),
        Action.PAUSE_BATCH: _l("Pause batch"),
        Action.RESUME_BATCH: _l("Resume batch"),
        Action.STOP_BATCH: _l("Stop batch"),
    },
    _l("Lists of people"): {
        Action.IMPORT_PARTICIPANTS: _l("Send list"),
        Action.PAUSE_IMPORT: _l("Pause list"),
        Action.RESUME_IMPORT: _l("Resume list"),
        Action.STOP_IMPORT: _l("Stop list"),
    },
    _l("Sessions"): {
        AuditAction.SIGNED_IN: _l("Sign in"),
        AuditAction.SIGN_IN_FAILED: _l("Failed sign-in"),
        AuditAction.SIGN_IN_REFUSED: _l("Too many sign-in attempts"),
        AuditAction.SIGNED_OUT: _l("Sign out"),
        AuditAction.SIGNED_OUT_EVERYWHERE: _l("Sign out everywhere"),
        AuditAction.PASSWORD_CHANGED: _l("Change password"),
    },
    _l("Accounts"): {
        AuditAction.ACCOUNT_ADDED: _l("Create account"),
        AuditAction.ROLE_CHANGED: _l("Change role"),
        AuditAction.PASSWORD_RESET: _l("Give a temporary password"),
        AuditAction.ACCOUNT_DISABLED: _l("Disable account"),
        AuditAction.ACCOUNT_ENABLED: _l("Enable account"),
    },
    _l("Data"): {
        AuditAction.EXPORTED: _l("Export data"),
        AuditAction.RESTORED: _l("Restore a backup"),
    },
}
"""Labels of the actions that can be filtered, by group."""


@dataclass(frozen=True)
class AuditEventView:
    """An event as a page shows it.

    `who` is empty for an unknown actor; `actor` is the user name if it differs from the display name.
    `reason`: why it failed, as a label.
    """

    id: int
    occurred_at: LocalizedDateTime
    actor_name: str
    actor_username: str
    ip_address: str
    text: str
    outcome: Outcome | None
    outcome_label: str
    reason: str
    meeting_id: int | None
    title: str


def action_choices() -> list[SelectChoice]:
    """The options of a form's field, the first of which is all of them."""
    choices = [
        SelectChoice(action, label, optgroup=str(group))
        for group, kinds in ACTION_LABELS.items()
        for action, label in kinds.items()
    ]
    return [SelectChoice("", _("Everything")), *choices]


def present_events(rows: Sequence[Row[Any]], time_zone: str, language: str) -> list[AuditEventView]:
    """Events as a page shows them."""
    account_names = _get_account_names(rows)
    return [_present_event(row, account_names, time_zone, language) for row in rows]


def to_csv_rows(
    rows: Iterable[Row[Any]], account_names: Mapping[str, str], time_zone: str, language: str
) -> Iterator[list[str]]:
    """CSV rows after a header row; cells are escaped against CSV (formula) injection.

    Args:
        rows: of `audit_queries.export`.
        account_names: display names, by user name.
        time_zone: the zone of the displayed times.
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
        yield [
            escape_csv_formula(cell)
            for cell in _csv_row(row, _present_event(row, account_names, time_zone, language))
        ]


def _csv_row(row: Row[Any], event: AuditEventView) -> list[str]:
    local_time = f"{event.occurred_at.clock:%Y-%m-%d %H:%M:%S}"
    outcome = str(OUTCOME_LABELS[row.outcome]) if row.entry_id is not None else ""
    return [
        *(
            event.occurred_at.iso,
            local_time,
            event.actor_name,
            row.actor or "",
            event.ip_address,
            event.text,
            row.action,
        ),
        *(row.target_username or "", outcome, str(row.meeting_id or ""), event.title),
    ]


def _get_account_names(rows: Sequence[Row[Any]]) -> dict[str, str]:
    """Display names of the accounts in these rows, by user name."""
    usernames = {name for row in rows for name in (row.actor, row.target_username) if name is not None}
    return get_display_names(usernames - ACTOR_LABELS.keys())


def _present_event(
    row: Row[Any], account_names: Mapping[str, str], time_zone: str, language: str
) -> AuditEventView:
    labelled_names = {username: f"{name} ({username})" for username, name in account_names.items()}
    participant_names = {row.participant_id: row.name} if row.participant_id else {}
    entry = row if row.entry_id is not None else None
    ending = row.outcome if entry else Outcome.DONE
    actor_name = NameLookup({}, account_names).actor_name(row.actor)
    return AuditEventView(
        id=row.id,
        occurred_at=localize(row.created_at, time_zone, language),
        actor_name=actor_name,
        actor_username=row.actor if row.actor in account_names else "",
        ip_address=row.ip_address or "",
        text=describe_event(row, entry, NameLookup(participant_names, labelled_names)),
        outcome=ending,
        outcome_label="" if ending == Outcome.DONE else str(OUTCOME_LABELS[ending]),
        reason=str((row.detail or {}).get("reason", "")),
        meeting_id=row.meeting_id,
        title=row.title or "",
    )
