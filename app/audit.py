"""Write audit events for actions that have no journal entry.

A database trigger audits every journal entry when it is inserted (see migration 0003).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.models import AuditAction, AuditEvent


@dataclass(frozen=True)
class Actor:
    """The account that did something, and its IP address.

    `name` is a user name, or a fixed word where authentication is off; None: unknown. `ip_address`: None
    for an action on the machine itself.
    """

    name: str | None
    ip_address: str | None = None


def record_event(  # noqa: PLR0913
    session: Session,
    action: AuditAction,
    actor: Actor,
    *,
    target_username: str | None = None,
    meeting_id: int | None = None,
    participant_id: int | None = None,
    detail: Mapping[str, str | int] | None = None,
) -> None:
    """Add an audit event, in the same transaction as the action.

    Args:
        session: the transaction of the action.
        action: what was done.
        actor: the account that acts.
        target_username: the user name of the account that the action changes.
        meeting_id: our id of the meeting, if the action concerns one.
        participant_id: ours, if it is about one of its participants.
        detail: further facts; never a secret.
    """
    session.add(
        AuditEvent(
            action=action.value,
            actor=actor.name,
            ip_address=actor.ip_address,
            target_username=target_username,
            meeting_id=meeting_id,
            participant_id=participant_id,
            detail=dict(detail) if detail else None,
        )
    )
