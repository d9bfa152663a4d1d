"""Idempotency keys of forms."""

from uuid import uuid4

MAX_SUBMISSION_ID_LENGTH = 64


def new_submission_id() -> str:
    """A new idempotency key for one rendering of a form; see `app.journal`."""
    return uuid4().hex
