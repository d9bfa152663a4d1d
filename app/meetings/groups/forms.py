"""The form of a group: its name, and its hosts and guests as text."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from app.list_parser import UnreadableFile
from app.meetings.groups.people import GroupPerson, PersonLike, merge_people, read_people, to_lines
from app.meetings.imports import presenters
from app.models import Role
from app.web.forms import CleanStringField, IdempotentForm, Validators, text_length

MAX_GROUP_NAME_LENGTH = 120
MAX_GROUP_PEOPLE = 1000
MAX_BAD_LINES = 3
MAX_SHOWN_CHARS = 60


class GroupForm(IdempotentForm):
    """A group; `people` are the people of both boxes, each once, of a form without errors."""

    name = CleanStringField(
        _l("Name"),
        [
            text_length(
                MAX_GROUP_NAME_LENGTH, _l("Write a name"), _l("The name is too long: 120 characters at most")
            )
        ],
    )
    hosts = TextAreaField(_l("Hosts"))
    guests = TextAreaField(_l("Guests"))
    version = HiddenField()

    people: list[GroupPerson]

    def populate(self, name: str, people: list[PersonLike]) -> None:
        """Fill in a group, or the people of a meeting."""
        self.name.data = name[:MAX_GROUP_NAME_LENGTH]
        self.hosts.data = to_lines(one for one in people if one.role == Role.HOST)
        self.guests.data = to_lines(one for one in people if one.role != Role.HOST)

    def check_all(self, extra_validators: Validators | None = None) -> bool:
        """Check the name, and read both boxes."""
        super().check_all(extra_validators)
        hosts, guests = self._read(self.hosts, Role.HOST), self._read(self.guests, Role.PARTICIPANT)
        self.people = merge_people([*hosts, *guests])
        if not self.errors and not self.people:
            self.guests.errors = [_("Write at least one person")]
        if len(self.people) > MAX_GROUP_PEOPLE:
            self.guests.errors = [_("A group has 1,000 people at most")]
        return not self.errors

    @property
    def shown_version(self) -> int:
        """The version of the group that the form showed; 0 if it cannot be read."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def _read(self, field: TextAreaField, role: Role) -> list[GroupPerson]:
        try:
            read = read_people(field.data or "", role)
        except UnreadableFile as error:
            field.errors = [presenters.file_error_message(error.reason)]
            return []
        if read.bad_lines:
            lines = "; ".join(line[:MAX_SHOWN_CHARS] for line in read.bad_lines[:MAX_BAD_LINES])
            field.errors = [_("These lines cannot be read as one person: %(lines)s", lines=lines)]
        return read.people
