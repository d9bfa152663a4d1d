"""Labels of message kinds, and error messages of templates."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.delivery.default_messages import MessageKind
from app.delivery.messages import (
    MAX_TEMPLATE_LENGTH,
    PLACEHOLDERS,
    DeadLinkError,
    EmptyTemplateError,
    TemplateError,
    UnknownPlaceholderError,
)

KIND_LABELS: Mapping[MessageKind, LazyString] = {
    MessageKind.INVITATION: _l("Invitation"),
    MessageKind.REMINDER: _l("Reminder"),
    MessageKind.RESCHEDULED: _l("Change of date"),
    MessageKind.CANCELLED: _l("Cancellation"),
}
LANGUAGE_NAMES = {"es": "Español", "en": "English"}


def error_words(error: TemplateError, kind: MessageKind, language: str) -> str:
    """The error message of a template, with the allowed placeholders."""
    if isinstance(error, UnknownPlaceholderError):
        known = placeholder_list(language, kind)
        return str(
            _("Convoca does not know {%(name)s}. Use one of: %(known)s", name=error.placeholder, known=known)
        )
    if isinstance(error, DeadLinkError):
        return str(_("The link of a cancelled meeting no longer works: leave it out"))
    if isinstance(error, EmptyTemplateError):
        return str(_("Write the message"))
    return str(_("The message is too long: %(num)s characters at most", num=MAX_TEMPLATE_LENGTH))


def placeholder_list(language: str, kind: MessageKind) -> str:
    """The allowed placeholders: `{nombre}, {titulo}, …`; no link in the message about a cancellation."""
    without = "link" if kind == MessageKind.CANCELLED else ""
    return ", ".join(f"{{{name}}}" for name, value in PLACEHOLDERS[language].items() if value != without)
