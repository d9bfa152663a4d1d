"""The words that lists use for roles and answers, in Spanish, English and Portuguese, folded."""

import re
from functools import lru_cache

from app.list_parser.types import HOST, PARTICIPANT
from app.utils.text import fold_for_search


def _words(listed: str) -> list[str]:
    return [word.strip() for word in listed.split(",")]


_HOSTS = _words(
    "anfitrion, anfitriona, anfitriones, anfitrionas, anfitrion a, host, hosts, cohost, co host, coanfitrion,"
    " coanfitriona, co anfitrion, co anfitriona, moderador, moderadora, moderadores, moderadoras, moderador a,"
    " moderator, moderators, organizador, organizadora, organizadores, organizadoras, organizador a, organizer,"
    " organizers, organiser, organisers, presentador, presentadora, presentadores, presentadoras, presentador a,"
    " presenter, presenters, anfitriao, anfitria, anfitrioes, apresentador, apresentadora, coorganizador, coorganizadora"
)
_GUESTS = _words(
    "invitado, invitada, invitados, invitadas, invitado a, invitados as, participante, participantes, participant,"
    " participants, guest, guests, asistente, asistentes, attendee, attendees, oyente, oyentes, viewer,"
    " viewers, publico, ponente, ponentes, panelista, panelistas, speaker, speakers, panelist, panelists, miembro,"
    " miembros, member, members, estudiante, estudiantes, alumno, alumna, alumnos, alumnas, alumno a, student, students,"
    " convidado, convidada, convidados, convidadas, aluno, aluna, alunos, alunas, ouvinte, ouvintes, palestrante,"
    " estudante, estudantes"
)
_ROLES = {**dict.fromkeys(_HOSTS, HOST), **dict.fromkeys(_GUESTS, PARTICIPANT)}
_YES = frozenset(_words("si, s, x, yes, y, true, verdadero, v, 1, sim"))
_NO = frozenset(_words("no, n, false, falso, f, 0, nao"))
_ADDRESS_FIELDS = frozenset(("para", "to", "cc", "cco", "bcc", "de", "from"))
_NOT_WORDS = re.compile(r"[\W_]+")
_LABEL = re.compile(r"\s*([^\W\d_]+(?:[ /()-]+[^\W\d_]+){0,2}\)?)\s*:(?!//)\s*")


@lru_cache(maxsize=8192)
def plain_words(text: str) -> str:
    """Words only: no case, accents or punctuation."""
    return _NOT_WORDS.sub(" ", fold_for_search(text)).strip() if len(text) <= 100 else ""


def is_role_noun(title: str) -> bool:
    """Whether a word that may head a column may also be a role."""
    return plain_words(title) in _ROLES


def role_from_word(word: str) -> str | None:
    """`host` or `participant`, if the word names one of them."""
    return _ROLES.get(plain_words(word))


def role_from_yes_no(word: str) -> str | None:
    """`host` or `participant`, if the word is a yes or no in an is-host column."""
    answer = yes_or_no(word)
    return None if answer is None else HOST if answer else PARTICIPANT


def yes_or_no(word: str) -> bool | None:
    """What a word answers, if it is yes or no."""
    answer = plain_words(word)
    return True if answer in _YES else False if answer in _NO else None


def find_label(text: str) -> tuple[str, int] | None:
    """A label such as «Para:» or «Anfitriones:» that `text` begins with: its word, folded, and where the rest begins."""
    if found := _LABEL.match(text[:80]):
        word = plain_words(found[1])
        if word in _ADDRESS_FIELDS or word in _ROLES:
            return word, found.end()
    return None
