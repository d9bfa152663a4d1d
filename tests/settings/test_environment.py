"""The environment as people and machines really set it: what is taken, and the one line that refuses."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, make_url

from app.config import VARIABLE_NAMES, SettingsError, load_settings
from tests.settings.loading import FERNET, REAL, load, refusal


def test_nothing_set_is_the_sandbox(tmp_path: Path) -> None:
    found = load(tmp_path / "instance")
    assert found.sandbox
    assert (found.host, found.port, found.sandbox_port) == ("127.0.0.1", 8000, 8001)
    assert found.zelta_api_url == found.zelta_frontend_url == "http://127.0.0.1:8001"
    assert found.zelta_api_key.get_secret_value() == "zlt_sandbox"
    assert (found.zelta_timeout, found.time_zone, found.language) == (10, "America/Panama", "es")
    assert (found.trusted_proxies, found.encryption_keys, found.warnings) == (0, (), ())
    assert found.database_url == f"sqlite:///{tmp_path}/instance/convoca.db"
    assert found.described_connection == (
        f"the sandbox at http://127.0.0.1:8001, SQLite at {tmp_path}/instance/convoca.db"
    )


def test_a_real_account(tmp_path: Path) -> None:
    found = load_settings(
        REAL
        | {"ENCRYPTION_KEYS": f"{FERNET}, {FERNET}", "DATABASE_URL": "postgres://ana:s%40fe@db:5433/conv"},
        tmp_path / "instance",
    )
    assert not found.sandbox
    assert found.zelta_frontend_url == "https://meet.zelta.example/app"
    assert found.zelta_api_key.get_secret_value() == REAL["ZELTA_API_KEY"]
    assert [key.get_secret_value() for key in found.encryption_keys] == [FERNET, FERNET]
    assert found.database_url == "postgresql+psycopg://ana:s%40fe@db:5433/conv"
    assert found.described_connection == "https://api.zelta.example, PostgreSQL at db/conv"
    assert not (tmp_path / "instance").exists(), "nothing needs the folder"


def test_no_secret_is_shown(tmp_path: Path) -> None:
    found = load_settings(
        REAL | {"DATABASE_URL": "postgresql://u:hunter2@db/x", "ENCRYPTION_KEYS": FERNET}, tmp_path
    )
    shown = f"{found!r} {found} {found.described_connection}"
    for secret in (REAL["ZELTA_API_KEY"], REAL["SECRET_KEY"], "hunter2", FERNET):
        assert secret not in shown


def test_it_is_frozen(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        load(tmp_path).port = 1


def test_empty_and_blank_count_as_not_set(tmp_path: Path) -> None:
    assert load_settings(dict.fromkeys(VARIABLE_NAMES, ""), tmp_path) == load(tmp_path)
    assert load_settings(dict.fromkeys(VARIABLE_NAMES, " \r\n"), tmp_path) == load(tmp_path)
    assert load(tmp_path, PORT="81\r").port == 81, "a file with Windows line ends"


def test_the_process_environment_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLE_NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORT", "9123")
    assert load_settings(instance_path=tmp_path).port == 9123


@pytest.mark.parametrize(("port", "sandbox_port"), [("8000", 8001), ("65535", 65534), ("1", 2)])
def test_the_sandbox_stands_beside_the_port(tmp_path: Path, port: str, sandbox_port: int) -> None:
    assert load(tmp_path, PORT=port).sandbox_port == sandbox_port
    assert load(tmp_path, PORT=port, SANDBOX_PORT="700").zelta_api_url == "http://127.0.0.1:700"


@pytest.mark.parametrize("name", ["ZELTA_API_KEY", "ZELTA_FRONTEND_URL", "SECRET_KEY"])
def test_needed_with_a_real_url(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, **{name: ""}).startswith(f"{name} is needed with ZELTA_API_URL")


# Texts stand between spaces; those that hold one, or a character that no table shows, follow.
WRONG = {
    "PORT": "0 65536 80a -1 8000.0 ٨٠ 1_0",
    "SANDBOX_PORT": "0 x",
    "TRUSTED_PROXIES": "11 -1 one",
    "SCRIPT_NAME": "/ convoca /convoca/ //convoca /a//b /con?voca",
    "ZELTA_TIMEOUT": "0 0.0 nan inf 121 ten 1e1",
    "TIME_ZONE": "America/Panamá ../etc/passwd localtime utc / .",
    "COUNTRY": "P XX Panama 507 ZZ +507 ¿",
    "LANGUAGE": "fr español -",
    "HOST": "1.2.3.999 -x http://x ::g [] a..b x:80 [x",
    "ZELTA_API_KEY": "zlt_ñ",
    "SECRET_KEY": "short",
    "ENCRYPTION_KEYS": f", abc {FERNET[:-1]} {FERNET},{FERNET}x {FERNET}é",
    "DATABASE_URL": r"""
        nope :// mysql://x/y sqlite:// sqlite:/// sqlite:///:memory: sqlite://data/a.db sqlite:////
        sqlite:///file:x?mode=memory&uri=true sqlite+aiosqlite:///a.db sqlite:////no/such/folder/a.db
        postgresql postgresql+psycopg2://x/y postgresql://x:port/y postgresql://x:99999/y""",
} | dict.fromkeys(
    ("ZELTA_API_URL", "ZELTA_FRONTEND_URL"),
    r"""
        zelta.example ftp://zelta.example https:// //x https://[::1 https:///x https://u:hunter2@x.example
        https://@x.example https://x?a=1 https://x? https://x# https://x:0 https://x:99999 https://x:y https://x\y""",
)
CASES = [
    *[(name, text) for name, texts in WRONG.items() for text in texts.split()],
    *[(name, text * 20) for name in sorted(VARIABLE_NAMES) for text in ("x\udcff", "x\x00")],
    *[
        ("PORT", "9" * 5000),
        ("ZELTA_TIMEOUT", "9" * 999),
        ("HOST", "a b"),
        ("DATABASE_URL", "sqlite:///a\x00b.db"),
    ],
    *[("ZELTA_API_KEY", "zlt k"), ("ZELTA_API_KEY", "zlt_k\nx: y"), ("ZELTA_API_URL", "https://a b.example")],
    ("ZELTA_FRONTEND_URL", "https://x\u200b"),
]


@pytest.mark.parametrize(("name", "text"), CASES)
def test_a_wrong_one_is_one_line_that_names_it(tmp_path: Path, name: str, text: str) -> None:
    line = refusal(tmp_path, **{name: text})
    assert line.startswith(f"{name} ")
    assert ": " in line, "what to do stands after the reason"
    assert len(line) < 300
    line.encode()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ZELTA_API_KEY", "zlt_hunter2 ñ"),
        ("SECRET_KEY", "hunter2"),
        ("ENCRYPTION_KEYS", "hunter2"),
        ("DATABASE_URL", "postgresql://ana:hunter2@db:port/x"),
        ("DATABASE_URL", "mysql://ana:hunter2@db/x"),
        ("ZELTA_API_URL", "https://ana:hunter2@api.example"),
        ("ZELTA_FRONTEND_URL", "https://meet.example?key=hunter2"),
    ],
)
def test_a_refusal_shows_no_secret(tmp_path: Path, name: str, text: str) -> None:
    assert "hunter2" not in refusal(tmp_path, **{name: text})


def test_several_wrong_ones_stay_on_one_line(tmp_path: Path) -> None:
    line = refusal(tmp_path, PORT="x", SECRET_KEY="", TIME_ZONE="Nowhere")
    assert [part.split()[0] for part in line.split("; ")] == ["SECRET_KEY", "PORT", "TIME_ZONE"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("es", "es"),
        ("en", "en"),
        ("EN", "en"),
        ("en_US:en", "en"),
        ("de_DE:es_ES:en", "es"),
        ("de_DE:de", "es"),
    ],
)
def test_language_takes_what_ubuntu_sets(tmp_path: Path, text: str, language: str) -> None:
    assert load(tmp_path, LANGUAGE=text).language == language


@pytest.mark.parametrize(
    ("text", "host"),
    [("0.0.0.0", "0.0.0.0"), ("::1", "::1"), ("[::]", "::"), ("meet-1.local", "meet-1.local")],
)
def test_host(tmp_path: Path, text: str, host: str) -> None:
    assert load(tmp_path, HOST=text).host == host


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://localhost:8080/", "http://localhost:8080"),
        ("https://zelta.example/api/v1//", "https://zelta.example/api/v1"),
        ("https://[::1]:8443/x", "https://[::1]:8443/x"),
        ("https://reunión.example", "https://reunión.example"),
    ],
)
def test_base_addresses(tmp_path: Path, text: str, address: str) -> None:
    assert load_settings(REAL | {"ZELTA_API_URL": text}, tmp_path).zelta_api_url == address


@pytest.mark.parametrize("name", ["plain", "a b", "50% off?", "ñandú#1+@", "x:y"])
def test_the_own_database_opens_whatever_the_folder_is_called(tmp_path: Path, name: str) -> None:
    found = load(tmp_path / name)
    engine = create_engine(found.database_url)
    engine.connect().close()
    engine.dispose()
    assert (tmp_path / name / "convoca.db").is_file()
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o700


def test_sqlite_paths(tmp_path: Path) -> None:
    relative = load(tmp_path / "instance", DATABASE_URL="sqlite:///data/mine.db")
    assert make_url(relative.database_url).database == str(tmp_path / "instance/data/mine.db")
    assert (tmp_path / "instance/data").is_dir()
    absolute = load(tmp_path / "instance", DATABASE_URL=f"sqlite:///{tmp_path}/other.db?timeout=7")
    assert absolute.database_url == f"sqlite:///{tmp_path}/other.db?timeout=7"


def test_a_socket_of_postgresql(tmp_path: Path) -> None:
    found = load(tmp_path, DATABASE_URL="postgresql:///convoca?host=/run/postgresql")
    assert found.described_connection.endswith("PostgreSQL at /run/postgresql/convoca")


def test_a_real_key_does_not_reach_the_sandbox(tmp_path: Path) -> None:
    found = load(tmp_path, ZELTA_API_KEY="zlt_real", ZELTA_API_ULR="https://api.zelta.example")
    assert found.zelta_api_key.get_secret_value() == "zlt_sandbox"
    assert found.warnings == (
        "'ZELTA_API_ULR' is no setting: ZELTA_API_URL?",
        "ZELTA_API_KEY is not used: without ZELTA_API_URL the sandbox answers",
    )


def test_warnings_are_told_and_do_not_stop(tmp_path: Path) -> None:
    variables = {
        "zelta_timeout": "5",
        "ZELTA_QQQQQQ": "1",
        "ZELTA_RATE": "60",
        "ZELTA_CONCURRENCY": "4",
        "X": "1",
        "HOSTNAME": "x",
        "LANG": "C",
        "SANDBOX_RATE": "60",
    }
    found = load_settings(variables | {"ZELTA_\udcff\n": "1"}, tmp_path)
    assert found.warnings == (
        "'ZELTA_QQQQQQ' is no setting",
        r"'ZELTA_\udcff\n' is no setting",
        "'zelta_timeout' is no setting: ZELTA_TIMEOUT?",
    )
    assert found.zelta_timeout == 10


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("DATABSE_URL", "DATABASE_URL"),
        ("TIMEZONE", "TIME_ZONE"),
        ("SECRET_KEYS", "SECRET_KEY"),
        ("TRUSTED_PROXY", "TRUSTED_PROXIES"),
        ("port", "PORT"),
    ],
)
def test_misspelt_setting_is_noticed(tmp_path: Path, name: str, meant: str) -> None:
    assert load(tmp_path, **{name: "1"}).warnings == (f"'{name}' is no setting: {meant}?",)


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    first = load(folder).secret_key.get_secret_value()
    assert len(first) >= 32
    assert load(folder).secret_key.get_secret_value() == first
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert sorted(path.name for path in folder.iterdir()) == ["secret_key"]
    assert load(folder, SECRET_KEY="x" * 8).secret_key.get_secret_value() == "x" * 8


def test_a_damaged_secret_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(b"\xff")
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        load(tmp_path)


def test_no_place_for_the_secret(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        load(tmp_path / "file" / "instance")


def test_starts_at_once_share_one_secret(tmp_path: Path) -> None:
    # Threads race for the file as processes would, and need not import everything again.
    with ThreadPoolExecutor(6) as starts:
        for turn in range(10):
            loaded = starts.map(partial(load_settings, {}), [tmp_path / str(turn)] * 12)
            assert len({settings.secret_key for settings in loaded}) == 1
            assert os.listdir(tmp_path / str(turn)) == ["secret_key"]  # noqa: PTH208


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(VARIABLE_NAMES)), st.text(max_size=60)))
def test_any_text_loads_or_is_refused_in_one_line(tmp_path: Path, variables: dict[str, str]) -> None:
    refused = ""
    try:
        load_settings(variables, tmp_path / "instance")
    except SettingsError as error:
        refused = str(error)
    assert len(refused.splitlines()) <= 1
    assert not refused or refused.split()[0] in VARIABLE_NAMES
