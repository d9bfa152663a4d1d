"""Passwords: strength check, hashing (Argon2id) and verification."""

import secrets
import threading
import unicodedata
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH = 12, 256
# zxcvbn score 3 means at least 1e8 guesses: safe against offline guessing of a slow hash.
MIN_ZXCVBN_SCORE = 3
_MAX_ZXCVBN_CHARS = 72
_MAX_CONCURRENT_HASHES = 2
TEMPORARY_PASSWORD_LENGTH = 16
_UNAMBIGUOUS_CHARS = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher()  # Argon2id, with the parameters of RFC 9106 for machines with little memory
_hash_slots = threading.BoundedSemaphore(_MAX_CONCURRENT_HASHES)  # each takes 64 MiB


class PasswordProblem(StrEnum):
    """Why a password is rejected."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    EASY_TO_GUESS = "easy_to_guess"


def check_strength(password: str, *personal_data: str) -> PasswordProblem | None:
    """Check the strength of a new password; None if it is acceptable.

    Args:
        password: as typed.
        personal_data: what an attacker knows about the user, such as the name.
    """
    from zxcvbn import zxcvbn  # noqa: PLC0415  (its word lists take long to load, and few processes need them)

    normalized = _normalize_password(password)
    if len(normalized) < MIN_PASSWORD_LENGTH:
        return PasswordProblem.TOO_SHORT
    if len(normalized) > MAX_PASSWORD_LENGTH:
        return PasswordProblem.TOO_LONG
    personal_words = [
        part for text in (*personal_data, "convoca", "zelta") for part in (text, *text.split()) if part
    ]
    score = zxcvbn(normalized[:_MAX_ZXCVBN_CHARS], user_inputs=personal_words)["score"]
    return None if score >= MIN_ZXCVBN_SCORE else PasswordProblem.EASY_TO_GUESS


def hash_password(password: str) -> str:
    """Hash a password: Argon2id with a random salt."""
    with _hash_slots:
        return _hasher.hash(_normalize_password(password))


def verify_password(password: str, password_hash: str | None) -> bool:
    """Verify a password; unknown accounts use a dummy hash, so timing does not reveal which exist."""
    with _hash_slots:
        dummy_hash = (
            _dummy_hash()
        )  # created at first use in a process, before either branch, so that timing is equal
        try:
            _hasher.verify(password_hash or dummy_hash, _normalize_password(password))
        except (VerificationError, InvalidHashError):
            return False
    return bool(password_hash)


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def generate_temporary_password() -> str:
    """A random password that is easy to read aloud or from paper (about 79 bits)."""
    letters = "".join(secrets.choice(_UNAMBIGUOUS_CHARS) for _ in range(TEMPORARY_PASSWORD_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, TEMPORARY_PASSWORD_LENGTH, 4))


@cache
def _dummy_hash() -> str:
    return _hasher.hash(secrets.token_hex(16))


def _normalize_password(password: str) -> str:
    # NFKC: keyboards differ in composed and decomposed accents.
    return unicodedata.normalize("NFKC", password[: 4 * MAX_PASSWORD_LENGTH])
