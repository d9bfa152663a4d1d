"""What an OpenID provider claims about somebody, read: who they are, whether their e-mail is theirs, whether they administer.

Pure. Claims come checked from `app.identity.provider`; what the three usual providers do differently is said where it matters.
"""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from app.identity.vouched import NotWelcome, Visitor, Why
from app.text import clean, email_key, valid_email, without_forbidden

LONGEST_NAME = 200
GOOGLE = "accounts.google.com"
GOOGLES_OWN_DOMAINS = ("gmail.com", "googlemail.com")
# Entra ID, of all its clouds.
MICROSOFT = ("login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn")

Claims = Mapping[str, Any]


def visitor(claims: Claims, allowed_domains: Collection[str], admin_claim: str) -> Visitor:
    """Whom these claims are about.

    Args:
        claims: of a checked ID token, with `iss` and `sub`.
        allowed_domains: those of `OIDC_ALLOWED_DOMAINS`; none: all of them.
        admin_claim: `OIDC_ADMIN_CLAIM`; empty: the provider has no say in who administers.

    Raises:
        NotWelcome: their e-mail is not of an allowed domain or not known to be theirs, or they have no name that is.
    """
    email = _email(claims)
    if allowed_domains:
        _check_domain(claims, email, {_domain_key(domain) for domain in allowed_domains})
    username = email.lower() if email else _plain_name(claims)
    if username is None:
        raise NotWelcome(Why.UNCONFIRMED)
    return Visitor(
        username,
        subject=f"{claims['iss']} {claims['sub']}",
        display_name=clean(without_forbidden(_text(claims, "name")))[:LONGEST_NAME],
        confirmed=email is not None,
        admin=is_admin(claims, admin_claim) if admin_claim else None,
    )


def is_admin(claims: Claims, admin_claim: str) -> bool:
    """Whether a claim, as `claim` (which is true) or `claim=value` (which is the value, or a list with it), makes them an administrator.

    The claim may be a path: `realm_access.roles=convoca-admin`.
    """
    path, _equals, value = admin_claim.partition("=")
    return (value or "true") in _words(_at(claims, path))


def _email(claims: Claims) -> str | None:
    """The e-mail that the provider stands up for; None if it says none, or that it may be another's."""
    host = urlsplit(str(claims["iss"])).hostname or ""
    # Entra ID says no e-mail unless told to; the name to sign in with is then an address of the tenant.
    names = ("email", "preferred_username", "upn") if host in MICROSOFT else ("email",)
    email = next((text for name in names if valid_email(text := clean(_text(claims, name)))), None)
    if email is None or claims.get("email_verified", True) not in (True, "true"):
        return None
    # Of addresses elsewhere Google knows only that they once were somebody's.
    elsewhere = host == GOOGLE and not claims.get("hd") and _domain_key(email) not in GOOGLES_OWN_DOMAINS
    return None if elsewhere else email


def _plain_name(claims: Claims) -> str | None:
    """The user name, if it is none that looks like an e-mail: people choose it, and it might be another's."""
    name = clean(_text(claims, "preferred_username"))
    return name if name and "@" not in email_key(name) else None


def _check_domain(claims: Claims, email: str | None, allowed: Collection[str]) -> None:
    if email is None:
        raise NotWelcome(Why.UNCONFIRMED)
    wanted = {_domain_key(email)}
    if urlsplit(str(claims["iss"])).hostname == GOOGLE:
        wanted.add(_domain_key(_text(claims, "hd")))  # without it, it is a personal account
    if not wanted <= set(allowed):
        raise NotWelcome(Why.OTHER_DOMAIN)


def _domain_key(address: str) -> str:
    """What two spellings of a domain, or of that of an e-mail, have in common."""
    return email_key(f"x@{address.rpartition('@')[2]}").partition("@")[2]


def _text(claims: Claims, name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _at(value: object, path: str) -> object:
    """What stands at a path; a name may itself hold dots, as an address does."""
    if not isinstance(value, Mapping):
        return None
    if path in value:
        return value[path]
    for place in (place for place, character in enumerate(path) if character == "."):
        found = _at(value.get(path[:place]), path[place + 1 :])
        if found is not None:
            return found
    return None


def _words(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, list):
        return [word for one in value for word in _words(one)]
    return [str(value)] if isinstance(value, str | int) else []
