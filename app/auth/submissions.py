"""Builds a Submission of the current request: idempotency key, actor, IP address, content digest."""

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from flask import request

from app.auth.current_user import current_actor
from app.journal import Submission
from app.utils.text import normalize_text
from app.web import language_switch
from app.web.submissions import MAX_SUBMISSION_ID_LENGTH


def build_submission(submission_id: str | None, values: Mapping[str, object]) -> Submission:
    """The submission with this idempotency key, by the current user.

    Args:
        submission_id: the form's idempotency key; None: not idempotent.
        values: the content of the form, JSON-serializable; the path is added.
    """
    language_switch.refuse_to_carry_out()
    actor = current_actor()
    content = json.dumps([request.path, values], sort_keys=True, default=str)
    digest = sha256(content.encode(errors="surrogatepass")).hexdigest()
    return Submission(actor.name or "", submission_id, actor.ip_address, digest)


def submission_from_form(form: Mapping[str, str], **values: object) -> Submission:
    """The submission of a form that has only buttons; a missing or invalid id counts as none."""
    submission_id = normalize_text(form.get("submission_id", ""))
    is_valid = submission_id.isprintable() and 0 < len(submission_id) <= MAX_SUBMISSION_ID_LENGTH
    return build_submission(submission_id if is_valid else None, values)


def submission_for_button(submission: Submission, button: str) -> Submission:
    """A form resubmitted with another button: derive a separate idempotency key from its id."""
    return replace(submission, id=f"{submission.id}:{button}")
