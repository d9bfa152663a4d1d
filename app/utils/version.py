"""Which release this is."""

import tomllib
from contextlib import suppress
from functools import cache
from pathlib import Path


@cache
def get_version() -> str:
    """The version in `pyproject.toml` beside the package; "unknown" if that file is missing."""
    with suppress(OSError, KeyError, tomllib.TOMLDecodeError):
        project = (Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(project)["project"]["version"])
    return "unknown"
