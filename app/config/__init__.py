"""The environment and the project's `.env`, read once, as one typed and frozen object.

`load_settings` is the only entry point: it raises `SettingsError`, one line that names the variable, says why
it is wrong and what to do, and never shows a secret. An empty variable counts as not set.
"""

import difflib
import ipaddress
import os
import secrets
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy import URL, make_url

from app.config import validators as kinds

ROOT = Path(__file__).parent.parent.parent
SKIP_DOTENV = "FLASK_SKIP_DOTENV"
"""Flask's own switch: the `flask` command reads `.env` too. The tests set it."""
REQUIRED_WITH_ZELTA_URL = {
    "ZELTA_API_KEY": "set it to the account's key, which looks like zlt_k7a9…",
    "ZELTA_FRONTEND_URL": "set it to the base address of the join links",
    "SECRET_KEY": kinds.LONG_SECRET_HINT,
}
REQUIRED_BY_AUTH_MODE = {
    "oidc": {
        "OIDC_ISSUER": "set it to the provider's issuer, such as https://accounts.google.com",
        "OIDC_CLIENT_ID": "set it to the id that the provider gave this dashboard",
        "OIDC_CLIENT_SECRET": "set it to the secret that the provider gave this dashboard",
    },
    "proxy": {
        "AUTH_PROXY_TRUSTED": "set it to the address of the proxy that signs people in, such as 127.0.0.1",
    },
}


class SettingsError(Exception):
    """The environment is invalid; `str()` is the one-line message."""

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(" ".join(problem.split()) for problem in problems))


def default_worker_count() -> int:
    """One worker per usable core; at least two, so that one serves while the other restarts.

    Four at most: each may hold 24 connections (see `app.database`), and PostgreSQL's default limit is 97.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(4, max(2, cores))


def _default_database_url(data: dict[str, Any]) -> str:
    return URL.create("sqlite", database=str(data["instance_path"] / "convoca.db")).render_as_string()


def _default_sandbox_url(data: dict[str, Any]) -> str:
    return f"http://127.0.0.1:{data['sandbox_port']}"


class Settings(BaseSettings):
    """The parsed environment. `repr` omits secrets; fields are in the order that their defaults need."""

    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True, validate_default=False)

    instance_path: Path
    host: kinds.Host = "127.0.0.1"
    port: kinds.Port = 8000
    sandbox_port: kinds.Port = Field(
        default_factory=lambda data: data["port"] + 1 if data["port"] < 65535 else 65534
    )
    trusted_proxies: kinds.ProxyCount = 0
    script_name: kinds.PathPrefix = ""
    """The URL prefix; gunicorn reads it too, and strips it from each request's path."""
    allowed_hosts: kinds.Hosts = ()
    """Host headers that are answered; none: all of them."""
    frame_ancestors: kinds.FrameAncestors = "'none'"
    web_concurrency: kinds.ThreadCount = Field(default_factory=default_worker_count)
    log_format: kinds.LogFormat = "text"
    metrics_token: SecretStr = SecretStr("")
    sender: kinds.Sender = "inside"
    zelta_rate: kinds.Rate = 60
    """Calls a minute for long lists while the API names no limit of its own; 0: none."""
    zelta_concurrency: kinds.ThreadCount = 4
    zelta_api_url: kinds.BaseUrl = Field(default_factory=_default_sandbox_url)
    zelta_frontend_url: kinds.BaseUrl = Field(default_factory=_default_sandbox_url)
    zelta_api_key: kinds.ApiKey = SecretStr("zlt_sandbox")
    zelta_timeout: kinds.Seconds = 10.0
    database_url: kinds.DatabaseUrl = Field(default_factory=_default_database_url, repr=False)
    secret_key: kinds.Secret = SecretStr("")
    encryption_keys: kinds.Keys = ()
    auth: kinds.Auth = "off"
    session_hours: kinds.Hours = 12.0
    """Hours without a request after which a session ends."""
    new_accounts: kinds.NewAccounts = "coordinator"
    """Role of provisioned accounts that were not invited."""
    oidc_issuer: kinds.BaseUrl = ""
    oidc_client_id: kinds.PrintableText = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_allowed_domains: kinds.Domains = ()
    oidc_admin_claim: kinds.AdminClaim = ""
    auth_proxy_header: kinds.HeaderName = "X-Forwarded-User"
    auth_proxy_trusted: kinds.Networks = ()
    time_zone: kinds.TimeZone = "America/Panama"
    country: kinds.Country = Field(default_factory=lambda data: kinds.country_of_zone(data["time_zone"]))
    """ISO 3166-1 alpha-2: the country of phones without a country code; empty if unknown."""
    language: kinds.Language = "es"
    warnings: tuple[str, ...] = ()
    """Start-up warnings: variables without effect, with the likely intended name, and insecure settings."""

    @classmethod
    def settings_customise_sources(cls, *_: Any, **sources: Any) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load_settings` picked from the environment: no other source."""
        return (sources["init_settings"],)

    @property
    def sandbox(self) -> bool:
        """Whether no real API URL is set, so that the sandbox has to be started."""
        return "zelta_api_url" not in self.model_fields_set

    @property
    def described_connection(self) -> str:
        """For the start banner: the URLs of the API and the database, without user or password."""
        url = make_url(self.database_url)
        host = url.host or url.query.get("host") or "localhost"
        postgres = f"PostgreSQL at {host if isinstance(host, str) else ','.join(host)}/{url.database or ''}"
        data = f"SQLite at {url.database}" if url.drivername.startswith("sqlite") else postgres
        return f"{'the sandbox at ' if self.sandbox else ''}{self.zelta_api_url}, {data}"


VARIABLE_NAMES = {name.upper() for name in Settings.model_fields} - {"INSTANCE_PATH", "WARNINGS"}


def _read_variables(environ: Mapping[str, str]) -> dict[str, str]:
    variables = {name: text for name in sorted(VARIABLE_NAMES) if (text := environ.get(name, "").strip())}
    for name, text in variables.items():
        if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
            raise SettingsError(f"{name} holds a control character or broken Unicode: set it again")
    return variables


def _unused_variables(environ: Mapping[str, str]) -> tuple[str, ...]:
    lines = []
    for name in sorted(environ.keys() - VARIABLE_NAMES):
        is_ours = name.upper().startswith("ZELTA_")
        # Other variables are none of our business, unless they are spelt almost like a setting.
        near = difflib.get_close_matches(
            name.upper(), sorted(VARIABLE_NAMES), n=1, cutoff=0.7 if is_ours else 0.85
        )
        if is_ours or near:
            lines.append(f"{name[:60]!a} is no setting" + (f": {near[0]}?" if near else ""))
    if environ.get("ZELTA_API_KEY", "").strip() and not environ.get("ZELTA_API_URL", "").strip():
        lines.append("ZELTA_API_KEY is not used: without ZELTA_API_URL the sandbox answers")
    return tuple(lines)


def is_loopback(host: str) -> bool:
    """Whether a host name or an address, in brackets or not, is this machine's own."""
    with suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return host == "localhost"


def _security_warnings(settings: "Settings") -> tuple[str, ...]:
    """Warnings about insecure authentication settings."""
    lines = []
    if settings.auth == "off" and not (settings.sandbox and is_loopback(settings.host)):
        lines.append("AUTH=off: anyone who reaches this address can do everything, without signing in")
    if settings.auth == "oidc" and settings.new_accounts != "refused" and not settings.oidc_allowed_domains:
        lines.append("OIDC_ALLOWED_DOMAINS is not set: everybody whom the provider knows gets in")
    issuer = urlsplit(settings.oidc_issuer)
    if settings.auth == "oidc" and issuer.scheme != "https" and not is_loopback(issuer.hostname or ""):
        lines.append("OIDC_ISSUER is not https: anyone who stands between us and it can sign in as anybody")
    for prefix, auth in (("oidc_", "oidc"), ("auth_proxy_", "proxy")):
        unused = sorted(name.upper() for name in settings.model_fields_set if name.startswith(prefix))
        if unused and settings.auth != auth:
            lines.append(f"{', '.join(unused)} not used: AUTH is {settings.auth}, not {auth}")
    return tuple(lines)


def _default_auth(values: Mapping[str, Any]) -> str:
    """`off` only on a loopback host with the sandbox; otherwise `password`."""
    return (
        "off"
        if "zelta_api_url" not in values and is_loopback(values.get("host", "127.0.0.1"))
        else "password"
    )


def _validation_messages(error: ValidationError) -> list[str]:
    return [
        f"{str(problem['loc'][0]).upper()} {problem.get('ctx', {}).get('error', problem['msg'])}"
        for problem in error.errors(include_input=False, include_url=False)
        if problem["type"] != "default_factory_not_called"  # a consequence of another problem
    ]


def _read_or_create_secret(folder: Path) -> str:
    """The sandbox's secret key: the first of several starting processes creates it, all read it."""
    path = folder / "secret_key"
    if not path.exists():
        draft = folder / f".secret_key.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)  # atomic, and never overwrites
        draft.unlink()
    return kinds.require_match(path.read_text(encoding="ascii").strip(), r".{16,}", f"{path} is damaged")


def _prepare_instance_folder(settings: Settings) -> Settings:
    """Makes what has to be on disk: the database's folder in the instance, and the sandbox's secret."""
    folder = settings.instance_path
    database_folder = Path(make_url(settings.database_url).database or "").parent
    try:
        for path in (folder, database_folder):
            if database_folder.is_relative_to(folder) or (path == folder and not settings.secret_key):
                path.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = settings.secret_key or SecretStr(_read_or_create_secret(folder))
    except (OSError, ValueError) as error:
        raise SettingsError(f"SECRET_KEY or DATABASE_URL is not set and has no home: {error}") from error
    return settings.model_copy(update={"secret_key": secret})


def load_dotenv(file: Path) -> None:
    """Adds the variables of a `.env` file to the process's environment, which wins.

    They go into `os.environ` because gunicorn and Prometheus' client read some of them there, as Flask does.

    Raises:
        SettingsError: The file is there and cannot be read.
    """
    if os.environ.get(SKIP_DOTENV) or not file.is_file():
        return
    try:
        for name, value in dotenv_values(file, encoding="utf-8").items():
            if value is not None:
                os.environ.setdefault(name, value)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file} cannot be read: {type(error).__name__}") from None


def load_settings(environ: Mapping[str, str] | None = None, instance_path: Path | None = None) -> Settings:
    """Reads the environment, by default the process's own with the project's `.env`.

    Args:
        environ: The variables; `os.environ` and `.env` when left out.
        instance_path: The folder of what this installation keeps; `instance/` beside `app/` when left out.

    Raises:
        SettingsError: One line that says which variable is wrong, why, and what to do.
    """
    if environ is None:
        load_dotenv(ROOT / ".env")
    variables = os.environ if environ is None else environ
    values: dict[str, Any] = {name.lower(): text for name, text in _read_variables(variables).items()}
    values.setdefault("auth", _default_auth(values))
    required = dict(REQUIRED_BY_AUTH_MODE.get(values["auth"], {}))
    reasons = dict.fromkeys(required, f"AUTH={values['auth']}")
    if "zelta_api_url" not in values:
        values.pop("zelta_api_key", None)  # the sandbox must not get a real key
    else:
        required |= REQUIRED_WITH_ZELTA_URL
    problems = [
        f"{name} is needed with {reasons.get(name, 'ZELTA_API_URL')}: {how}"
        for name, how in required.items()
        if name.lower() not in values
    ]
    values["instance_path"] = (instance_path or ROOT / "instance").absolute()
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise SettingsError(*problems, *_validation_messages(error)) from None
    if problems:
        raise SettingsError(*problems)
    warnings = _unused_variables(variables) + _security_warnings(settings)
    return _prepare_instance_folder(settings.model_copy(update={"warnings": warnings}))
