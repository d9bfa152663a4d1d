"""Accounts as pages and the CLI list them: name, role, status, last sign-in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from app.auth import sessions
from app.database import db
from app.extensions import get_settings
from app.models import Account, AccountRole, AuditAction, AuditEvent
from app.utils.localized_time import LocalizedDateTime, localize
from app.utils.text import fold_for_search
from app.web import i18n
from app.web.activity_text import ROLE_LABELS

PAGE_SIZE = 50


class AccountStatus(StrEnum):
    """Whether a person gets in."""

    ACTIVE = "active"
    TEMPORARY = "temporary"
    EXPIRED = "expired"
    DISABLED = "disabled"


@dataclass(frozen=True)
class AccountListItem:
    """An account as pages show it. `until`: when its temporary password ends or ended."""

    id: int
    username: str
    display_name: str
    role: AccountRole
    status: AccountStatus
    password_expires_at: LocalizedDateTime | None
    last_signed_in: LocalizedDateTime | None
    created_at: LocalizedDateTime

    @property
    def name(self) -> str:
        """The display name."""
        return self.display_name or self.username

    @property
    def role_name(self) -> str:
        """The label of the role."""
        return str(ROLE_LABELS[self.role])


@dataclass(frozen=True)
class AccountPage:
    """One page of accounts, ordered by name: `total` match `q`; `number` counts pages from 1."""

    q: str
    accounts: list[AccountListItem]
    total: int
    number: int
    has_more: bool


def get_page(q: str, number: int) -> AccountPage:
    """A page of the accounts whose name or user name contains the terms; ignores case and accents."""
    ids = [row.id for row in _account_names() if _matches(q, row)]
    start = (number - 1) * PAGE_SIZE
    page_ids = ids[start : start + PAGE_SIZE]
    items = {account.id: _present_account(account, last) for account, last in _get_accounts(page_ids)}
    return AccountPage(
        q, [items[account_id] for account_id in page_ids], len(ids), number, len(ids) > start + PAGE_SIZE
    )


def get_account(account_id: int) -> AccountListItem:
    """An account.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none.
    """
    # A separate session: the request's session may hold stale objects after a change.
    with Session(db.engine) as session:
        account, last = session.execute(_accounts_query().where(Account.id == account_id)).one()
        return _present_account(account, last)


def count_sessions(account_id: int) -> int:
    """In how many browsers an account is signed in."""
    return sessions.count_sessions(account_id)


def list_accounts() -> Sequence[Row[Account, datetime | None]]:
    """All accounts, by name, each with when it signed in last."""
    return db.session.execute(_accounts_query().order_by(Account.username_key)).all()


def get_all_display_names() -> dict[str, str]:
    """The display name of every account, by user name."""
    return {row.username: row.display_name for row in _account_names() if row.display_name}


def find_usernames(text: str, limit: int) -> frozenset[str]:
    """The user names that a search means: the exact match, or else all names that contain the terms."""
    accounts = _account_names()
    exact_matches = [
        row.username for row in accounts if fold_for_search(row.username) == fold_for_search(text)
    ]
    return frozenset(exact_matches or [row.username for row in accounts if _matches(text, row)][:limit])


def get_status(account: Account) -> AccountStatus:
    """Whether a person gets in."""
    if account.disabled_at is not None:
        return AccountStatus.DISABLED
    if account.temporary_password_expires_at is None or get_settings().auth in {"oidc", "proxy"}:
        return AccountStatus.ACTIVE
    return (
        AccountStatus.TEMPORARY
        if account.temporary_password_expires_at > datetime.now(UTC)
        else AccountStatus.EXPIRED
    )


def _account_names() -> Sequence[Row[int, str, str]]:
    # Filtered in Python: a few thousand rows at most, and the databases do not compare without accents.
    query = select(Account.id, Account.username, Account.display_name)
    return db.session.execute(query.order_by(Account.username_key)).all()


def _matches(q: str, row: Row[int, str, str]) -> bool:
    name = fold_for_search(f"{row.username} {row.display_name}") if q else ""
    return all(word in name for word in fold_for_search(q).split())


def _get_accounts(ids: Sequence[int]) -> Sequence[Row[Account, datetime | None]]:
    return db.session.execute(_accounts_query().where(Account.id.in_(ids))).all()


def _accounts_query() -> Select[Account, datetime | None]:
    own_sign_ins = (AuditEvent.actor == Account.username, AuditEvent.action == AuditAction.SIGNED_IN)
    # ORDER BY … LIMIT 1 instead of max(): one index lookup per account.
    newest = (AuditEvent.created_at.desc(), AuditEvent.id.desc())
    last = select(AuditEvent.created_at).where(*own_sign_ins).order_by(*newest).limit(1).scalar_subquery()
    return select(Account, last.label("last_signed_in"))


def _present_account(account: Account, last_sign_in: datetime | None) -> AccountListItem:
    def localized(instant: datetime) -> LocalizedDateTime:
        return localize(instant, get_settings().time_zone, i18n.get_locale())

    return AccountListItem(
        id=account.id,
        username=account.username,
        display_name=account.display_name,
        role=account.role,
        status=get_status(account),
        password_expires_at=localized(account.temporary_password_expires_at)
        if account.temporary_password_expires_at
        else None,
        last_signed_in=localized(last_sign_in) if last_sign_in else None,
        created_at=localized(account.created_at),
    )
