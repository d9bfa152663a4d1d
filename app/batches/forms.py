"""The form that moves a meeting."""

from flask_babel import gettext as _

from app.meetings.forms import MeetingForm
from app.meetings.service import MeetingInput
from app.models import Meeting
from app.web.forms import Validators


class MoveForm(MeetingForm):
    """The new date and time of a meeting; everything else stays as it is."""

    title = None  # type: ignore[assignment]
    duration = None  # type: ignore[assignment]

    old: Meeting

    def check_all(self, extra_validators: Validators | None = None) -> bool:
        """Check the fields, and that they name another time than the meeting has."""
        is_valid = super().check_all(extra_validators)
        if is_valid and self.starts_at == self.old.starts_at:
            self.time.errors = [*self.time.errors, _("The meeting already is at that time: choose another")]
            return False
        return is_valid

    def to_input(self) -> MeetingInput:
        """The meeting at its new time; only for a valid form."""
        if self.starts_at is None:
            raise ValueError("the form was not validated")
        return MeetingInput(self.old.title, self.starts_at, self.time_zone.data, self.old.duration_minutes)
