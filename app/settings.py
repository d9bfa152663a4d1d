"""The environment, read once, as one typed and frozen object.

`load_settings` is the only door: it raises `SettingsError`, one line that names the variable, says why it
is wrong and what to do, and never shows a secret. An empty variable counts as not set.
"""

import difflib
import ipaddress
import math
import os
import re
import secrets
import unicodedata
import zoneinfo
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

NEEDED_WITH_A_REAL_URL = {
    "ZELTA_API_KEY": "set it to the account's key, which looks like zlt_k7a9…",
    "ZELTA_FRONTEND_URL": "set it to the base address of the join links",
    "SECRET_KEY": "set it to a long random text, such as openssl rand -hex 32 prints",
}


class SettingsError(Exception):
    """The environment does not make a start possible; `str()` is the one line to show."""

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(" ".join(problem.split()) for problem in problems))


# What a variable may hold: each function takes its text and returns the value, or says what is wrong.


def _matching(text: str, pattern: str, flaw: str) -> str:
    if re.fullmatch(pattern, text):
        return text
    raise ValueError(flaw)  # without the text: this checks secrets


def _whole_number(text: str, low: int, high: int) -> int:
    if re.fullmatch(r"[0-9]{1,9}", text) and low <= int(text) <= high:
        return int(text)
    raise ValueError(f"is {text[:60]!a}: give a whole number from {low} to {high}")


def _seconds(text: str) -> float:
    seconds = float(text) if re.fullmatch(r"[0-9]*\.?[0-9]+", text) else math.nan
    if 0 < seconds <= 120:
        return seconds
    raise ValueError(f"is {text[:60]!a}: give seconds, more than 0 and at most 120, such as 10")


def _is_host(text: str) -> bool:
    with suppress(ValueError):
        return bool(ipaddress.ip_address(text))
    labels = text.removesuffix(".").split(".")
    named = all(re.fullmatch(r"(?!-)[\w-]{1,63}(?<!-)", label) for label in labels)
    # A last part of digits alone would be a mistyped IPv4 address.
    return named and len(text) <= 253 and not labels[-1].isdigit()


def _host(text: str) -> str:
    host = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if _is_host(host):
        return host  # an IPv6 address without the brackets that belong before a port
    raise ValueError(f"is {text[:60]!a}: give a host name or an IP address without a port, such as 127.0.0.1")


def _web_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        sound = parts.scheme in {"http", "https"} and parts.port != 0 and _is_host(parts.hostname or "")
    except ValueError:
        sound = False
    # The bare marks count too: the parser drops "#", "?" and "@" with nothing after or before them.
    if not sound or not text.isprintable() or re.search(r"[\s\\@?#]", text):
        # Without the text, which may hold a password.
        raise ValueError("is no base address: give http(s)://host, with no user name, password, ? or #")
    return text.rstrip("/")


def _fernet_keys(text: str) -> tuple[SecretStr, ...]:
    keys = [key.strip() for key in text.split(",") if key.strip()]
    for place, key in enumerate(keys, start=1):
        # Stricter than Fernet's own decoder, which skips odd characters of a key that was copied wrongly.
        flaw = f"holds no Fernet key in place {place}: give 32 bytes in URL-safe base64"
        _matching(key, r"[A-Za-z0-9_-]{43}=", flaw)
    if not keys:
        raise ValueError("holds no key: give Fernet keys with commas between them, or leave it out")
    return tuple(SecretStr(key) for key in keys)


def _time_zone(text: str) -> str:
    zones = zoneinfo.available_timezones() - {"localtime"}  # that one is the machine's, not IANA's
    if text in zones:
        return text
    near = difflib.get_close_matches(text, zones, n=1) or ["America/Panama"]
    raise ValueError(f"is {text[:60]!a}, which is no IANA time zone: give one such as {near[0]}")


def _sender(text: str) -> str:
    if text in {"inside", "outside"}:
        return text
    raise ValueError(f"is {text[:60]!a}: give inside or outside")


def _language(text: str) -> str:
    """Takes es or en, and also gettext's own form of this variable, which Ubuntu sets ("en_US:en")."""
    codes = [re.split(r"[_.@-]", entry)[0].lower() for entry in text.split(":")]
    known = [code for code in codes if code in {"es", "en"}]
    if known or re.search(r"[_:]", text):
        return known[0] if known else "es"
    raise ValueError(f"is {text[:60]!a}: give es or en")


def _sqlite_file(url: URL, folder: Path) -> URL:
    if url.host or not url.database or url.database.startswith((":memory:", "file:")) or "uri" in url.query:
        raise ValueError("names no file of its own: give sqlite:///name.db, or sqlite:////path/name.db")
    path = folder / url.database
    if path.is_dir() or not (path.parent.is_dir() or path.is_relative_to(folder)):
        raise ValueError(f"needs a file in a folder that exists, and {str(path)!a} is not: make the folder")
    return url.set(database=str(path))


def _database_url(text: str, info: ValidationInfo) -> str:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError("is no database URL: give postgresql://user:password@host/name") from None
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        url = _sqlite_file(url, info.data["instance_path"])
    elif url.drivername in {"postgres", "postgresql", "postgresql+psycopg"} and (url.port or 1) <= 65535:
        url = url.set(drivername="postgresql+psycopg")
    else:
        raise ValueError("names another database, driver or port: start it with sqlite:/// or postgresql://")
    return url.render_as_string(hide_password=False)


def _own_database(data: dict[str, Any]) -> str:
    return URL.create("sqlite", database=str(data["instance_path"] / "convoca.db")).render_as_string()


def _sandbox_url(data: dict[str, Any]) -> str:
    return f"http://127.0.0.1:{data['sandbox_port']}"


Port = Annotated[int, BeforeValidator(partial(_whole_number, low=1, high=65535))]
Rate = Annotated[int, BeforeValidator(partial(_whole_number, low=0, high=100_000))]
Several = Annotated[int, BeforeValidator(partial(_whole_number, low=1, high=64))]
Proxies = Annotated[int, BeforeValidator(partial(_whole_number, low=0, high=10))]
DatabaseUrl = Annotated[str, BeforeValidator(_database_url)]
WebAddress = Annotated[str, BeforeValidator(_web_address)]
NO_HEADER = "holds a space or a character outside ASCII: copy the key again"
ApiKey = Annotated[SecretStr, BeforeValidator(partial(_matching, pattern=r"[!-~]+", flaw=NO_HEADER))]
TOO_SHORT = f"is shorter than 8 characters: {NEEDED_WITH_A_REAL_URL['SECRET_KEY']}"
Secret = Annotated[SecretStr, BeforeValidator(partial(_matching, pattern=r".{8,}", flaw=TOO_SHORT))]
Keys = Annotated[tuple[SecretStr, ...], BeforeValidator(_fernet_keys)]


class Settings(BaseSettings):
    """What the environment said. `repr` leaves secrets out; fields stand in the order their defaults need."""

    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True, validate_default=False)

    instance_path: Path
    host: Annotated[str, BeforeValidator(_host)] = "127.0.0.1"
    port: Port = 8000
    sandbox_port: Port = Field(
        default_factory=lambda data: data["port"] + 1 if data["port"] < 65535 else 65534
    )
    trusted_proxies: Proxies = 0
    web_concurrency: Several = 2
    sender: Annotated[Literal["inside", "outside"], BeforeValidator(_sender)] = "inside"
    zelta_rate: Rate = 60
    """Calls a minute for long lists while the API names no limit of its own; 0: none."""
    zelta_concurrency: Several = 4
    zelta_api_url: WebAddress = Field(default_factory=_sandbox_url)
    zelta_frontend_url: WebAddress = Field(default_factory=_sandbox_url)
    zelta_api_key: ApiKey = SecretStr("zlt_sandbox")
    zelta_timeout: Annotated[float, BeforeValidator(_seconds)] = 10.0
    database_url: DatabaseUrl = Field(default_factory=_own_database, repr=False)
    secret_key: Secret = SecretStr("")
    encryption_keys: Keys = ()
    time_zone: Annotated[str, BeforeValidator(_time_zone)] = "America/Panama"
    language: Annotated[Literal["es", "en"], BeforeValidator(_language)] = "es"
    unknown_variables: tuple[str, ...] = ()
    """Variables set without effect, each a line for a warning at the start, with what was probably meant."""

    @classmethod
    def settings_customise_sources(cls, *_: Any, **sources: Any) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load_settings` picked from the environment: no .env, no secret files."""
        return (sources["init_settings"],)

    @property
    def sandbox(self) -> bool:
        """Whether no real Zelta was named, so that the stand-in has to be started."""
        return "zelta_api_url" not in self.model_fields_set

    @property
    def described_connection(self) -> str:
        """For the start banner: where calls and data go, without user or password."""
        url = make_url(self.database_url)
        host = url.host or url.query.get("host") or "localhost"
        postgres = f"PostgreSQL at {host if isinstance(host, str) else ','.join(host)}/{url.database or ''}"
        data = f"SQLite at {url.database}" if url.drivername.startswith("sqlite") else postgres
        return f"{'the sandbox at ' if self.sandbox else ''}{self.zelta_api_url}, {data}"


NAMES = {name.upper() for name in Settings.model_fields} - {"INSTANCE_PATH", "UNKNOWN_VARIABLES"}


def _given(environ: Mapping[str, str]) -> dict[str, str]:
    given = {name: text for name in sorted(NAMES) if (text := environ.get(name, "").strip())}
    for name, text in given.items():
        if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
            raise SettingsError(f"{name} holds a control character or broken Unicode: set it again")
    return given


def _without_effect(environ: Mapping[str, str]) -> tuple[str, ...]:
    known = {name.removeprefix("ZELTA_") for name in NAMES if name.startswith("ZELTA_")}
    lines = []
    for name in sorted(environ):
        prefix, rest = name[:6], name[6:]
        if prefix.upper() == "ZELTA_" and not (prefix == "ZELTA_" and rest in known):
            near = difflib.get_close_matches(rest.upper(), sorted(known), n=1, cutoff=0.5)
            lines.append(f"{name[:60]!a} is no setting" + (f": ZELTA_{near[0]}?" if near else ""))
    if environ.get("ZELTA_API_KEY", "").strip() and not environ.get("ZELTA_API_URL", "").strip():
        lines.append("ZELTA_API_KEY is not used: without ZELTA_API_URL the sandbox answers")
    return tuple(lines)


def _wrong(error: ValidationError) -> list[str]:
    return [
        f"{str(problem['loc'][0]).upper()} {problem.get('ctx', {}).get('error', problem['msg'])}"
        for problem in error.errors(include_input=False, include_url=False)
        if problem["type"] != "default_factory_not_called"  # that one only echoes another problem
    ]


def _stored_secret(folder: Path) -> str:
    """The sandbox's own key: of processes that start at once, the first makes it and all read it."""
    kept = folder / "secret_key"
    if not kept.exists():
        draft = folder / f".secret_key.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, kept)  # whole or not at all, and never over another's
        draft.unlink()
    return _matching(kept.read_text(encoding="ascii").strip(), r".{16,}", f"{kept} is damaged")


def _with_folder(settings: Settings) -> Settings:
    """Makes what has to be on disk: the database's folder in the instance, and the sandbox's secret."""
    folder = settings.instance_path
    home = Path(make_url(settings.database_url).database or "").parent
    try:
        for needed in (folder, home):
            if home.is_relative_to(folder) or (needed == folder and not settings.secret_key):
                needed.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = settings.secret_key or SecretStr(_stored_secret(folder))
    except (OSError, ValueError) as error:
        raise SettingsError(f"SECRET_KEY or DATABASE_URL is not set and has no home: {error}") from error
    return settings.model_copy(update={"secret_key": secret})


def load_settings(environ: Mapping[str, str] | None = None, instance_path: Path | None = None) -> Settings:
    """Reads the environment, the process's own by default.

    Args:
        environ: The variables; `os.environ` when left out.
        instance_path: The folder of what this installation keeps; `instance/` beside `app/` when left out.

    Raises:
        SettingsError: One line that says which variable is wrong, why, and what to do.
    """
    variables = os.environ if environ is None else environ
    values: dict[str, Any] = {name.lower(): text for name, text in _given(variables).items()}
    problems = []
    if "zelta_api_url" not in values:
        values.pop("zelta_api_key", None)  # a real key has no business in the sandbox
    else:
        needs = NEEDED_WITH_A_REAL_URL.items()
        problems = [
            f"{name} is needed with ZELTA_API_URL: {how}" for name, how in needs if name.lower() not in values
        ]
    values["instance_path"] = (instance_path or Path(__file__).parent.parent / "instance").absolute()
    try:
        settings = Settings(**values, unknown_variables=_without_effect(variables))
    except ValidationError as error:
        raise SettingsError(*problems, *_wrong(error)) from None
    if problems:
        raise SettingsError(*problems)
    return _with_folder(settings)
