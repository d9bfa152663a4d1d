"""Which meetings a page of the list is about, in which order, and between which places: each view has its own index for it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, TextClause, bindparam, literal_column, tuple_

from app.meetings.cursor import Cursor
from app.meetings.when import PAST_AFTER
from app.models import Meeting
from app.models import meeting as meetings
from app.models.base import Key, UtcDateTime

Query = Select[*tuple[Any, ...]]
LAST_ID = 2**63 - 1


class View(StrEnum):
    """The filters of the list."""

    UPCOMING = "upcoming"
    ATTENTION = "attention"
    PAST = "past"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Scope:
    """The meetings of a view, or all that are not discarded, in an order, and strictly between two places.

    With `mine` it is those of this user name.
    """

    view: View | None
    mine: str | None
    ascending: bool
    lower: Cursor | None = None
    upper: Cursor | None = None

    @classmethod
    def of(cls, view: View | None, mine: str | None, now: datetime, *, ascending: bool) -> "Scope":
        """All of a view; `now` parts upcoming from past."""
        begun = Cursor(now - PAST_AFTER, LAST_ID)
        return cls(
            view,
            mine,
            ascending,
            lower=begun if view == View.UPCOMING else None,
            upper=begun if view == View.PAST else None,
        )

    def after(self, place: Cursor) -> "Scope":
        """What comes after a place in the scope's order."""
        # Two bounds on one side would make either database begin at the wrong one and read its way to the other.
        if self.ascending:
            return replace(self, lower=max(self.lower or place, place))
        return replace(self, upper=min(self.upper or place, place))

    def until(self, place: Cursor) -> "Scope":
        """What comes up to a place that is in the scope, and itself."""
        if self.ascending:
            return replace(self, upper=Cursor(place.starts_at, place.meeting_id + 1))
        return replace(self, lower=Cursor(place.starts_at, place.meeting_id - 1))

    @property
    def shape(self) -> "Shape":
        """What a statement about the scope depends on."""
        bounds = (self.lower is not None, self.upper is not None)
        return Shape(self.view, self.mine is not None, self.ascending, *bounds)

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of such a statement."""
        given: dict[str, Any] = {"maker": self.mine} if self.mine is not None else {}
        for name, place in (("lower", self.lower), ("upper", self.upper)):
            if place is not None:
                given |= {f"{name}_start": place.starts_at, f"{name}_id": place.meeting_id}
        return given


class Shape(NamedTuple):
    """A scope without its values."""

    view: View | None
    mine: bool
    ascending: bool
    lower: bool
    upper: bool

    def conditions(self) -> list[ColumnElement[bool] | TextClause]:
        """What a meeting of the scope fulfils."""
        # These words, literally, are the conditions of the partial indexes.
        found: list[ColumnElement[bool] | TextClause] = [_OF_VIEW[self.view]]
        if self.mine:
            found.append(Meeting.created_by == bindparam("maker"))
        if self.lower:
            found.append(tuple_(*_ORDER) > _place("lower"))
        if self.upper:
            found.append(tuple_(*_ORDER) < _place("upper"))
        return found

    def ordered(self, query: Query, *place: ColumnElement[Any]) -> Query:
        """The query in the scope's order, by start and id or by the columns that have these in the query."""
        return query.order_by(*(column if self.ascending else column.desc() for column in place or _ORDER))


def first(query: Query, number: int, *, skip: int = 0) -> Query:
    """The first rows of a query, after so many others."""
    # As parameters the numbers would make PostgreSQL plan the statement anew each time, which takes longer than to run it.
    limited = query.limit(literal_column(str(number), Integer))
    return limited.offset(literal_column(str(skip), Integer)) if skip else limited


_ORDER = (Meeting.starts_at, Meeting.id)
_OF_VIEW = {
    View.UPCOMING: meetings.LISTED,
    View.PAST: meetings.LISTED,
    View.CANCELLED: meetings.CANCELLED,
    View.ATTENTION: meetings.ATTENTION,
    None: meetings.KEPT,
}


def _place(name: str) -> ColumnElement[Any]:
    return tuple_(bindparam(f"{name}_start", type_=UtcDateTime()), bindparam(f"{name}_id", type_=Key))
