"""The form that repeats a meeting: another date, or a series."""

import re
from datetime import UTC, date, datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.meetings.forms import MIN_YEAR, parse_date, parse_time
from app.models import Meeting
from app.recurrence import (
    LAST_DAY,
    MAX_DATES,
    MAX_INTERVAL,
    Frequency,
    Rule,
    TooManyDates,
    expand,
    skipped_months,
)
from app.series.plan import RepeatRequest
from app.utils import timezones
from app.utils.localized_time import get_day_names
from app.web import i18n
from app.web.forms import CleanStringField, IdempotentForm, Validators

# In the form, `date` is a field.
Day = date
ONCE = "once"
BY_COUNT, BY_DATE = "count", "until"
SAME, NOBODY = "same", "none"
WITH_INTERVAL = frozenset(Frequency) - {Frequency.WORKING_DAYS}
MAX_MONTH_DAY = 31
WEEKS = (
    ("1", _l("the first")),
    ("2", _l("the second")),
    ("3", _l("the third")),
    ("4", _l("the fourth")),
    ("-1", _l("the last")),
)


class RepeatForm(IdempotentForm):
    """A rule, and who comes. Times are in the meeting's own zone.

    `dates` and `skipped` are set by `check_all`; only a valid form has them.
    """

    frequency = RadioField(_l("How often"), validate_choice=False)
    date = CleanStringField(_l("First date"))
    time = CleanStringField(_l("Time"))
    interval = CleanStringField(_l("Every how many days, weeks or months"))
    weekdays = SelectMultipleField(
        _l("On these days of the week"),
        validate_choice=False,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    month_day = CleanStringField(_l("Day of the month"))
    week = SelectField(_l("Which week"), validate_choice=False)
    weekday = SelectField(_l("Day of the week"), validate_choice=False)
    end = RadioField(_l("Until when"), validate_choice=False)
    count = CleanStringField(_l("How many dates"))
    until = CleanStringField(_l("Last date"))
    people = RadioField(_l("People"), validate_choice=False)

    dates: list[Day]
    skipped: list[Day]

    def populate_choices(self) -> None:
        """Set the choices of all fields, in the language of the page."""
        self.dates, self.skipped = [], []
        names = get_day_names(i18n.get_locale())
        days = [(str(number), names[number]) for number in range(7)]
        self.frequency.choices = [
            (ONCE, _("Once, on another date")),
            (Frequency.DAILY.value, _("Every day, or every few days")),
            (Frequency.WORKING_DAYS.value, _("Every working day, Monday to Friday")),
            (Frequency.WEEKLY.value, _("Every week, or every few weeks")),
            (Frequency.MONTHLY_BY_DAY.value, _("Every month, on a day of the month")),
            (Frequency.MONTHLY_BY_WEEKDAY.value, _("Every month, on a day of the week")),
        ]
        self.weekdays.choices = self.weekday.choices = days
        self.week.choices = list(WEEKS)
        self.end.choices = [(BY_COUNT, _("After a number of dates")), (BY_DATE, _("On a date"))]
        self.people.choices = [(SAME, _("The same people")), (NOBODY, _("Nobody yet"))]

    def populate_from(self, meeting: Meeting) -> None:
        """Propose a week after the meeting, or the next such day of the week if that is over."""
        local = timezones.to_local_time(meeting.starts_at, meeting.time_zone)
        today = timezones.to_local_time(datetime.now(UTC), meeting.time_zone).date()
        weeks = max(1, -((local.date() - today).days // 7))
        day = min(local.date(), LAST_DAY - timedelta(weeks=weeks)) + timedelta(weeks=weeks)
        week = min((day.day - 1) // 7 + 1, 5)
        self.frequency.data, self.end.data, self.people.data = ONCE, BY_COUNT, SAME
        self.date.data, self.time.data = day.isoformat(), local.strftime("%H:%M")
        self.interval.data, self.month_day.data = "1", str(day.day)
        self.weekdays.data, self.weekday.data = [str(day.weekday())], str(day.weekday())
        self.week.data = "-1" if week == 5 else str(week)

    def check_all(self, extra_validators: Validators | None = None) -> bool:
        """Check the fields that the frequency uses, and then the dates that they give."""
        self.dates, self.skipped = [], []
        fields_are_right = super().check_all(extra_validators)
        return fields_are_right and self._find_dates()

    def to_request(self) -> RepeatRequest:
        """What was asked for; only for a valid form."""
        hour = parse_time(self.time.data or "")
        if hour is None:
            raise ValueError("the form was not validated")
        return RepeatRequest(self.dates, hour, self.is_series, self.people.data == SAME)

    @property
    def is_series(self) -> bool:
        """Whether a rule gives the dates."""
        return bool(self.frequency.data != ONCE)

    def validate_frequency(self, field: RadioField) -> None:
        """One of those that the page offers."""
        _require_choice(field)

    def validate_people(self, field: RadioField) -> None:
        """One of those that the page offers."""
        _require_choice(field)

    def validate_end(self, field: RadioField) -> None:
        """One of those that the page offers, in a series."""
        if self.is_series:
            _require_choice(field)

    def validate_date(self, field: CleanStringField) -> None:
        """A day of the calendar."""
        _require_date(field, _("Choose the date"))

    def validate_time(self, field: CleanStringField) -> None:
        """A time of the day."""
        if parse_time(field.data or "") is None:
            raise ValidationError(_("Choose the time"))

    def validate_interval(self, field: CleanStringField) -> None:
        """A small number, where it is used."""
        if self.frequency.data in WITH_INTERVAL and _number(field, MAX_INTERVAL) is None:
            raise ValidationError(_("Write a number from 1 to %(most)s", most=MAX_INTERVAL))

    def validate_weekdays(self, field: SelectMultipleField) -> None:
        """At least one day, of a week."""
        is_right = bool(field.data) and _values(field).issuperset(field.data or ())
        if self.frequency.data == Frequency.WEEKLY and not is_right:
            raise ValidationError(_("Choose at least one day of the week"))

    def validate_month_day(self, field: CleanStringField) -> None:
        """A day that some month has."""
        if self.frequency.data == Frequency.MONTHLY_BY_DAY and _number(field, MAX_MONTH_DAY) is None:
            raise ValidationError(_("Write a day from 1 to 31"))

    def validate_week(self, field: SelectField) -> None:
        """One of those that the page offers."""
        if self.frequency.data == Frequency.MONTHLY_BY_WEEKDAY:
            _require_choice(field)

    def validate_weekday(self, field: SelectField) -> None:
        """One of those that the page offers."""
        if self.frequency.data == Frequency.MONTHLY_BY_WEEKDAY:
            _require_choice(field)

    def validate_count(self, field: CleanStringField) -> None:
        """How many dates: not more than one series may have."""
        if self.is_series and self.end.data == BY_COUNT and _number(field, MAX_DATES) is None:
            raise ValidationError(_("Write how many dates: from 1 to %(most)s", most=MAX_DATES))

    def validate_until(self, field: CleanStringField) -> None:
        """A day of the calendar, not before the first."""
        if self.is_series and self.end.data == BY_DATE:
            until, first = _require_date(field, _("Choose the last date")), parse_date(self.date.data or "")
            if first is not None and until < first:
                raise ValidationError(_("The last date is before the first one"))

    def _find_dates(self) -> bool:
        first = parse_date(self.date.data or "") or LAST_DAY
        if not self.is_series:
            self.dates = [first]
            return True
        rule, end = self._build_rule(first), self.until if self.end.data == BY_DATE else self.count
        try:
            self.dates = expand(rule)
        except TooManyDates:
            message = _("That is more than %(most)s dates: choose an earlier last date", most=MAX_DATES)
            end.errors = [*end.errors, message]
            return False
        if not self.dates:
            message = _("No date fits: check the days and the last date")
            end.errors = [*end.errors, message]
        self.skipped = skipped_months(rule, self.dates)
        return bool(self.dates)

    def _build_rule(self, first: Day) -> Rule:
        frequency, by_date = Frequency(self.frequency.data), self.end.data == BY_DATE
        # Fields that the frequency does not use are not checked.
        days = {Frequency.WEEKLY: self.weekdays.data, Frequency.MONTHLY_BY_WEEKDAY: [self.weekday.data]}
        is_by_week = frequency == Frequency.MONTHLY_BY_WEEKDAY
        return Rule(
            frequency,
            first,
            interval=_number(self.interval, MAX_INTERVAL) or 1,
            weekdays=frozenset(map(int, days.get(frequency) or ())),
            month_day=_number(self.month_day, MAX_MONTH_DAY) or 1,
            week=int(self.week.data) if is_by_week else 1,
            count=None if by_date else _number(self.count, MAX_DATES),
            until=parse_date(self.until.data or "") if by_date else None,
        )


def _number(field: CleanStringField, most: int) -> int | None:
    text = field.data or ""
    number = int(text) if re.fullmatch(r"[0-9]{1,3}", text) else 0
    return number if 1 <= number <= most else None


def _values(field: RadioField | SelectField | SelectMultipleField) -> set[str]:
    return {str(choice[0]) for choice in field.choices or ()}


def _require_choice(field: RadioField | SelectField) -> None:
    if field.data not in _values(field):
        raise ValidationError(_("Choose one of the options"))


def _require_date(field: CleanStringField, missing_message: str) -> date:
    day = parse_date(field.data or "")
    if day is None:
        raise ValidationError(missing_message)
    if not MIN_YEAR <= day.year <= LAST_DAY.year:
        raise ValidationError(_("That date is not possible: check the year"))
    return day
