"""Connections: none, refused, not trusted, through a proxy, kept and not kept."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.http_client import connection
from app.http_client.errors import FailureReason
from app.zelta import retries
from app.zelta.client import MeetingBody, ParticipantBody, ZeltaClient
from app.zelta.outcome import Done, NotSent, Unknown
from tests.support import zelta_faults as faults
from tests.support.zelta_server import ZeltaServer

Connect = Callable[..., ZeltaClient]
PAUSES = retries.RETRY_DELAYS_SECONDS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return self_signed(tmp_path_factory.mktemp("tls") / "localhost.pem", "127.0.0.1")


def test_nobody_listens(connect: Connect, meeting: MeetingBody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "RETRY_DELAYS_SECONDS", PAUSES)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    outcome = connect(f"http://127.0.0.1:{port}").create_meeting(meeting)
    assert isinstance(outcome, NotSent)
    assert outcome.details.reason is FailureReason.CONNECTION_REFUSED
    assert outcome.details.attempts == 3
    assert 0.8 <= outcome.details.duration_seconds < 1.5


@pytest.mark.parametrize("name", ["nowhere.invalid", "a" * 64 + ".example", "..example"])
def test_name_without_address(connect: Connect, meeting: MeetingBody, name: str) -> None:
    outcome = connect(f"http://{name}").create_meeting(meeting, max_retries=0)
    assert isinstance(outcome, NotSent)


def test_name_server_says_no(connect: Connect, meeting: MeetingBody, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    outcome = connect("https://zelta.example").create_meeting(meeting, max_retries=0)
    assert isinstance(outcome, NotSent)
    assert outcome.details.reason is FailureReason.NAME_NOT_RESOLVED


def test_certificate_that_nobody_vouches_for(
    connect: Connect, meeting: MeetingBody, certificate: Path
) -> None:
    with ZeltaServer(tls=serving(certificate)) as zelta:
        outcome = connect(zelta.url).create_meeting(meeting, max_retries=0)
        assert zelta.calls == []
    assert isinstance(outcome, NotSent)
    assert outcome.details.reason is FailureReason.TLS_FAILED


def test_certificate_for_another_name(
    connect: Connect, meeting: MeetingBody, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = self_signed(tmp_path / "foreign.pem", "127.0.0.9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(foreign))
    with ZeltaServer(tls=serving(foreign)) as zelta:
        outcome = connect(zelta.url).create_meeting(meeting, max_retries=0)
    assert isinstance(outcome, NotSent)
    assert outcome.details.reason is FailureReason.TLS_FAILED


def test_tls_to_a_server_without_it(zelta: ZeltaServer, connect: Connect, meeting: MeetingBody) -> None:
    outcome = connect(zelta.url.replace("http:", "https:"), 0.5).create_meeting(meeting, max_retries=0)
    assert isinstance(outcome, NotSent)
    assert zelta.calls == []


def test_tls_with_a_bundle_from_the_environment(
    connect: Connect, meeting: MeetingBody, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with ZeltaServer(tls=serving(certificate)) as zelta:
        client = connect(zelta.url, 1.0)
        assert isinstance(client.create_meeting(meeting), Done)
        assert isinstance(client.create_meeting(meeting), Done)
        assert zelta.connections == 1
        zelta.next(faults.trickles("headers", pause=0.1))
        started = time.monotonic()
        lost = client.create_meeting(meeting)
        assert time.monotonic() - started < 2
        zelta.next(faults.drop_after_processing())
        assert isinstance(client.create_meeting(meeting), Unknown)
    assert isinstance(lost, Unknown)
    assert lost.details.reason is FailureReason.TIMEOUT


def test_connection_is_used_again(zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody) -> None:
    zelta.next(faults.refuses(400), faults.breaks(502), faults.answers(204))
    for _ in range(6):
        client.create_meeting(meeting)
    assert {call.connection for call in zelta.calls} == {1}


@pytest.mark.parametrize(
    "behaviour",
    [
        faults.cuts_body(-1),
        faults.floods(1_200_000),
        faults.answers(101),
        faults.answers(200, b"", {"Connection": "close"}),
    ],
)
def test_connection_in_doubt_is_not(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, behaviour: faults.Behaviour
) -> None:
    zelta.next(behaviour)
    client.create_meeting(meeting)
    outcome = client.create_meeting(meeting)
    assert isinstance(outcome, Done)
    assert [call.connection for call in zelta.calls] == [1, 2]


def test_surplus_that_came_with_the_answer_is_seen(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody
) -> None:
    # The server keeps this connection open, so only the surplus itself can tell.
    zelta.next(faults.cuts_body(-1, drop=False))
    client.create_meeting(meeting)
    assert isinstance(client.create_meeting(meeting), Done)
    assert [call.connection for call in zelta.calls] == [1, 2]


def test_connection_that_rested_is_not(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MAX_IDLE_SECONDS", 0.2)
    client.create_meeting(meeting)
    client.create_meeting(meeting)
    time.sleep(0.25)
    client.create_meeting(meeting)
    assert [call.connection for call in zelta.calls] == [1, 1, 2]


def test_connection_that_the_server_closed_is_not(connect: Connect, meeting: MeetingBody) -> None:
    with ZeltaServer(idle=0.05) as zelta:
        client = connect(zelta.url)
        client.create_meeting(meeting)
        time.sleep(0.2)
        assert isinstance(client.create_meeting(meeting), Done)
        assert [call.connection for call in zelta.calls] == [1, 2]


def test_connection_that_closes_under_the_request_is_unknown(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody
) -> None:
    client.create_meeting(meeting)
    zelta.drop_unread = 1
    outcome = client.create_meeting(meeting)
    assert isinstance(outcome, Unknown)
    assert outcome.details.reason is FailureReason.CONNECTION_LOST
    assert len(zelta.calls) == 1


def test_many_threads_share_a_client(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, guest: ParticipantBody
) -> None:
    made = client.create_meeting(meeting)
    assert isinstance(made, Done)
    outcomes: list[object] = []

    def add(number: int) -> None:
        body: ParticipantBody = {**guest, "email": f"guest{number}@example.org"}
        outcomes.append(client.add_participant(made.value.public_meeting_id, body))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = {outcome.value.public_participant_id for outcome in outcomes if isinstance(outcome, Done)}
    assert len(ids) == 24
    assert sorted(mail.email for mail in zelta.mails) == sorted(
        f"guest{number}@example.org" for number in range(24)
    )


def test_proxy_of_the_environment(
    zelta: ZeltaServer, connect: Connect, meeting: MeetingBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", zelta.url)
    outcome = connect("http://zelta.example").create_meeting(meeting)
    assert isinstance(outcome, Done)
    assert zelta.calls[0].path == "http://zelta.example/public/meetings"


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 407 Who are you\r\n\r\n", b"", b"HTTP/1.1 200 OK\r\n\r\nnonsense"]
)
def test_proxy_that_opens_no_tunnel_is_not_sent(
    connect: Connect, meeting: MeetingBody, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    seen: list[bytes] = []

    def proxy(listener: socket.socket) -> None:
        sock, _ = listener.accept()
        with sock:
            seen.append(sock.recv(65_536))
            sock.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=proxy, args=(listener,))
        thread.start()
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{listener.getsockname()[1]}")
        outcome = connect("https://zelta.example").create_meeting(meeting, max_retries=0)
        thread.join()
    assert isinstance(outcome, NotSent)
    assert seen[0].startswith(b"CONNECT zelta.example:443")
    assert b"zlt_" not in seen[0]


def test_tunnel_through_a_proxy(
    connect: Connect, meeting: MeetingBody, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said to the proxy is no part of the request: the rest still goes through fence and deadline."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))

    def pump(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)

    def proxy(listener: socket.socket) -> None:
        sock, _ = listener.accept()
        asked = sock.recv(65_536).split()[1].decode()
        port = asked.removeprefix("zelta.example:")
        with sock, socket.create_connection(("127.0.0.1", int(port))) as onward:
            sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=pump, args=(onward, sock), daemon=True)
            back.start()
            pump(sock, onward)
            back.join()

    with ZeltaServer(tls=serving(certificate)) as zelta, socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=proxy, args=(listener,), daemon=True)
        thread.start()
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{listener.getsockname()[1]}")
        client = connect(zelta.url.replace("127.0.0.1", "zelta.example"))
        assert isinstance(client.create_meeting(meeting), Done)
        assert isinstance(client.create_meeting(meeting), Done)
        assert [call.connection for call in zelta.calls] == [1, 1]
        client.close()
        thread.join(5)
        assert not thread.is_alive()


def serving(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def self_signed(path: Path, address: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Zelta of the tests")])
    names = [x509.IPAddress(ip_address(address)), x509.DNSName("zelta.example")]
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    return path
