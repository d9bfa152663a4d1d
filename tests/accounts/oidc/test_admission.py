"""Who is proven to be themselves may come in, or not, and as what."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from app.auth import accounts
from app.auth.provisioning import AccessDenied, DenialReason, ExternalIdentity, get_or_provision_account
from app.models import AccountRole
from tests.accounts.oidc.rounds import failures, is_in, no_one_is_in, on_sqlite, signed_in
from tests.support.accounts import account
from tests.support.application import AppFactory
from tests.support.db import change, table
from tests.support.oidc_provider import OidcProvider
from tests.support.pages import PageClient


def test_who_was_invited_takes_the_account(
    make: AppFactory, provider: OidcProvider, database_url: str
) -> None:
    app = make(NEW_ACCOUNTS="refused")
    client = PageClient(app)
    assert no_one_is_in(client, signed_in(client, provider), 403)
    account(app, "Ana@Example.org", AccountRole.VIEWER)
    assert signed_in(client, provider).status_code == 303
    (row,) = table(database_url, "accounts")
    assert (row["oidc_subject"], row["role"], row["display_name"]) == (
        f"{provider.url} 1",
        "viewer",
        "Ana Pérez",
    )
    assert failures(database_url) == [(None, "not_invited")]


def test_nobody_takes_an_account_that_is_taken(app: Flask, provider: OidcProvider, database_url: str) -> None:
    signed_in(PageClient(app), provider)
    provider.person["sub"] = "2"
    client = PageClient(app)
    assert no_one_is_in(client, signed_in(client, provider), 403)
    assert failures(database_url) == [(None, "name_taken")]


@on_sqlite
@pytest.mark.parametrize(
    ("name", "reason"), [(None, "unconfirmed"), ("jefa@example.org", "unconfirmed"), ("jefa", "name_taken")]
)
def test_an_unverified_email_takes_nobodys_account(
    app: Flask, provider: OidcProvider, database_url: str, name: str | None, reason: str
) -> None:
    account(app, "jefa@example.org", AccountRole.ADMIN)
    account(app, "jefa", AccountRole.ADMIN)
    client, unverified = PageClient(app), ("jefa@example.org", "jefa@example.org", "jefa@example.org", None)
    for email, verified in zip(unverified, (False, "false", "no", None), strict=True):
        provider.person |= {"email": email, "email_verified": verified, "preferred_username": name}
        assert no_one_is_in(client, signed_in(client, provider), 403), (email, verified)
    assert [row["oidc_subject"] for row in table(database_url, "accounts")] == [None, None]
    assert failures(database_url) == [(None, reason)] * 4


def test_of_two_at_once_one_takes_the_invitation(
    app: Flask, provider: OidcProvider, database_url: str
) -> None:
    """Two people whom the provider, at different times, gave the same address."""
    for number in range(3):
        account(app, f"ana{number}@example.org", AccountRole.ADMIN)
        together = Barrier(2)

        def come(
            subject: str, name: str = f"ana{number}@example.org", together: Barrier = together
        ) -> DenialReason | str:
            with app.app_context():
                together.wait(10)
                try:
                    return (
                        get_or_provision_account(
                            ExternalIdentity(name, oidc_subject=f"{provider.url} {subject}"), None
                        ).oidc_subject
                        or ""
                    )
                except AccessDenied as error:
                    return error.reason

        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(come, (f"{number}-a", f"{number}-b"))
        kept = table(database_url, "accounts")[number]["oidc_subject"]
        assert {first, second} == {kept, DenialReason.USERNAME_TAKEN}


@on_sqlite
def test_names_that_only_look_alike_are_two_people(app: Flask, provider: OidcProvider) -> None:
    account(app, "ana@example.org", AccountRole.ADMIN)
    client = PageClient(app)
    for name in ("ａｎａ@example.org", "ana@ｅxample.org", "ana@example.org."):
        provider.person["email"] = name
        assert no_one_is_in(client, signed_in(client, provider), 403), name
    provider.person["email"] = "ANA@example.org"
    assert signed_in(client, provider).status_code == 303


@on_sqlite
def test_names_that_nobody_may_have(app: Flask, provider: OidcProvider, database_url: str) -> None:
    client = PageClient(app)
    for name in ("sandbox", "Command", "ａnonymous", "a,b", "x" * 201):
        provider.person |= {"email": None, "preferred_username": name}
        assert no_one_is_in(client, signed_in(client, provider), 403), name
    assert failures(database_url) == [(None, "bad_name")] * 5


@on_sqlite
def test_only_allowed_domains(make: AppFactory, provider: OidcProvider, database_url: str) -> None:
    app = make(OIDC_ALLOWED_DOMAINS="example.org, example.com")
    client = PageClient(app)
    for email in (
        "ana@evil.example",
        "ana@sub.example.org",
        "ana@example.org.evil.example",
        "ana@xexample.org",
    ):
        provider.person["email"] = email
        assert no_one_is_in(client, signed_in(client, provider), 403), email
    provider.person |= {"email": "ana@example.org", "email_verified": False, "preferred_username": "ana"}
    assert no_one_is_in(client, signed_in(client, provider), 403)
    assert [reason for _, reason in failures(database_url)] == ["other_domain"] * 4 + ["unconfirmed"]
    provider.person |= {"email": "ana@EXAMPLE.com", "email_verified": True}
    assert signed_in(client, provider).status_code == 303


def test_the_provider_says_who_administers(
    make: AppFactory, provider: OidcProvider, database_url: str
) -> None:
    app = make(OIDC_ADMIN_CLAIM="realm_access.roles=convoca-admin", NEW_ACCOUNTS="viewer")

    def role(*roles: str) -> str:
        provider.person["realm_access"] = {"roles": list(roles)}
        client = PageClient(app)
        signed_in(client, provider)
        assert (client.get("/admin/").status_code != 403) == ("convoca-admin" in roles)
        return str(table(database_url, "accounts")[0]["role"])

    assert role("staff", "convoca-admin") == "admin"
    assert role("staff") == "viewer"
    assert role("convoca-admin") == "admin"
    changes = [
        row["detail"] for row in table(database_url, "audit_events") if row["action"] == "role_changed"
    ]
    assert changes == [{"before": "admin", "role": "viewer"}, {"before": "viewer", "role": "admin"}]
    change(database_url, "UPDATE accounts SET role = 'coordinator'")
    assert role() == "coordinator", "who administers is all that the provider says"


@on_sqlite
def test_without_the_setting_roles_are_managed_here(
    app: Flask, provider: OidcProvider, database_url: str
) -> None:
    account(app, "ana@example.org", AccountRole.ADMIN)
    provider.person["realm_access"] = {"roles": []}
    signed_in(PageClient(app), provider)
    assert table(database_url, "accounts")[0]["role"] == "admin"


def test_a_disabled_account_is_out(app: Flask, provider: OidcProvider, database_url: str) -> None:
    client = PageClient(app)
    signed_in(client, provider)
    account(app, "root", AccountRole.ADMIN)
    with app.app_context():
        accounts.disable(table(database_url, "accounts")[0]["id"], accounts.COMMAND_ACTOR)
    assert not is_in(client)
    assert no_one_is_in(client, signed_in(client, provider), 403)
    assert failures(database_url) == [("ana@example.org", "disabled")]


@on_sqlite
def test_a_temporary_password_is_no_matter_here(
    app: Flask, provider: OidcProvider, database_url: str
) -> None:
    account(app, "ana@example.org", AccountRole.VIEWER)
    change(database_url, "UPDATE accounts SET temporary_password_expires_at = '2099-01-01 00:00:00'")
    client = PageClient(app)
    signed_in(client, provider)
    assert is_in(client)
