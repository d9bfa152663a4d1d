"""Who submits what: the id that makes one rendering of a form one intent, and who acts."""

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from uuid import uuid4

from flask import request

from app.identity.reader import by
from app.journal import Submission
from app.site import language_switch
from app.text import clean

LONGEST_ID = 64


def new_submission_id() -> str:
    """What makes one rendering of a form one intent; see `app.journal`."""
    return uuid4().hex


def submission_with(submission_id: str | None, asked: Mapping[str, object]) -> Submission:
    """The submission of a form with this id, by whoever is in front of the page.

    Args:
        submission_id: the form's; None makes every submission an intent of its own.
        asked: all that the form asks, beside its address, as values that JSON can hold.
    """
    language_switch.refuse_to_carry_out()
    who = by()
    content = json.dumps([request.path, asked], sort_keys=True, default=str)
    digest = sha256(content.encode(errors="surrogatepass")).hexdigest()
    return Submission(who.actor or "", submission_id, who.address, digest)


def submission_from(form: Mapping[str, str], **asked: object) -> Submission:
    """The submission of a form of buttons, where an id that is missing or odd counts as none."""
    given = clean(form.get("submission_id", ""))
    usable = given.isprintable() and 0 < len(given) <= LONGEST_ID
    return submission_with(given if usable else None, asked)


def with_other_button(submission: Submission, button: str) -> Submission:
    """The submission of a form that was sent before with another button: an intent of its own, done at most once."""
    return replace(submission, id=f"{submission.id}:{button}")
