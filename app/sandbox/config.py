"""What the sandbox reads from its environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

DEFAULT_DATABASE = Path("instance/sandbox.sqlite3")
DEFAULT_KEY = "zlt_sandbox"


@dataclass(frozen=True)
class Config:
    """The sandbox's settings."""

    database: Path
    api_key: str
    rate: int
    time_zone: ZoneInfo


def read_config(environ: Mapping[str, str] = os.environ) -> Config:
    """Read SANDBOX_DATABASE, SANDBOX_API_KEY, SANDBOX_RATE (calls a minute) and TIME_ZONE.

    Raises:
        ValueError: SANDBOX_RATE is no positive whole number.
    """
    rate = int(environ.get("SANDBOX_RATE") or 60)
    if rate < 1:
        raise ValueError("SANDBOX_RATE must be at least 1")
    return Config(
        database=Path(environ.get("SANDBOX_DATABASE") or DEFAULT_DATABASE),
        api_key=environ.get("SANDBOX_API_KEY") or DEFAULT_KEY,
        rate=rate,
        time_zone=_parse_time_zone(environ.get("TIME_ZONE") or "America/Panama"),
    )


def _parse_time_zone(name: str) -> ZoneInfo:
    """The zone of that name; UTC for a wrong one, which the dashboard's own settings refuse."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # not found, a folder, or no name at all
        return ZoneInfo("UTC")
