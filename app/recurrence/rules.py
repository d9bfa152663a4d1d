"""The rules of a series, and the local dates that they give (RFC 5545, by `dateutil.rrule`)."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import islice
from typing import Any

from dateutil import rrule

MAX_DATES = 100
MAX_INTERVAL = 99
LAST_WEEK = -1
# The last year whose days have a UTC time in every zone.
LAST_DAY = date(9998, 12, 31)
WORKING_DAYS = frozenset(range(calendar.MONDAY, calendar.SATURDAY))


class TooManyDates(Exception):
    """The rule gives more than `MAX_DATES` dates."""


class Frequency(StrEnum):
    """How a series repeats."""

    DAILY = "daily"
    WORKING_DAYS = "working_days"
    WEEKLY = "weekly"
    MONTHLY_BY_DAY = "monthly_by_day"
    MONTHLY_BY_WEEKDAY = "monthly_by_weekday"


@dataclass(frozen=True)
class Rule:
    """A recurrence rule in local dates. It ends after `count` dates, or on `until`, inclusive.

    `interval` counts days, weeks (from Monday) or months from that of `start`; working days ignore it.
    `weekdays` are those of WEEKLY, and the one of MONTHLY_BY_WEEKDAY: 0 is Monday. `month_day` is that of
    MONTHLY_BY_DAY; a month without it is skipped. `week` is which of its weekdays in a month: 1 to 5, or -1 for
    the last.
    """

    frequency: Frequency
    start: date
    interval: int = 1
    weekdays: frozenset[int] = frozenset()
    month_day: int = 1
    week: int = 1
    count: int | None = None
    until: date | None = None


def expand(rule: Rule) -> list[date]:
    """The dates of a rule, in order; `start` is one only if the rule names it.

    Raises:
        TooManyDates: there are more than `MAX_DATES`.
    """
    end = min(rule.until or LAST_DAY, LAST_DAY)
    moments: Iterator[datetime] = iter(
        rrule.rrule(
            dtstart=datetime.combine(rule.start, time()),
            until=datetime.combine(end, time()),
            wkst=rrule.MO,
            **_rrule_arguments(rule),
        )
    )
    dates = [moment.date() for moment in islice(moments, min(rule.count or MAX_DATES + 1, MAX_DATES + 1))]
    if len(dates) > MAX_DATES:
        raise TooManyDates
    return dates


def skipped_months(rule: Rule, dates: list[date]) -> list[date]:
    """The first days of the months that a rule by day of the month skips, since they are too short.

    Args:
        rule: the rule.
        dates: what `expand` gave for it.
    """
    if rule.frequency != Frequency.MONTHLY_BY_DAY or not dates:
        return []
    last = rule.until or dates[-1]
    first_number, last_number = (day.year * 12 + day.month - 1 for day in (rule.start, last))
    months = [
        date(number // 12, number % 12 + 1, 1) for number in range(first_number, last_number, rule.interval)
    ]
    return [month for month in months if calendar.monthrange(month.year, month.month)[1] < rule.month_day]


def _rrule_arguments(rule: Rule) -> dict[str, Any]:
    weekdays = sorted(rule.weekdays)
    match rule.frequency:
        case Frequency.DAILY:
            return {"freq": rrule.DAILY, "interval": rule.interval}
        case Frequency.WORKING_DAYS:
            return {"freq": rrule.WEEKLY, "byweekday": sorted(WORKING_DAYS)}
        case Frequency.WEEKLY:
            return {"freq": rrule.WEEKLY, "interval": rule.interval, "byweekday": weekdays}
        case Frequency.MONTHLY_BY_DAY:
            return {"freq": rrule.MONTHLY, "interval": rule.interval, "bymonthday": rule.month_day}
        case Frequency.MONTHLY_BY_WEEKDAY:
            ordinals = [rrule.weekday(day, rule.week) for day in weekdays]
            return {"freq": rrule.MONTHLY, "interval": rule.interval, "byweekday": ordinals}
