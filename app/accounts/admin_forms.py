"""The forms of administration: whom to invite, what somebody may do, and what to look for in the audit."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, ValidationError  # type: ignore[attr-defined]

from app.accounts import audit_queries
from app.accounts.audit_queries import Wanted
from app.accounts.audit_words import KINDS, kind_choices
from app.fittings import settings
from app.identity.accounts import LONGEST_NAME, BadName, NameTaken
from app.models import StaffRole
from app.site.forms import BaseForm, FlaskForm, TextField, text

ROLE_CHOICES = [
    SelectChoice(StaffRole.VIEWER.value, _l("Viewer: sees meetings and copies links")),
    SelectChoice(
        StaffRole.COORDINATOR.value, _l("Coordinator: also creates and cancels meetings, and adds people")
    ),
    SelectChoice(StaffRole.ADMIN.value, _l("Administrator: also invites people and sees the audit")),
]
TOO_LONG = _l("The name is too long: 200 characters at most")
BAD_NAME = _l("Nobody can have this user name. Choose another one, without commas.")
FIRST_YEAR, LAST_YEAR = 1900, 9000


class RoleForm(BaseForm):
    """What somebody may do."""

    role = RadioField(_l("What they may do"), choices=ROLE_CHOICES, validate_choice=False)

    def validate_role(self, field: RadioField) -> None:
        """It is one of those that there are."""
        if field.data not in set(StaffRole):
            raise ValidationError(_l("Choose one of these"))

    @property
    def chosen(self) -> StaffRole:
        """The role; only of a valid form."""
        return StaffRole(self.role.data)


class InviteForm(RoleForm):
    """Somebody who is to get an account."""

    username = TextField(_l("User"), [text(LONGEST_NAME, _l("Write a user name"), TOO_LONG)])
    display_name = TextField(_l("Name"), [text(LONGEST_NAME, None, TOO_LONG)])

    def refuse(self, why: BadName | NameTaken) -> None:
        """Say why there can be no such account."""
        taken = _l("There is already an account with this user name.")
        self.username.errors = [taken if isinstance(why, NameTaken) else BAD_NAME]


class AuditForm(FlaskForm):
    """What to look for in the audit; what is left empty does not count."""

    class Meta:
        """It changes nothing, so it needs no token, which would only stand in addresses."""

        csrf = False

    person = TextField(_l("Person"), [text(LONGEST_NAME, None, TOO_LONG)])
    meeting = TextField(_l("Meeting"), [text(LONGEST_NAME, None, _l("That is too long for a title"))])
    action = SelectField(_l("What"), validate_choice=False, choices=kind_choices)
    since = TextField(_l("From day"))
    until = TextField(_l("To day"))

    def validate_action(self, field: SelectField) -> None:
        """It is one of those that there are."""
        if field.data and not any(field.data in kinds for kinds in KINDS.values()):
            raise ValidationError(_l("Choose one of these"))

    def validate_since(self, field: TextField) -> None:
        """It is a day of the calendar, if it is given."""
        _day(field)

    def validate_until(self, field: TextField) -> None:
        """It is a day of the calendar, if it is given, and not before the first."""
        last, first = _day(field), None if self.since.errors else _day(self.since)
        if first is not None and last is not None and last < first:
            raise ValidationError(_l("The last day comes before the first"))

    def wanted(self) -> Wanted:
        """What was asked for; only of a valid form. Days are those of the dashboard's time zone."""
        first, last = _day(self.since), _day(self.until)
        return Wanted(
            people=audit_queries.people_called(self.person.data) if self.person.data else None,
            meeting_ids=audit_queries.meetings_called(self.meeting.data) if self.meeting.data else None,
            action=self.action.data or None,
            since=_beginning(first) if first else None,
            until=_beginning(last + timedelta(days=1)) if last else None,
        )


def _day(field: TextField) -> date | None:
    if not field.data:
        return None
    try:
        found = date.fromisoformat(field.data)
    except ValueError:
        found = date.min
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValidationError(_l("Write a day such as 2026-11-24"))
    return found


def _beginning(day: date) -> datetime:
    # Where the clocks jump over midnight, Python takes the instant of the jump, which is when that day begins.
    return datetime.combine(day, time(), ZoneInfo(settings().time_zone)).astimezone(UTC)
