"""Who submits what: the id that makes one rendering of a form one intent, and who acts."""

from collections.abc import Mapping
from uuid import uuid4

from app.identity.reader import by
from app.journal import Submission
from app.text import clean

LONGEST_ID = 64


def new_submission_id() -> str:
    """What makes one rendering of a form one intent; see `app.journal`."""
    return uuid4().hex


def submission_with(submission_id: str | None) -> Submission:
    """The submission of a form with this id, by whoever is in front of the page."""
    who = by()
    return Submission(who.actor or "", submission_id, who.address)


def submission_from(form: Mapping[str, str]) -> Submission:
    """The submission of a form of buttons, where an id that is missing or odd counts as none."""
    given = clean(form.get("submission_id", ""))
    usable = given.isprintable() and 0 < len(given) <= LONGEST_ID
    return submission_with(given if usable else None)
