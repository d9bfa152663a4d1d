"""The lists that are pasted into the form of a new meeting.

A list in which every line is certain is sent with the meeting; any other becomes a draft, of which nothing is
sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.list_parser import ParsedList, ParsedPerson
from app.meetings.imports.rereading import read_new
from app.meetings.imports.rows import rows_from, serialize_rows, to_participant_input
from app.meetings.imports.source import ImportSource, ReadingState
from app.meetings.participants.queue import ListDraft, ParticipantInput
from app.meetings.participants.same_person import PeopleIndex, PersonIdentity
from app.models import Role
from app.utils.text import email_key


@dataclass(frozen=True)
class PastedList:
    """A list as read. `is_certain`: every line is, so that it needs no review."""

    draft: ListDraft
    people: list[ParticipantInput]
    is_certain: bool

    @property
    def single(self) -> ParticipantInput | None:
        """The one person of a list that needs no review; None for any other list."""
        return self.people[0] if self.is_certain and len(self.people) == 1 else None


def read_pasted(text: str, role: Role) -> PastedList:
    """Read a pasted list.

    Args:
        text: as pasted.
        role: of people whom the list gives none.

    Raises:
        UnreadableFile: it cannot be read as a list.
    """
    source = ImportSource.from_text(text)
    parsed, state = read_new(source, ReadingState(default_role=role.value))
    rows = rows_from(parsed)
    return PastedList(
        ListDraft(source, state, serialize_rows(rows), parsed),
        [to_participant_input(row) for row in rows],
        # What was chosen for another list is shown before it counts for this one.
        is_certain=parsed.is_certain and not state.is_remembered,
    )


@dataclass
class PastedLists:
    """The lists of one form: `people` are sent at once, `drafts` are reviewed first."""

    people: list[ParticipantInput] = field(default_factory=list)
    drafts: list[ListDraft] = field(default_factory=list)

    def read(self, text: str, role: Role) -> bool:
        """Take in one of the lists.

        Args:
            text: as pasted.
            role: of people whom the list gives none.

        Returns:
            Whether the list names a person or is empty.

        Raises:
            UnreadableFile: it cannot be read as a list.
        """
        pasted = read_pasted(text, role)
        if pasted.is_certain and not _has_repeated_person(pasted.draft.parsed, self.people):
            self.people += pasted.people
        elif pasted.people:
            self.drafts.append(pasted.draft)
        return bool(pasted.people) or not text.strip()


def _has_repeated_person(parsed: ParsedList, people: Iterable[ParticipantInput]) -> bool:
    """Whether a person of a list may be one of the people of the list before."""
    before = list(people)
    emails = {email_key(one.email) for one in before if one.email}
    index = PeopleIndex.of(_identity_of(one) for one in before)
    mine = [line.person for line in parsed.people if line.person]
    return any(
        (one.email and email_key(one.email) in emails) or index.find(_identity_of(one)) for one in mine
    )


def _identity_of(one: ParticipantInput | ParsedPerson) -> PersonIdentity:
    return PersonIdentity(one.name, bool(one.email), one.external_id or "")
