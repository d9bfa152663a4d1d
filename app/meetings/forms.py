"""The forms about a meeting: new, to correct, to take in."""

import re
from datetime import UTC, date, datetime, time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField, ValidationError

from app.list_parser import UnreadableFile
from app.meetings import when
from app.meetings.service import Plan
from app.models import Meeting, Role
from app.people import list_words
from app.people.pasted import PastedLists
from app.site import language
from app.site.forms import SubmittedForm, TextField, Validators, text
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

    past_allowed = False

    def prepare(self, default_zone: str) -> None:
        """Fill in what does not come from the request: the zones, and on an empty form the usual one."""
        self.ask_fold = False
        self.starts_at: datetime | None = None
        if not self.is_submitted() and not self.time_zone.data:
            self.time_zone.data = default_zone
        self.time_zone.choices = when.zone_choices(
            language.current(), default_zone, self.time_zone.data or ""
        )

    def show(self, meeting: Meeting) -> None:
        """Begin with what a meeting is now, in its own zone."""
        local = when.local(meeting.starts_at, meeting.time_zone)
        self.title.data, self.time_zone.data = meeting.title, meeting.time_zone
        self.date.data, self.time.data = local.strftime("%Y-%m-%d"), local.strftime("%H:%M")

    def check_all(self, extra_validators: Validators | None = None) -> bool:
        """Check every field, and then the instant that date, time and zone name together."""
        fields_are_right = super().check_all(extra_validators)
        return self._find_instant() and fields_are_right

    def clear_errors(self) -> None:
        """As in every form; the question about the time stays if it has an answer."""
        super().clear_errors()
        self.ask_fold = self.ask_fold and bool(self.fold.data)

    def plan(self) -> Plan:
        """What was asked for; only of a valid form."""
        if self.starts_at is None:
            raise ValueError("the form was not validated")
        return Plan(self.title.data or "", self.starts_at, self.time_zone.data)

    def validate_time_zone(self, field: SelectField) -> None:
        """The zone is one of IANA's."""
        if not when.is_zone(field.data or ""):
            raise ValidationError(_l("Choose a time zone from the list"))

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
    """A new meeting with, if wanted, all of its people in pasted lists (see `app.people.pasted`)."""

    hosts = TextAreaField(_l("Hosts"))
    guests = TextAreaField(_l("Guests"))

    lists: PastedLists

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
            return list_words.flaw(error.reason)
        return None if is_list else str(_("There is nobody in that list."))


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
