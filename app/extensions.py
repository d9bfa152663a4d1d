"""Typed access to the extensions of the current application: settings, Zelta client, token cipher."""

from typing import cast

from flask import current_app

from app.config import Settings
from app.encryption import TokenCipher
from app.zelta.client import ZeltaClient


def get_settings() -> Settings:
    """The environment's settings."""
    return cast("Settings", current_app.extensions["settings"])


def get_zelta_client() -> ZeltaClient:
    """The client of the vendor's API."""
    return cast("ZeltaClient", current_app.extensions["zelta"])


def get_cipher() -> TokenCipher:
    """The cipher that encrypts tokens."""
    return cast("TokenCipher", current_app.extensions["vault"])
