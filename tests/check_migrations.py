"""Fail unless the migrations build exactly the tables that the models describe, on a new SQLite file.

Run from the project's top: `.venv/bin/python tests/check_migrations.py`.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Migrate and compare; 0 if they agree."""
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
