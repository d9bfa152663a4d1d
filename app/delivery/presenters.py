"""Presenters of deliveries: the message and its links, and a participant's delivery status."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.auth.accounts import get_display_names
from app.delivery.default_messages import MessageKind
from app.delivery.message_service import MessageText, read_meeting_text
from app.delivery.messages import MessageContext, render_message, render_subject
from app.delivery.queries import DeliveryRow, get_meeting, list_rows
from app.delivery.share_links import is_too_long_for_mailto, mailto_link, whatsapp_link
from app.extensions import get_settings
from app.meetings.join_links import participant_join_link
from app.models import (
    DeliveryChannel,
    DeliveryPurpose,
    DeliveryStatus,
    Meeting,
    MeetingState,
    Participant,
    Role,
)
from app.models.delivery import delivery_purpose
from app.utils.localized_time import LocalizedDateTime, localize
from app.utils.text import escape_csv_formula
from app.utils.timezones import ASSUMED_MEETING_DURATION, is_valid_zone, timezone_city
from app.web import i18n
from app.web.activity_text import ACTOR_LABELS, NameLookup

CHANNEL_LABELS: Mapping[DeliveryChannel, LazyString | str] = {
    DeliveryChannel.WHATSAPP: "WhatsApp",
    DeliveryChannel.EMAIL: _l("email"),
    DeliveryChannel.MESSAGE: _l("message"),
    DeliveryChannel.LINK: _l("link"),
    DeliveryChannel.QR: _l("QR code"),
    DeliveryChannel.ICS: _l("calendar file"),
    DeliveryChannel.OTHER: _l("another way"),
}


@dataclass(frozen=True)
class MessageView:
    """A message to one participant, with the links that open it; `mailto_url` is empty where it is too long for one."""

    text: str
    subject: str
    whatsapp_url: str
    mailto_url: str
    is_too_long_for_mailto: bool


@dataclass(frozen=True)
class DeliveryView:
    """A participant as a page of hand-overs shows them.

    `link` is None where there is none, and after a cancellation. `words` say the status; `at` and `actor` are
    of the mark in force.
    """

    id: int
    name: str
    is_host: bool
    email: str | None
    phone: str | None
    phone_typed: str | None
    link: str | None
    status: DeliveryStatus
    words: str
    delivery_id: int | None
    channel: DeliveryChannel | None
    at: LocalizedDateTime | None
    actor: str
    message: MessageView | None


class DeliveryPresenter:
    """Presents the participants of one meeting; computes what they share once."""

    def __init__(self, meeting: Meeting, rows: Iterable[DeliveryRow] = ()) -> None:
        self.meeting = meeting
        self.purpose = delivery_purpose(meeting)
        self.text = read_meeting_text(meeting.id, message_kind(meeting), get_settings().language)
        actors = {row.actor for row in rows if row.actor is not None}
        self._names = NameLookup({}, get_display_names(actors - ACTOR_LABELS.keys()) if actors else {})
        self._now = datetime.now(UTC)

    @property
    def is_cancellation(self) -> bool:
        """Whether the message is about the cancellation."""
        return self.purpose == DeliveryPurpose.CANCELLATION

    def present(self, row: DeliveryRow) -> DeliveryView:
        """A participant as pages show them."""
        participant = row.participant
        has_message = row.status != DeliveryStatus.NONE
        return DeliveryView(
            id=participant.id,
            name=participant.name,
            is_host=participant.role == Role.HOST,
            email=participant.email,
            phone=participant.phone,
            phone_typed=participant.phone_typed,
            link=participant_join_link(self.meeting, participant),
            status=row.status,
            words=status_words(row.status, row.channel, self.purpose),
            delivery_id=row.delivery_id,
            channel=row.channel,
            at=self._moment(row.handed_over_at),
            actor=self._names.actor_name(row.actor),
            message=self.message(participant, self.text) if has_message else None,
        )

    def message(self, participant: Participant, text: MessageText) -> MessageView:
        """The message to a participant.

        Raises:
            app.delivery.messages.UnknownPlaceholderError: the text was not validated.
        """
        context = self._context(participant, text.language)
        body = render_message(text.language, text.template, context)
        subject = render_subject(text.language, text.kind, context)
        mailto = mailto_link(participant.email, subject, body)
        too_long = is_too_long_for_mailto(mailto)
        return MessageView(
            text=body,
            subject=subject,
            whatsapp_url=whatsapp_link(body, participant.phone),
            mailto_url="" if too_long else mailto,
            is_too_long_for_mailto=too_long,
        )

    def _context(self, participant: Participant, message_language: str) -> MessageContext:
        meeting = self.meeting
        # A stored zone that this machine's tzdata lacks must not break the page.
        zone = meeting.time_zone if is_valid_zone(meeting.time_zone) else "UTC"
        return MessageContext(
            name=participant.name,
            title=meeting.title,
            starts_at=meeting.starts_at,
            time_zone=zone,
            place=timezone_city(zone, message_language),
            link=participant_join_link(meeting, participant) or "",
            now=self._now,
        )

    def _moment(self, instant: datetime | None) -> LocalizedDateTime | None:
        return localize(instant, get_settings().time_zone, i18n.get_locale()) if instant else None


def message_kind(meeting: Meeting) -> MessageKind:
    """The kind of message that is due for the participants now."""
    if meeting.state == MeetingState.CANCELLED:
        return MessageKind.CANCELLED
    return MessageKind.RESCHEDULED if meeting.moved_from_id else MessageKind.INVITATION


def status_words(
    status: DeliveryStatus, channel: DeliveryChannel | None, purpose: DeliveryPurpose | None
) -> str:
    """The label of a delivery status; empty if there is nothing to deliver."""
    told = purpose == DeliveryPurpose.CANCELLATION
    match status:
        case DeliveryStatus.PENDING:
            return str(_("To tell") if told else _("To hand over"))
        case DeliveryStatus.EMAILED:
            return str(_("Emailed by Zelta"))
        case DeliveryStatus.HANDED_OVER:
            return _handed_over_words(channel or DeliveryChannel.OTHER, told=told)
    return ""


def _handed_over_words(channel: DeliveryChannel, *, told: bool) -> str:
    if channel == DeliveryChannel.OTHER:
        return str(_("Told") if told else _("Link handed over"))
    label = CHANNEL_LABELS[channel]
    if told:
        return str(_("Told by %(channel)s", channel=label))
    return str(_("Link handed over by %(channel)s", channel=label))


def present_rows(meeting: Meeting, rows: Sequence[DeliveryRow]) -> list[DeliveryView]:
    """The participants of a meeting as pages show them."""
    presenter = DeliveryPresenter(meeting, rows)
    return [presenter.present(row) for row in rows]


@dataclass(frozen=True)
class CopyTexts:
    """Texts about several participants; an empty one if there is nothing of its kind."""

    lines: str
    messages: str
    reminders: str
    emails: str
    phones: str


def build_copy_texts(
    meeting: Meeting, rows: Sequence[DeliveryRow], views: Sequence[DeliveryView]
) -> CopyTexts:
    """The names with links, the messages, the reminders, the addresses and the phones of participants.

    Args:
        meeting: of the participants.
        rows: the participants.
        views: the same participants as pages show them.
    """
    return CopyTexts(
        # A spreadsheet would run a name that begins like a formula.
        lines="\n".join(f"{escape_csv_formula(one.name)}\t{one.link}" for one in views if one.link),
        messages="\n\n".join(one.message.text for one in views if one.message),
        reminders="\n\n".join(_reminders(meeting, rows)),
        emails="\n".join(one.email for one in views if one.email),
        phones="\n".join(one.phone for one in views if one.phone),
    )


def _reminders(meeting: Meeting, rows: Sequence[DeliveryRow]) -> list[str]:
    """The reminders of the participants who have a link; none of a meeting that is over or cancelled."""
    presenter = DeliveryPresenter(meeting)
    is_over = datetime.now(UTC) > meeting.starts_at + ASSUMED_MEETING_DURATION
    if presenter.purpose != DeliveryPurpose.LINK or is_over:
        return []
    text = read_meeting_text(meeting.id, MessageKind.REMINDER, get_settings().language)
    return [
        presenter.message(row.participant, text).text for row in rows if row.status != DeliveryStatus.NONE
    ]


def present_participants(
    meeting_id: int, participant_ids: Collection[int] | None = None
) -> dict[int, DeliveryView]:
    """The participants of a meeting by our id, for a page's template; all of them, or those that it shows."""
    meeting = get_meeting(meeting_id)
    rows = list_rows(meeting, participant_ids=participant_ids)
    return {view.id: view for view in present_rows(meeting, rows)}
