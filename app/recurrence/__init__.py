"""Recurrence rules of RFC 5545: from a rule to local dates, and from local dates to UTC times; no database."""

from app.recurrence.occurrences import Choice, Occurrence, resolve_occurrence
from app.recurrence.rules import (
    LAST_DAY,
    MAX_DATES,
    MAX_INTERVAL,
    Frequency,
    Rule,
    TooManyDates,
    expand,
    skipped_months,
)

__all__ = [
    "LAST_DAY",
    "MAX_DATES",
    "MAX_INTERVAL",
    "Choice",
    "Frequency",
    "Occurrence",
    "Rule",
    "TooManyDates",
    "expand",
    "resolve_occurrence",
    "skipped_months",
]
