"""Whether the list grows slower: each view, its first page and one deep inside, of a thousand meetings and of a million."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, create_engine, func, select, update

from app.meetings.cursor import Cursor
from app.meetings.scope import Scope, View
from app.models import Cancellation, Meeting
from bench.clients import client_of, in_turns, typical
from bench.report import Line, Samples
from bench.seeding import seeded, size
from tests.support.databases import Kind

FEW, MANY = size("FEW", 1000), size("MANY", 1_000_000)
PEOPLE = 2  # so that a million meetings fit on a disk; the list counts the people of 25 of them, whatever the number
BAR = 1.5
ATTENTION = 100


def growth(kind: Kind, directory: Path) -> Iterator[Line]:
    """Server time of each view with a million meetings next to that with a thousand."""
    with seeded(kind, directory, FEW, PEOPLE) as small, seeded(kind, directory, MANY, PEOPLE) as large:
        sides = [_Side(url, directory / "instance") for url in (small, large)]
        for view in View:
            first, inside = f"/?view={view}", [f"/?view={view}&after={side.middle(view)}" for side in sides]
            yield _line(f"{view}, page 1, {kind}", sides, [first, first])
            yield _line(f"{view}, deep, {kind}", sides, inside)
            yield _line(f"{view}, mine, {kind}", sides, [f"{first}&mine=1"] * 2)
        for side in sides:
            side.engine.dispose()


class _Side:
    """One of the two databases, and somebody in front of it who made some of its meetings."""

    def __init__(self, url: str, directory: Path) -> None:
        self.engine = create_engine(url)
        self.client = client_of(url, directory, _prepare(self.engine))

    def middle(self, view: View) -> str:
        """The place of the meeting in the middle of a view, as the list's addresses have it."""
        scope = Scope.of(view, None, datetime.now(UTC), ascending=view == View.UPCOMING)
        all_of_it = select(Meeting.starts_at, Meeting.id).where(*scope.shape.conditions())
        with self.engine.connect() as connection:
            number = (
                connection.scalar(select(func.count()).select_from(all_of_it.subquery()), scope.values) or 0
            )
            one = scope.shape.ordered(all_of_it).offset(number // 2).limit(1)
            place = connection.execute(one, scope.values).one()
        return str(Cursor(place.starts_at, place.id))


def _line(what: str, sides: Sequence[_Side], paths: Sequence[str]) -> Line:
    few, many = in_turns([(side.client, path) for side, path in zip(sides, paths, strict=True)])
    parts = (Samples(f"{FEW:,}", typical(few), "ms"), Samples(f"{MANY:,}", typical(many), "ms"))
    return Line(what, parts, median(many) / median(few), BAR, at_most=True)


def _prepare(engine: Engine) -> str:
    """Give one person, whose name is returned, as many meetings in each view of the small database as a page needs."""
    with engine.begin() as connection:
        first = Meeting.id <= FEW
        maker = connection.scalars(select(Meeting.created_by).where(Meeting.id == 1)).one()
        unclear = select(Meeting.id).where(Meeting.state == "scheduled", first).limit(ATTENTION)
        connection.execute(
            update(Meeting).where(Meeting.id.in_(unclear)).values(cancellation=Cancellation.UNKNOWN)
        )
        connection.execute(update(Meeting).where(first).values(created_by=maker))
    return maker
