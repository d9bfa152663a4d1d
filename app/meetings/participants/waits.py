"""What those wait for who were added by hand and are in the outbox: only the rate limit held them back."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _

from app import rate_limit
from app.database import db
from app.extensions import get_settings
from app.meetings.imports.presenters import sender_stopped_text
from app.meetings.imports.progress import has_no_active_sender
from app.meetings.service import can_add_participants
from app.models import Meeting, Participant, ParticipantState
from app.utils.localized_time import localize
from app.web import i18n


def describe_waits(meeting: Meeting, participants: Sequence[Participant]) -> dict[int, str]:
    """When each waiting participant goes out, by our id; those of a list are left to its progress card."""
    waiting_ids = [
        one.id
        for one in participants
        if one.state in {ParticipantState.QUEUED, ParticipantState.CLAIMED} and one.import_id is None
    ]
    if not waiting_ids or not can_add_participants(meeting.state, meeting.cancellation):
        return {}
    return dict.fromkeys(waiting_ids, _describe_wait(meeting.id))


def _describe_wait(meeting_id: int) -> str:
    """When the outbox sends next: those added by hand go first. In the reader's zone."""
    connection = db.session.connection()
    if has_no_active_sender(connection, meeting_id):
        return sender_stopped_text()
    seconds = rate_limit.current_wait_seconds(connection, get_settings().zelta_rate)
    next_send = datetime.now(UTC) + timedelta(seconds=seconds)
    sent_at = localize(next_send, get_settings().time_zone, i18n.get_locale())
    if sent_at.is_today:
        return str(_("Waiting, goes out at %(time)s.", time=sent_at.time))
    return str(_("Waiting, goes out on %(when)s.", when=sent_at.short))
