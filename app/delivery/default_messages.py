"""The default messages, for each kind and language."""

from collections.abc import Mapping
from enum import StrEnum


class MessageKind(StrEnum):
    """What a message is about."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"


DEFAULT_TEMPLATES: Mapping[str, Mapping[MessageKind, str]] = {
    "es": {
        MessageKind.INVITATION: (
            "Hola, {nombre}. Le comparto su enlace para “{titulo}”, el {fecha} a las {hora}"
            " (hora de {lugar}): {enlace} Es personal; por favor, no lo reenvíe."
        ),
        MessageKind.REMINDER: (
            "Hola, {nombre}. Le recuerdo que “{titulo}” es el {fecha} a las {hora}"
            " (hora de {lugar}). Este es su enlace: {enlace} Es personal; por favor, no lo reenvíe."
        ),
        MessageKind.RESCHEDULED: (
            "Hola, {nombre}. “{titulo}” cambió de fecha: ahora es el {fecha} a las {hora}"
            " (hora de {lugar}). Este es su enlace: {enlace} Es personal; por favor, no lo reenvíe."
        ),
        MessageKind.CANCELLED: (
            "Hola, {nombre}. Se canceló “{titulo}”, que era el {fecha} a las {hora}"
            " (hora de {lugar}). El enlace que recibió ya no sirve. Disculpe la molestia."
        ),
    },
    "en": {
        MessageKind.INVITATION: (
            "Hello {name}, this is your link for “{title}” on {date} at {time} ({place} time):"
            " {link} It is personal; please do not forward it."
        ),
        MessageKind.REMINDER: (
            "Hello {name}, a reminder: “{title}” is on {date} at {time} ({place} time)."
            " This is your link: {link} It is personal; please do not forward it."
        ),
        MessageKind.RESCHEDULED: (
            "Hello {name}, “{title}” has a new date: it is now on {date} at {time} ({place} time)."
            " This is your link: {link} It is personal; please do not forward it."
        ),
        MessageKind.CANCELLED: (
            "Hello {name}, “{title}”, which was on {date} at {time} ({place} time), is cancelled."
            " The link that you received no longer works. Sorry for the inconvenience."
        ),
    },
}

SUBJECT_TEMPLATES: Mapping[str, Mapping[MessageKind, str]] = {
    "es": {
        MessageKind.INVITATION: "Su enlace para “{titulo}”",
        MessageKind.REMINDER: "Recordatorio: “{titulo}”",
        MessageKind.RESCHEDULED: "Cambio de fecha: “{titulo}”",
        MessageKind.CANCELLED: "Se canceló “{titulo}”",
    },
    "en": {
        MessageKind.INVITATION: "Your link for “{title}”",
        MessageKind.REMINDER: "Reminder: “{title}”",
        MessageKind.RESCHEDULED: "New date: “{title}”",
        MessageKind.CANCELLED: "Cancelled: “{title}”",
    },
}
"""The subjects of the e-mails."""
