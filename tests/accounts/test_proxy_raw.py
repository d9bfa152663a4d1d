"""What the proxy's header may look like on the wire, as gunicorn reads it: sent twice, with other signs, from elsewhere."""

import socket

import pytest

from tests.support.db import table
from tests.support.live import LiveFactory, LiveServer

on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def raw(live: LiveServer, *lines: bytes) -> int:
    """The status of an answer to a request with these header lines, sent as they stand."""
    with socket.create_connection(("127.0.0.1", live.port), timeout=10) as connection:
        connection.sendall(
            b"\r\n".join([b"GET /account HTTP/1.1", b"Host: x", b"Connection: close", *lines, b"", b""])
        )
        return int(connection.makefile("rb").readline().split()[1])


@on_sqlite
def test_headers_as_gunicorn_reads_them(serve: LiveFactory, database_url: str) -> None:
    live = serve(AUTH="proxy", AUTH_PROXY_TRUSTED="127.0.0.1", TRUSTED_PROXIES="1")
    assert raw(live, b"X-Forwarded-User: ana", b"X-Forwarded-For: 203.0.113.9") == 200
    assert raw(live, b"x-forwarded-USER: Ana") == 200
    assert raw(live, "X-Forwarded-User: josé".encode()) == 200
    assert raw(live, b"X-Forwarded-User: ana", b"X_Forwarded_User: root") == 200
    assert raw(live, b"X_Forwarded_User: root") == 403
    assert raw(live, b"X-Forwarded-User: ana", b"X-Forwarded-User: root") == 403
    assert raw(live, b"X-Forwarded-User: root", b"X-Forwarded-User: root") == 403
    assert raw(live, b"X-Forwarded-User:") == 403
    assert raw(live) == 403
    assert raw(live, b"X-Forwarded-User: ana\xff") == 403
    assert raw(live, b"X-Forwarded-User: ana\x01") == 400
    assert raw(live, b"X-Forwarded-User: ana\x00") == 400
    assert raw(live, b"X-Forwarded-User : ana") == 400
    assert raw(live, b"X-Forwarded-User: ana", b" root") == 400
    assert [row["username"] for row in table(database_url, "accounts")] == ["ana", "josé"]
    assert table(database_url, "audit_events")[0]["ip_address"] == "203.0.113.9"
    elsewhere = serve(AUTH="proxy", AUTH_PROXY_TRUSTED="10.1.2.3", TRUSTED_PROXIES="1")
    assert raw(elsewhere, b"X-Forwarded-User: ana", b"X-Forwarded-For: 10.1.2.3") == 403
    assert "AUTH_PROXY_TRUSTED does not hold 127.0.0.1" in elsewhere.log
