"""The forms about a meeting: new, to correct, to take in."""

import re
from datetime import UTC, date, datetime, time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TextAreaField, ValidationError

from app.list_parser import UnreadableFile
from app.meetings.imports import presenters
from app.meetings.imports.inline import PastedLists
from app.meetings.service import MeetingInput
from app.models import Meeting, Role
from app.models.meeting import DEFAULT_DURATION_MINUTES, MAX_DURATION_MINUTES, MIN_DURATION_MINUTES
from app.utils import timezones
from app.utils.text import extract_meeting_id
from app.web import i18n
from app.web.forms import CleanStringField, IdempotentForm, Validators, text_length

MAX_TITLE_LENGTH = 200
MIN_YEAR = 2000  # an earlier one is a typing error, such as 0026


class MeetingForm(IdempotentForm):
    """The fields of a meeting. `ask_fold`: the local time is ambiguous, and the user must choose."""

    title = CleanStringField(
        _l("Title"),
        [
            text_length(
                MAX_TITLE_LENGTH,
                _l("Write a title"),
                _l("The title is too long: 200 characters at most"),
            )
        ],
    )
    date = CleanStringField(_l("Date"))
    time = CleanStringField(_l("Time"))
    time_zone = SelectField(_l("Time zone"), validate_choice=False)
    fold = RadioField(_l("Which of the two?"), validate_choice=False)
    duration = CleanStringField(_l("Duration (minutes)"))

    allow_past = False

    def populate_choices(self, default_zone: str) -> None:
        """Set the time zone choices, and on an empty form the default zone."""
        self.ask_fold = False
        self.starts_at: datetime | None = None
        if not self.is_submitted() and not self.time_zone.data:
            self.time_zone.data = default_zone
        if self.duration and not self.is_submitted() and not self.duration.data:
            self.duration.data = str(DEFAULT_DURATION_MINUTES)
        self.time_zone.choices = timezones.build_zone_choices(
            i18n.get_locale(), default_zone, self.time_zone.data or ""
        )

    def populate_from(self, meeting: Meeting) -> None:
        """Populate the fields from a meeting, in its own zone."""
        local = timezones.to_local_time(meeting.starts_at, meeting.time_zone)
        self.time_zone.data = meeting.time_zone
        self.date.data, self.time.data = local.strftime("%Y-%m-%d"), local.strftime("%H:%M")
        if self.title:
            self.title.data = meeting.title
        if self.duration:
            self.duration.data = str(meeting.duration_minutes)

    def check_all(self, extra_validators: Validators | None = None) -> bool:
        """Check every field, and then the instant that date, time and zone name together."""
        fields_are_right = super().check_all(extra_validators)
        return self._resolve_start() and fields_are_right

    def clear_errors(self) -> None:
        """As in every form; the question about the time stays if it has an answer."""
        super().clear_errors()
        self.ask_fold = self.ask_fold and bool(self.fold.data)

    def to_input(self) -> MeetingInput:
        """The validated input; only for a valid form."""
        if self.starts_at is None:
            raise ValueError("the form was not validated")
        duration = _minutes(self.duration.data or "") or DEFAULT_DURATION_MINUTES
        return MeetingInput(self.title.data or "", self.starts_at, self.time_zone.data, duration)

    def validate_time_zone(self, field: SelectField) -> None:
        """The zone is one of IANA's."""
        if not timezones.is_valid_zone(field.data or ""):
            raise ValidationError(_l("Choose a time zone from the list"))

    def validate_duration(self, field: CleanStringField) -> None:
        """The duration, if it is given, is one that the database takes; it is for calendars, Zelta never gets it."""
        if field.data and _minutes(field.data) is None:
            raise ValidationError(_l("Write the duration in minutes: from 15 to 1440"))

    def validate_date(self, field: CleanStringField) -> None:
        """The date is a day of the calendar, as browsers write it."""
        day = _parse_date(field.data or "")
        if day is None:
            raise ValidationError(_l("Choose the date"))
        if day.year < MIN_YEAR:
            raise ValidationError(_l("That date is not possible: check the year"))

    def validate_time(self, field: CleanStringField) -> None:
        """The time is one of the day, as browsers write it."""
        if _parse_time(field.data or "") is None:
            raise ValidationError(_l("Choose the time"))

    def _resolve_start(self) -> bool:
        day, hour = _parse_date(self.date.data or ""), _parse_time(self.time.data or "")
        if day is None or hour is None or self.date.errors or self.time.errors or self.time_zone.errors:
            return False
        fold = int(self.fold.data) if self.fold.data in {"0", "1"} else None
        try:
            self.starts_at = timezones.resolve_local_time(day, hour, self.time_zone.data, fold)
        except timezones.NonexistentTime as gap:
            return _add_error(self.time, self._nonexistent_time_message(gap))
        except timezones.AmbiguousTime as ambiguous:
            self._offer_fold_choices(ambiguous)
            return _add_error(self.fold, _("Choose which of the two"))
        except timezones.OutOfRange:
            return _add_error(self.date, _("That date is not possible: check the year"))
        if not self.allow_past and timezones.is_in_past(self.starts_at, datetime.now(UTC)):
            return _add_error(self.time, _("That date has passed: choose another"))
        return True

    def _offer_fold_choices(self, ambiguous: timezones.AmbiguousTime) -> None:
        self.ask_fold = True
        self.fold.choices = [
            ("0", _("The first, before the change (%(offset)s)", offset=ambiguous.first)),
            ("1", _("The second, after the change (%(offset)s)", offset=ambiguous.second)),
        ]

    def _nonexistent_time_message(self, gap: timezones.NonexistentTime) -> str:
        message = _(
            "The clocks go forward that day (%(before)s → %(after)s), so that time does not exist: choose another",
            before=gap.before,
            after=gap.after,
        )
        return str(message)


class NewMeetingForm(MeetingForm):
    """A new meeting with, if wanted, all of its people in pasted lists (see `app.meetings.imports.inline`)."""

    hosts = TextAreaField(_l("Hosts"))
    guests = TextAreaField(_l("Guests"))
    # The value of the button that answers the question about a meeting created before.
    other_than = HiddenField()

    lists: PastedLists

    @property
    def other_than_id(self) -> int | None:
        """Our id of the meeting that this one is to be another than."""
        text = self.other_than.data or ""
        return int(text) if re.fullmatch(r"[0-9]{1,19}", text) else None

    def check_all(self, extra_validators: Validators | None = None) -> bool:
        """Check the meeting, then read the lists."""
        super().check_all(extra_validators)
        self.lists = PastedLists()
        for field, role in ((self.hosts, Role.HOST), (self.guests, Role.PARTICIPANT)):
            if problem := self._read_list(field.data or "", role):
                field.errors = [*field.errors, problem]
        return not self.errors

    def _read_list(self, text: str, role: Role) -> str | None:
        """What is wrong with one of the lists."""
        try:
            is_list = self.lists.read(text, role)
        except UnreadableFile as error:
            return presenters.file_error_message(error.reason)
        return None if is_list else str(_("That list has no people"))


class AdoptForm(MeetingForm):
    """A meeting that was made elsewhere; it may be over already."""

    meeting = CleanStringField(_l("The meeting's ID or link"))

    allow_past = True

    def validate_meeting(self, field: CleanStringField) -> None:
        """There is an id in it."""
        self.public_meeting_id = extract_meeting_id(field.data or "")
        if self.public_meeting_id is None:
            raise ValidationError(_l("Paste the meeting's ID or a link that contains /m/"))


def _add_error(field: CleanStringField | RadioField, message: str) -> bool:
    field.errors = [*field.errors, message]
    return False


def _minutes(text: str) -> int | None:
    minutes = int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0
    return minutes if MIN_DURATION_MINUTES <= minutes <= MAX_DURATION_MINUTES else None


def _parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def _parse_time(text: str) -> time | None:
    match = re.fullmatch(r"([0-9]{2}):([0-9]{2})(:00)?", text)
    try:
        return time(int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None
