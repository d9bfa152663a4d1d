"""Idempotent write transactions: one submitted form is carried out at most once.

`submission_id` is the idempotency key of a form; a unique constraint holds it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import db, write_transaction
from app.models import JournalEntry

# The key in `JournalEntry.request` that holds the digest of the form's content.
REQUEST_DIGEST_KEY = "asked"


@dataclass(frozen=True)
class Submission:
    """A submitted form: actor, idempotency key (None: no form), IP address, and a digest of its content."""

    actor: str
    id: str | None
    ip_address: str | None = None
    request_digest: str = ""


class DuplicateSubmission(Exception):
    """The form was already submitted: `entry` is its journal entry, `is_same_request`: equal content."""

    def __init__(self, entry: JournalEntry, *, is_same_request: bool) -> None:
        super().__init__("the form was already submitted")
        self.entry = entry
        self.is_same_request = is_same_request


@contextmanager
def submission_transaction(submission: Submission) -> Iterator[Session]:
    """An idempotent write transaction for one submitted form.

    Raises:
        DuplicateSubmission: the form was already submitted, whatever its outcome; nothing is written.
    """
    try:
        with write_transaction() as session:
            _raise_if_duplicate(session, submission)
            yield session
    except DuplicateSubmission:
        raise
    except Exception:
        # The failure may be a unique violation caused by a concurrent duplicate of this form: then report
        # that.
        with Session(db.engine) as session:
            _raise_if_duplicate(session, submission)
        raise


def _raise_if_duplicate(session: Session, submission: Submission) -> None:
    if submission.id is None:
        return
    entry = session.scalar(select(JournalEntry).where(JournalEntry.submission_id == submission.id))
    if entry is not None:
        # Entries of earlier releases have no digest: treat them as a different request.
        raise DuplicateSubmission(
            entry, is_same_request=entry.request.get(REQUEST_DIGEST_KEY) == submission.request_digest
        )
