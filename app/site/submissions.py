"""Who submits what: the id that makes one rendering of a form one intent, and who acts."""

from collections.abc import Mapping
from uuid import uuid4

from app.fittings import settings
from app.journal import Submission
from app.text import clean

LONGEST_ID = 64


def new_submission_id() -> str:
    """What makes one rendering of a form one intent; see `app.journal`."""
    return uuid4().hex


def submission_from(form: Mapping[str, str]) -> Submission:
    """The submission of a form of buttons, where an id that is missing or odd counts as none."""
    given = clean(form.get("submission_id", ""))
    usable = given.isprintable() and 0 < len(given) <= LONGEST_ID
    return Submission(actor(), given if usable else None)


def actor() -> str:
    """Who acts: nobody signs in yet, so a word for the installation, which pages translate."""
    return "sandbox" if settings().sandbox else "anonymous"
