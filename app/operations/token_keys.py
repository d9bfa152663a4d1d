"""Whether the encryption keys decrypt the hosts' tokens that are stored."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.extensions import get_cipher
from app.models import Participant
from app.operations.check import Check, CheckState

MAX_ROWS = 2000
"""How many of the newest participants, and of the oldest, are looked at: a bound for large databases."""


def has_key(session: Session | scoped_session[Any]) -> bool:
    """Whether a key decrypts any of the newest tokens; True where there are none."""
    tokens = _read_tokens(session, newest=True)
    return not tokens or any(get_cipher().decrypt(token) is not None for token in tokens)


def check_token_keys(session: Session) -> Check:
    """Whether each of the oldest and newest tokens can be decrypted."""
    tokens = {*_read_tokens(session, newest=True), *_read_tokens(session, newest=False)}
    lost = sum(get_cipher().decrypt(token) is None for token in tokens)
    title = _("Host keys")
    if not lost:
        return Check("token_keys", title, CheckState.OK, _("They can be decrypted."))
    message = ngettext(
        "%(num)s host key that was tried cannot be decrypted: the key that encrypted it is missing.",
        "%(num)s host keys that were tried cannot be decrypted: the key that encrypted them is missing.",
        lost,
    )
    advice = _("Add the earlier key to ENCRYPTION_KEYS, after the present one, and restart.")
    return Check("token_keys", title, CheckState.PROBLEM, message, advice)


def _read_tokens(session: Session | scoped_session[Any], *, newest: bool) -> list[bytes]:
    order = Participant.id.desc() if newest else Participant.id
    rows = select(Participant.token_encrypted).order_by(order).limit(MAX_ROWS).subquery()
    column = rows.c.token_encrypted
    return list(session.scalars(select(column).where(column.is_not(None))))
