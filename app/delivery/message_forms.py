"""The forms that write messages."""

from typing import cast

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, TextAreaField, ValidationError

from app.delivery.default_messages import MessageKind
from app.delivery.message_labels import LANGUAGE_NAMES, error_words
from app.delivery.message_service import MessageText, TeamTemplates
from app.delivery.messages import (
    LANGUAGES,
    TemplateError,
    default_template,
    translate_placeholders,
    validate_template,
)
from app.utils.text import normalize_text, strip_control_characters
from app.web.forms import FlaskForm


def _clean_text(typed: str | None) -> str:
    """What was typed, with one kind of line break, and without what cannot be seen or stored."""
    lines = (typed or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return normalize_text("\n".join(map(strip_control_characters, lines)))


def _validate(kind: MessageKind, language: str, text: str) -> None:
    try:
        validate_template(kind, language, text)
    except TemplateError as error:
        raise ValidationError(error_words(error, kind, language)) from error


class MeetingMessageForm(FlaskForm):
    """A meeting's message of one kind; `shown_language` is the one that its text is written in."""

    language = SelectField(_l("Message language"), validate_choice=False)
    shown_language = HiddenField()
    text_field = TextAreaField(_l("Message"), name="text", filters=[_clean_text])

    message_kind: MessageKind

    def prepare(self, kind: MessageKind, language: str) -> None:
        """Fill in what does not come from the request."""
        self.message_kind = kind
        self.language.choices = list(LANGUAGE_NAMES.items())
        for field in (self.language, self.shown_language):
            if field.data not in LANGUAGES:
                field.data = language

    def populate(self, text: MessageText) -> None:
        """Populate the fields with a text."""
        self.language.data = self.shown_language.data = text.language
        self.text_field.data = text.template

    def follow_language(self, templates: TeamTemplates, *, reset: bool) -> None:
        """Switch to the chosen language: the team's text, or the typed one with translated placeholders.

        Args:
            templates: the team's.
            reset: replace the typed text with the team's.
        """
        kind, before, after = self.message_kind, str(self.shown_language.data), str(self.language.data)
        typed = self.text_field.data or ""
        if reset or (before != after and typed == templates[kind, before]):
            self.text_field.data = templates[kind, after]
        elif before != after:
            self.text_field.data = translate_placeholders(typed, before, after)
        self.shown_language.data = after

    def text(self) -> MessageText:
        """What was written."""
        return MessageText(self.message_kind, self.language.data, self.text_field.data or "")

    def is_valid_text(self) -> bool:
        """Whether the text can be shown as a message."""
        try:
            validate_template(self.message_kind, self.language.data, self.text_field.data or "")
        except TemplateError:
            return False
        return True

    def validate_text_field(self, field: TextAreaField) -> None:
        """The text is a template of its kind and language."""
        _validate(self.message_kind, self.language.data, field.data or "")


class _IsTemplate:
    """A validator of one template's field."""

    def __init__(self, kind: MessageKind, language: str) -> None:
        self.kind, self.language = kind, language

    def __call__(self, _form: object, field: TextAreaField) -> None:
        _validate(self.kind, self.language, field.data or "")


def _template_field(kind: MessageKind, language: str) -> TextAreaField:
    return TextAreaField(
        LANGUAGE_NAMES[language],
        [_IsTemplate(kind, language)],
        filters=[_clean_text],
        name=f"text-{kind.value}-{language}",
    )


class TeamTemplatesForm(FlaskForm):
    """All of the team's templates, a field each, which is named as `template_field` says."""

    invitation_es = _template_field(MessageKind.INVITATION, "es")
    invitation_en = _template_field(MessageKind.INVITATION, "en")
    reminder_es = _template_field(MessageKind.REMINDER, "es")
    reminder_en = _template_field(MessageKind.REMINDER, "en")
    rescheduled_es = _template_field(MessageKind.RESCHEDULED, "es")
    rescheduled_en = _template_field(MessageKind.RESCHEDULED, "en")
    cancelled_es = _template_field(MessageKind.CANCELLED, "es")
    cancelled_en = _template_field(MessageKind.CANCELLED, "en")

    def template_field(self, kind: MessageKind, language: str) -> TextAreaField:
        """The field of one template."""
        return cast("TextAreaField", self[f"{kind.value}_{language}"])

    def populate(self, templates: TeamTemplates) -> None:
        """Populate the fields with the team's texts."""
        for (kind, language), body in templates.items():
            self.template_field(kind, language).data = body

    def reset(self, name: str) -> None:
        """Put the default into one field, named as its button is; the others keep what was typed."""
        for kind in MessageKind:
            for language in LANGUAGES:
                if name == f"{kind}-{language}":
                    self.template_field(kind, language).data = default_template(kind, language)

    def texts(self) -> TeamTemplates:
        """What was written."""
        return {
            (kind, language): self.template_field(kind, language).data or ""
            for kind in MessageKind
            for language in LANGUAGES
        }
