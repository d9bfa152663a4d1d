"""Rules to local dates: against an enumeration day by day, written from the text of RFC 5545."""

import calendar
import time as stopwatch
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.recurrence import MAX_DATES, MAX_INTERVAL, Frequency, Rule, TooManyDates, expand, skipped_months

HORIZON = timedelta(days=5000)


def names(rule: Rule, day: date) -> bool:
    """Whether a rule names a day, by RFC 5545, 3.3.10 and the week start MO."""
    months = (day.year - rule.start.year) * 12 + day.month - rule.start.month
    monday, first_monday = (one - timedelta(days=one.weekday()) for one in (day, rule.start))
    match rule.frequency:
        case Frequency.DAILY:
            return (day - rule.start).days % rule.interval == 0
        case Frequency.WORKING_DAYS:
            return day.weekday() < 5
        case Frequency.WEEKLY:
            weeks = (monday - first_monday).days // 7
            return day.weekday() in rule.weekdays and weeks % rule.interval == 0
        case Frequency.MONTHLY_BY_DAY:
            return day.day == rule.month_day and months % rule.interval == 0
        case Frequency.MONTHLY_BY_WEEKDAY:
            from_end = (calendar.monthrange(day.year, day.month)[1] - day.day) // 7
            is_week = from_end == 0 if rule.week == -1 else (day.day - 1) // 7 + 1 == rule.week
            return day.weekday() in rule.weekdays and is_week and months % rule.interval == 0


def enumerate_days(rule: Rule) -> list[date]:
    """The dates of a rule up to the horizon, one day after another."""
    found = []
    day = rule.start
    while day <= min(rule.until or date.max, rule.start + HORIZON):
        if len(found) == rule.count:
            break
        if names(rule, day):
            found.append(day)
        day += timedelta(days=1)
    return found


rules = st.builds(
    Rule,
    frequency=st.sampled_from(Frequency),
    start=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    interval=st.integers(1, 6),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    month_day=st.integers(1, 31),
    week=st.sampled_from([1, 2, 3, 4, 5, -1]),
    count=st.integers(1, MAX_DATES),
)


@given(rules)
def test_dates_by_count_are_those_of_the_enumeration(rule: Rule) -> None:
    end = rule.start + HORIZON
    found = [day for day in expand(rule) if day <= end]
    assert found == enumerate_days(rule)


@given(rules, st.integers(0, 700))
def test_dates_until_a_day_are_those_of_the_enumeration(rule: Rule, days: int) -> None:
    bounded = Rule(**vars(rule) | {"count": None, "until": rule.start + timedelta(days=days)})
    expected = enumerate_days(bounded)
    if len(expected) > MAX_DATES:
        with pytest.raises(TooManyDates):
            expand(bounded)
    else:
        assert expand(bounded) == expected


@given(rules)
def test_skipped_months_are_those_without_the_day(rule: Rule) -> None:
    dates = expand(rule)
    skipped = skipped_months(rule, dates)
    if rule.frequency != Frequency.MONTHLY_BY_DAY:
        assert skipped == []
        return
    months = {(day.year, day.month) for day in dates}
    for month in skipped:
        assert calendar.monthrange(month.year, month.month)[1] < rule.month_day
        assert (month.year, month.month) not in months
        assert month <= dates[-1]
    assert skipped or rule.month_day < 31 or len(months) < 3 or rule.interval > 1


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        (
            Rule(Frequency.MONTHLY_BY_DAY, date(2027, 1, 31), month_day=31, count=3),
            ["2027-01-31", "2027-03-31", "2027-05-31"],
        ),
        (
            Rule(Frequency.MONTHLY_BY_WEEKDAY, date(2027, 1, 1), weekdays=frozenset({1}), week=2, count=3),
            ["2027-01-12", "2027-02-09", "2027-03-09"],
        ),
        (
            Rule(Frequency.MONTHLY_BY_WEEKDAY, date(2027, 1, 1), weekdays=frozenset({4}), week=-1, count=3),
            ["2027-01-29", "2027-02-26", "2027-03-26"],
        ),
        (
            Rule(Frequency.WORKING_DAYS, date(2027, 1, 1), until=date(2027, 1, 5)),
            ["2027-01-01", "2027-01-04", "2027-01-05"],
        ),
        (
            Rule(Frequency.WEEKLY, date(2027, 1, 6), interval=2, weekdays=frozenset({0, 2}), count=4),
            ["2027-01-06", "2027-01-18", "2027-01-20", "2027-02-01"],
        ),
    ],
)
def test_dates_of_known_rules(rule: Rule, dates: list[str]) -> None:
    assert [day.isoformat() for day in expand(rule)] == dates


def test_a_thirty_first_names_the_short_months() -> None:
    rule = Rule(Frequency.MONTHLY_BY_DAY, date(2027, 1, 31), month_day=31, count=4)
    assert [month.isoformat() for month in skipped_months(rule, expand(rule))] == [
        "2027-02-01",
        "2027-04-01",
        "2027-06-01",
    ]


def test_a_hundred_dates_are_allowed_and_one_more_is_not() -> None:
    start = date(2027, 1, 1)
    assert len(expand(Rule(Frequency.DAILY, start, until=start + timedelta(days=MAX_DATES - 1)))) == MAX_DATES
    with pytest.raises(TooManyDates):
        expand(Rule(Frequency.DAILY, start, until=start + timedelta(days=MAX_DATES)))


def test_a_rule_that_never_happens_ends_soon() -> None:
    begun = stopwatch.perf_counter()
    rule = Rule(Frequency.MONTHLY_BY_DAY, date(2027, 2, 1), interval=12, month_day=30, count=100)
    assert expand(rule) == []
    assert stopwatch.perf_counter() - begun < 2


def test_the_longest_rule_stays_in_the_calendar() -> None:
    rule = Rule(Frequency.MONTHLY_BY_DAY, date(9990, 1, 1), interval=MAX_INTERVAL, month_day=1, count=100)
    assert expand(rule)[-1] < date(9999, 1, 1)
