"""Passwords: how good one is, how it is kept, and whether one is right."""

import secrets
import threading
import unicodedata
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 256
# Guesses, as a power of ten, that zxcvbn's third grade stands for: safe as long as trying takes the time of our hash.
GOOD_ENOUGH = 3
_READ_BY_ZXCVBN = 72
_AT_ONCE = 2
TEMPORARY_LENGTH = 16
_EASY_TO_READ = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher()  # Argon2id, with the parameters of RFC 9106 for machines with little memory
_turn = threading.BoundedSemaphore(_AT_ONCE)  # each takes 64 MiB


class Flaw(StrEnum):
    """Why a password is not taken."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    EASY_TO_GUESS = "easy_to_guess"


def flaw(password: str, *about: str) -> Flaw | None:
    """What is wrong with a new password.

    Args:
        password: as typed.
        about: what an attacker knows of its owner, such as their name.
    """
    from zxcvbn import zxcvbn  # noqa: PLC0415  (its word lists take long to load, and few processes need them)

    plain = _plain(password)
    if len(plain) < SHORTEST:
        return Flaw.TOO_SHORT
    if len(plain) > LONGEST:
        return Flaw.TOO_LONG
    known = [part for text in (*about, "convoca", "zelta") for part in (text, *text.split()) if part]
    score = zxcvbn(plain[:_READ_BY_ZXCVBN], user_inputs=known)["score"]
    return None if score >= GOOD_ENOUGH else Flaw.EASY_TO_GUESS


def hashed(password: str) -> str:
    """A password as it is kept: Argon2id with a salt of its own."""
    with _turn:
        return _hasher.hash(_plain(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password is the one that is kept; takes as long where none is kept."""
    with _turn:
        of_nobody = (
            _of_nobody()
        )  # whoever comes first in a process waits for it, whether their account exists or not
        try:
            _hasher.verify(kept or of_nobody, _plain(password))
        except (VerificationError, InvalidHashError):
            return False
    return bool(kept)


def is_outdated(kept: str) -> bool:
    """Whether the parameters have risen since it was hashed."""
    return _hasher.check_needs_rehash(kept)


def temporary() -> str:
    """A random password to hand over by word or by paper (about 79 bits)."""
    letters = "".join(secrets.choice(_EASY_TO_READ) for _ in range(TEMPORARY_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, TEMPORARY_LENGTH, 4))


@cache
def _of_nobody() -> str:
    return _hasher.hash(secrets.token_hex(16))


def _plain(password: str) -> str:
    # Keyboards differ in how they write an accent.
    return unicodedata.normalize("NFKC", password[: 4 * LONGEST])
