"""`python -m tools.seed`: fill the dashboard's database with generated meetings; see `make seed`."""

import argparse
import sys
import time

from app.config import SettingsError, load_settings
from tools.seed.load import DatabaseNotEmpty, load_rows
from tools.seed.rows import SeedPlan


def main() -> None:
    """Read what is wanted, and write it."""
    parser = argparse.ArgumentParser(prog="python -m seeding", description=__doc__)
    parser.add_argument("--meetings", type=int, default=1000)
    parser.add_argument("--people", type=int, default=10, help="for each meeting, on the average")
    parser.add_argument("--number", type=int, default=1, help="another one makes other meetings and people")
    parser.add_argument("--add", action="store_true", help="to the meetings that are there already")
    options = parser.parse_args()
    try:
        settings = load_settings()
        started = time.monotonic()
        people = load_rows(
            settings.database_url, SeedPlan(options.meetings, options.people, options.number), add=options.add
        )
    except SettingsError as error:
        sys.exit(f"Convoca cannot start: {error}")
    except DatabaseNotEmpty:
        sys.exit("There are meetings in this database. ADD=1 adds made-up ones to them, for good.")
    seconds = time.monotonic() - started
    print(f"{options.meetings:,} meetings with {people:,} people in {seconds:.0f} s")


if __name__ == "__main__":
    main()
