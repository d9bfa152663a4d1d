"""All accounts, as pages and the command line show them: who they are, what they may do, when they signed in last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from app.database import db
from app.fittings import settings
from app.identity import sessions
from app.meetings.when import Moment, moment
from app.models import Account, AuditEvent, Deed, StaffRole
from app.site import language
from app.site.words import ROLES
from app.text import fold

PAGE_SIZE = 50


class Access(StrEnum):
    """Whether somebody gets in."""

    ACTIVE = "active"
    TEMPORARY = "temporary"
    EXPIRED = "expired"
    DISABLED = "disabled"


@dataclass(frozen=True)
class UserShown:
    """An account as pages show it. `until`: when its temporary password ends or ended."""

    id: int
    username: str
    display_name: str
    role: StaffRole
    access: Access
    until: Moment | None
    last_signed_in: Moment | None
    created: Moment

    @property
    def name(self) -> str:
        """What to call them."""
        return self.display_name or self.username

    @property
    def role_name(self) -> str:
        """What they may do, in a word."""
        return str(ROLES[self.role])


@dataclass(frozen=True)
class UsersPage:
    """Some of the accounts, by name: `total` fulfil `q`, and these are page `number` of them, counted from 1."""

    q: str
    users: list[UserShown]
    total: int
    number: int
    more: bool


def page(q: str, number: int) -> UsersPage:
    """A page of the accounts whose name or user name holds some words, in whatever case and accents."""
    ids = [row.id for row in _known() if _fits(q, row)]
    start = (number - 1) * PAGE_SIZE
    wanted = ids[start : start + PAGE_SIZE]
    found = {account.id: _shown(account, last) for account, last in _read(wanted)}
    return UsersPage(q, [found[one] for one in wanted], len(ids), number, len(ids) > start + PAGE_SIZE)


def one(account_id: int) -> UserShown:
    """An account.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none.
    """
    # A session of its own: what this request has just changed is shown as it is now.
    with Session(db.engine) as session:
        account, last = session.execute(_with_last_sign_in().where(Account.id == account_id)).one()
        return _shown(account, last)


def browsers(account_id: int) -> int:
    """In how many browsers an account is signed in."""
    return sessions.how_many(account_id)


def everybody() -> Sequence[Row[Account, datetime | None]]:
    """All accounts, by name, each with when it signed in last."""
    return db.session.execute(_with_last_sign_in().order_by(Account.username_key)).all()


def names() -> dict[str, str]:
    """What to call everybody, by their user names."""
    return {row.username: row.display_name for row in _known() if row.display_name}


def called(words: str, most: int) -> frozenset[str]:
    """The user names of accounts that are called so: the one of exactly this name, or else those that hold the words."""
    known = _known()
    exactly = [row.username for row in known if fold(row.username) == fold(words)]
    return frozenset(exactly or [row.username for row in known if _fits(words, row)][:most])


def access(account: Account) -> Access:
    """Whether somebody gets in."""
    if account.disabled_at is not None:
        return Access.DISABLED
    if account.temporary_password_expires_at is None or settings().auth in {"oidc", "proxy"}:
        return Access.ACTIVE
    return Access.TEMPORARY if account.temporary_password_expires_at > datetime.now(UTC) else Access.EXPIRED


def _known() -> Sequence[Row[int, str, str]]:
    # There are thousands at most, and no database compares without accents: they are read and looked through here.
    query = select(Account.id, Account.username, Account.display_name)
    return db.session.execute(query.order_by(Account.username_key)).all()


def _fits(q: str, row: Row[int, str, str]) -> bool:
    name = fold(f"{row.username} {row.display_name}") if q else ""
    return all(word in name for word in fold(q).split())


def _read(ids: Sequence[int]) -> Sequence[Row[Account, datetime | None]]:
    return db.session.execute(_with_last_sign_in().where(Account.id.in_(ids))).all()


def _with_last_sign_in() -> Select[Account, datetime | None]:
    mine = (AuditEvent.actor == Account.username, AuditEvent.action == Deed.SIGNED_IN)
    # Not max(): this reads one place of an index for each account, however often they signed in.
    newest = (AuditEvent.created_at.desc(), AuditEvent.id.desc())
    last = select(AuditEvent.created_at).where(*mine).order_by(*newest).limit(1).scalar_subquery()
    return select(Account, last.label("last_signed_in"))


def _shown(account: Account, last: datetime | None) -> UserShown:
    def when(instant: datetime) -> Moment:
        return moment(instant, settings().time_zone, language.current())

    return UserShown(
        id=account.id,
        username=account.username,
        display_name=account.display_name,
        role=account.role,
        access=access(account),
        until=when(account.temporary_password_expires_at) if account.temporary_password_expires_at else None,
        last_signed_in=when(last) if last else None,
        created=when(account.created_at),
    )
