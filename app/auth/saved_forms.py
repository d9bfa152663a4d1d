"""Saved forms: a form sent after the session expired is stored encrypted for an hour, until sign-in."""

import hashlib
import json
import secrets
from typing import Any

from flask import session as cookie
from sqlalchemy import delete, select

from app.auth import sessions
from app.database import db, retry_on_rollback, write_transaction
from app.extensions import get_cipher
from app.models import SavedForm, utc_now
from app.models.lock_order import unlocked_condition

COOKIE_KEY = "held"
SAVED_FORM_TTL_SECONDS = 3600
MAX_ANONYMOUS_FORM_CHARS = 128 * 1024
"""Characters. Anonymous visitors may use only a bounded amount of disk."""
MAX_ANONYMOUS_FORMS = 100


@retry_on_rollback
def save_form(form: dict[str, Any]) -> bool:
    """Save a form for the next sign-in in this browser; returns whether it was saved.

    The form of a known account is returned to that account only.
    """
    account_id, text, token = sessions.get_last_account_id(), json.dumps(form), secrets.token_urlsafe(32)
    if account_id is None and len(text) > MAX_ANONYMOUS_FORM_CHARS:
        return False
    with write_transaction() as session:
        expired = SavedForm.created_at < utc_now(-SAVED_FORM_TTL_SECONDS)
        session.execute(delete(SavedForm).where(unlocked_condition(SavedForm, expired)))
        if account_id is None:
            newest_ids = (
                select(SavedForm.id)
                .where(SavedForm.account_id.is_(None))
                .order_by(SavedForm.id.desc())
                .limit(MAX_ANONYMOUS_FORMS)
            )
            older_forms = unlocked_condition(
                SavedForm, SavedForm.account_id.is_(None), SavedForm.id.not_in(newest_ids)
            )
            session.execute(delete(SavedForm).where(older_forms))
        session.add(
            SavedForm(
                token_hash=_hash_token(token),
                account_id=account_id,
                data_encrypted=get_cipher().encrypt(text),
            )
        )
    cookie[COOKIE_KEY] = token
    return True


def has_saved_form() -> bool:
    """Whether this browser has a saved form that has not expired."""
    return _find_saved_form() is not None


def load_form(account_id: int | None) -> dict[str, Any] | None:
    """The saved form of this browser, if this account may see it; it is not deleted by reading."""
    saved_form = _find_saved_form()
    if saved_form is None or saved_form.account_id not in {None, account_id}:
        return None
    text = get_cipher().decrypt(saved_form.data_encrypted)
    form: dict[str, Any] | None = json.loads(text) if text else None
    return form


def discard_if_submitted(path: str, account_id: int | None) -> None:
    """Delete the saved form if a form was just sent to its path."""
    form = load_form(account_id)
    if form is not None and form["path"] == path:
        with write_transaction() as session:
            session.execute(
                delete(SavedForm).where(SavedForm.token_hash == _hash_token(cookie.pop(COOKIE_KEY)))
            )


def _find_saved_form() -> SavedForm | None:
    token = cookie.get(COOKIE_KEY)
    if not token:
        return None
    not_expired = SavedForm.created_at > utc_now(-SAVED_FORM_TTL_SECONDS)
    return db.session.scalar(select(SavedForm).where(SavedForm.token_hash == _hash_token(token), not_expired))


def _hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
