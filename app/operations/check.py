"""One thing that can be well or not, in plain sentences of the reader's language."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l

from app.fittings import settings
from app.meetings.when import moment
from app.site import language


class State(StrEnum):
    """How a thing stands; only a problem makes the command fail."""

    OK = "ok"
    ATTENTION = "attention"
    PROBLEM = "problem"
    NOT_ASKED = "not_asked"


STATES = {
    State.OK: _l("OK"),
    State.ATTENTION: _l("Attention"),
    State.PROBLEM: _l("Problem"),
    State.NOT_ASKED: _l("Not asked"),
}


@dataclass(frozen=True)
class Check:
    """A thing, how it stands, and what to do about it.

    `key` names it for programs; `words` is one sentence, and `advice` says what to do where something is to be done.
    """

    key: str
    title: str
    state: State
    words: str
    advice: str = ""

    @property
    def state_words(self) -> str:
        """How it stands, in a word."""
        return str(STATES[self.state])


def clock(instant: datetime) -> str:
    """An instant as the list of meetings shows it, in the installation's time zone."""
    return moment(instant, settings().time_zone, language.current()).short


def number(value: float) -> str:
    """A number with one decimal, as the reader writes it."""
    return str(format_decimal(value, "#,##0.0"))
