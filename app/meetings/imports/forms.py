"""The form that takes a list: pasted or as a file."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField, SelectField, TextAreaField, ValidationError

from app.list_parser import ENCODINGS
from app.meetings.imports.presenters import ENCODING_NAMES
from app.models import Role
from app.web.forms import IdempotentForm


class ImportForm(IdempotentForm):
    """A list of people; the file wins over the text if there are both."""

    people = TextAreaField(_l("People, one on each line"))
    file = FileField(_l("Or a file"))
    role = SelectField(_l("Role, where the list does not say"), validate_choice=False)
    encoding = SelectField(_l("Encoding of the file"), validate_choice=False)

    def populate_choices(self) -> None:
        """Fill in what does not come from the request."""
        self.role.choices = [(Role.PARTICIPANT.value, _l("Guest")), (Role.HOST.value, _l("Host"))]
        names = ((name, ENCODING_NAMES.get(name, name)) for name in ENCODINGS)
        self.encoding.choices = [("", _l("Detect it")), *names]
        if self.role.data is None:
            self.role.data = Role.PARTICIPANT.value

    def validate_role(self, field: SelectField) -> None:
        """The role is one that the API knows."""
        if field.data not in set(Role):
            raise ValidationError(_l("Choose host or guest"))

    def validate_people(self, field: TextAreaField) -> None:
        """There is something to read."""
        has_file = self.file.data is not None and bool(getattr(self.file.data, "filename", ""))
        if not has_file and not (field.data or "").strip():
            raise ValidationError(_l("Paste a list, or choose a file"))
