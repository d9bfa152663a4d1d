"""Secrets at rest: tokens are sealed before they reach the database and opened only to be shown."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Vault:
    """Seals and opens short texts. The first key seals; any key opens, so that keys can be rotated."""

    def __init__(self, keys: list[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, secret: str) -> bytes:
        """Encrypt a text (UTF-8); each call gives another result."""
        return self._fernet.encrypt(secret.encode("utf-8", "surrogatepass"))

    def open(self, sealed: bytes) -> str | None:
        """Decrypt what `seal` made, or None where no key of ours made it."""
        try:
            return self._fernet.decrypt(sealed).decode("utf-8", "surrogatepass")
        except InvalidToken:
            return None


def key_from(secret_key: str) -> str:
    """A Fernet key (32 bytes, URL-safe base64) derived from the application's secret key."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"convoca tokens at rest").derive(
        secret_key.encode()
    )
    return base64.urlsafe_b64encode(derived).decode()
