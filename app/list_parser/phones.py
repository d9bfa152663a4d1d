"""Phone numbers: found beside a name, and brought into E.164."""

import re
from typing import NamedTuple

import phonenumbers

_SPLIT = re.compile(r"\s*(?::::|[;/|]|\by\b|\bo\b)\s*")
_PERSONAL_ID = re.compile(r"(?:\d{1,2}|PE|E|N|AV|PI)-\d{1,5}-\d{1,7}(?!\d)")
_MAX_CHARS = 40


class Phone(NamedTuple):
    """A phone as typed, and in E.164 where it can be a number of the country."""

    typed: str
    e164: str | None


def parse_phone(text: str, country: str | None) -> Phone | None:
    """The first phone of a cell; None where it holds no number.

    Args:
        text: as typed.
        country: ISO 3166-1 alpha-2, for numbers without a country code.
    """
    typed = " ".join(_SPLIT.split(text.strip())[0].split())[:_MAX_CHARS]
    if sum(map(str.isdigit, typed)) < 6:
        return None
    number = "+" + typed[2:] if typed.startswith("00") else typed
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return Phone(typed, None)
    if not phonenumbers.is_possible_number(parsed):
        return Phone(typed, None)
    return Phone(typed, phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def parse_phone_beside(text: str, country: str | None) -> Phone | None:
    """The phone that a number beside a name is; None for an id or a date that could only be one by its length."""
    phone = None if is_personal_id(text) else parse_phone(text, country)
    if phone is None or country is None:
        return phone
    return phone if phone.e164 and phonenumbers.is_valid_number(phonenumbers.parse(phone.e164)) else None


def is_personal_id(text: str) -> bool:
    """Whether it is written as an identity card's number is: «8-123-456»."""
    return _PERSONAL_ID.fullmatch(text.strip()) is not None
