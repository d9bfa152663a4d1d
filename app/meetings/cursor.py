"""The keyset pagination cursor of the list, as it appears in URLs."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self


class InvalidCursor(ValueError):
    """The text is not a valid cursor."""


@dataclass(frozen=True, order=True)
class Cursor:
    """A keyset cursor: start (whole seconds) and id of a meeting; cursors compare in list order."""

    starts_at: datetime
    meeting_id: int

    def __str__(self) -> str:
        return f"{int(self.starts_at.timestamp())}-{self.meeting_id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote.

        Raises:
            InvalidCursor: it is something else.
        """
        match = re.fullmatch(r"(-?[0-9]{1,12})-([0-9]{1,18})", text)  # before 1970 the seconds are negative
        if match is None:
            raise InvalidCursor(text)
        try:
            return cls(datetime.fromtimestamp(int(match[1]), UTC), int(match[2]))
        except (ValueError, OverflowError, OSError) as error:
            raise InvalidCursor(text) from error
