"""Rows for any schema, made from what the database itself says of its tables, so that a new migration needs none of its own.

Each word of each enumeration occurs, each optional column is empty in some rows and not in others, and keys lead somewhere.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import JSON, Connection, MetaData, Table, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

_numbers = count(1)
_ENUMERATION = re.compile(r"""\W*(\w+)\W.*?(?:IN|ANY)\b.*""", re.DOTALL)


def tables_of(connection: Connection) -> list[Table]:
    """The tables that hold data of ours, parents first; not those that search keeps for itself."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name in _ordinary(connection))
    return found.sorted_tables


def _ordinary(connection: Connection) -> set[str]:
    names = set(inspect(connection).get_table_names())
    if connection.dialect.name == "sqlite":
        kinds = connection.execute(text("SELECT name FROM pragma_table_list WHERE type = 'table'"))
        names &= set(kinds.scalars())
    return names - {"alembic_version"}


def fill(connection: Connection) -> None:
    """Add rows to every table."""
    for table in tables_of(connection):
        for values in rows_for(connection, table):
            _add(connection, table, values)


def rows_for(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """Rows that the table takes: as many as its longest enumeration has words, and two at least."""
    enumerations = _enumerations(connection, table)
    parents = {
        column.name: list(connection.scalars(select(key.column).order_by(key.column)))
        for column in table.columns
        for key in column.foreign_keys
    }
    for number in range(max([2, *map(len, enumerations.values())])):
        row: dict[str, Any] = {}
        for column in table.columns:
            name = column.name
            if column is table.autoincrement_column:
                continue
            if column.nullable and number % 2 == 0:
                row[name] = None
            elif name in enumerations:
                row[name] = enumerations[name][number % len(enumerations[name])]
            elif name in parents:
                # A table that refers to itself has no row to refer to yet.
                row[name] = parents[name][number % len(parents[name])] if parents[name] else None
            else:
                row[name] = _value(column.type, name)
        yield row


def _enumerations(connection: Connection, table: Table) -> dict[str, list[str]]:
    checks = inspect(connection).get_check_constraints(table.name)
    found = {}
    for check in checks:
        words = re.findall(r"'([^']*)'", check["sqltext"])
        column = _ENUMERATION.match(check["sqltext"])
        if words and column:
            found[column[1]] = words
    return found


def _value(kind: TypeEngine[Any], name: str) -> Any:
    number = next(_numbers)
    python = kind.python_type
    if python is datetime:
        return datetime.now(UTC)
    if isinstance(kind, JSON):
        return {"number": number}
    if python is bool:
        return number % 2 == 0
    if python is str:
        return f"{name} {number} áé"
    return name.encode() if python is bytes else python(number)


def _add(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    """Insert a row; where the database takes no more of its optional links, without them; a table of one row has it already."""
    links = {column.name for column in table.columns if column.foreign_keys and column.nullable}
    for attempt in (values, values | dict.fromkeys(links)):
        try:
            with connection.begin_nested():
                connection.execute(insert(table).values(attempt))
        except DBAPIError:
            continue
        return
    assert connection.execute(select(table)).first(), f"{table.name} takes none of our rows"
