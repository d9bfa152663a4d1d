"""`AUTH=oidc`: one round to the provider and back, known by what the browser's signed cookie holds of it for ten minutes."""

import logging
import secrets
import time
from collections.abc import Mapping
from typing import NamedTuple

from flask import session as cookie

from app.audit import By, record
from app.database import transaction
from app.fittings import settings
from app.identity import claims, signing
from app.identity.asking import NotProven, SignInFailed, a_word
from app.identity.provider import provider
from app.identity.vouched import NotWelcome, vouched_for
from app.models import Deed

log = logging.getLogger(__name__)

COOKIE_KEY = "oidc"
LASTS_SECONDS = 600
# A cookie holds 4 KiB. Whoever opens more tabs at once signs in once more in the first of them.
MOST_AT_ONCE = 4
LONGEST_NEXT = 300


class Round(NamedTuple):
    """One round under way: the texts that it is known by, where to go afterwards, and when it began."""

    state: str
    nonce: str
    verifier: str
    then: str
    begun: int


def begin(redirect_uri: str, then: str, *, choose: bool = False) -> str:
    """Begin a round; gives the provider's address that the browser goes to.

    Args:
        redirect_uri: where the provider sends it back to.
        then: where somebody goes who has signed in; forgotten if it is very long.
        choose: let people choose the account, where the provider would take the one that it knows.

    Raises:
        app.identity.asking.ProviderAway: the provider cannot be used now.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    address = provider().address(redirect_uri, state, nonce, verifier, choose=choose)
    new = Round(state, nonce, verifier, then if len(then) <= LONGEST_NEXT else "", int(time.time()))
    cookie[COOKIE_KEY] = [*_under_way(), new][-MOST_AT_ONCE:]
    return address


def finish(answer: Mapping[str, str], redirect_uri: str, address: str | None) -> str:
    """End a round and begin a session; gives where to go, as `begin` was told.

    Args:
        answer: what the provider sent the browser back with.
        redirect_uri: as in `begin`.
        address: the network address that it comes from.

    Raises:
        app.identity.asking.NotProven: nobody is proven to be anybody.
        app.identity.asking.ProviderAway: the provider cannot be used now.
        NotWelcome: they are, and may not come in.
    """
    try:
        this = _taken(answer.get("state", ""))
        found = provider().claims(_code(answer), redirect_uri, this.nonce, this.verifier)
        allowed, admin_claim = settings().oidc_allowed_domains, settings().oidc_admin_claim
        account = vouched_for(claims.visitor(found, allowed, admin_claim), address)
    except SignInFailed as error:
        _failed(error.reason, By(None, address))
        raise
    except NotWelcome as error:
        _failed(error.why.value, By(error.username, address))
        raise
    signing.welcome(account, address)
    return this.then


def _taken(state: str) -> Round:
    """The round of this state, which is over now."""
    under_way = _under_way()
    this = next((one for one in under_way if one.state == state), None)
    if this is None:
        raise NotProven("state")
    cookie[COOKIE_KEY] = [one for one in under_way if one is not this]
    return this


def _code(answer: Mapping[str, str]) -> str:
    code, error = answer.get("code"), answer.get("error")
    if code and not error:
        return code
    if error != "access_denied":  # which is a person who changed their mind
        log.warning("the OpenID provider sent somebody back without a code: %s", a_word(error))
    raise NotProven("no_code")


def _under_way() -> list[Round]:
    rounds = [Round(*one) for one in cookie.get(COOKIE_KEY, [])]
    return [one for one in rounds if one.begun > time.time() - LASTS_SECONDS]


def _failed(reason: str, by: By) -> None:
    with transaction() as session:
        record(session, Deed.SIGN_IN_FAILED, by, detail={"reason": reason})
