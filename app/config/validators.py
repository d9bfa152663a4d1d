"""Validators of variables: each takes the text, and returns the value or raises ValueError."""

import difflib
import ipaddress
import math
import re
import zoneinfo
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from babel.core import get_global
from pydantic import BeforeValidator, SecretStr, ValidationInfo
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

LONG_SECRET_HINT = "set it to a long random text, such as openssl rand -hex 32 prints"  # noqa: S105


def require_match(text: str, pattern: str, flaw: str) -> str:
    """The text if it matches completely; else raise ValueError with `flaw`."""
    if re.fullmatch(pattern, text):
        return text
    raise ValueError(flaw)  # without the text: this checks secrets


def _parse_int(text: str, low: int, high: int) -> int:
    if re.fullmatch(r"[0-9]{1,9}", text) and low <= int(text) <= high:
        return int(text)
    raise ValueError(f"is {text[:60]!a}: give a whole number from {low} to {high}")


def _parse_seconds(text: str) -> float:
    seconds = float(text) if re.fullmatch(r"[0-9]*\.?[0-9]+", text) else math.nan
    if 0 < seconds <= 120:
        return seconds
    raise ValueError(f"is {text[:60]!a}: give seconds, more than 0 and at most 120, such as 10")


def _is_host(text: str) -> bool:
    with suppress(ValueError):
        return bool(ipaddress.ip_address(text))
    labels = text.removesuffix(".").split(".")
    has_valid_labels = all(re.fullmatch(r"(?!-)[\w-]{1,63}(?<!-)", label) for label in labels)
    # A last part of digits alone would be a mistyped IPv4 address.
    return has_valid_labels and len(text) <= 253 and not labels[-1].isdigit()


def _parse_host(text: str) -> str:
    host = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if _is_host(host):
        return host  # an IPv6 address without the brackets that belong before a port
    raise ValueError(f"is {text[:60]!a}: give a host name or an IP address without a port, such as 127.0.0.1")


def _parse_base_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_valid = parts.scheme in {"http", "https"} and parts.port != 0 and _is_host(parts.hostname or "")
    except ValueError:
        is_valid = False
    # Check the raw text: urlsplit drops a trailing "#" or "?" and an empty user before "@".
    if not is_valid or not text.isprintable() or re.search(r"[\s\\@?#]", text):
        # Without the text, which may hold a password.
        raise ValueError("is no base address: give http(s)://host, with no user name, password, ? or #")
    return text.rstrip("/")


def _parse_fernet_keys(text: str) -> tuple[SecretStr, ...]:
    keys = [key.strip() for key in text.split(",") if key.strip()]
    for position, key in enumerate(keys, start=1):
        # Stricter than Fernet's decoder, which skips invalid characters.
        flaw = f"holds no Fernet key in place {position}: give 32 bytes in URL-safe base64"
        require_match(key, r"[A-Za-z0-9_-]{43}=", flaw)
    if not keys:
        raise ValueError("holds no key: give Fernet keys with commas between them, or leave it out")
    return tuple(SecretStr(key) for key in keys)


def _parse_time_zone(text: str) -> str:
    zones = zoneinfo.available_timezones() - {"localtime"}  # a local alias, not an IANA zone
    if text in zones:
        return text
    near = difflib.get_close_matches(text, zones, n=1) or ["America/Panama"]
    raise ValueError(f"is {text[:60]!a}, which is no IANA time zone: give one such as {near[0]}")


def _country(text: str) -> str:
    # Imported where it is needed: it takes 90 ms, and most installations do not set a country.
    from phonenumbers import SUPPORTED_REGIONS  # noqa: PLC0415

    if text.isascii() and text.upper() in SUPPORTED_REGIONS:
        return text.upper()
    raise ValueError(f"is {text[:60]!a}, which is no country: give the two letters of ISO 3166, such as PA")


def country_of_zone(time_zone: str) -> str:
    """The country of an IANA time zone (ISO 3166-1 alpha-2); empty for a zone of no single country, such as UTC."""
    zone = get_global("zone_aliases").get(time_zone, time_zone)
    country = get_global("zone_territories").get(zone, "")
    return country if country.isalpha() and country != "ZZ" else ""


def _parse_language(text: str) -> str:
    """Takes es or en, and also gettext's own form of this variable, which Ubuntu sets ("en_US:en")."""
    codes = [re.split(r"[_.@-]", entry)[0].lower() for entry in text.split(":")]
    known = [code for code in codes if code in {"es", "en"}]
    if known or re.search(r"[_:]", text):
        return known[0] if known else "es"
    raise ValueError(f"is {text[:60]!a}: give es or en")


def _resolve_sqlite_file(url: URL, folder: Path) -> URL:
    if url.host or not url.database or url.database.startswith((":memory:", "file:")) or "uri" in url.query:
        raise ValueError("names no file of its own: give sqlite:///name.db, or sqlite:////path/name.db")
    path = folder / url.database
    if path.is_dir() or not (path.parent.is_dir() or path.is_relative_to(folder)):
        raise ValueError(f"needs a file in a folder that exists, and {str(path)!a} is not: make the folder")
    return url.set(database=str(path))


def _parse_database_url(text: str, info: ValidationInfo) -> str:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError("is no database URL: give postgresql://user:password@host/name") from None
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        url = _resolve_sqlite_file(url, info.data["instance_path"])
    elif url.drivername in {"postgres", "postgresql", "postgresql+psycopg"} and (url.port or 1) <= 65535:
        url = url.set(drivername="postgresql+psycopg")
    else:
        raise ValueError("names another database, driver or port: start it with sqlite:/// or postgresql://")
    return url.render_as_string(hide_password=False)


def _parse_choice(text: str, *choices: str) -> str:
    if text in choices:
        return text
    raise ValueError(f"is {text[:60]!a}: give {', '.join(choices[:-1])} or {choices[-1]}")


def _parse_hours(text: str) -> float:
    hours = float(text) if re.fullmatch(r"[0-9]*\.?[0-9]+", text) else math.nan
    if 0 < hours <= 720:
        return hours
    raise ValueError(f"is {text[:60]!a}: give hours, more than 0 and at most 720, such as 12")


def _split_list(text: str) -> list[str]:
    return [part for part in re.split(r"[,\s]+", text) if part]


def _parse_hosts(text: str) -> tuple[str, ...]:
    for host in _split_list(text):
        if not _is_host(host.removeprefix(".").strip("[]")):
            raise ValueError(f"holds {host[:60]!a}: give host names without port, with commas between them")
    return tuple(host.lower() for host in _split_list(text))


def _parse_domains(text: str) -> tuple[str, ...]:
    domains = [part.lower().removeprefix("@") for part in _split_list(text)]
    for domain in domains:
        if not (_is_host(domain) and "." in domain):
            raise ValueError(f"holds {domain[:60]!a}: give e-mail domains such as example.com")
    return tuple(domains)


def _parse_networks(text: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    networks = []
    for part in _split_list(text):
        try:
            networks.append(ipaddress.ip_network(part))
        except ValueError:
            raise ValueError(
                f"holds {part[:60]!a}: give addresses or networks such as 127.0.0.1, 10.0.0.0/8"
            ) from None
    return tuple(networks)


def _parse_frame_ancestors(text: str) -> str:
    sources = _split_list(text)
    bare = [source.strip("'") for source in sources]
    if bare in (["none"], ["self"]):
        return f"'{bare[0]}'"
    for source in sources:
        if source != "'self'" and not re.fullmatch(r"https?://(\*\.)?[\w.-]+(:[0-9]{1,5}|:\*)?", source):
            raise ValueError(
                f"holds {source[:60]!a}: give none, self, or origins such as https://portal.example.com"
            )
    return " ".join(sources)


Port = Annotated[int, BeforeValidator(partial(_parse_int, low=1, high=65535))]
Rate = Annotated[int, BeforeValidator(partial(_parse_int, low=0, high=100_000))]
ThreadCount = Annotated[int, BeforeValidator(partial(_parse_int, low=1, high=64))]
ProxyCount = Annotated[int, BeforeValidator(partial(_parse_int, low=0, high=10))]
DatabaseUrl = Annotated[str, BeforeValidator(_parse_database_url)]
BaseUrl = Annotated[str, BeforeValidator(_parse_base_url)]
Seconds = Annotated[float, BeforeValidator(_parse_seconds)]
Hours = Annotated[float, BeforeValidator(_parse_hours)]
Host = Annotated[str, BeforeValidator(_parse_host)]
PATH_PREFIX_ERROR = "is no path: give one such as /convoca, without a slash at its end"
PathPrefix = Annotated[
    str, BeforeValidator(partial(require_match, pattern=r"(/[A-Za-z0-9._~-]+)+", flaw=PATH_PREFIX_ERROR))
]
TimeZone = Annotated[str, BeforeValidator(_parse_time_zone)]
Country = Annotated[str, BeforeValidator(_country)]
Language = Annotated[Literal["es", "en"], BeforeValidator(_parse_language)]
HEADER_VALUE_ERROR = "holds a space or a character outside ASCII: copy the key again"
ApiKey = Annotated[
    SecretStr, BeforeValidator(partial(require_match, pattern=r"[!-~]+", flaw=HEADER_VALUE_ERROR))
]
SECRET_TOO_SHORT_ERROR = f"is shorter than 8 characters: {LONG_SECRET_HINT}"
Secret = Annotated[
    SecretStr, BeforeValidator(partial(require_match, pattern=r".{8,}", flaw=SECRET_TOO_SHORT_ERROR))
]
PrintableText = Annotated[
    str, BeforeValidator(partial(require_match, pattern=r"[!-~]+", flaw=HEADER_VALUE_ERROR))
]
AdminClaim = Annotated[
    str,
    BeforeValidator(
        partial(require_match, pattern=r"[^=\s]+(=.+)?", flaw="names no claim: give claim or claim=value")
    ),
]
HeaderName = Annotated[
    str,
    BeforeValidator(
        partial(
            require_match,
            pattern=r"[A-Za-z0-9-]+",
            flaw="is no name of a header: give one such as X-Forwarded-User",
        )
    ),
]
Sender = Annotated[
    Literal["inside", "outside"], BeforeValidator(lambda text: _parse_choice(text, "inside", "outside"))
]
Auth = Annotated[
    Literal["off", "password", "oidc", "proxy"],
    BeforeValidator(lambda text: _parse_choice(text, "off", "password", "oidc", "proxy")),
]
NewAccounts = Annotated[
    Literal["coordinator", "viewer", "refused"],
    BeforeValidator(lambda text: _parse_choice(text, "coordinator", "viewer", "refused")),
]
LogFormat = Annotated[
    Literal["text", "json"], BeforeValidator(lambda text: _parse_choice(text, "text", "json"))
]
Hosts = Annotated[tuple[str, ...], BeforeValidator(_parse_hosts)]
Domains = Annotated[tuple[str, ...], BeforeValidator(_parse_domains)]
Networks = Annotated[
    tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...], BeforeValidator(_parse_networks)
]
FrameAncestors = Annotated[str, BeforeValidator(_parse_frame_ancestors)]
Keys = Annotated[tuple[SecretStr, ...], BeforeValidator(_parse_fernet_keys)]
