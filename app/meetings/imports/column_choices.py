"""The uses of columns that were chosen for a list, remembered for the next list with the same titles."""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.database import db
from app.list_parser import ColumnKind
from app.models import ColumnChoice, utc_now


def find_choice(title_key: str) -> dict[int, ColumnKind]:
    """What was chosen for the columns of a list with these titles (`ParsedList.title_key`); empty if nothing was."""
    if not _has_titles(title_key):
        return {}
    with Session(db.engine) as session:
        choice = session.get(ColumnChoice, _hash(title_key))
        return {int(index): ColumnKind(kind) for index, kind in choice.columns.items()} if choice else {}


def remember_choice(
    session: Session, title_key: str, columns: Mapping[int, ColumnKind], username: str
) -> None:
    """Remember a choice; it replaces the one before."""
    if not _has_titles(title_key):
        return
    session.execute(delete(ColumnChoice).where(ColumnChoice.title_key == _hash(title_key)))
    kinds = {str(index): kind.value for index, kind in columns.items()}
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(ColumnChoice).values(
        title_key=_hash(title_key), columns=kinds, updated_by=username, updated_at=utc_now()
    )
    # Of two choices at one moment, the first one committed stays.
    session.execute(insert.on_conflict_do_nothing())


def _has_titles(title_key: str) -> bool:
    return any(map(str.isalpha, title_key))


def _hash(title_key: str) -> str:
    return sha256(title_key.encode(errors="surrogatepass")).hexdigest()
