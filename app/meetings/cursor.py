"""A place in the list, as it stands in an address."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self


class BadCursor(ValueError):
    """The text is no cursor of ours."""


@dataclass(frozen=True, order=True)
class Cursor:
    """A place in the list: the start (whole seconds) and the id of the meeting there; places compare as they come in time."""

    starts_at: datetime
    meeting_id: int

    def __str__(self) -> str:
        return f"{int(self.starts_at.timestamp())}-{self.meeting_id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote.

        Raises:
            BadCursor: it is something else.
        """
        found = re.fullmatch(r"(-?[0-9]{1,12})-([0-9]{1,18})", text)  # before 1970 the seconds are negative
        if found is None:
            raise BadCursor(text)
        try:
            return cls(datetime.fromtimestamp(int(found[1]), UTC), int(found[2]))
        except (ValueError, OverflowError, OSError) as error:
            raise BadCursor(text) from error
