"""The participant form: add or correct."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TextAreaField, ValidationError

from app.extensions import get_settings
from app.list_parser import UnreadableFile, parse_phone
from app.meetings.imports import presenters
from app.meetings.imports.inline import PastedList, read_pasted
from app.meetings.participants.present_people import PossiblySamePerson
from app.meetings.participants.questions import question_about_email, question_about_name, settle
from app.meetings.participants.queue import ParticipantInput
from app.models import Participant, Role
from app.utils.text import email_key, is_valid_email
from app.web.forms import CleanStringField, IdempotentForm, Validators, text_length

MAX_NAME_LENGTH = 120
MAX_EXTERNAL_ID_LENGTH = 120
PHONE_LENGTH = 40
WITHOUT_MAIL, SECOND_MAIL = "link", "again"
ANOTHER_PERSON = "another"


class ParticipantForm(IdempotentForm):
    """A person to add to a meeting, or to correct.

    `ask_mail`: the address may have been mailed already, and the form asks whether to mail it again. `mail`
    answers for the address in `mail_asked` alone. In the same way `email_doubt` and `name_doubt` answer for
    what was asked about, and `same_person` for what the person in `same_asked` and this one have in common.
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
    name_doubt = RadioField(validate_choice=False)
    name_asked = HiddenField()
    same_person = RadioField(_l("Is it the same person?"), validate_choice=False)
    same_asked = HiddenField()
    email = CleanStringField(_l("Email"))
    email_doubt = RadioField(validate_choice=False)
    email_asked = HiddenField()
    mail = RadioField(_l("They may have the invitation already"), validate_choice=False)
    mail_asked = HiddenField()
    phone = CleanStringField(
        _l("Phone"), [text_length(PHONE_LENGTH, None, _l("The phone is too long: 40 characters at most"))]
    )
    external_id = CleanStringField(
        _l("Your reference"),
        [
            text_length(
                MAX_EXTERNAL_ID_LENGTH,
                None,
                _l("Your reference is too long: 120 characters at most"),
            )
        ],
    )

    def populate_choices(self) -> None:
        """Fill in what does not come from the request."""
        self._had_email_question = bool(self.email.data) and self.email_asked.data == self.email.data
        self._had_name_question = bool(self.name.data) and self.name_asked.data == self.name.data
        self.ask_mail = bool(self.mail_asked.data) and self._was_mail_asked(self.email.data or "")
        self.ask_same = bool(self.same_asked.data)
        self.mail.choices = [
            (WITHOUT_MAIL, _l("Add without an email")),
            (SECOND_MAIL, _l("Send another email")),
        ]
        self.same_person.choices = [(ANOTHER_PERSON, _l("It is another person"))]
        self.role.choices = [(Role.PARTICIPANT.value, _l("Guest")), (Role.HOST.value, _l("Host"))]

    def populate_from(self, participant: Participant) -> None:
        """Populate the fields from a participant."""
        self.role.data, self.name.data = participant.role.value, participant.name
        self.email.data, self.external_id.data = participant.email, participant.external_id
        self.phone.data = participant.phone_typed

    def to_input(self) -> ParticipantInput:
        """The validated input; only for a valid form. Empty fields become None."""
        email = self.email.data or None
        answer = self.mail.data if email and self._was_mail_asked(email) else None
        phone = parse_phone(self.phone.data or "", get_settings().country or None)
        return ParticipantInput(
            Role(self.role.data),
            self.name.data or "",
            email,
            self.external_id.data or None,
            send_invitation=answer != WITHOUT_MAIL,
            accept_second_mail=answer == SECOND_MAIL,
            phone=phone.e164 if phone else None,
            phone_typed=self.phone.data or None,
            other_than=self.same_asked.data if self.same_person.data == ANOTHER_PERSON else None,
        )

    def ask_about_second_mail(self) -> None:
        """Show the form again, with the question whether to mail this email again."""
        self.ask_mail = True
        self.mail_asked.data = self.email.data
        self.mail.data = None
        self.mail.errors = [_("They may have the invitation already: choose what to do")]

    def ask_about_same_person(self, error: PossiblySamePerson) -> None:
        """Come back with the question whether this is a person of the meeting."""
        self.ask_same = True
        self.same_asked.data = error.token
        self.same_person.data = None
        words = _("They may be in the meeting already: %(names)s", names=", ".join(error.names))
        self.same_person.errors = [words]

    def check_all(self, extra_validators: Validators | None = None) -> bool:
        """Check every field, and settle what is in doubt."""
        super().check_all(extra_validators)
        self.ask_email = settle(
            self.email,
            self.email_doubt,
            self.email_asked,
            lambda email: question_about_email(self.name.data or "", email),
        )
        self.ask_name = settle(
            self.name,
            self.name_doubt,
            self.name_asked,
            lambda name: question_about_name(name, self.email.data or ""),
        )
        return not self.errors

    def clear_errors(self) -> None:
        """As in every form; a question stays if the page had it."""
        super().clear_errors()
        self.ask_email, self.ask_name = self._had_email_question, self._had_name_question

    def validate_role(self, field: SelectField) -> None:
        """The role is one that the API knows."""
        if field.data not in set(Role):
            raise ValidationError(_l("Choose host or guest"))

    def validate_email(self, field: CleanStringField) -> None:
        """The address is one by its syntax, where there is one."""
        if field.data and not is_valid_email(field.data):
            raise ValidationError(_l("Write a complete email address, for example ana@example.org"))

    def validate_phone(self, field: CleanStringField) -> None:
        """The phone can be a number of the country, or has a country code."""
        phone = parse_phone(field.data or "", get_settings().country or None)
        if field.data and (phone is None or phone.e164 is None):
            raise ValidationError(
                _l("That phone cannot be read: write it with its country code, for example +507 6612-3344")
            )

    def _was_mail_asked(self, email: str) -> bool:
        return email_key(self.mail_asked.data or "") == email_key(email)


class AddPeopleForm(ParticipantForm):
    """One person in fields, or one or many people in one box. `pasted`: what the box holds; None if it is empty."""

    people = TextAreaField(_l("One person, or many: one on each line"), id="people-box")

    pasted: PastedList | None = None

    def check_all(self, extra_validators: Validators | None = None) -> bool:
        """Check the box if anything is in it, else the fields."""
        super().check_all(extra_validators)
        text = self.people.data or ""
        if not text.strip():
            return not self.errors
        # The box counts alone, so that the fields of the other way need not be right.
        for field in (self.name, self.email, self.phone, self.external_id, self.email_doubt, self.name_doubt):
            field.errors = []
        self.ask_email = self.ask_name = False
        if self.name.data or self.email.data:
            self.people.errors = [_("Fill in this box, or the fields below: not both")]
        elif not self.errors:
            self._read_people(text)
        return not self.errors

    def _read_people(self, text: str) -> None:
        try:
            self.pasted = read_pasted(text, Role(self.role.data))
        except UnreadableFile as error:
            self.people.errors = [presenters.file_error_message(error.reason)]
            return
        if not self.pasted.people:
            self.people.errors = [_("That list has no people")]
