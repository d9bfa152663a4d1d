"""Fields and forms that every page shares."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, ValidationError

from app.site import language_switch
from app.site.submissions import LONGEST_ID, new_submission_id
from app.text import clean, has_forbidden, is_blank, without_forbidden

if TYPE_CHECKING:
    from wtforms import Form

    class FlaskForm(Form):
        """What the type checker may know of Flask-WTF's form, which has no types."""

        def __init__(self, formdata: object = ...) -> None: ...
        def is_submitted(self) -> bool:
            """Whether the request is a POST."""

else:
    from flask_wtf import FlaskForm


Validators = Mapping[str, Sequence[Any]]


class TextField(StringField):
    """One line of text, cleaned as it comes in.

    Characters that cannot be seen or that turn text around are taken out of its inside too, but not silently: the
    form comes back once, so that whoever typed it sees what is left.
    """

    odd = False

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the first value; a field that is missing counts as empty."""
        typed = clean(str(valuelist[0])) if valuelist else ""
        self.odd = has_forbidden(typed)
        self.data = clean(without_forbidden(typed)) if self.odd else typed

    def pre_validate(self, _form: object) -> None:
        """Ask to look again at a text that odd characters were taken out of."""
        if self.odd:
            raise ValidationError(
                _l("It held invisible or control characters. We took them out: check it and send it again.")
            )


def text(
    maximum: int, missing: LazyString | None, too_long: LazyString
) -> Callable[[object, TextField], None]:
    """A validator: not empty (unless `missing` is None) and at most `maximum` characters."""

    def check(_form: object, field: TextField) -> None:
        value = field.data or ""
        if is_blank(value):
            if missing is not None:
                raise ValidationError(missing)
            field.data = ""
        elif len(value) > maximum:
            raise ValidationError(too_long)

    return check


class BaseForm(FlaskForm):
    """A form that comes back as it was filled in when only the language of its page is switched."""

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
        """Say nothing of what is wrong, as on a page that was not sent yet."""
        for field in self:
            field.errors = []

    @property
    def status(self) -> int:
        """The status of the page that shows a form which is not valid."""
        return 422 if self.errors or not language_switch.is_switching() else 200


class SubmittedForm(BaseForm):
    """A form that is one intent, however often it is sent; it gets a new `submission_id` each time it comes back."""

    submission_id = HiddenField(filters=[lambda value: clean(value or "")])

    def validate_submission_id(self, field: HiddenField) -> None:
        """A form without an id of its own could be sent twice, so it has to come back with one."""
        value = field.data or ""
        if not 0 < len(value) <= LONGEST_ID or has_forbidden(value):
            raise ValidationError(_l("The form has been renewed. Check it and send it again."))

    def asked(self) -> dict[str, object]:
        """All that the form asks, without what is new in each rendering of it."""
        return {
            name: value for name, value in self.data.items() if name not in {"csrf_token", "submission_id"}
        }

    def renew(self) -> None:
        """Make what comes back a new intent."""
        self.submission_id.data = new_submission_id()
