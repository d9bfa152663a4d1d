"""The environment that the application is given in tests, in this process and in others."""

import os
from typing import TYPE_CHECKING, Protocol

from app.config import SKIP_DOTENV
from tests.support.test_run import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

API_KEY = "zlt_test_4f1c2a9be07d43c8"
FRONTEND_URL = "https://meet.zelta.example"
INHERITED = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", VARIABLE)
"""What another process of the run gets from ours: never a setting that the developer's shell happens to hold."""


class Vendor(Protocol):
    """Whatever stands at the address of Zelta's API: a `ZeltaServer`, or something of a test's own."""

    @property
    def url(self) -> str:
        """The backend base URL."""


def app_environment(database_url: str, vendor: Vendor | None = None, **overrides: str) -> dict[str, str]:
    """The settings of a dashboard connected to `vendor`, or to a port where nobody listens; `overrides` win."""
    return {
        "DATABASE_URL": database_url,
        "ZELTA_API_URL": vendor.url if vendor else "http://127.0.0.1:9",
        "ZELTA_API_KEY": API_KEY,
        "ZELTA_FRONTEND_URL": FRONTEND_URL,
        "ZELTA_TIMEOUT": "2",
        "AUTH": "off",
        "SECRET_KEY": "a-secret-of-the-tests-that-nobody-else-uses",
    } | overrides


def process_environment(variables: "Mapping[str, str]") -> dict[str, str]:
    """The whole environment of a process of ours that is started with these settings."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return inherited | {"PYTHONUNBUFFERED": "1", SKIP_DOTENV: "1"} | dict(variables)
