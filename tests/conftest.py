"""Where the fixtures are: each plugin below holds those of its topic."""

import os
import sqlite3
from datetime import date, datetime
from typing import Never

from hypothesis import settings

from app.config import SKIP_DOTENV

pytest_plugins = [
    "tests.support.test_run",
    "tests.support.databases",
    "tests.support.application",
    "tests.support.live",
    "tests.support.browser",
    "tests.support.deadlocks",
]

# A developer's `.env` is none of the tests' business.
os.environ[SKIP_DOTENV] = "1"

# The same examples in each run; `make test ARGS=--hypothesis-profile=default` looks for new ones.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")


def _refuse(value: date) -> Never:
    raise TypeError(
        f"{value!r} would need sqlite3's default adapter, deprecated since Python 3.12: say its type"
    )


# On every Python: before 3.12 these adapters work without a warning, and the suite would only fail on a newer one.
for kind in (date, datetime):
    sqlite3.register_adapter(kind, _refuse)
