"""Status columns: the words that say that a person does not come, or is not let in."""

import re
from collections.abc import Sequence
from functools import lru_cache

from app.list_parser.cells import CellKind, classify_cell
from app.list_parser.vocabulary import yes_or_no
from app.utils.text import fold_for_search

_DECLINED = re.compile(
    r"\b(?:cancel\w*|anulad\w*|declin\w*|rechaz\w*|recus\w*|deneg\w*|denied|denegad\w*|negad[oa]|reject\w*|refus\w*"
    r"|opt(?:ed)?[ -]?out|unsubscri\w*|desuscri\w*|withdr[ae]w\w*|retirad\w*|desist\w*|dad[oa] de baja|de baja|baja"
    r"|lista de espera|en espera|espera|wait\w* ?list\w*|waiting\w*|refunded|reembols\w*|bounced|blocked|bloquead\w*"
    r"|suspend\w*|rebotad\w*|traslad\w*|egresad\w*|expired|vencid\w*|desaprobad\w*|inactiv\w*|expuls\w*|eliminad\w*|deleted|excus\w*)\b"
    r"|\b(?:no|nao|not|won'?t|will not|can'?t|cannot)[ -]+(?:\w+[ -]+){0,2}(?:asist\w*|ira|iran|vienen|van|contactar|va|vai|viene|vendra|pued\w*|"
    r"particip\w*|attend\w*|coming|go|going|come|acept\w*|comparec\w*|interes\w*|aprobad\w*|approved|confirm\w*|inscri\w*|"
    r"admitid\w*|autoriz\w*|desea\w*|quier\w*)\b"
    r"|^(?:lamentablemente|desafortunadamente|por desgracia|unfortunately|sorry|lo siento|infelizmente),? (?:no|nao)\b|^no,"
)
_PENDING_APPROVAL = re.compile(r"\b(?:pend\w+)\b")
_PIECES = re.compile(r"\s*[()\[\]<>;,|\t]\s*|\s+[-–—]+\s+|:\s")
_MAX_WORD_CHARS = 60


def is_declined_status(word: str, *, is_negative: bool = False, title: str = "") -> bool:
    """Whether a cell of a status column says that the person does not come; `is_negative`: yes says so."""
    folded = _fold(word)
    answer = yes_or_no(word)
    if answer is not None:
        return answer is is_negative
    if is_negative and classify_cell(word) is CellKind.DATE:
        # The day on which it was cancelled.
        return True
    if "aprob" in fold_for_search(title) or "approv" in fold_for_search(title):
        return bool(_DECLINED.search(folded) or _PENDING_APPROVAL.search(folded))
    return is_declined_text(word)


def begins_with_declined(note: str) -> bool:
    """Whether a remark begins by saying so: «Cancelado por enfermedad», «No viene»."""
    return bool(_DECLINED.match(_fold(note)))


def find_status_beside(text: str) -> str | None:
    """What beside the person of a line says so: «Ana Ríos <ana@…> (cancelado)», «CANCELADO: Ana Ríos»."""
    pieces = [piece.strip() for piece in _PIECES.split(text[:400]) if piece.strip()]
    first = 0 if ": " in text else 1
    return next((piece for piece in pieces[first:] if "@" not in piece and begins_with_declined(piece)), None)


def is_declined_section(text: str) -> bool:
    """Whether a line without an address stands above people who do not come: «No asistirán:», «Cancelados»."""
    title = text.strip(" \t;,*#=-")
    words = _fold(title).rstrip(":").split()
    if "@" in title or not 0 < len(words) <= 5 or not begins_with_declined(title):
        return False
    return title.endswith(":") or words[0] in {"no", "lista", "waiting"} or len(words) == 1


def _fold(text: str) -> str:
    return fold_for_search(text.replace("_", " ")).strip(" ([*-–—")


@lru_cache(maxsize=2048)
def is_declined_text(word: str) -> bool:
    """Whether a short text itself says that a person does not come, whatever column it stands in."""
    return len(word) <= _MAX_WORD_CHARS and bool(_DECLINED.search(_fold(word)))


def has_status_words(cells: Sequence[str]) -> bool:
    """Whether a column of a few repeated words has some that say so, whatever its title."""
    filled = {_fold(cell) for cell in cells if cell}
    repeated = len(filled) <= max(3, len([cell for cell in cells if cell]) // 2)
    return repeated and any(len(word) <= _MAX_WORD_CHARS and _DECLINED.search(word) for word in filled)
