"""The lists of a meeting of which nothing has been sent: the import page offers them."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import db
from app.fittings import settings
from app.meetings.when import Moment, moment
from app.models import ListState, PeopleList
from app.site import language

MAX_DRAFTS = 5


class Draft(NamedTuple):
    """A list of which nothing has been sent."""

    list_id: int
    row_count: int
    created: Moment


def find_drafts(meeting_id: int) -> list[Draft]:
    """The drafts of a meeting, the newest first, at most `MAX_DRAFTS`."""
    columns = (PeopleList.id, PeopleList.rows, PeopleList.created_at)
    drafts = (
        select(*columns)
        .where(PeopleList.meeting_id == meeting_id, PeopleList.state == ListState.DRAFT)
        .order_by(PeopleList.id.desc())
        .limit(MAX_DRAFTS)
    )
    with Session(db.engine) as session:
        return [
            Draft(
                one.id,
                len(one.rows),
                moment(one.created_at, settings().time_zone, language.current()),
            )
            for one in session.execute(drafts)
        ]
