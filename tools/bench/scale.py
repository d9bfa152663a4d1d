"""Scaling of the list: the first and a deep page of each filter, with a thousand and a million meetings."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, create_engine, func, select, update

from app.meetings.cursor import Cursor
from app.meetings.list_query import ListQuery, MeetingFilter
from app.models import CancellationState, Meeting
from tests.support.databases import Kind
from tools.bench.clients import create_client, interleave, medians_of_parts
from tools.bench.report import BenchmarkLine, Samples
from tools.bench.seeding import read_size, seeded_database

FEW_MEETINGS, MANY_MEETINGS = read_size("FEW", 1000), read_size("MANY", 1_000_000)
PEOPLE = 2  # so that a million meetings fit on a disk; the list counts the people of 25 of them, whatever the number
MAX_GROWTH_RATIO = 1.5
ATTENTION_MEETINGS = 100


def measure_growth(kind: Kind, directory: Path) -> Iterator[BenchmarkLine]:
    """Server time of each view with a million meetings next to that with a thousand."""
    with (
        seeded_database(kind, directory, FEW_MEETINGS, PEOPLE) as small,
        seeded_database(kind, directory, MANY_MEETINGS, PEOPLE) as large,
    ):
        sides = [_BenchDatabase(url, directory / "instance") for url in (small, large)]
        for view in MeetingFilter:
            first, inside = (
                f"/?view={view}",
                [f"/?view={view}&after={side.middle_cursor(view)}" for side in sides],
            )
            yield _growth_line(f"{view}, page 1, {kind}", sides, [first, first])
            yield _growth_line(f"{view}, deep, {kind}", sides, inside)
            yield _growth_line(f"{view}, mine, {kind}", sides, [f"{first}&mine=1"] * 2)
        for side in sides:
            side.engine.dispose()


class _BenchDatabase:
    """One of the two databases, with a client signed in as the creator of some of its meetings."""

    def __init__(self, url: str, directory: Path) -> None:
        self.engine = create_engine(url)
        self.client = create_client(url, directory, _prepare(self.engine))

    def middle_cursor(self, view: MeetingFilter) -> str:
        """The keyset cursor of the middle row of a view, as used in URLs."""
        list_query = ListQuery.for_filter(
            view, None, datetime.now(UTC), ascending=view == MeetingFilter.UPCOMING
        )
        rows_query = select(Meeting.starts_at, Meeting.id).where(*list_query.shape.conditions())
        with self.engine.connect() as connection:
            number = (
                connection.scalar(
                    select(func.count()).select_from(rows_query.subquery()), list_query.parameters
                )
                or 0
            )
            middle_query = list_query.shape.apply_order(rows_query).offset(number // 2).limit(1)
            row = connection.execute(middle_query, list_query.parameters).one()
        return str(Cursor(row.starts_at, row.id))


def _growth_line(title: str, sides: Sequence[_BenchDatabase], paths: Sequence[str]) -> BenchmarkLine:
    few, many = interleave([(side.client, path) for side, path in zip(sides, paths, strict=True)])
    parts = (
        Samples(f"{FEW_MEETINGS:,}", medians_of_parts(few), "ms"),
        Samples(f"{MANY_MEETINGS:,}", medians_of_parts(many), "ms"),
    )
    return BenchmarkLine(title, parts, median(many) / median(few), MAX_GROWTH_RATIO, at_most=True)


def _prepare(engine: Engine) -> str:
    """Give one user enough meetings for a page of each filter in the small database; return the name."""
    with engine.begin() as connection:
        first = Meeting.id <= FEW_MEETINGS
        creator = connection.scalars(select(Meeting.created_by).where(Meeting.id == 1)).one()
        attention_ids = (
            select(Meeting.id).where(Meeting.state == "scheduled", first).limit(ATTENTION_MEETINGS)
        )
        connection.execute(
            update(Meeting)
            .where(Meeting.id.in_(attention_ids))
            .values(cancellation=CancellationState.UNKNOWN)
        )
        connection.execute(update(Meeting).where(first).values(created_by=creator))
    return creator
