"""Ways in which the fake Zelta Meet can behave, other than as usual: each is a behaviour for `ZeltaServer.next` or `.always`."""

import gzip
import json
from typing import Any, Literal

from tests.support.zelta_wire import Behaviour, Exchange, as_usual, framed

HTML = b"<!doctype html><html><head><title>502</title></head><body><h1>Bad Gateway</h1></body></html>"
PIECE = b" " * 65_536

Envelope = Literal["top", "data", "entity", "beside", "deep", "list"]


def answers(status: int, body: object = b"", headers: dict[str, str] | None = None) -> Behaviour:
    """Answer so, and do nothing."""
    return lambda exchange: exchange.reply(status, body, headers)


def processes_then(status: int, body: object = b"", headers: dict[str, str] | None = None) -> Behaviour:
    """Do what was asked, and answer so all the same."""

    def behave(exchange: Exchange) -> None:
        exchange.process()
        exchange.reply(status, body, headers)

    return behave


def refuses(status: int, code: str = "ERR_VALIDATION", message: str = "Datos inválidos") -> Behaviour:
    """Say no, in the sibling API's shape."""
    return answers(status, {"success": False, "message": message, "error": {"code": code}})


def rate_limits(**headers: str) -> Behaviour:
    """429 with these headers: `retry_after="2"`."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    body = {"success": False, "message": "Demasiadas solicitudes", "error": {"code": "ERR_RATE"}}
    return answers(429, body, named)


def breaks(status: int = 502) -> Behaviour:
    """A gateway's page of HTML."""
    return answers(status, HTML)


def redirects(to: str, status: int = 307) -> Behaviour:
    """Point elsewhere."""
    return answers(status, b"", {"Location": to})


def wraps(envelope: Envelope) -> Behaviour:
    """Do what was asked, and answer in another envelope."""

    def behave(exchange: Exchange) -> None:
        reply = exchange.process()
        data: dict[str, Any] = reply.document["data"]
        entity = next(iter(data.values()))
        exchange.reply(reply.status, _wrapped(envelope, data, entity))

    return behave


def _wrapped(envelope: Envelope, data: dict[str, Any], entity: dict[str, Any]) -> object:
    inner = {name: value for name, value in entity.items() if name != "token"}
    beside = {"token": entity["token"]} if "token" in entity else {}
    shapes: dict[Envelope, object] = {
        "top": entity,
        "data": {"success": True, "data": entity},
        "entity": {"success": True, "data": data},
        "beside": {"success": True, "data": {**dict.fromkeys(data, inner), **beside}},
        "deep": {"result": {"items": [{"payload": entity}]}},
        "list": [entity],
    }
    return shapes[envelope]


def hangs(*, processed: bool = False) -> Behaviour:
    """Say nothing, ever."""

    def behave(exchange: Exchange) -> None:
        if processed:
            exchange.process()
        exchange.hang()

    return behave


def late(seconds: float, then: Behaviour = as_usual) -> Behaviour:
    """Wait first."""

    def behave(exchange: Exchange) -> None:
        exchange.wait(seconds)
        then(exchange)

    return behave


Phase = Literal["status", "headers", "body", "chunks", "endless_body"]


def trickles(phase: Phase, pause: float = 1.0, status: int = 200) -> Behaviour:
    """Do what was asked, and answer one byte at a time from some point on."""

    def behave(exchange: Exchange) -> None:
        reply = exchange.process()
        content = json.dumps(reply.document).encode()
        at_once, slowly = _split(phase, status, content)
        exchange.send(at_once)
        for byte in slowly:
            exchange.wait(pause)
            exchange.send(bytes([byte]))
        exchange.hang()

    return behave


def _split(phase: Phase, status: int, content: bytes) -> tuple[bytes, bytes]:
    start = f"HTTP/1.1 {status} OK\r\n".encode()
    length = f"Content-Length: {len(content)}\r\n\r\n".encode()
    splits = {
        "status": (b"", start + length + content),
        "headers": (start, b"X-Slow: " + b"a" * 1000 + b"\r\n" + length + content),
        "body": (start + length, content),
        "chunks": (
            start + b"Transfer-Encoding: chunked\r\n\r\n",
            b"".join(b"1\r\n%c\r\n" % byte for byte in content),
        ),
        "endless_body": (start + b"Connection: close\r\n\r\n" + content[:-1], b" " * 1000),
    }
    return splits[phase]


def drops(*, processed: bool = False, reset: bool = False, sending: bytes = b"") -> Behaviour:
    """Close the connection instead of answering, perhaps in the middle of the answer."""

    def behave(exchange: Exchange) -> None:
        if processed:
            exchange.process()
        if sending:
            exchange.send(sending)
        exchange.drop(reset=reset)

    return behave


def drop_after_processing() -> Behaviour:
    """Do what was asked, and close without a word."""
    return drops(processed=True)


def cuts_body(missing: int = 10, *, status: int | None = None, drop: bool = True) -> Behaviour:
    """Do what was asked, and promise `missing` bytes more than come (or, below zero, fewer)."""

    def behave(exchange: Exchange) -> None:
        reply = exchange.process()
        content = json.dumps(reply.document).encode()
        length = {"Content-Length": str(len(content) + missing)}
        exchange.send(framed(status or reply.status, content, length))
        if drop:
            exchange.drop()

    return behave


def floods(size: int | None = None, status: int = 200) -> Behaviour:
    """A body of `size` bytes of nothing behind a sound answer, or one without end."""

    def behave(exchange: Exchange) -> None:
        content = json.dumps(exchange.process().document).encode()
        exchange.send(f"HTTP/1.1 {status} OK\r\nConnection: close\r\n\r\n".encode() + content)
        sent = len(content)
        while size is None or sent < size:
            exchange.send(PIECE)
            sent += len(PIECE)
        exchange.drop()

    return behave


def gzips(*, broken: bool = False, bomb: int = 0) -> Behaviour:
    """Answer compressed, although nobody asked for it."""

    def behave(exchange: Exchange) -> None:
        reply = exchange.process()
        packed = gzip.compress(json.dumps(reply.document).encode() + b" " * bomb)
        headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
        exchange.reply(reply.status, packed[:-9] if broken else packed, headers)

    return behave


def says_first(*interim: bytes) -> Behaviour:
    """Send interim answers, such as `b"100 Continue"`, before the real one."""

    def behave(exchange: Exchange) -> None:
        for line in interim:
            exchange.send(b"HTTP/1.1 " + line + b"\r\n\r\n")
        as_usual(exchange)

    return behave
