"""A round belongs to one browser and its moment, and ends once."""

import time
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from flask import Flask

from tests.accounts.oidc.rounds import begun, failures, no_one_is_in, on_sqlite, signed_in
from tests.support.oidc_provider import OidcProvider
from tests.support.pages import PageClient


@on_sqlite
def test_a_round_belongs_to_its_browser_and_its_moment(
    app: Flask, provider: OidcProvider, database_url: str
) -> None:
    mine, other = PageClient(app), PageClient(app)
    back = begun(mine, provider)
    assert no_one_is_in(other, other.get(back), 400), "another browser"
    code = parse_qsl(urlsplit(back).query)[1][1]
    for query in (f"code={code}", f"code={code}&state=", f"code={code}&state=x", f"code={code}&state=ñ", ""):
        assert no_one_is_in(mine, mine.get(f"/sign-in/oidc/callback?{query}"), 400), query
    assert provider.counted("/token") == 0
    assert {reason for _, reason in failures(database_url)} == {"state"}
    assert mine.get(back).status_code == 303, "none of that has ended the round"


@on_sqlite
def test_a_round_ends_once(app: Flask, provider: OidcProvider, database_url: str) -> None:
    client = PageClient(app)
    back = begun(client, provider)
    before = client.get_cookie("convoca")
    assert before is not None
    client.get(back)
    assert client.get(back).status_code == 400
    thief = PageClient(app)
    thief.set_cookie("convoca", before.value)
    assert no_one_is_in(thief, thief.get(back), 400)
    assert failures(database_url) == [(None, "state"), (None, "code")], "the cookie, then the provider"


@on_sqlite
def test_a_round_lasts_ten_minutes(app: Flask, provider: OidcProvider, database_url: str) -> None:
    client = PageClient(app)
    with time_machine.travel(time.time() - 601, tick=True):
        back = begun(client, provider)
    assert no_one_is_in(client, client.get(back), 400)
    assert failures(database_url) == [(None, "state")]


@on_sqlite
def test_the_provider_wants_the_verifier(app: Flask, provider: OidcProvider, database_url: str) -> None:
    client = PageClient(app)
    back = begun(client, provider)
    with client.session_transaction() as cookie:
        state, nonce, _verifier, then, when = cookie["oidc"][0]
        cookie["oidc"] = [[state, nonce, "v" * 43, then, when]]
    assert no_one_is_in(client, client.get(back), 400)
    assert failures(database_url) == [(None, "code")]


@on_sqlite
@pytest.mark.parametrize("error", ["access_denied", "invalid_scope", "<b>"])
def test_the_provider_sends_a_person_back_without_a_code(
    app: Flask, provider: OidcProvider, database_url: str, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    provider.refuses = error
    client = PageClient(app)
    assert no_one_is_in(client, signed_in(client, provider), 400)
    assert failures(database_url) == [(None, "no_code")]
    assert ("invalid_scope" in caplog.text) == (error == "invalid_scope")
    assert "<b>" not in caplog.text
