"""The forms about a meeting: new, to correct, to take in."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TextAreaField, ValidationError

from app.meetings import when
from app.meetings.service import Plan
from app.models import Meeting, Role
from app.models.meeting import DEFAULT_DURATION_MINUTES, MAX_DURATION_MINUTES, MIN_DURATION_MINUTES
from app.people.pasted import read_people
from app.people.queue import Person
from app.site import language
from app.site.forms import SubmittedForm, TextField, text
from app.text import meeting_id_in

TITLE_LENGTH = 200
FIRST_YEAR = 2000  # an earlier one is a slip of the keyboard, such as 0026


class MeetingForm(SubmittedForm):
    """What a meeting is to be. `ask_fold` says that its time comes twice that day and nobody has said which."""

    title = TextField(
        _l("Title"),
        [
            text(
                TITLE_LENGTH,
                _l("Write a title"),
                _l("The title is too long: 200 characters at most"),
            )
        ],
    )
    date = TextField(_l("Date"))
    time = TextField(_l("Time"))
    time_zone = SelectField(_l("Time zone"), validate_choice=False)
    fold = RadioField(_l("Which of the two?"), validate_choice=False)
    duration = TextField(_l("Duration (minutes)"))

    past_allowed = False

    def prepare(self, default_zone: str) -> None:
        """Fill in what does not come from the request: the zones, and on an empty form the usual one."""
        self.ask_fold = False
        self.starts_at: datetime | None = None
        if not self.is_submitted() and not self.time_zone.data:
            self.time_zone.data = default_zone
        if not self.is_submitted() and not self.duration.data:
            self.duration.data = str(DEFAULT_DURATION_MINUTES)
        self.time_zone.choices = when.zone_choices(
            language.current(), default_zone, self.time_zone.data or ""
        )

    def show(self, meeting: Meeting) -> None:
        """Begin with what a meeting is now, in its own zone."""
        local = when.local(meeting.starts_at, meeting.time_zone)
        self.title.data, self.time_zone.data = meeting.title, meeting.time_zone
        self.date.data, self.time.data = local.strftime("%Y-%m-%d"), local.strftime("%H:%M")
        self.duration.data = str(meeting.duration_minutes)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check every field, and then the instant that date, time and zone name together."""
        fields_are_right = super().validate(extra_validators)
        return self._find_instant() and fields_are_right

    def plan(self) -> Plan:
        """What was asked for; only of a valid form."""
        if self.starts_at is None:
            raise ValueError("the form was not validated")
        duration = _minutes(self.duration.data or "") or DEFAULT_DURATION_MINUTES
        return Plan(self.title.data or "", self.starts_at, self.time_zone.data, duration)

    def validate_time_zone(self, field: SelectField) -> None:
        """The zone is one of IANA's."""
        if not when.is_zone(field.data or ""):
            raise ValidationError(_l("Choose a time zone from the list"))

    def validate_duration(self, field: TextField) -> None:
        """The duration, if it is given, is one that the database takes; it is for calendars, Zelta never gets it."""
        if field.data and _minutes(field.data) is None:
            raise ValidationError(_l("Write the duration in minutes: from 15 to 1440"))

    def validate_date(self, field: TextField) -> None:
        """The date is a day of the calendar, as browsers write it."""
        day = _date(field.data or "")
        if day is None:
            raise ValidationError(_l("Choose a date, for example 2026-11-24"))
        if day.year < FIRST_YEAR:
            raise ValidationError(_l("That date is not possible: check the year"))

    def validate_time(self, field: TextField) -> None:
        """The time is one of the day, as browsers write it."""
        if _time(field.data or "") is None:
            raise ValidationError(_l("Choose a time, for example 14:30"))

    def _find_instant(self) -> bool:
        day, hour = _date(self.date.data or ""), _time(self.time.data or "")
        if day is None or hour is None or self.date.errors or self.time.errors or self.time_zone.errors:
            return False
        fold = int(self.fold.data) if self.fold.data in {"0", "1"} else None
        try:
            self.starts_at = when.resolve(day, hour, self.time_zone.data, fold)
        except when.Gap as gap:
            return _fail(self.time, self._gap_words(gap))
        except when.Ambiguous as ambiguous:
            self._ask(ambiguous)
            return _fail(self.fold, _("That time comes twice that day: say which one"))
        except when.OutOfRange:
            return _fail(self.date, _("That date is not possible: check the year"))
        if not self.past_allowed and when.too_late(self.starts_at, datetime.now(UTC)):
            return _fail(self.time, _("That time is already past: choose another date or time"))
        return True

    def _ask(self, ambiguous: when.Ambiguous) -> None:
        self.ask_fold = True
        self.fold.choices = [
            ("0", _("The first time (%(offset)s)", offset=ambiguous.first)),
            ("1", _("The second time (%(offset)s)", offset=ambiguous.second)),
        ]

    def _gap_words(self, gap: when.Gap) -> str:
        words = _(
            "That time does not exist that day in that zone: the clock goes from %(before)s to %(after)s. "
            "Choose another",
            before=gap.before,
            after=gap.after,
        )
        return str(words)


class NewMeetingForm(MeetingForm):
    """A new meeting with, if wanted, all of its people: pasted lists that are right throughout.

    Nothing is sent while a line is doubtful, since whoever has an e-mail is mailed as soon as the meeting exists.
    A doubt that only a person can settle (`acceptable`) is settled by sending the same text again.
    """

    hosts = TextAreaField(_l("Hosts"))
    guests = TextAreaField(_l("Guests"))
    accepted = HiddenField()

    people: list[Person]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check the meeting, then read the lists."""
        meeting_is_right = super().validate(extra_validators)
        return self._read_people() and meeting_is_right

    def _read_people(self) -> bool:
        text = f"{self.hosts.data or ''}\n\n{self.guests.data or ''}"
        fingerprint = sha256(text.encode()).hexdigest()[:16]
        seen = self.accepted.data == fingerprint
        self.accepted.data = fingerprint
        self.people, right, keys = [], True, set[str]()
        for field, role in ((self.hosts, Role.HOST), (self.guests, Role.PARTICIPANT)):
            people, errors = read_people(field.data or "", role, keys, accept=seen)
            self.people += people
            if errors:
                field.errors = [*field.errors, *errors]
                right = False
        return right


class AdoptForm(MeetingForm):
    """A meeting that was made elsewhere; it may be over already."""

    meeting = TextField(_l("The meeting's ID or link"))

    past_allowed = True

    def validate_meeting(self, field: TextField) -> None:
        """There is an id in it."""
        self.public_meeting_id = meeting_id_in(field.data or "")
        if self.public_meeting_id is None:
            raise ValidationError(_l("Paste the meeting's ID or a link with /m/ in it"))


def _fail(field: TextField | RadioField, words: str) -> bool:
    field.errors = [*field.errors, words]
    return False


def _minutes(text: str) -> int | None:
    minutes = int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0
    return minutes if MIN_DURATION_MINUTES <= minutes <= MAX_DURATION_MINUTES else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def _time(text: str) -> time | None:
    found = re.fullmatch(r"([0-9]{2}):([0-9]{2})(:00)?", text)
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None
