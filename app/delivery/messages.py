"""Messages to the people of a meeting: templates with placeholders, in Spanish and English.

A template is plain text with placeholders such as `{nombre}` (English: `{name}`). `{{` and `}}` are escaped
braces; a brace that belongs to no placeholder stays as it is.

A message is made of a template and a `MessageContext`, which has no field for a host's key.

    TemplateError
    ├── UnknownPlaceholderError
    ├── DeadLinkError
    ├── EmptyTemplateError
    └── TemplateTooLongError
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from app.delivery.default_messages import DEFAULT_TEMPLATES, SUBJECT_TEMPLATES, MessageKind
from app.delivery.names import first_name
from app.utils.text import fold_for_search

LANGUAGES = ("es", "en")
MAX_TEMPLATE_LENGTH = 2000
"""Characters of a template."""

PLACEHOLDERS: Mapping[str, Mapping[str, str]] = {
    "es": {
        "nombre": "first_name",
        "nombre_completo": "full_name",
        "titulo": "title",
        "fecha": "date",
        "hora": "time",
        "lugar": "place",
        "enlace": "link",
    },
    "en": {
        "name": "first_name",
        "full_name": "full_name",
        "title": "title",
        "date": "date",
        "time": "time",
        "place": "place",
        "link": "link",
    },
}
"""For each language, the placeholders' names and the values that they stand for."""

_TOKEN = re.compile(r"\{\{|\}\}|\{([ \t]*\w[\w \t-]*)\}")
_DATE_PATTERNS = {
    "es": ("EEEE d 'de' MMMM", "EEEE d 'de' MMMM 'de' y"),
    "en": ("EEEE d MMMM", "EEEE d MMMM y"),
}
_TWELVE_HOURS = "h:mm a"
# Spanish says "a la 1:30" and "a las 2:30".
_ARTICLE_BEFORE_TIME = re.compile(r"\blas( *)$", re.IGNORECASE)


class TemplateError(ValueError):
    """A template that cannot be used."""


class UnknownPlaceholderError(TemplateError):
    """A template has a placeholder that its language does not know; `placeholder` is its name as typed."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(f"unknown placeholder: {placeholder}")
        self.placeholder = placeholder


class DeadLinkError(TemplateError):
    """The message about a cancellation has the placeholder of the link, which no longer works."""


class EmptyTemplateError(TemplateError):
    """A template has no text."""


class TemplateTooLongError(TemplateError):
    """A template has more than `MAX_TEMPLATE_LENGTH` characters."""


@dataclass(frozen=True)
class MessageContext:
    """The values of the placeholders: one participant and the meeting.

    Attributes:
        name: the person's whole name.
        title: of the meeting.
        starts_at: an aware instant.
        time_zone: the IANA name of the zone of dates and times.
        place: the zone's city, in the message's language.
        link: the person's join link; empty where there is none.
        now: an aware instant; dates in another year include the year.
    """

    name: str
    title: str
    starts_at: datetime
    time_zone: str
    place: str
    link: str
    now: datetime


def validate_template(kind: MessageKind, language: str, template: str) -> None:
    """Check a template before it is stored.

    Raises:
        UnknownPlaceholderError: its first placeholder that `language` does not know.
        DeadLinkError: it offers the link of a cancelled meeting.
        EmptyTemplateError: it has no text.
        TemplateTooLongError: it is longer than `MAX_TEMPLATE_LENGTH`.
    """
    if not template.strip():
        raise EmptyTemplateError("the template is empty")
    if len(template) > MAX_TEMPLATE_LENGTH:
        raise TemplateTooLongError(f"the template has {len(template)} characters")
    for typed in _placeholders_in(template):
        if _value_name(language, typed) == "link" and kind == MessageKind.CANCELLED:
            raise DeadLinkError("a cancelled meeting has no link")


def render_message(language: str, template: str, context: MessageContext) -> str:
    """Fill in a template; values are taken as they are, braces in them included.

    Raises:
        UnknownPlaceholderError: the template was not validated for this language.
    """
    values = _values(language, context)
    parts: list[str] = []
    end = 0
    for match in _TOKEN.finditer(template):
        parts.append(template[end : match.start()])
        end = match.end()
        parts.append(match[0][0] if match[1] is None else values[_value_name(language, match[1])])
        if match[1] is not None and _value_name(language, match[1]) == "time":
            _agree_with_time(language, parts)
    return "".join((*parts, template[end:])).replace("\r\n", "\n")


def render_subject(language: str, kind: MessageKind, context: MessageContext) -> str:
    """The subject of an e-mail with this kind of message, in one line."""
    subject = render_message(language, SUBJECT_TEMPLATES[language][kind], context)
    return " ".join(subject.split())


def default_template(kind: MessageKind, language: str) -> str:
    """The default text."""
    return DEFAULT_TEMPLATES[language][kind]


def format_message_date(instant: datetime, time_zone: str, language: str, now: datetime) -> str:
    """`miércoles 10 de febrero`; with its year where that is not the year of `now` there."""
    zone = ZoneInfo(time_zone)
    day = instant.astimezone(zone)
    short, with_year = _DATE_PATTERNS[language]
    pattern = short if day.year == now.astimezone(zone).year else with_year
    return _format_date(day.date(), pattern, language)


def format_message_time(instant: datetime, time_zone: str, language: str) -> str:
    """`9:00 a. m.`, `9:00 AM`; with ordinary spaces, which every program shows."""
    return _format_time(instant.astimezone(ZoneInfo(time_zone)).time(), language)


# A page formats the same date and time once for each of its participants.
@lru_cache(maxsize=256)
def _format_date(day: date, pattern: str, language: str) -> str:
    return str(format_date(day, pattern, locale=language))


@lru_cache(maxsize=256)
def _format_time(clock: time, language: str) -> str:
    return " ".join(format_time(clock, _TWELVE_HOURS, locale=language).split())


def _placeholders_in(template: str) -> Iterator[str]:
    return (match[1] for match in _TOKEN.finditer(template) if match[1] is not None)


def _value_name(language: str, typed: str) -> str:
    # Case, accents and spaces do not count: `{Título}` is meant as `{titulo}`.
    key = fold_for_search(typed).replace(" ", "_").replace("-", "_")
    try:
        return PLACEHOLDERS[language][key]
    except KeyError:
        raise UnknownPlaceholderError(typed.strip()) from None


def _values(language: str, context: MessageContext) -> dict[str, str]:
    return {
        "first_name": first_name(context.name),
        "full_name": context.name,
        "title": context.title,
        "date": format_message_date(context.starts_at, context.time_zone, language, context.now),
        "time": format_message_time(context.starts_at, context.time_zone, language),
        "place": context.place,
        "link": context.link,
    }


def _agree_with_time(language: str, parts: list[str]) -> None:
    """Replace "a las" before a time of one o'clock with "a la"."""
    if language == "es" and len(parts) >= 2 and parts[-1].startswith("1:"):
        parts[-2] = _ARTICLE_BEFORE_TIME.sub(
            lambda match: f"{'LA' if match[0][0] == 'L' else 'la'}{match[1]}", parts[-2]
        )


def translate_placeholders(template: str, source: str, target: str) -> str:
    """The same text with each placeholder of one language replaced by that of another; unknown ones stay."""
    names = {value: name for name, value in PLACEHOLDERS[target].items()}

    def translate(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        try:
            return f"{{{names[_value_name(source, match[1])]}}}"
        except UnknownPlaceholderError:
            return match[0]

    return _TOKEN.sub(translate, template)
