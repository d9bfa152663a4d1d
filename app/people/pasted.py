"""The lists that are pasted into the form of a new meeting.

A list in which every line is certain is sent with the meeting; any other becomes a draft, of which nothing is sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.list_parser import ParsedList, ParsedPerson
from app.models import Role
from app.people.drafts import dumped, person, rows_of
from app.people.import_source import ImportSource, ImportState
from app.people.queue import ListDraft, Person
from app.people.rereading import read_new
from app.people.same_person import Known, PeopleIndex
from app.text import email_key


@dataclass
class PastedLists:
    """What becomes of the lists of one form: `people` are sent at once, `drafts` are looked at first."""

    people: list[Person] = field(default_factory=list)
    drafts: list[ListDraft] = field(default_factory=list)

    def read(self, text: str, role: Role) -> bool:
        """Take in one of the lists.

        Args:
            text: as pasted.
            role: of people whom the list gives none.

        Returns:
            Whether there is anybody in it, or nothing at all.

        Raises:
            UnreadableFile: it cannot be read as a list.
        """
        source = ImportSource.from_text(text)
        parsed, state = read_new(source, ImportState(default_role=role.value))
        rows = rows_of(parsed)
        # What was chosen for another list is shown before it counts for this one.
        if parsed.is_certain and not state.is_remembered and not _repeats(parsed, self.people):
            self.people += [person(row) for row in rows]
        elif rows:
            self.drafts.append(ListDraft(source, state, dumped(rows), parsed))
        return bool(rows) or not text.strip()


def _repeats(parsed: ParsedList, people: Iterable[Person]) -> bool:
    """Whether somebody of a list may be one of the people of the list before."""
    before = list(people)
    emails = {email_key(one.email) for one in before if one.email}
    index = PeopleIndex.of(_known(one) for one in before)
    mine = [line.person for line in parsed.people if line.person]
    return any((one.email and email_key(one.email) in emails) or index.find(_known(one)) for one in mine)


def _known(one: Person | ParsedPerson) -> Known:
    return Known(one.name, bool(one.email), one.external_id or "")
