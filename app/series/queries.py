"""Read series: the place of a meeting, its members, and what a repetition created."""

from collections.abc import Sequence

from sqlalchemy import select

from app.database import db, read_connection
from app.meetings.series_places import SeriesPlace, find_series_places
from app.models import Meeting


def find_place(meeting_id: int) -> SeriesPlace | None:
    """The place of a meeting in its series; None if it is in none."""
    columns = (Meeting.id, Meeting.series_id, Meeting.series_position)
    rows = db.session.execute(select(*columns).where(Meeting.id == meeting_id)).all()
    return find_series_places(rows).get(meeting_id)


def get_members(series_id: int) -> Sequence[Meeting]:
    """The meetings of a series, by position; a moved one after its former date."""
    query = select(Meeting).where(Meeting.series_id == series_id)
    return db.session.scalars(query.order_by(Meeting.series_position, Meeting.id)).all()


def find_only_meeting(batch_id: int) -> int | None:
    """Our id of the meeting of a batch that has just one.

    It reads on a connection of its own: the request's session may hold a snapshot from before the batch.
    """
    query = select(Meeting.id).where(Meeting.batch_id == batch_id).limit(2)
    with read_connection() as connection:
        ids = connection.scalars(query).all()
    return ids[0] if len(ids) == 1 else None
