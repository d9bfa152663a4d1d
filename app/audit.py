"""The audit's one door: what people did beside the journal, written down for good.

What goes through the journal needs no call: a trigger of the database audits each entry as it is written (see migration 0003).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.models import AuditEvent, Deed


@dataclass(frozen=True)
class By:
    """Who did something, and from where.

    `actor` is a user name or a word for who acts where nobody signs in; None: nobody who is known. `address` is the network
    address it came from; None: it was done on the machine itself.
    """

    actor: str | None
    address: str | None = None


def record(  # noqa: PLR0913
    session: Session,
    deed: Deed,
    by: By,
    *,
    subject: str | None = None,
    meeting_id: int | None = None,
    participant_id: int | None = None,
    detail: Mapping[str, str | int] | None = None,
) -> None:
    """Write down a deed, in the transaction of what it is about.

    Args:
        session: of that transaction.
        deed: what was done.
        by: whose doing it is.
        subject: the user name of whom it was done to.
        meeting_id: ours, if it is about one.
        participant_id: ours, if it is about one of its participants.
        detail: what else is worth knowing; never a secret.
    """
    session.add(
        AuditEvent(
            action=deed.value,
            actor=by.actor,
            address=by.address,
            subject=subject,
            meeting_id=meeting_id,
            participant_id=participant_id,
            detail=dict(detail) if detail else None,
        )
    )
