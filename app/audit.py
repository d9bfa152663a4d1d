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

    `name` is a user name, or a fixed word where authentication is off; None: unknown. `ip_address`: of the
    IP address; None: the action was done on the machine itself.
    """

    name: str | None
    ip_address: str | None = None


def record_event(
    session: Session,
    action: AuditAction,
    actor: Actor,
    *,
    target_username: str | None = None,
    meeting_id: int | None = None,
    detail: Mapping[str, str | int] | None = None,
) -> None:
    """Add an audit event, in the same transaction as the action.

    Args:
        session: the transaction of the action.
        action: what was done.
        actor: whose doing it is.
        target_username: the user name of whom it was done to.
        meeting_id: our id of the meeting, if the action concerns one.
        detail: further facts; never a secret.
    """
    session.add(
        AuditEvent(
            action=action.value,
            actor=actor.name,
            ip_address=actor.ip_address,
            target_username=target_username,
            meeting_id=meeting_id,
            detail=dict(detail) if detail else None,
        )
    )
