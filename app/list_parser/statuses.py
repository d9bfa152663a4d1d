"""Status columns: the words that say that a person does not come, or is not let in."""

import re
from collections.abc import Sequence
from functools import lru_cache

from app.list_parser.vocabulary import yes_or_no
from app.utils.text import fold_for_search

_DECLINED = re.compile(
    r"\b(?:cancel\w*|anulad\w*|declin\w*|rechaz\w*|recus\w*|deneg\w*|denied|denegad\w*|negad[oa]|reject\w*|refus\w*"
    r"|opt(?:ed)?[ -]?out|unsubscri\w*|desuscri\w*|withdr[ae]w\w*|retirad\w*|desist\w*|dad[oa] de baja|de baja|baja"
    r"|lista de espera|en espera|espera|wait\w* ?list\w*|waiting\w*|refunded|reembols\w*|bounced|blocked|bloquead\w*"
    r"|suspend\w*|inactiv\w*|expuls\w*|eliminad\w*|deleted|excus\w*)\b"
    r"|\b(?:no|nao|not|won'?t|will not|can'?t|cannot)[ -]+(?:\w+[ -]+){0,2}(?:asist\w*|ira|va|vai|viene|vendra|pued\w*|"
    r"particip\w*|attend\w*|coming|go|going|come|acept\w*|comparec\w*|interes\w*|aprobad\w*|approved|confirm\w*|inscri\w*|"
    r"admitid\w*|autorizad\w*|desea\w*|quier\w*)\b"
)
_PENDING_APPROVAL = re.compile(r"\b(?:pend\w+)\b")
_MAX_WORD_CHARS = 60


def is_declined_status(word: str, *, is_negative: bool = False, title: str = "") -> bool:
    """Whether a cell of a status column says that the person does not come; `is_negative`: yes says so."""
    folded = fold_for_search(word)
    answer = yes_or_no(word)
    if answer is not None:
        return answer is is_negative
    if "aprob" in fold_for_search(title) or "approv" in fold_for_search(title):
        return bool(_DECLINED.search(folded) or _PENDING_APPROVAL.search(folded))
    return is_declined_text(word)


@lru_cache(maxsize=2048)
def is_declined_text(word: str) -> bool:
    """Whether a short text itself says that a person does not come, whatever column it stands in."""
    return len(word) <= _MAX_WORD_CHARS and bool(_DECLINED.search(fold_for_search(word)))


def has_status_words(cells: Sequence[str]) -> bool:
    """Whether a column of a few repeated words has some that say so, whatever its title."""
    filled = {fold_for_search(cell) for cell in cells if cell}
    repeated = len(filled) <= max(3, len([cell for cell in cells if cell]) // 2)
    return repeated and any(len(word) <= _MAX_WORD_CHARS and _DECLINED.search(word) for word in filled)
