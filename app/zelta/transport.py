"""HTTP towards the vendor: one attempt at a time, bounded in time and size, never repeated and never redirected.

An attempt brings a `Received` as soon as a status came, whatever happened to the rest of the answer, or raises a `CallError`.
What either means is decided in `outcome`; repeating is the client's.
"""

import json
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import requests

from app.version import version
from app.zelta.attempt import Attempt, attempt_until
from app.zelta.outcome import Reason
from app.zelta.session import CarefulSession

LARGEST_BODY = 1024 * 1024
"""Bytes of an answer that are read, before and after decompression."""

_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Received:
    """An answer with a status. `broken` says why its head or body could not be read to the end, if so."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    broken: Reason | None = None


class Transport:
    """Sends requests with the key; safe to share between threads."""

    def __init__(self, api_key: str) -> None:
        self._session = CarefulSession()
        self._session.headers.update(_headers(api_key))

    def send(self, method: str, url: str, body: object, deadline: float) -> Received:
        """Make one attempt.

        Args:
            method: POST or PATCH.
            url: the whole address.
            body: what is sent, as JSON.
            deadline: `time.monotonic()` seconds; the attempt ends by then, whatever the server does.

        Raises:
            CallError: no status came; the branch tells whether a byte may have left.
        """
        encoded = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        with attempt_until(deadline) as attempt:
            attempt.check_time()
            try:
                with closing(self._open(method, url, encoded, attempt)) as response:
                    return _read(response, attempt)
            except Exception as error:
                # Nothing is sorted out by the error's type: the attempt itself knows what had happened by then.
                if attempt.status is None:
                    raise attempt.explain(error) from error
                return Received(attempt.status, _plain(attempt.headers), broken=attempt.explain(error).reason)

    def close(self) -> None:
        """Close the connections that are at rest."""
        self._session.close()

    def _open(self, method: str, url: str, body: bytes, attempt: Attempt) -> requests.Response:
        timeout = attempt.remaining
        return self._session.request(
            method, url, data=body, timeout=(timeout, timeout), allow_redirects=False, stream=True
        )


def _headers(api_key: str) -> dict[str, str]:
    return {
        "Accept": "application/json",
        # The answers are a few hundred bytes: there is nothing to win by compressing them.
        "Accept-Encoding": "identity",
        "Content-Type": "application/json",
        "User-Agent": f"Convoca/{version()}",
        "x-api-key": api_key,
    }


def _plain(headers: Any) -> Mapping[str, str]:
    return requests.structures.CaseInsensitiveDict(headers or {})


def _read(response: requests.Response, attempt: Attempt) -> Received:
    """Read the body, and let the connection go back to the pool only if all of the answer came."""
    headers = _plain(response.headers)
    if not attempt.head_is_whole or response.status_code < 200:
        broken = None if attempt.head_is_whole else _why_cut(attempt)
        return Received(response.status_code, headers, broken=broken)
    body, broken = _read_body(response.raw, attempt)
    if broken is not Reason.TOO_LARGE:
        body, undecodable = _decompressed(body, headers.get("content-encoding", ""))
        broken = undecodable or broken
    return Received(response.status_code, headers, body, broken)


def _read_body(raw: Any, attempt: Attempt) -> tuple[bytes, Reason | None]:
    """Read what comes, up to the limit; a body that ends too early is given as far as it came."""
    body = bytearray()
    try:
        while chunk := raw.read1(_CHUNK, decode_content=False):
            body += chunk
            if len(body) > LARGEST_BODY:
                return b"", Reason.TOO_LARGE
    except Exception as error:  # noqa: BLE001 - a status came: no error below can make the answer unsaid
        return bytes(body), attempt.explain(error).reason
    # A body without a length ends with its connection, also where we cut it.
    return bytes(body), Reason.TIMEOUT if attempt.was_cut else None


def _decompressed(body: bytes, encoding: str) -> tuple[bytes, Reason | None]:
    coding = encoding.strip().lower()
    if coding in {"", "identity"} or not body:
        return body, None
    if coding not in {"gzip", "x-gzip", "deflate"}:
        return b"", Reason.NOT_UNDERSTOOD
    try:
        decoder = zlib.decompressobj(wbits=_window(body))
        text = decoder.decompress(body, LARGEST_BODY + 1)
    except zlib.error:
        return b"", Reason.NOT_UNDERSTOOD
    if len(text) > LARGEST_BODY:
        return b"", Reason.TOO_LARGE
    return (text, None) if decoder.eof else (b"", Reason.NOT_UNDERSTOOD)


def _window(body: bytes) -> int:
    """Zlib's word for the format: gzip and zlib say what they are, and a bare stream, which some send as deflate, does not."""
    says_what_it_is = body[:2] == b"\x1f\x8b" or (body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0)
    return zlib.MAX_WBITS | 32 if says_what_it_is else -zlib.MAX_WBITS


def _why_cut(attempt: Attempt) -> Reason:
    return Reason.TIMEOUT if attempt.is_over else Reason.CONNECTION_LOST
