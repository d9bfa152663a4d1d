"""Fields and forms that every page shares."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, ValidationError

from app.utils.text import has_control_characters, is_blank, normalize_text, strip_control_characters
from app.web import language_switch
from app.web.submissions import MAX_SUBMISSION_ID_LENGTH, new_submission_id

if TYPE_CHECKING:
    from wtforms import Form

    class FlaskForm(Form):
        """Type stub for Flask-WTF's untyped form."""

        def __init__(self, formdata: object = ...) -> None: ...
        def is_submitted(self) -> bool:
            """Whether the request is a POST."""

else:
    from flask_wtf import FlaskForm


Validators = Mapping[str, Sequence[Any]]


class CleanStringField(StringField):
    """One line of text, normalized on input.

    Characters that cannot be seen or that turn text around are taken out of its inside too, but not silently:
    the form is rendered again once, so that the user can check the result.
    """

    had_control_characters = False

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the first value; a field that is missing counts as empty."""
        value = normalize_text(str(valuelist[0])) if valuelist else ""
        self.had_control_characters = has_control_characters(value)
        self.data = normalize_text(strip_control_characters(value)) if self.had_control_characters else value

    def pre_validate(self, _form: object) -> None:
        """Ask the user to check a text from which control characters were removed."""
        if self.had_control_characters:
            raise ValidationError(
                _l(
                    "It held invisible or control characters. Convoca took them out: check it and send it again"
                )
            )


def text_length(
    max_length: int, missing_message: LazyString | None, too_long_message: LazyString
) -> Callable[[object, CleanStringField], None]:
    """A validator: not empty (unless `missing_message` is None) and at most `max_length` characters."""

    def check(_form: object, field: CleanStringField) -> None:
        value = field.data or ""
        if is_blank(value):
            if missing_message is not None:
                raise ValidationError(missing_message)
            field.data = ""
        elif len(value) > max_length:
            raise ValidationError(too_long_message)

    return check


class BaseForm(FlaskForm):
    """A form that is rendered again as filled in when only the language is switched."""

    def validate(self, extra_validators: Validators | None = None) -> bool:
        """Whether the form may be carried out; never during a switch of the language."""
        is_valid = self.check_all(extra_validators)
        if not language_switch.is_switching():
            return is_valid
        if not language_switch.had_errors():
            self.clear_errors()
        return False

    def check_all(self, extra_validators: Validators | None = None) -> bool:
        """Check every field; forms that look at several fields together extend this."""
        return super().validate(extra_validators)

    def clear_errors(self) -> None:
        """Remove all errors, as on a page that was not submitted yet."""
        for field in self:
            field.errors = []

    @property
    def status(self) -> int:
        """The status code of the page with an invalid form."""
        return 422 if self.errors or not language_switch.is_switching() else 200


class IdempotentForm(BaseForm):
    """An idempotent form: `submission_id` is its idempotency key, renewed at each rendering."""

    submission_id = HiddenField(filters=[lambda value: normalize_text(value or "")])

    def validate_submission_id(self, field: HiddenField) -> None:
        """A form without a valid idempotency key could run twice: render it again with a new key."""
        value = field.data or ""
        if not 0 < len(value) <= MAX_SUBMISSION_ID_LENGTH or has_control_characters(value):
            raise ValidationError(_l("The form has been renewed. Check it and send it again."))

    def submitted_values(self) -> dict[str, object]:
        """The submitted values without csrf_token and submission_id, which differ in each rendering."""
        return {
            name: value for name, value in self.data.items() if name not in {"csrf_token", "submission_id"}
        }

    def renew_submission_id(self) -> None:
        """Set a new idempotency key."""
        self.submission_id.data = new_submission_id()
