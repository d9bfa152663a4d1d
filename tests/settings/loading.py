"""Settings that a real installation would give, and what comes of them."""

from pathlib import Path

import pytest

from app.config import Settings, SettingsError, load_settings

REAL = {
    "ZELTA_API_URL": "https://api.zelta.example",
    "ZELTA_API_KEY": "zlt_k7a9b2c_the_real_one",
    "ZELTA_FRONTEND_URL": "https://meet.zelta.example/app/",
    "SECRET_KEY": "a-secret-of-enough-length",
}
OIDC = {
    "AUTH": "oidc",
    "OIDC_ISSUER": "https://id.example.com",
    "OIDC_CLIENT_ID": "convoca",
    "OIDC_CLIENT_SECRET": "a-client-secret",
}
FERNET = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def load(folder: Path, **variables: str) -> Settings:
    return load_settings(variables, folder)


def refusal(folder: Path, **variables: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(REAL | variables, folder)
    line = str(caught.value)
    assert len(line.splitlines()) == 1
    assert line.strip()
    return line
