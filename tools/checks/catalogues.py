"""Fail unless every message catalogue has exactly the messages of the code, each translated and with its placeholders.

Run from the project's top: `.venv/bin/python tools/checks/catalogues.py`. English has no catalogue: its
messages are in the code.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

CATALOGUES = Path("app/translations")
KEYWORDS = ("_l", "lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdif]|\{\w*\}|%%")


def extract() -> Catalog:
    """The messages that stand in the code and the templates now."""
    with tempfile.TemporaryDirectory() as directory:
        template = Path(directory) / "messages.pot"
        keywords = [argument for keyword in KEYWORDS for argument in ("-k", keyword)]
        command = [
            sys.executable,
            "-m",
            "babel.messages.frontend",
            "-q",
            "extract",
            "-F",
            "babel.cfg",
            *keywords,
        ]
        subprocess.run([*command, "-o", str(template), "."], check=True)
        with template.open("rb") as file:
            return read_po(file)


def flaws(wanted: Catalog, catalogue: Catalog) -> Iterator[str]:
    """The differences between a catalogue and the messages of the code."""
    expected, found = _messages(wanted), _messages(catalogue)
    for key in expected.keys() - found.keys():
        yield f"missing: {expected[key].id!r}"
    for key in found.keys() - expected.keys():
        yield f"no longer used: {found[key].id!r}"
    for obsolete in catalogue.obsolete.values():
        yield f"obsolete: {obsolete.id!r}"
    for key in expected.keys() & found.keys():
        yield from _message_flaws(expected[key], found[key])


def _messages(catalogue: Catalog) -> dict[tuple[str | None, str], Message]:
    return {(message.context, _forms(message.id)[0]): message for message in catalogue if message.id}


def _message_flaws(wanted: Message, message: Message) -> Iterator[str]:
    sources, translations = _forms(wanted.id), _forms(message.string)
    if _forms(message.id) != sources:
        yield f"its plural differs from the code's: {wanted.id!r}"
    if message.fuzzy:
        yield f"fuzzy: {message.id!r}"
    if not all(translations):
        yield f"not translated: {message.id!r}"
        return
    yield from (
        f"placeholders differ: {message.id!r} → {translation!r}"
        for translation in translations
        if not _fits(sources, translation)
    )


def _fits(sources: tuple[str, ...], translation: str) -> bool:
    """Whether a translation has its sources' placeholders.

    One form of a plural may do without the number ("one person"), if a form of the source does; none may add
    a placeholder.
    """
    found = _placeholders(translation)
    if len(sources) == 1:
        return found == _placeholders(sources[0])
    each = [set(_placeholders(source)) for source in sources]
    return set.intersection(*each) <= set(found) <= set.union(*each)


def _forms(words: object) -> tuple[str, ...]:
    return tuple(map(str, words)) if isinstance(words, (tuple, list)) else (str(words or ""),)


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def main() -> int:
    """Print what is wrong; 0 if nothing is."""
    wanted = extract()
    catalogues = sorted(CATALOGUES.glob("*/LC_MESSAGES/messages.po"))
    if not catalogues:
        print(f"there is no catalogue in {CATALOGUES}")
        return 1
    problems = 0
    for path in catalogues:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3])
        for flaw in sorted(flaws(wanted, catalogue)):
            print(f"{path}: {flaw}")
            problems += 1
    print(f"{len(wanted)} messages, {len(catalogues)} catalogue(s), {problems} problem(s)")
    return int(problems > 0)


if __name__ == "__main__":
    sys.exit(main())
