"""The place of a meeting in its series: "2 of 12"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from app.database import db
from app.models import Meeting


@dataclass(frozen=True)
class SeriesPlace:
    """The place of a meeting in its series. A moved meeting and its former date have the same."""

    series_id: int
    position: int
    total: int


def find_series_places(
    rows: Sequence[Row[Any]] | Sequence[Row[int, int | None, int | None]],
) -> dict[int, SeriesPlace]:
    """The places of those of these meetings that are in a series, by our id; one query for all of them.

    Args:
        rows: with `id`, `series_id` and `series_position`.
    """
    members = [row for row in rows if row.series_id is not None and row.series_position is not None]
    if not members:
        return {}
    query = (
        select(Meeting.series_id, func.count(Meeting.series_position.distinct()).label("total"))
        .where(Meeting.series_id.in_({row.series_id for row in members}))
        .group_by(Meeting.series_id)
    )
    totals = {row.series_id: row.total for row in db.session.execute(query)}
    return {row.id: SeriesPlace(row.series_id, row.series_position, totals[row.series_id]) for row in members}
