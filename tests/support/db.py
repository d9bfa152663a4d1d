"""Looking into the application's database from outside, as the vendor's side of a test or an operator would."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, MetaData, TextClause, bindparam, create_engine, inspect, select, text
from sqlalchemy.pool import NullPool

from app.models.base import UtcDateTime

TABLES = ("meetings", "participants", "journal_entries")


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection of our own."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def rows(url: str, query: str, **values: Any) -> list[dict[str, Any]]:
    """What a query gives, each row by its columns' names."""
    with connected(url) as connection:
        return [dict(row) for row in connection.execute(_bound(query, values)).mappings()]


def table(url: str, name: str) -> list[dict[str, Any]]:
    """All rows of a table, in the order of their ids or first columns, with JSON and times read."""
    with connected(url) as connection:
        found = MetaData()
        found.reflect(connection, only=[name])
        columns = found.tables[name].c
        query = select(found.tables[name]).order_by(columns.get("id", columns[0]))
        return [dict(row) for row in connection.execute(query).mappings()]


def dump(url: str) -> dict[str, list[dict[str, Any]]]:
    """Everything that is stored."""
    with connected(url) as connection:
        names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {name: table(url, name) for name in sorted(names)}


def last_call(url: str) -> dict[str, Any]:
    """The newest entry of the journal."""
    return table(url, "journal_entries")[-1]


def change(url: str, statement: str, **values: Any) -> None:
    """Do something to the stored rows that time or another process would do."""
    with connected(url) as connection:
        connection.execute(_bound(statement, values))
        connection.commit()


def _bound(statement: str, values: dict[str, Any]) -> TextClause:
    """A statement with its values; times as the application stores them, not as the driver would by default."""
    return text(statement).bindparams(
        *(
            bindparam(name, value, UtcDateTime() if isinstance(value, datetime) else None)
            for name, value in values.items()
        )
    )
