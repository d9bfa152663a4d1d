"""The list query: filter, order and cursor bounds; each filter has its own index."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, TextClause, bindparam, literal_column, tuple_

from app.meetings.cursor import Cursor
from app.models import Meeting
from app.models import meeting as meetings
from app.models.base import BigIntPK, UtcDateTime
from app.utils.timezones import ASSUMED_MEETING_DURATION

Query = Select[*tuple[Any, ...]]
MAX_ID = 2**63 - 1


class MeetingFilter(StrEnum):
    """The filters of the list."""

    UPCOMING = "upcoming"
    ATTENTION = "attention"
    PAST = "past"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class ListQuery:
    """The meetings of a filter, or all that are not discarded, in order, strictly between two cursors.

    With `created_by`, only those of this user name.
    """

    meeting_filter: MeetingFilter | None
    created_by: str | None
    ascending: bool
    lower: Cursor | None = None
    upper: Cursor | None = None

    @classmethod
    def for_filter(
        cls, meeting_filter: MeetingFilter | None, created_by: str | None, now: datetime, *, ascending: bool
    ) -> "ListQuery":
        """All meetings of a filter; `now` is the boundary between upcoming and past."""
        past_boundary = Cursor(now - ASSUMED_MEETING_DURATION, MAX_ID)
        return cls(
            meeting_filter,
            created_by,
            ascending,
            lower=past_boundary if meeting_filter == MeetingFilter.UPCOMING else None,
            upper=past_boundary if meeting_filter == MeetingFilter.PAST else None,
        )

    def after(self, cursor: Cursor) -> "ListQuery":
        """Restrict to what comes after a cursor, in the query's order."""
        # Merge lower bounds into one: with two, the planner seeks to one and filters by the other.
        if self.ascending:
            return replace(self, lower=max(self.lower or cursor, cursor))
        return replace(self, upper=min(self.upper or cursor, cursor))

    def until(self, cursor: Cursor) -> "ListQuery":
        """Restrict to what comes up to a cursor, inclusive."""
        if self.ascending:
            return replace(self, upper=Cursor(cursor.starts_at, cursor.meeting_id + 1))
        return replace(self, lower=Cursor(cursor.starts_at, cursor.meeting_id - 1))

    @property
    def shape(self) -> "ListQueryShape":
        """The cache key of a statement for this query."""
        bounds = (self.lower is not None, self.upper is not None)
        return ListQueryShape(self.meeting_filter, self.created_by is not None, self.ascending, *bounds)

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of such a statement."""
        parameters: dict[str, Any] = {"maker": self.created_by} if self.created_by is not None else {}
        for name, cursor in (("lower", self.lower), ("upper", self.upper)):
            if cursor is not None:
                parameters |= {f"{name}_start": cursor.starts_at, f"{name}_id": cursor.meeting_id}
        return parameters


class ListQueryShape(NamedTuple):
    """A list query without its values."""

    meeting_filter: MeetingFilter | None
    has_creator: bool
    ascending: bool
    has_lower: bool
    has_upper: bool

    def conditions(self) -> list[ColumnElement[bool] | TextClause]:
        """The WHERE conditions of the query."""
        # The literal conditions of the partial indexes.
        conditions: list[ColumnElement[bool] | TextClause] = [_FILTER_CONDITIONS[self.meeting_filter]]
        if self.has_creator:
            conditions.append(Meeting.created_by == bindparam("maker"))
        if self.has_lower:
            conditions.append(tuple_(*_ORDER_COLUMNS) > _cursor_parameters("lower"))
        if self.has_upper:
            conditions.append(tuple_(*_ORDER_COLUMNS) < _cursor_parameters("upper"))
        return conditions

    def apply_order(self, query: Query, *columns: ColumnElement[Any]) -> Query:
        """The query in the scope's order, by start and id or by the columns that have these in the query."""
        return query.order_by(
            *(column if self.ascending else column.desc() for column in columns or _ORDER_COLUMNS)
        )


def limited(query: Query, limit: int, *, offset: int = 0) -> Query:
    """Limit a query, with an optional offset."""
    # Literals: with bind parameters PostgreSQL would plan the statement again on each execution.
    limited_query = query.limit(literal_column(str(limit), Integer))
    return limited_query.offset(literal_column(str(offset), Integer)) if offset else limited_query


_ORDER_COLUMNS = (Meeting.starts_at, Meeting.id)
_FILTER_CONDITIONS = {
    MeetingFilter.UPCOMING: meetings.ACTIVE,
    MeetingFilter.PAST: meetings.ACTIVE,
    MeetingFilter.CANCELLED: meetings.CANCELLED,
    MeetingFilter.ATTENTION: meetings.NEEDS_ATTENTION,
    None: meetings.NOT_DISCARDED,
}


def _cursor_parameters(name: str) -> ColumnElement[Any]:
    return tuple_(bindparam(f"{name}_start", type_=UtcDateTime()), bindparam(f"{name}_id", type_=BigIntPK))
