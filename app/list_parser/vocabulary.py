"""The words that lists use for columns and roles, in Spanish and in English, folded."""

import re
from enum import StrEnum

from app.list_parser.types import HOST, PARTICIPANT
from app.text import fold


class Column(StrEnum):
    """TokenType a column holds. The parts of a name are in the order in which they are joined."""

    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"
    SECOND_LAST = "second_last"
    NAME = "name"
    EMAIL = "email"
    ROLE = "role"
    KIND = "kind"
    """A column such as «tipo», which may hold roles or anything else."""
    IS_HOST = "is_host"
    """A column such as «anfitrión», which says yes or no of each."""
    EXTERNAL_ID = "external_id"


def _words(listed: str) -> list[str]:
    return [word.strip() for word in listed.split(",")]


def _columns(column: Column, listed: str) -> dict[str, Column]:
    return dict.fromkeys(_words(listed), column)


_COLUMNS = {
    **_columns(
        Column.FIRST,
        "nombre, nombres, nombre s, nombre de pila, primer nombre, name, first name, first names, firstname,"
        "given name, given names, givenname, forename",
    ),
    **_columns(Column.MIDDLE, "segundo nombre, middle name, middlename, second name, otros nombres"),
    **_columns(
        Column.LAST,
        "apellido, apellidos, apellido s, primer apellido, apellido paterno, last name, last names, lastname,"
        "surname, surnames, family name, familyname, paterno",
    ),
    **_columns(
        Column.SECOND_LAST, "segundo apellido, apellido materno, second last name, second surname, materno"
    ),
    **_columns(
        Column.NAME,
        "nombre completo, nombres completos, nombre y apellido, nombre y apellidos, nombres y apellidos,"
        "nombre s y apellido s, apellido y nombre, apellidos y nombre, apellidos y nombres, apellidos nombres,"
        "apellidos nombre, nombre apellido, nombre apellidos, nombres apellidos, nombre del invitado,"
        "nombre del participante, nombre del asistente, nombre del contacto, nombre de contacto,"
        "nombre para mostrar, nombre mostrado, nombre de usuario, full name, fullname, display name, displayname,"
        "complete name, guest name, participant name, attendee name, contact name, contacto, contact, persona,"
        "person, invitado, invitado a, invitada, invitados, participante, participantes, asistente, asistentes,"
        "guest, guests, participant, participants, attendee, attendees, user name, original name",
    ),
    **_columns(Column.EMAIL, "correo, correos, email, emails, e mail, e mails, mail, mails, electronico"),
    **_columns(
        Column.ROLE, "rol, roles, role, papel, funcion, perfil, preset, preset name, rol en la reunion"
    ),
    **_columns(
        Column.KIND,
        "tipo, type, tipo de participante, tipo de invitado, tipo de usuario, categoria, category",
    ),
    **_columns(
        Column.IS_HOST,
        "anfitrion, anfitriona, anfitrion a, es anfitrion, es anfitriona, es anfitrion a, host, is host, es host,"
        "moderador, moderadora, es moderador, moderator, is moderator, organizador, organizadora, es organizador,"
        "organizer, is organizer",
    ),
    **_columns(
        Column.EXTERNAL_ID,
        "id, id externo, id externa, identificador, identificador externo, codigo, codigo externo, external id,"
        "externalid, external identifier, identifier, code, legajo, matricula, id empleado, id de empleado,"
        "id del empleado, numero de empleado, no de empleado, codigo de empleado, codigo empleado, employee id,"
        "employee number, id estudiante, id de estudiante, codigo de estudiante, codigo estudiante, student id,"
        "referencia, reference, ref, id interno, internal id, user id, id usuario, id de usuario",
    ),
}
# An export's column beside that of the address: «E-mail 1 - Label», «E-mail Display Name», «Confirmar correo».
_NOT_THE_EMAIL = re.compile(
    r"\b(label|type|tipo|etiqueta|display|name|nombre|confirm\w*|enviado|sent|fecha|date|estado|status|postal)\b"
)
_EMAIL = re.compile(r"\b(correo|e ?mail)s?\b|^(mail|direccion electronica)\b")
# As the only word of a row they are as likely somebody's role, or a title.
_ALSO_ROLES = frozenset(
    _words(
        "invitado, invitado a, invitada, invitados, participante, participantes, asistente, asistentes, guest, guests,"
        " participant, participants, attendee, attendees"
    )
)

_HOSTS = _words(
    "anfitrion, anfitriona, anfitriones, anfitrionas, anfitrion a, host, hosts, cohost, co host, coanfitrion,"
    " coanfitriona, co anfitrion, co anfitriona, moderador, moderadora, moderadores, moderadoras, moderador a,"
    " moderator, moderators, organizador, organizadora, organizadores, organizadoras, organizador a, organizer,"
    " organizers, organiser, organisers, presentador, presentadora, presentadores, presentadoras, presentador a,"
    " presenter, presenters"
)
_GUESTS = _words(
    "invitado, invitada, invitados, invitadas, invitado a, invitados as, participante, participantes, participant,"
    " participants, guest, guests, asistente, asistentes, attendee, attendees, oyente, oyentes, viewer,"
    " viewers, publico, ponente, ponentes, panelista, panelistas, speaker, speakers, panelist, panelists, miembro,"
    " miembros, member, members, estudiante, estudiantes, alumno, alumna, alumnos, alumnas, alumno a, student, students"
)
_ROLES = {**dict.fromkeys(_HOSTS, HOST), **dict.fromkeys(_GUESTS, PARTICIPANT)}
_YES = frozenset(_words("si, s, x, yes, y, true, verdadero, v, 1"))
_NO = frozenset(_words("no, n, false, falso, f, 0"))
_ADDRESS_FIELDS = frozenset(("para", "to", "cc", "cco", "bcc", "de", "from"))
_NOT_WORDS = re.compile(r"[\W_]+")
_LABEL = re.compile(r"\s*([^\W\d_]+(?:[ /()-]+[^\W\d_]+){0,2}\)?)\s*:(?!//)\s*")


def plain_words(text: str) -> str:
    """Words only: no case, accents or punctuation."""
    return _NOT_WORDS.sub(" ", fold(text)).strip() if len(text) <= 100 else ""


def column_from_title(title: str) -> Column | None:
    """TokenType a column with that title holds, if it is known."""
    words = plain_words(title)
    if found := _COLUMNS.get(words) or _COLUMNS.get(plain_words(title.partition("(")[0])):
        return found
    return Column.EMAIL if _EMAIL.search(words) and not _NOT_THE_EMAIL.search(words) else None


def is_also_role(title: str) -> bool:
    """Whether a word that may head a column may also be a role."""
    return plain_words(title) in _ALSO_ROLES


def role_from_word(word: str) -> str | None:
    """`host` or `participant`, if the word names one of them."""
    return _ROLES.get(plain_words(word))


def role_from_yes_no(word: str) -> str | None:
    """`host` or `participant`, if the word answers whether somebody is a host with yes or no."""
    answer = plain_words(word)
    return HOST if answer in _YES else PARTICIPANT if answer in _NO else None


def find_label(text: str) -> tuple[str, int] | None:
    """A label such as «Para:» or «Anfitriones:» that `text` begins with: its word, folded, and where the rest begins."""
    if found := _LABEL.match(text[:80]):
        word = plain_words(found[1])
        if word in _ADDRESS_FIELDS or word in _ROLES:
            return word, found.end()
    return None
