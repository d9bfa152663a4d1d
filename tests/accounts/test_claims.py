"""What Google Workspace, Entra ID and Keycloak each say of a person, and what we make of it."""

from typing import Any

import pytest

from app.identity.claims import is_admin, visitor
from app.identity.vouched import NotWelcome, Why

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


def name_of(claims: dict[str, Any], *domains: str) -> str | Why:
    """What they are called here, or why they may not come in."""
    try:
        return visitor(claims, domains, "").username
    except NotWelcome as error:
        return error.why


@pytest.mark.parametrize(
    ("claims", "anywhere", "in_domain"),
    [
        (GOOGLE | {"hd": "example.org"}, "ana@example.org", "ana@example.org"),
        # A personal account with an address elsewhere: Google checked it once, and it may be somebody else's by now.
        (GOOGLE, Why.UNCONFIRMED, Why.UNCONFIRMED),
        (GOOGLE | {"email": "ana@gmail.com"}, "ana@gmail.com", Why.OTHER_DOMAIN),
        (GOOGLE | {"hd": "evil.example"}, "ana@example.org", Why.OTHER_DOMAIN),
        (GOOGLE | {"hd": "example.org", "email": "ana@evil.example"}, "ana@evil.example", Why.OTHER_DOMAIN),
        (GOOGLE | {"hd": "example.org", "email_verified": False}, Why.UNCONFIRMED, Why.UNCONFIRMED),
        (ENTRA, "ana.perez@example.org", "ana.perez@example.org"),
        (ENTRA | {"preferred_username": None, "upn": "ana@example.org"}, "ana@example.org", "ana@example.org"),
        (ENTRA | {"email": "ana@example.org"}, "ana@example.org", "ana@example.org"),
        (ENTRA | {"preferred_username": "luis@gmail.com"}, "luis@gmail.com", Why.OTHER_DOMAIN),
        (ENTRA | {"preferred_username": "+50760000000"}, "+50760000000", Why.UNCONFIRMED),
        (KEYCLOAK, "ana", Why.UNCONFIRMED),
        (KEYCLOAK | {"email": "ana@example.org"}, "ana@example.org", "ana@example.org"),
        (KEYCLOAK | {"email": "ana@example.org", "email_verified": False}, "ana", Why.UNCONFIRMED),
        # Where people choose their names, this is none of an e-mail.
        (KEYCLOAK | {"preferred_username": "jefa@example.org"}, Why.UNCONFIRMED, Why.UNCONFIRMED),
        (KEYCLOAK | {"preferred_username": "jefa＠example.org"}, Why.UNCONFIRMED, Why.UNCONFIRMED),
        (KEYCLOAK | {"upn": "jefa@example.org"}, "ana", Why.UNCONFIRMED),
        (KEYCLOAK | {"email": "ana@xn--mller-kva.example"}, "ana@xn--mller-kva.example", "ana@xn--mller-kva.example"),
        (KEYCLOAK | {"email": "ana@example.org, jefa@example.org"}, "ana", Why.UNCONFIRMED),
        (KEYCLOAK | {"email": ["ana@example.org"]}, "ana", Why.UNCONFIRMED),
        (KEYCLOAK | {"preferred_username": None}, Why.UNCONFIRMED, Why.UNCONFIRMED),
    ],
)  # fmt: skip
def test_who_they_are(claims: dict[str, Any], anywhere: str | Why, in_domain: str | Why) -> None:
    assert (name_of(claims), name_of(claims, *DOMAINS)) == (anywhere, in_domain)


def test_only_an_email_takes_an_invitation() -> None:
    assert visitor(ENTRA, (), "").confirmed
    assert not visitor(KEYCLOAK, (), "").confirmed


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Ana", "Ana"), (" A\u202en\x00a ", "Ana"), ("x" * 900, "x" * 200), (None, ""), (7, "")],
)
def test_what_to_call_them(name: object, shown: str) -> None:
    assert visitor(KEYCLOAK | {"name": name}, (), "").display_name == shown


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
    assert is_admin(claims, claim) is found
    assert visitor(KEYCLOAK | claims, (), claim).admin is found


def test_without_the_setting_the_provider_has_no_say() -> None:
    assert visitor(KEYCLOAK | {"admin": True}, (), "").admin is None
