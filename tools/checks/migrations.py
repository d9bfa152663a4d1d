"""Fail unless the migrations build exactly the tables that the models describe, and those that landed are unchanged.

A migration that has run in an installation does not run there again, so later changes to it would be missing.
A new migration adds its line to tests/migrations/landed/SHA256SUMS (`sha256sum` in migrations/versions) when
it lands, and its file does not change afterwards.

Run from the project's top: `.venv/bin/python tools/checks/migrations.py`.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LANDED = ROOT / "tests" / "migrations" / "landed" / "SHA256SUMS"


def rewritten() -> list[str]:
    """The migrations that landed and are missing or changed, and those that have no hash yet."""
    versions = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (ROOT / "migrations" / "versions").glob("*.py")
    }
    landed = dict(line.split()[::-1] for line in LANDED.read_text().splitlines())
    return sorted(name for name in versions.keys() | landed.keys() if versions.get(name) != landed.get(name))


def main() -> int:
    """Migrate and compare; 0 if they agree."""
    if names := rewritten():
        print(f"Not as in {LANDED.relative_to(ROOT)}: {', '.join(names)}. Write a new migration instead.")
        return 1
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", "db"]
    with tempfile.TemporaryDirectory() as directory:
        environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"sqlite:///{Path(directory) / 'check.sqlite3'}",
            # A real address, so that neither a sandbox nor an instance folder of its own is made.
            "ZELTA_API_URL": "http://127.0.0.1:9",
            "ZELTA_API_KEY": "zlt_check",
            "ZELTA_FRONTEND_URL": "https://meet.zelta.example",
            "SECRET_KEY": "only-for-comparing-models-and-migrations",
        }
        for command in (["upgrade"], ["check"]):
            done = subprocess.run(
                [*flask, *command], env=environment, capture_output=True, text=True, check=False
            )
            if done.returncode:
                print(f"flask db {' '.join(command)} failed:\n{done.stdout}{done.stderr}")
                return 1
    print("Models and migrations agree.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
