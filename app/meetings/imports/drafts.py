"""Drafts: the imports of a meeting of which nothing has been sent."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import db
from app.extensions import get_settings
from app.models import ImportState, ParticipantImport
from app.utils.localized_time import LocalizedDateTime, localize
from app.web import i18n

MAX_DRAFTS = 5


class ImportDraft(NamedTuple):
    """An import of which nothing has been sent."""

    list_id: int
    row_count: int
    created: LocalizedDateTime


def find_drafts(meeting_id: int) -> list[ImportDraft]:
    """The drafts of a meeting, the newest first, at most `MAX_DRAFTS`."""
    columns = (ParticipantImport.id, ParticipantImport.rows, ParticipantImport.created_at)
    drafts = (
        select(*columns)
        .where(ParticipantImport.meeting_id == meeting_id, ParticipantImport.state == ImportState.DRAFT)
        .order_by(ParticipantImport.id.desc())
        .limit(MAX_DRAFTS)
    )
    with Session(db.engine) as session:
        return [
            ImportDraft(
                one.id,
                len(one.rows),
                localize(one.created_at, get_settings().time_zone, i18n.get_locale()),
            )
            for one in session.execute(drafts)
        ]
