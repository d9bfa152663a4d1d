"""The result of one health check, in the user's language."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l

from app.extensions import get_settings
from app.utils.localized_time import localize
from app.web import i18n


class CheckState(StrEnum):
    """Result of a check; only PROBLEM makes `doctor` exit with 1."""

    OK = "ok"
    ATTENTION = "attention"
    PROBLEM = "problem"
    SKIPPED = "not_asked"
    INFO = "info"


STATE_LABELS = {
    CheckState.OK: _l("OK"),
    CheckState.ATTENTION: _l("Attention"),
    CheckState.PROBLEM: _l("Problem"),
    CheckState.SKIPPED: _l("Not tested"),
    CheckState.INFO: _l("For your information"),
}


@dataclass(frozen=True)
class Check:
    """A check, its state, and advice.

    `key` names it for programs; `words` is one sentence, and `advice` says what to do where something is to
    be done.
    """

    key: str
    title: str
    state: CheckState
    words: str
    advice: str = ""

    @property
    def state_label(self) -> str:
        """The state's label."""
        return str(STATE_LABELS[self.state])


def format_time(instant: datetime) -> str:
    """An instant as the list of meetings shows it, in the installation's time zone."""
    return localize(instant, get_settings().time_zone, i18n.get_locale()).short


def format_number(value: float) -> str:
    """A number with one decimal, as the reader writes it."""
    return str(format_decimal(value, "#,##0.0"))
