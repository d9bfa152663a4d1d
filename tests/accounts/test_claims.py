"""What Google Workspace, Entra ID and Keycloak each say of a person, and what we make of it."""

from typing import Any

import pytest

from app.auth.claims import has_admin_claim, identity_from_claims
from app.auth.provisioning import AccessDenied, DenialReason

GOOGLE = {
    "iss": "https://accounts.google.com",
    "sub": "1",
    "email": "Ana@example.org",
    "email_verified": True,
}
ENTRA = {
    "iss": "https://login.microsoftonline.com/9122040d-6c67-4c5b-b112-36a304b66dad/v2.0",
    "sub": "AAAA",
    "tid": "9122040d-6c67-4c5b-b112-36a304b66dad",
    "preferred_username": "Ana.Perez@example.org",
    "name": "Ana Pérez",
}
KEYCLOAK = {"iss": "https://sso.example.org/realms/staff", "sub": "7", "preferred_username": "ana"}
DOMAINS = ("example.org", "müller.example")


def name_of(claims: dict[str, Any], *domains: str) -> str | DenialReason:
    """What they are called here, or why they may not come in."""
    try:
        return identity_from_claims(claims, domains, "").username
    except AccessDenied as error:
        return error.reason


@pytest.mark.parametrize(
    ("claims", "anywhere", "in_domain"),
    [
        (GOOGLE | {"hd": "example.org"}, "ana@example.org", "ana@example.org"),
        # A personal account with an address elsewhere: Google checked it once, and it may be another person’s by now.
        (GOOGLE, DenialReason.UNVERIFIED_EMAIL, DenialReason.UNVERIFIED_EMAIL),
        (GOOGLE | {"email": "ana@gmail.com"}, "ana@gmail.com", DenialReason.OTHER_DOMAIN),
        (GOOGLE | {"hd": "evil.example"}, "ana@example.org", DenialReason.OTHER_DOMAIN),
        (GOOGLE | {"hd": "example.org", "email": "ana@evil.example"}, "ana@evil.example", DenialReason.OTHER_DOMAIN),
        (GOOGLE | {"hd": "example.org", "email_verified": False}, DenialReason.UNVERIFIED_EMAIL, DenialReason.UNVERIFIED_EMAIL),
        (ENTRA, "ana.perez@example.org", "ana.perez@example.org"),
        (ENTRA | {"preferred_username": None, "upn": "ana@example.org"}, "ana@example.org", "ana@example.org"),
        (ENTRA | {"email": "ana@example.org"}, "ana@example.org", "ana@example.org"),
        (ENTRA | {"preferred_username": "luis@gmail.com"}, "luis@gmail.com", DenialReason.OTHER_DOMAIN),
        (ENTRA | {"preferred_username": "+50760000000"}, "+50760000000", DenialReason.UNVERIFIED_EMAIL),
        (KEYCLOAK, "ana", DenialReason.UNVERIFIED_EMAIL),
        (KEYCLOAK | {"email": "ana@example.org"}, "ana@example.org", "ana@example.org"),
        (KEYCLOAK | {"email": "ana@example.org", "email_verified": False}, "ana", DenialReason.UNVERIFIED_EMAIL),
        # Where people choose their names, this is none of an e-mail.
        (KEYCLOAK | {"preferred_username": "jefa@example.org"}, DenialReason.UNVERIFIED_EMAIL, DenialReason.UNVERIFIED_EMAIL),
        (KEYCLOAK | {"preferred_username": "jefa＠example.org"}, DenialReason.UNVERIFIED_EMAIL, DenialReason.UNVERIFIED_EMAIL),
        (KEYCLOAK | {"upn": "jefa@example.org"}, "ana", DenialReason.UNVERIFIED_EMAIL),
        (KEYCLOAK | {"email": "ana@xn--mller-kva.example"}, "ana@xn--mller-kva.example", "ana@xn--mller-kva.example"),
        (KEYCLOAK | {"email": "ana@example.org, jefa@example.org"}, "ana", DenialReason.UNVERIFIED_EMAIL),
        (KEYCLOAK | {"email": ["ana@example.org"]}, "ana", DenialReason.UNVERIFIED_EMAIL),
        (KEYCLOAK | {"preferred_username": None}, DenialReason.UNVERIFIED_EMAIL, DenialReason.UNVERIFIED_EMAIL),
    ],
)  # fmt: skip
def test_who_they_are(
    claims: dict[str, Any], anywhere: str | DenialReason, in_domain: str | DenialReason
) -> None:
    assert (name_of(claims), name_of(claims, *DOMAINS)) == (anywhere, in_domain)


def test_only_an_email_takes_an_invitation() -> None:
    assert identity_from_claims(ENTRA, (), "").username_verified
    assert not identity_from_claims(KEYCLOAK, (), "").username_verified


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Ana", "Ana"), (" A\u202en\x00a ", "Ana"), ("x" * 900, "x" * 200), (None, ""), (7, "")],
)
def test_what_to_call_them(name: object, shown: str) -> None:
    assert identity_from_claims(KEYCLOAK | {"name": name}, (), "").display_name == shown


@pytest.mark.parametrize(
    ("claim", "claims", "found"),
    [
        ("admin", {"admin": True}, True),
        ("admin", {"admin": "true"}, True),
        ("admin", {"admin": False}, False),
        ("admin", {"admin": "no"}, False),
        ("admin", {"admin": 1}, False),
        ("admin", {}, False),
        ("admin", {"admin": None}, False),
        ("role=boss", {"role": "boss"}, True),
        ("role=boss", {"role": "bossy"}, False),
        ("role=boss", {"role": {"boss": True}}, False),
        ("groups=/convoca/admins", {"groups": ["/staff", "/convoca/admins"]}, True),
        ("groups=/convoca/admins", {"groups": ["/convoca/admins/former"]}, False),
        ("roles=Convoca.Admin", {"roles": ["Convoca.Admin"]}, True),
        ("level=3", {"level": 3}, True),
        ("realm_access.roles=admin", {"realm_access": {"roles": ["admin"]}}, True),
        ("realm_access.roles=admin", {"realm_access": ["roles"]}, False),
        ("realm_access.roles=admin", {"realm_access": {"roles": None}}, False),
        ("resource_access.my.app.roles=a=b", {"resource_access": {"my.app": {"roles": ["a=b"]}}}, True),
        ("https://example.org/roles=admin", {"https://example.org/roles": ["admin"]}, True),
        ("deep.true", {"deep": {"true": [[True]]}}, True),
    ],
)
def test_whether_they_administer(claim: str, claims: dict[str, Any], found: bool) -> None:
    assert has_admin_claim(claims, claim) is found
    assert identity_from_claims(KEYCLOAK | claims, (), claim).is_admin is found


def test_without_the_setting_the_provider_has_no_say() -> None:
    assert identity_from_claims(KEYCLOAK | {"admin": True}, (), "").is_admin is None
