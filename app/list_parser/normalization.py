"""Normalization of a list before parsing: removes invisible characters, keeps names as typed."""

import re
import unicodedata

from app.utils.text import normalize_text, strip_control_characters

_BREAKS = re.compile("\r\n|[\n\r\v\f\u2028\u2029]")
# A no-break space and the typographer's spaces of fixed width; not the ideographic one, which CJK names are
# typed with.
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")
_CELL_EDGE = " · "


def split_lines(text: str) -> list[str]:
    """`text` cut at its line breaks (also Word's own), without an empty line after the last one."""
    lines = _BREAKS.split(text)
    return lines if lines[-1] else lines[:-1]


def normalize_line(line: str) -> str:
    """NFC, plain spaces, no invisible characters except tabs (cell separators) and breaks within a cell."""
    if line.isascii() and line.isprintable():
        return line
    plain_words = _SPACES.sub(" ", unicodedata.normalize("NFC", line))
    # A second time: what is taken out may have stood between a letter and its accent.
    return unicodedata.normalize(
        "NFC",
        "".join(
            part if part in "\t\n" else strip_control_characters(part)
            for part in re.split("([\t\n])", plain_words)
        ),
    )


def format_for_display(text: str) -> str:
    """One line of text, the cells of a table's row apart by dots."""
    cells = (" ".join(cell.split()) for cell in text.split("\t"))
    return normalize_text(_CELL_EDGE.join(filter(None, cells)))
