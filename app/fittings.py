"""What `create_app` fitted the application with, typed: the settings, the way to Zelta, the vault."""

from typing import cast

from flask import current_app

from app.settings import Settings
from app.vault import Vault
from app.zelta.client import ZeltaClient


def settings() -> Settings:
    """The environment's settings."""
    return cast("Settings", current_app.extensions["settings"])


def zelta() -> ZeltaClient:
    """The client of the vendor's API."""
    return cast("ZeltaClient", current_app.extensions["zelta"])


def vault() -> Vault:
    """What seals tokens."""
    return cast("Vault", current_app.extensions["vault"])
