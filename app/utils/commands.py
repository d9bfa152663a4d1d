"""How an administrator of this machine runs a `flask` command of ours, for hints."""

import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRAPPER = Path("/usr/local/sbin/convoca")
"""The script of docs/deploy, which runs the commands of one folder with the service's settings."""


def describe_command(arguments: str) -> str:
    """The command line that runs `flask --app wsgi` with these arguments here, such as `sudo convoca doctor`."""
    return f"{_prefix(WRAPPER)} {arguments}"


@cache
def _prefix(wrapper: Path) -> str:
    try:
        if f"cd {ROOT}" in wrapper.read_text().splitlines():
            return "sudo convoca"
    except (OSError, ValueError):  # there is none, or it is not readable
        pass
    program = Path(sys.prefix) / "bin" / "flask"
    return f"{program.relative_to(ROOT) if program.is_relative_to(ROOT) else program} --app wsgi"
