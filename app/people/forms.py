"""The form about a person: to add or to correct."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, ValidationError

from app.models import Participant, Role
from app.people.queue import Person
from app.site.forms import SubmittedForm, TextField, text
from app.text import valid_email

NAME_LENGTH = 120
EXTERNAL_ID_LENGTH = 120


class PersonForm(SubmittedForm):
    """Somebody who is to join a meeting."""

    role = SelectField(_l("Role"), validate_choice=False, default=Role.PARTICIPANT.value)
    name = TextField(
        _l("Name"),
        [text(NAME_LENGTH, _l("Write a name"), _l("The name is too long: 120 characters at most"))],
    )
    email = TextField(_l("E-mail"))
    external_id = TextField(
        _l("External ID"),
        [
            text(
                EXTERNAL_ID_LENGTH,
                None,
                _l("The external ID is too long: 120 characters at most"),
            )
        ],
    )

    def prepare(self) -> None:
        """Fill in what does not come from the request."""
        self.role.choices = [(Role.PARTICIPANT.value, _l("Guest")), (Role.HOST.value, _l("Host"))]

    def show(self, participant: Participant) -> None:
        """Begin with what a person is now."""
        self.role.data, self.name.data = participant.role.value, participant.name
        self.email.data, self.external_id.data = participant.email, participant.external_id

    def person(self) -> Person:
        """Who was asked for; only of a valid form. What was left empty is None."""
        return Person(
            Role(self.role.data), self.name.data or "", self.email.data or None, self.external_id.data or None
        )

    def validate_role(self, field: SelectField) -> None:
        """The role is one that the API knows."""
        if field.data not in set(Role):
            raise ValidationError(_l("Choose host or guest"))

    def validate_email(self, field: TextField) -> None:
        """The address is one by its syntax, where there is one."""
        if field.data and not valid_email(field.data):
            raise ValidationError(_l("Write a complete e-mail address, for example ana@example.org"))
