"""How a message addresses a person."""

import re

# Titles before a name. With a title, the whole name is used.
_HONORIFIC = re.compile(
    r"(?:dra?|lic(?:da|do)?|ing|arq|prof(?:a|r)?|sra?|srta|mtr[ao]|don|doña|dª|mrs?|ms|miss|sir|fray|sor|rev|"
    r"doctora?|licenciad[ao]|ingenier[ao]|profesora?|señora?|padre|hermana|monseñor|hon|pbro|abog|tte|cap|cnel|gral)\.?",
    re.IGNORECASE,
)
# "María del Carmen" and "María de los Ángeles" are given names.
_COMPOUND_MARIA = re.compile(r"mar[ií]a\s+(?:del|de\s+l[ao]s?|de)\s+\S+", re.IGNORECASE)


def first_name(full_name: str) -> str:
    """The first name to greet a person with: `Ana` of `Ana Arias`, also of `Arias, Ana`.

    The whole name if its first word is a title (`Dra. Ana Arias`) or an initial (`A. Arias`).
    """
    words = " ".join(full_name.split())
    surname, comma, given = words.partition(",")
    if comma and surname.strip() and given.strip():
        words = given.strip()
    first = words.split(" ", 1)[0]
    if _HONORIFIC.fullmatch(first) or _is_initial(first):
        return words
    compound = _COMPOUND_MARIA.match(words)
    return compound[0] if compound else first


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) <= 1 or word.endswith(".")
