"""What somebody typed into a form whose session had ended: kept sealed for an hour, until they have signed in again."""

import hashlib
import json
import secrets
from typing import Any

from flask import session as cookie
from sqlalchemy import delete, select

from app.database import db, retried, transaction
from app.fittings import vault
from app.identity import sessions
from app.models import HeldForm, utc_now
from app.models.locks import unlocked

COOKIE_KEY = "held"
KEPT_SECONDS = 3600
LARGEST_OF_STRANGERS = 128 * 1024
"""Characters. Whoever was never signed in is trusted with less of our disk, and with only so many forms."""
MOST_OF_STRANGERS = 100


@retried
def hold(form: dict[str, Any]) -> bool:
    """Keep a form, as JSON, for whoever signs in next in this browser; says whether it was kept.

    What an account typed is given back to that account alone.
    """
    account_id, text, key = sessions.last_account_id(), json.dumps(form), secrets.token_urlsafe(32)
    if account_id is None and len(text) > LARGEST_OF_STRANGERS:
        return False
    with transaction() as session:
        too_old = HeldForm.created_at < utc_now(-KEPT_SECONDS)
        session.execute(delete(HeldForm).where(unlocked(HeldForm, too_old)))
        if account_id is None:
            newest = (
                select(HeldForm.id)
                .where(HeldForm.account_id.is_(None))
                .order_by(HeldForm.id.desc())
                .limit(MOST_OF_STRANGERS)
            )
            rest = unlocked(HeldForm, HeldForm.account_id.is_(None), HeldForm.id.not_in(newest))
            session.execute(delete(HeldForm).where(rest))
        session.add(HeldForm(token_hash=_hash(key), account_id=account_id, data_encrypted=vault().seal(text)))
    cookie[COOKIE_KEY] = key
    return True


def is_there() -> bool:
    """Whether this browser left a form behind, which is still kept."""
    return _kept() is not None


def given_back(account_id: int | None) -> dict[str, Any] | None:
    """The form that was kept for this browser, if it is this account's to see; it stays for a reload."""
    held = _kept()
    if held is None or held.account_id not in {None, account_id}:
        return None
    text = vault().open(held.data_encrypted)
    form: dict[str, Any] | None = json.loads(text) if text else None
    return form


def sent(path: str, account_id: int | None) -> None:
    """A form was sent to this path: if it is the one that was kept, it need not be given back again."""
    form = given_back(account_id)
    if form is not None and form["path"] == path:
        with transaction() as session:
            session.execute(delete(HeldForm).where(HeldForm.token_hash == _hash(cookie.pop(COOKIE_KEY))))


def _kept() -> HeldForm | None:
    key = cookie.get(COOKIE_KEY)
    if not key:
        return None
    fresh = HeldForm.created_at > utc_now(-KEPT_SECONDS)
    return db.session.scalar(select(HeldForm).where(HeldForm.token_hash == _hash(key), fresh))


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
