"""Encryption at rest: tokens are encrypted before they are stored, and decrypted only to be shown."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class TokenCipher:
    """Encrypts and decrypts short texts. Encrypts with the first key, decrypts with any (key rotation)."""

    def __init__(self, keys: list[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def encrypt(self, plaintext: str) -> bytes:
        """Encrypt a text (UTF-8); the ciphertext differs on each call."""
        return self._fernet.encrypt(plaintext.encode("utf-8", "surrogatepass"))

    def decrypt(self, ciphertext: bytes) -> str | None:
        """Decrypt a ciphertext of `encrypt`; None if none of the keys fits."""
        try:
            return self._fernet.decrypt(ciphertext).decode("utf-8", "surrogatepass")
        except InvalidToken:
            return None


def derive_fernet_key(secret_key: str) -> str:
    """A Fernet key (32 bytes, URL-safe base64) derived from the application's secret key."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"convoca tokens at rest").derive(
        secret_key.encode()
    )
    return base64.urlsafe_b64encode(derived).decode()
