"""Who gets in, as the environment says it: open, with a password, a provider or a proxy; in frames and under which names."""

from pathlib import Path

import pytest

from app.config import SettingsError, load_settings
from tests.settings.loading import OIDC, REAL


@pytest.mark.parametrize(
    ("environ", "auth"),
    [
        ({}, "off"),
        ({"HOST": "localhost"}, "off"),
        ({"HOST": "[::1]"}, "off"),
        ({"HOST": "0.0.0.0"}, "password"),
        (REAL, "password"),
        ({"AUTH": "password"}, "password"),
        ({"AUTH": "proxy", "AUTH_PROXY_TRUSTED": "127.0.0.1 10.0.0.0/8"}, "proxy"),
    ],
)
def test_it_is_open_only_where_nobody_else_reaches_it(
    tmp_path: Path, environ: dict[str, str], auth: str
) -> None:
    found = load_settings(environ, tmp_path)
    assert (found.auth, found.warnings) == (auth, ())


@pytest.mark.parametrize(
    ("environ", "warning"),
    [
        (REAL | {"AUTH": "off"}, "AUTH=off: anyone who"),
        ({"HOST": "0.0.0.0", "AUTH": "off"}, "AUTH=off: anyone who"),
        (OIDC, "OIDC_ALLOWED_DOMAINS is not set: everybody"),
        (
            OIDC | {"OIDC_ISSUER": "http://id.example.com", "OIDC_ALLOWED_DOMAINS": "example.com"},
            "OIDC_ISSUER is not https",
        ),
        (
            REAL | {"OIDC_ISSUER": "https://id.example.com"},
            "OIDC_ISSUER not used: AUTH is password, not oidc",
        ),
    ],
)
def test_an_open_door_is_told_at_the_start(tmp_path: Path, environ: dict[str, str], warning: str) -> None:
    (line,) = load_settings(environ, tmp_path).warnings
    assert line.startswith(warning)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"AUTH": "on"}, "AUTH is 'on': give off, password, oidc or proxy"),
        ({"AUTH": "oidc"}, "OIDC_ISSUER is needed with AUTH=oidc"),
        ({"AUTH": "proxy"}, "AUTH_PROXY_TRUSTED is needed with AUTH=proxy"),
        ({"AUTH_PROXY_TRUSTED": "10.0.0.1/8"}, "AUTH_PROXY_TRUSTED holds '10.0.0.1/8'"),
        ({"SESSION_HOURS": "0"}, "SESSION_HOURS is '0': give hours"),
        ({"ALLOWED_HOSTS": "a b/c"}, "ALLOWED_HOSTS holds 'b/c'"),
        ({"FRAME_ANCESTORS": "*; script-src *"}, "FRAME_ANCESTORS holds"),
        ({"OIDC_ALLOWED_DOMAINS": "localhost"}, "OIDC_ALLOWED_DOMAINS holds 'localhost'"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is 'xml': give text or json"),
        ({"NEW_ACCOUNTS": "admin"}, "NEW_ACCOUNTS is 'admin'"),
    ],
)
def test_wrong_doors_stop_the_start(tmp_path: Path, environ: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError) as stop:
        load_settings(environ, tmp_path)
    assert words in str(stop.value)


def test_frames_and_hosts(tmp_path: Path) -> None:
    environ = {
        "FRAME_ANCESTORS": "https://portal.example.com, https://*.intranet",
        "ALLOWED_HOSTS": "Convoca.example",
    }
    found = load_settings(environ, tmp_path)
    assert found.frame_ancestors == "https://portal.example.com https://*.intranet"
    assert found.allowed_hosts == ("convoca.example",)
    assert load_settings({"FRAME_ANCESTORS": "self"}, tmp_path).frame_ancestors == "'self'"
