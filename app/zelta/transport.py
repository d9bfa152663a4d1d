"""HTTP transport: single attempts, bounded in time and size, without retries or redirects.

An attempt returns a `RawResponse` once a status arrived, even if the body failed, or raises a `CallError`.
`outcome` classifies it; the client retries.
"""

import json
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import requests

from app.http_client.attempt import Attempt, attempt_with_deadline
from app.http_client.errors import FailureReason
from app.http_client.session import DeadlineSession
from app.utils.version import get_version

MAX_BODY_BYTES = 1024 * 1024
"""Bytes of an answer that are read, before and after decompression."""

_CHUNK_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class RawResponse:
    """A response with a status. `read_error`: why its head or body could not be read to the end, if so."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    read_error: FailureReason | None = None


class Transport:
    """Sends requests with the API key; thread-safe."""

    def __init__(self, api_key: str) -> None:
        self._session = DeadlineSession()
        self._session.headers.update(_default_headers(api_key))

    def send(self, method: str, url: str, body: object, deadline: float) -> RawResponse:
        """Make one attempt.

        Args:
            method: POST or PATCH.
            url: the full URL.
            body: what is sent, as JSON.
            deadline: `time.monotonic()` seconds; a hard limit for the whole attempt.

        Raises:
            CallError: no status arrived; the branch tells whether a byte may have been sent.
        """
        encoded = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        with attempt_with_deadline(deadline) as attempt:
            attempt.check_deadline()
            try:
                with closing(self._send_request(method, url, encoded, attempt)) as response:
                    return _read_response(response, attempt)
            except Exception as error:
                # Do not classify by the error type: the attempt knows its progress.
                if attempt.status is None:
                    raise attempt.classify_error(error) from error
                return RawResponse(
                    attempt.status,
                    _case_insensitive(attempt.headers),
                    read_error=attempt.classify_error(error).reason,
                )

    def close(self) -> None:
        """Close idle connections."""
        self._session.close()

    def _send_request(self, method: str, url: str, body: bytes, attempt: Attempt) -> requests.Response:
        timeout = attempt.remaining_seconds
        return self._session.request(
            method, url, data=body, timeout=(timeout, timeout), allow_redirects=False, stream=True
        )


def _default_headers(api_key: str) -> dict[str, str]:
    return {
        "Accept": "application/json",
        # Responses are a few hundred bytes: compression gains nothing.
        "Accept-Encoding": "identity",
        "Content-Type": "application/json",
        "User-Agent": f"Convoca/{get_version()}",
        "x-api-key": api_key,
    }


def _case_insensitive(headers: Any) -> Mapping[str, str]:
    return requests.structures.CaseInsensitiveDict(headers or {})


def _read_response(response: requests.Response, attempt: Attempt) -> RawResponse:
    """Read the body; the connection returns to the pool only after a complete response."""
    headers = _case_insensitive(response.headers)
    if not attempt.headers_complete or response.status_code < 200:
        read_error = None if attempt.headers_complete else _interruption_reason(attempt)
        return RawResponse(response.status_code, headers, read_error=read_error)
    body, read_error = _read_body(response.raw, attempt)
    if read_error is not FailureReason.TOO_LARGE:
        body, decode_error = _decompress(body, headers.get("content-encoding", ""))
        read_error = decode_error or read_error
    return RawResponse(response.status_code, headers, body, read_error)


def _read_body(raw: Any, attempt: Attempt) -> tuple[bytes, FailureReason | None]:
    """Read up to the limit; a truncated body is returned as far as it arrived."""
    body = bytearray()
    try:
        while chunk := raw.read1(_CHUNK_BYTES, decode_content=False):
            body += chunk
            if len(body) > MAX_BODY_BYTES:
                return b"", FailureReason.TOO_LARGE
    except Exception as error:  # noqa: BLE001 - a status arrived: a later error does not undo it
        return bytes(body), attempt.classify_error(error).reason
    # A body without a length ends with the connection, also when we closed it.
    return bytes(body), FailureReason.TIMEOUT if attempt.deadline_fired else None


def _decompress(body: bytes, encoding: str) -> tuple[bytes, FailureReason | None]:
    coding = encoding.strip().lower()
    if coding in {"", "identity"} or not body:
        return body, None
    if coding not in {"gzip", "x-gzip", "deflate"}:
        return b"", FailureReason.NOT_UNDERSTOOD
    try:
        decoder = zlib.decompressobj(wbits=_zlib_window_bits(body))
        text = decoder.decompress(body, MAX_BODY_BYTES + 1)
    except zlib.error:
        return b"", FailureReason.NOT_UNDERSTOOD
    if len(text) > MAX_BODY_BYTES:
        return b"", FailureReason.TOO_LARGE
    return (text, None) if decoder.eof else (b"", FailureReason.NOT_UNDERSTOOD)


def _zlib_window_bits(body: bytes) -> int:
    """The `wbits` of zlib: gzip and zlib streams have a header; a raw deflate stream has none."""
    has_header = body[:2] == b"\x1f\x8b" or (body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0)
    return zlib.MAX_WBITS | 32 if has_header else -zlib.MAX_WBITS


def _interruption_reason(attempt: Attempt) -> FailureReason:
    return FailureReason.TIMEOUT if attempt.is_expired else FailureReason.CONNECTION_LOST
