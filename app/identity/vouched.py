"""People whom somebody else vouches for, a provider or a proxy: the account is made at the first visit and kept up to date."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit import By, record
from app.database import db, retried, transaction
from app.fittings import settings
from app.identity import accounts
from app.models import Account, Deed, StaffRole
from app.models.account import username_key


@dataclass(frozen=True)
class Visitor:
    """Somebody, in the words of whoever vouches for them.

    `username` is what they are called, and `display_name` what to call them. `subject` is the provider's own lasting name for
    them: an account that has one answers to no other. `confirmed`: nobody else can come by this user name, so that they may
    take the account to which it was invited. `admin`: whether they administer this dashboard; None: nothing is said of it.
    """

    username: str
    subject: str | None = None
    display_name: str = ""
    confirmed: bool = True
    admin: bool | None = None


class Why(StrEnum):
    """Why somebody may not come in, whoever vouches for them."""

    NOT_TRUSTED = "not_trusted"
    DISABLED = "disabled"
    NOT_INVITED = "not_invited"
    NAME_TAKEN = "name_taken"
    BAD_NAME = "bad_name"
    UNCONFIRMED = "unconfirmed"
    OTHER_DOMAIN = "other_domain"


class NotWelcome(Exception):
    """They may not come in; `username` is that of their account, if they are known to have one."""

    def __init__(self, why: Why, username: str | None = None) -> None:
        super().__init__(why.value)
        self.why = why
        self.username = username


@retried
def vouched_for(visitor: Visitor, address: str | None) -> Account:
    """The account of a visitor, made at their first visit; costs one query where there is nothing new.

    Args:
        visitor: who they are.
        address: the network address that they come from.

    Raises:
        NotWelcome: the account is disabled, the name is another's or no name, or `NEW_ACCOUNTS` is `refused` and they were
            not invited.
    """
    account = _admitted(_known(db.session(), visitor), visitor)
    if account is not None and not _is_news(account, visitor):
        return account
    try:
        with transaction() as session:
            return _brought_up_to_date(session, visitor, address)
    except IntegrityError:  # two first visits at once, or a name that somebody else has
        db.session.rollback()
    account = _admitted(_known(db.session(), visitor), visitor)
    if account is None:
        raise NotWelcome(Why.NAME_TAKEN)
    return account


def _known(session: Session, visitor: Visitor, *, lock: bool = False) -> Account | None:
    known = select(Account).with_for_update() if lock else select(Account)
    if visitor.subject is not None:
        account = session.scalar(known.where(Account.oidc_subject == visitor.subject))
        if account is not None or not visitor.confirmed:
            return account
        # Whoever was invited by name takes the account at their first visit; nobody takes one that is taken.
        known = known.where(Account.oidc_subject.is_(None))
    account = session.scalar(known.where(Account.username_key == username_key(visitor.username)))
    # The key forgives how a person types. Two names that only look alike are two people to a provider.
    if account is not None and account.username.lower() != visitor.username.lower():
        raise NotWelcome(Why.NAME_TAKEN)
    return account


def _admitted(account: Account | None, visitor: Visitor) -> Account | None:
    if account is not None and account.disabled_at is not None:
        raise NotWelcome(Why.DISABLED, account.username)
    if account is None and not accounts.is_good_name(visitor.username):
        raise NotWelcome(Why.BAD_NAME)
    if account is None and settings().new_accounts == "refused" and not visitor.admin:
        raise NotWelcome(Why.NOT_INVITED)
    return account


def _is_news(account: Account, visitor: Visitor) -> bool:
    return (
        account.oidc_subject != (visitor.subject or account.oidc_subject)
        or account.display_name != (visitor.display_name or account.display_name)
        or account.role != _role(account.role, visitor.admin)
    )


def _role(role: StaffRole, admin: bool | None) -> StaffRole:
    """The role of somebody who has one, after the word on whether they are an administrator."""
    if admin:
        return StaffRole.ADMIN
    return _first_role() if role == StaffRole.ADMIN and admin is False else role


def _first_role() -> StaffRole:
    """What somebody new becomes; where nobody new comes in, the least."""
    new = settings().new_accounts
    return StaffRole.VIEWER if new == "refused" else StaffRole(new)


def _brought_up_to_date(session: Session, visitor: Visitor, address: str | None) -> Account:
    """The visitor's account as they are now, in a transaction; made if there is none."""
    # Of two who come at once, the second sees what the first has become.
    account = _admitted(_known(session, visitor, lock=True), visitor)
    if account is None:
        return _made(session, visitor, address)
    before, account.role = account.role, _role(account.role, visitor.admin)
    if before != account.role:
        roles = {"before": before.value, "role": account.role.value}
        by = By(account.username, address)
        record(session, Deed.ROLE_CHANGED, by, subject=account.username, detail=roles)
    account.oidc_subject = visitor.subject or account.oidc_subject
    account.display_name = visitor.display_name or account.display_name
    session.flush()
    return account


def _made(session: Session, visitor: Visitor, address: str | None) -> Account:
    role = StaffRole.ADMIN if visitor.admin else _first_role()
    account = Account(
        username=visitor.username, display_name=visitor.display_name, oidc_subject=visitor.subject, role=role
    )
    session.add(account)
    session.flush()
    session.refresh(account)  # times that the database gave
    by = By(account.username, address)
    record(session, Deed.ACCOUNT_ADDED, by, subject=account.username, detail={"role": role.value})
    return account
