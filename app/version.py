"""Which release this is."""

import tomllib
from contextlib import suppress
from functools import cache
from pathlib import Path


@cache
def version() -> str:
    """As `pyproject.toml` says, which lies beside the program; "unknown" where somebody left it behind."""
    with suppress(OSError, KeyError, tomllib.TOMLDecodeError):
        project = (Path(__file__).resolve().parent.parent / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(project)["project"]["version"])
    return "unknown"
