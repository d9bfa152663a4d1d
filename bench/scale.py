"""Whether the list grows slower: each view, its first page and one deep inside, of a thousand meetings and of a million."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, create_engine, func, select, update

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
        engines = [create_engine(url) for url in (small, large)]
        makers = [_prepare(engine) for engine in engines]
        clients = [
            client_of(url, directory / "instance", maker)
            for url, maker in zip((small, large), makers, strict=True)
        ]
        for mine in (False, True):
            for view in View:
                paths = [
                    [
                        f"/?view={view}{'&mine=1' if mine else ''}{after}"
                        for after in ("", f"&after={_middle(engine, view)}")
                    ]
                    for engine in engines
                ]
                for number, place in enumerate(["page 1"] if mine else ["page 1", "deep"]):
                    asked = [(client, path[number]) for client, path in zip(clients, paths, strict=True)]
                    few, many = in_turns(asked)
                    parts = (
                        Samples(f"{FEW:,}", typical(few), "ms"),
                        Samples(f"{MANY:,}", typical(many), "ms"),
                    )
                    what = f"{'mine, ' if mine else ''}{view}, {place}, {kind}"
                    yield Line(what, parts, median(many) / median(few), BAR, at_most=True)
        for engine in engines:
            engine.dispose()


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


def _middle(engine: Engine, view: View) -> str:
    """The place of the meeting in the middle of a view, as the list's addresses have it."""
    scope = Scope.of(view, None, datetime.now(UTC), ascending=view == View.UPCOMING)
    with engine.connect() as connection:
        all_of_it = select(Meeting.starts_at, Meeting.id).where(*scope.shape.conditions())
        number = connection.scalar(select(func.count()).select_from(all_of_it.subquery()), scope.values) or 0
        place = connection.execute(
            scope.shape.ordered(all_of_it).offset(number // 2).limit(1), scope.values
        ).one()
    return f"{int(place.starts_at.timestamp())}-{place.id}"
