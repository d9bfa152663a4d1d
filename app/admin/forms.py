"""Forms of administration: invitation, role, and the audit filter."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, ValidationError  # type: ignore[attr-defined]

from app.admin import audit_queries
from app.admin.audit_presenter import ACTION_LABELS, action_choices
from app.admin.audit_queries import AuditFilter
from app.auth.accounts import MAX_NAME_LENGTH, InvalidUsername, UsernameTaken
from app.extensions import get_settings
from app.models import AccountRole
from app.web.forms import BaseForm, CleanStringField, FlaskForm, text_length

ROLE_CHOICES = [
    SelectChoice(AccountRole.VIEWER.value, _l("Viewer: sees meetings and copies links")),
    SelectChoice(
        AccountRole.COORDINATOR.value, _l("Coordinator: also creates and cancels meetings, and adds people")
    ),
    SelectChoice(
        AccountRole.ADMIN.value, _l("Administrator: also invites people to Convoca and sees the audit")
    ),
]
NAME_TOO_LONG = _l("The name is too long: 200 characters at most")
INVALID_USERNAME = _l("This user name is not available. Choose another one, without commas")
MIN_YEAR, MAX_YEAR = 1900, 9000


class RoleForm(BaseForm):
    """The role of an account."""

    role = RadioField(_l("What they can do"), choices=ROLE_CHOICES, validate_choice=False)

    def validate_role(self, field: RadioField) -> None:
        """The value is one of the options."""
        if field.data not in set(AccountRole):
            raise ValidationError(_l("Choose one of these"))

    @property
    def chosen_role(self) -> AccountRole:
        """The role; only of a valid form."""
        return AccountRole(self.role.data)


class InviteForm(RoleForm):
    """Invitation of a new account."""

    username = CleanStringField(
        _l("User"), [text_length(MAX_NAME_LENGTH, _l("Write a user name"), NAME_TOO_LONG)]
    )
    display_name = CleanStringField(_l("Name"), [text_length(MAX_NAME_LENGTH, None, NAME_TOO_LONG)])

    def add_error(self, error: InvalidUsername | UsernameTaken) -> None:
        """Show why the account cannot be added, as a field error."""
        taken = _l("There is already an account with this user name")
        self.username.errors = [taken if isinstance(error, UsernameTaken) else INVALID_USERNAME]


class AuditForm(FlaskForm):
    """What to look for in the audit; what is left empty does not count."""

    class Meta:
        """A GET form: no CSRF token needed, which would also appear in URLs."""

        csrf = False

    person = CleanStringField(_l("Person"), [text_length(MAX_NAME_LENGTH, None, NAME_TOO_LONG)])
    meeting = CleanStringField(
        _l("Meeting"), [text_length(MAX_NAME_LENGTH, None, _l("That is too long for a title"))]
    )
    action = SelectField(_l("What"), validate_choice=False, choices=action_choices)
    since = CleanStringField(_l("From"))
    until = CleanStringField(_l("To"))

    def validate_action(self, field: SelectField) -> None:
        """The value is one of the options."""
        if field.data and not any(field.data in kinds for kinds in ACTION_LABELS.values()):
            raise ValidationError(_l("Choose one of these"))

    def validate_since(self, field: CleanStringField) -> None:
        """It is a day of the calendar, if it is given."""
        _parse_day(field)

    def validate_until(self, field: CleanStringField) -> None:
        """It is a day of the calendar, if it is given, and not before the first."""
        last, first = _parse_day(field), None if self.since.errors else _parse_day(self.since)
        if first is not None and last is not None and last < first:
            raise ValidationError(_l("The last day comes before the first"))

    def to_filter(self) -> AuditFilter:
        """What was asked for; only of a valid form. Days are those of the dashboard's time zone."""
        first, last = _parse_day(self.since), _parse_day(self.until)
        return AuditFilter(
            usernames=audit_queries.resolve_usernames(self.person.data) if self.person.data else None,
            meeting_ids=audit_queries.resolve_meeting_ids(self.meeting.data) if self.meeting.data else None,
            action=self.action.data or None,
            since=_start_of_day(first) if first else None,
            until=_start_of_day(last + timedelta(days=1)) if last else None,
        )


def _parse_day(field: CleanStringField) -> date | None:
    if not field.data:
        return None
    try:
        day = date.fromisoformat(field.data)
    except ValueError:
        day = date.min
    if not MIN_YEAR <= day.year <= MAX_YEAR:
        raise ValidationError(_l("Choose the date"))
    return day


def _start_of_day(day: date) -> datetime:
    # If DST skips midnight, Python resolves to the instant of the jump, which is the start of that day.
    return datetime.combine(day, time(), ZoneInfo(get_settings().time_zone)).astimezone(UTC)
