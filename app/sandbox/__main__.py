"""`python -m app.sandbox`: the sandbox by itself, in the foreground."""

import argparse
import os
import sys
from pathlib import Path

from .config import DEFAULT_DATABASE, DEFAULT_KEY
from .server import SandboxError, build_command, build_environment, open_listener


def main() -> None:
    """Listen, then become gunicorn."""
    parser = argparse.ArgumentParser(prog="python -m app.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--database", type=Path, default=os.environ.get("SANDBOX_DATABASE", DEFAULT_DATABASE))
    parser.add_argument(
        "--with-parent", action="store_true", help="end when the process that started this ends"
    )
    options = parser.parse_args()
    try:
        descriptor = open_listener(options.host, options.port).detach()
    except SandboxError as error:
        sys.exit(str(error))
    os.set_inheritable(descriptor, True)
    key = os.environ.get("SANDBOX_API_KEY", DEFAULT_KEY)
    parent = os.getppid() if options.with_parent else None
    sys.stderr.write(f"Sandbox: http://{options.host}:{options.port}\n")
    argv = build_command(descriptor)
    os.execve(argv[0], argv, build_environment(os.environ, options.database, key, parent))  # noqa: S606 - no shell wanted


if __name__ == "__main__":
    main()
