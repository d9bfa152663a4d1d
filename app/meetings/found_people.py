"""The people that a search found, with their meetings and links."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import Row

from app.extensions import get_settings
from app.meetings import pasted_ids, search
from app.meetings.join_links import participant_join_link
from app.models import Meeting, Participant
from app.models.delivery import DeliveryPurpose, delivery_purpose
from app.utils.localized_time import LocalizedDateTime, localize
from app.web import i18n


@dataclass(frozen=True)
class FoundParticipant:
    """A participant in the search results; `url` leads to their row. No `link`: there is none that works."""

    id: int
    name: str
    email: str
    meeting_title: str
    local_start: LocalizedDateTime
    url: str
    link: str | None


@dataclass(frozen=True)
class FoundPerson:
    """A person in the search results, in each of their meetings."""

    name: str
    email: str
    participants: list[FoundParticipant]


def find_people(q: str, meeting_ids: Sequence[int]) -> tuple[list[FoundPerson], bool]:
    """The people of these meetings who match a search, and whether there are more of them.

    Args:
        q: the search.
        meeting_ids: the meetings of one page of its results.
    """
    terms = search.tokenize_query(q)
    rows = pasted_ids.find_people(meeting_ids, terms, pasted_ids.parse(q)) if terms else []
    return _group_people(rows[: pasted_ids.MAX_PEOPLE]), len(rows) > pasted_ids.MAX_PEOPLE


def _group_people(rows: Sequence[Row[Participant, Meeting]]) -> list[FoundPerson]:
    """Participants with one email, or with one name and no email, are one person."""
    people: dict[str, FoundPerson] = {}
    for participant, meeting in rows:
        key = participant.email_key or participant.search_text
        person = people.setdefault(key, FoundPerson(participant.name, participant.email or "", []))
        person.participants.append(_present_participant(participant, meeting))
    return list(people.values())


def _present_participant(participant: Participant, meeting: Meeting) -> FoundParticipant:
    return FoundParticipant(
        id=participant.id,
        name=participant.name,
        email=participant.email or "",
        meeting_title=meeting.title,
        local_start=localize(meeting.starts_at, get_settings().time_zone, i18n.get_locale()),
        # The search of the page, so that the row is on its first page.
        url=url_for("meetings.show", meeting_id=meeting.id, q=participant.name, _anchor=f"p{participant.id}"),
        link=participant_join_link(meeting, participant)
        if delivery_purpose(meeting) == DeliveryPurpose.LINK
        else None,
    )
