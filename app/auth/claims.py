"""Maps verified OpenID claims to an identity: user name, verified e-mail, administrator or not.

Pure. `app.auth.provider` has verified the claims; comments name the differences between providers.
"""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from app.auth.provisioning import AccessDenied, DenialReason, ExternalIdentity
from app.utils.text import email_key, is_valid_email, normalize_text, strip_control_characters

MAX_NAME_LENGTH = 200
GOOGLE_HOST = "accounts.google.com"
GOOGLE_MAIL_DOMAINS = ("gmail.com", "googlemail.com")
# Entra ID, of all its clouds.
MICROSOFT_HOSTS = (
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.partner.microsoftonline.cn",
)

Claims = Mapping[str, Any]


def identity_from_claims(
    claims: Claims, allowed_domains: Collection[str], admin_claim: str
) -> ExternalIdentity:
    """The identity that these claims describe.

    Args:
        claims: of a checked ID token, with `iss` and `sub`.
        allowed_domains: those of `OIDC_ALLOWED_DOMAINS`; none: all of them.
        admin_claim: `OIDC_ADMIN_CLAIM`; empty: the provider does not set administrators.

    Raises:
        AccessDenied: the e-mail is unverified or not of an allowed domain, or there is no usable user name.
    """
    email = _verified_email(claims)
    if allowed_domains:
        _require_allowed_domain(claims, email, {_normalize_domain(domain) for domain in allowed_domains})
    username = email.lower() if email else _non_email_username(claims)
    if username is None:
        raise AccessDenied(DenialReason.UNVERIFIED_EMAIL)
    return ExternalIdentity(
        username,
        oidc_subject=f"{claims['iss']} {claims['sub']}",
        display_name=normalize_text(strip_control_characters(_string_claim(claims, "name")))[
            :MAX_NAME_LENGTH
        ],
        username_verified=email is not None,
        is_admin=has_admin_claim(claims, admin_claim) if admin_claim else None,
    )


def has_admin_claim(claims: Claims, admin_claim: str) -> bool:
    """Whether a claim makes the user an administrator.

    `claim` must be true; for `claim=value`, the claim must be the value, or a list that contains it.

    The claim may be a path: `realm_access.roles=convoca-admin`.
    """
    path, _equals, value = admin_claim.partition("=")
    return (value or "true") in _claim_values(_value_at_path(claims, path))


def _verified_email(claims: Claims) -> str | None:
    """The e-mail that the provider has verified; None if it is missing or unverified."""
    host = urlsplit(str(claims["iss"])).hostname or ""
    # Entra ID sends no e-mail unless configured to; the sign-in name is then an address of the tenant.
    names = ("email", "preferred_username", "upn") if host in MICROSOFT_HOSTS else ("email",)
    email = next(
        (text for name in names if is_valid_email(text := normalize_text(_string_claim(claims, name)))), None
    )
    if email is None or claims.get("email_verified", True) not in (True, "true"):
        return None
    # Google verified third-party addresses only once; the address may have a new owner by now.
    is_foreign_address = (
        host == GOOGLE_HOST and not claims.get("hd") and _normalize_domain(email) not in GOOGLE_MAIL_DOMAINS
    )
    return None if is_foreign_address else email


def _non_email_username(claims: Claims) -> str | None:
    """preferred_username if it is not an e-mail: users choose it, so it could be another person's address."""
    name = normalize_text(_string_claim(claims, "preferred_username"))
    return name if name and "@" not in email_key(name) else None


def _require_allowed_domain(claims: Claims, email: str | None, allowed: Collection[str]) -> None:
    if email is None:
        raise AccessDenied(DenialReason.UNVERIFIED_EMAIL)
    domains = {_normalize_domain(email)}
    if urlsplit(str(claims["iss"])).hostname == GOOGLE_HOST:
        domains.add(_normalize_domain(_string_claim(claims, "hd")))  # without it, it is a personal account
    if not domains <= set(allowed):
        raise AccessDenied(DenialReason.OTHER_DOMAIN)


def _normalize_domain(email_or_domain: str) -> str:
    """A domain, or the domain of an e-mail, normalized for comparison."""
    return email_key(f"x@{email_or_domain.rpartition('@')[2]}").partition("@")[2]


def _string_claim(claims: Claims, name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _value_at_path(value: object, path: str) -> object:
    """The value at a dotted path; a claim name may itself contain dots, as a URL does."""
    if not isinstance(value, Mapping):
        return None
    if path in value:
        return value[path]
    for dot_index in (place for place, character in enumerate(path) if character == "."):
        result = _value_at_path(value.get(path[:dot_index]), path[dot_index + 1 :])
        if result is not None:
            return result
    return None


def _claim_values(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, list):
        return [word for item in value for word in _claim_values(item)]
    return [str(value)] if isinstance(value, str | int) else []
