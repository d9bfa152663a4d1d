"""The form about a person: to add or to correct."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, ValidationError

from app.meetings.participants.queue import ParticipantInput
from app.models import Participant, Role
from app.utils.text import email_key, is_valid_email
from app.web.forms import CleanStringField, IdempotentForm, text_length

MAX_NAME_LENGTH = 120
MAX_EXTERNAL_ID_LENGTH = 120
WITHOUT_MAIL, SECOND_MAIL = "link", "again"


class ParticipantForm(IdempotentForm):
    """A person to add to a meeting, or to correct.

    `ask_mail`: the address may have been mailed already, and the form asks whether to mail it again. `mail` answers
    for the address in `mail_asked` alone.
    """

    role = SelectField(_l("Role"), validate_choice=False, default=Role.PARTICIPANT.value)
    name = CleanStringField(
        _l("Name"),
        [
            text_length(
                MAX_NAME_LENGTH, _l("Write a name"), _l("The name is too long: 120 characters at most")
            )
        ],
    )
    email = CleanStringField(_l("E-mail"))
    external_id = CleanStringField(
        _l("External ID"),
        [
            text_length(
                MAX_EXTERNAL_ID_LENGTH,
                None,
                _l("The external ID is too long: 120 characters at most"),
            )
        ],
    )

    mail = RadioField(_l("They may have the invitation already"), validate_choice=False)
    mail_asked = HiddenField()

    def populate_choices(self) -> None:
        """Fill in what does not come from the request."""
        self.ask_mail = False
        self.mail.choices = [
            (WITHOUT_MAIL, _l("Add without an e-mail")),
            (SECOND_MAIL, _l("Send another e-mail")),
        ]
        self.role.choices = [(Role.PARTICIPANT.value, _l("Guest")), (Role.HOST.value, _l("Host"))]

    def populate_from(self, participant: Participant) -> None:
        """Populate the fields from a participant."""
        self.role.data, self.name.data = participant.role.value, participant.name
        self.email.data, self.external_id.data = participant.email, participant.external_id

    def to_input(self) -> ParticipantInput:
        """The validated input; only for a valid form. Empty fields become None."""
        email = self.email.data or None
        answer = self.mail.data if email and self._is_answer_for(email) else None
        return ParticipantInput(
            Role(self.role.data),
            self.name.data or "",
            email,
            self.external_id.data or None,
            send_invitation=answer != WITHOUT_MAIL,
            accept_second_mail=answer == SECOND_MAIL,
        )

    def ask_about_second_mail(self) -> None:
        """Show the form again, with the question whether to mail this email again."""
        self.ask_mail = True
        self.mail_asked.data = self.email.data
        self.mail.data = None
        self.mail.errors = [_("They may have the invitation already: choose what to do.")]

    def _is_answer_for(self, email: str) -> bool:
        return email_key(self.mail_asked.data or "") == email_key(email)

    def validate_role(self, field: SelectField) -> None:
        """The role is one that the API knows."""
        if field.data not in set(Role):
            raise ValidationError(_l("Choose host or guest"))

    def validate_email(self, field: CleanStringField) -> None:
        """The address is one by its syntax, where there is one."""
        if field.data and not is_valid_email(field.data):
            raise ValidationError(_l("Write a complete e-mail address, for example ana@example.org"))
