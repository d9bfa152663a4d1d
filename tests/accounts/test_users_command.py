"""`flask --app wsgi users …`: accounts made and changed on the machine itself, while the dashboard runs or before it ever has."""

import subprocess
import sys

import pytest
from click.testing import Result
from flask import Flask
from flask_babel import force_locale

from app.config import load_settings
from app.models import AccountRole
from tests.accounts.steps import ANOTHER, PASSWORD, deeds, gets_in, member, sign_in, signed_in
from tests.support.application import AppFactory, close, create
from tests.support.db import dump, table
from tests.support.environment import app_environment, process_environment
from tests.support.live import LiveFactory
from tests.support.pages import PageClient
from tests.support.test_run import ROOT

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def users(app: Flask, *arguments: str, stdin: str | bytes | None = None, language: str = "en") -> Result:
    """Run a command."""
    with app.app_context(), force_locale(language):
        return app.test_cli_runner().invoke(args=["users", *arguments], input=stdin)


def said(result: Result, code: int = 0) -> str:
    """What it said beside what was asked for."""
    assert result.exit_code == code, result.output
    return str(result.stderr)


def test_the_first_administrator(guarded: Flask, database_url: str) -> None:
    added = users(guarded, "add", "Ana", "--admin", "--name", "Ana Ruiz")
    assert "Ana has an account now. Role: admin." in said(added)
    password = added.stdout.strip()
    assert PageClient(guarded).visit("/sign-in").find_all(".notice") == []
    page = sign_in(PageClient(guarded), "ana", password)
    assert page.path == "/account/password"
    (account,) = table(database_url, "accounts")
    assert (account["username"], account["display_name"], account["role"]) == ("Ana", "Ana Ruiz", "admin")
    assert password not in repr(dump(database_url))
    assert deeds(database_url)[0] == ("account_added", "command", "Ana")


@SQLITE
def test_roles(guarded: Flask, database_url: str) -> None:
    for name, arguments in (("ana", []), ("beto", ["--admin"]), ("carla", ["--viewer"])):
        said(users(guarded, "add", name, *arguments))
    assert [row["role"] for row in table(database_url, "accounts")] == ["coordinator", "admin", "viewer"]


def test_the_list(guarded: Flask) -> None:
    assert said(users(guarded, "list")) == "There are no accounts.\n"
    member(guarded, "beto", AccountRole.VIEWER, called="Beto")
    member(guarded, "ana", AccountRole.ADMIN)
    member(guarded, "carla", temporary=True)
    users(guarded, "disable", "beto")
    signed_in(guarded)
    lines = [line.split() for line in users(guarded, "list").stdout.splitlines()]
    assert lines[0][:3] == ["ana", "admin", "active"]
    assert len(lines[0]) == 5, "a day and a time"
    assert lines[1:] == [
        ["beto", "viewer", "disabled", "-", "Beto"],
        ["carla", "coordinator", "temporary", "-"],
    ]


def test_what_may_be_changed(guarded: Flask, database_url: str) -> None:
    member(guarded, "boss", AccountRole.ADMIN)
    member(guarded)
    browser = signed_in(guarded)
    assert said(users(guarded, "role", "ANA", "viewer")) == "ana: the role is viewer now.\n"
    browser.visit("/meetings/new", 403)
    assert said(users(guarded, "disable", "ana")) == "ana: the account is disabled.\n"
    assert not gets_in(browser)
    assert "does not work until" in said(users(guarded, "reset-password", "ana"))
    assert said(users(guarded, "enable", "ana")) == "ana: the account is enabled.\n"
    reset = users(guarded, "reset-password", "ana")
    assert sign_in(PageClient(guarded), password=PASSWORD).status == 422
    assert sign_in(PageClient(guarded), password=reset.stdout.strip()).path == "/account/password"
    done = [action for action, actor, to in deeds(database_url) if actor == "command" and to == "ana"]
    assert done == ["account_added", "role_changed", "account_disabled", "password_reset", "account_enabled", "password_reset"]  # fmt: skip


@SQLITE
@pytest.mark.parametrize("how", [["--password-stdin"], ["--prompt"]])
def test_a_password_of_ones_own(guarded: Flask, how: list[str]) -> None:
    typed = f"{PASSWORD}\n" * (2 if how == ["--prompt"] else 1)
    added = users(guarded, "add", "ana", *how, stdin=typed)
    assert "shown only here" not in said(added)
    assert PASSWORD not in added.output
    assert gets_in(signed_in(guarded)), "it need not be changed"
    reset = users(guarded, "reset-password", "ana", *how, stdin=typed.replace(PASSWORD, ANOTHER))
    assert said(reset).endswith("ana has the new password now.\n")
    assert gets_in(signed_in(guarded, password=ANOTHER))


BAD_PASSWORDS: list[tuple[str | bytes, str]] = [
    ("short\n", "fewer than 12"),
    ("", "fewer than 12"),
    ("x" * 300, "more than 256"),
    ("ana maria ana\n", "easy to guess"),
    (b"\xff\xfe contrase\xf1a larga", "not UTF-8"),
]


@SQLITE
def test_a_bad_password_is_refused(guarded: Flask, database_url: str) -> None:
    for stdin, problem in BAD_PASSWORDS:
        words = said(users(guarded, "add", "ana maria", "--password-stdin", stdin=stdin), 1)
        assert problem in words
        assert words.startswith("Error: ")
        assert words.count("\n") == 1
    assert table(database_url, "accounts") == []


WRONG = [
    (["add", "ANA"], 1, "There is an account of this name already."),
    (["add", ""], 1, "This name is not available"),
    (["add", "a,b"], 1, "This name is not available"),
    (["add", "Sandbox"], 1, "This name is not available"),
    (["add", "x" * 201], 1, "This name is not available"),
    (["add", "x\u202ey"], 1, "This name is not available"),
    (["add", "b", "--name", "x" * 201], 1, "more than 200"),
    (["disable", "nobody"], 1, "There is no account of this name."),
    (["reset-password", "nobody"], 1, "There is no account of this name."),
    (["disable", "ana"], 1, "This is the last administrator."),
    (["role", "ana", "viewer"], 1, "This is the last administrator."),
    (["role", "ana", "boss"], 2, "is not one of"),
    (["add"], 2, "Missing argument"),
    (["add", "b", "--password-stdin", "--prompt"], 2, "exclude each other"),
    (["add", "b", "--password", PASSWORD], 2, "No such option"),
]


@SQLITE
def test_what_goes_wrong_is_said_in_a_line(guarded: Flask, database_url: str) -> None:
    member(guarded, "ana", AccountRole.ADMIN)
    before = dump(database_url)
    for arguments, code, problem in WRONG:
        words = said(users(guarded, *arguments), code)
        assert problem in words
        assert words.splitlines()[-1].startswith("Error: ")
        assert "Traceback" not in words
    assert dump(database_url) == before


@SQLITE
def test_without_any_administrator_others_can_still_be_disabled(guarded: Flask) -> None:
    member(guarded, "beto")
    assert said(users(guarded, "disable", "beto")) == "beto: the account is disabled.\n"


PROXY = {"AUTH": "proxy", "AUTH_PROXY_TRUSTED": "127.0.0.1", "NEW_ACCOUNTS": "refused"}


@SQLITE
def test_where_another_person_signs_people_in_it_invites(make_app: AppFactory, database_url: str) -> None:
    app = make_app(**PROXY)
    named = {"X-Forwarded-User": "ana@example.org"}
    assert PageClient(app).get("/", headers=named).status_code == 403
    added = users(app, "add", "Ana@example.org", "--viewer")
    assert added.stdout == ""
    assert "AUTH=proxy: they sign in by that name." in said(added)
    assert table(database_url, "accounts")[0]["password_hash"] is None
    assert PageClient(app).get("/", headers=named).status_code == 200
    for arguments in (["reset-password", "ana@example.org"], ["add", "beto", "--password-stdin"]):
        assert "passwords are not kept here" in said(users(app, *arguments, stdin=PASSWORD), 1)


@SQLITE
def test_where_nobody_signs_in_it_says_so(app: Flask) -> None:
    assert "AUTH=off: there is no sign-in yet" in said(users(app, "add", "ana"))


def flask_users(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "users", *arguments],
        cwd=ROOT, env=process_environment(environment), capture_output=True, text=True, check=False,
    )  # fmt: skip


@SQLITE
def test_while_the_dashboard_runs(serve: LiveFactory, database_url: str) -> None:
    server = serve("--workers", "1", AUTH="password")
    added = flask_users(app_environment(database_url, AUTH="password"), "add", "ana")
    assert added.returncode == 0, added.stderr
    with server.client() as browser:
        assert sign_in(browser, password=added.stdout.strip()).path == "/account/password"


def opened(url: str) -> Flask:
    """A dashboard on this database."""
    return create(load_settings(app_environment(url, AUTH="password")))


def test_without_tables(empty_database_url: str) -> None:
    app = opened(empty_database_url)
    for arguments in (["list"], ["add", "ana"], ["disable", "ana"], ["reset-password", "ana"]):
        words = said(users(app, *arguments), 1)
        assert words.startswith("Error: The database is not up to date. Run: ")
        assert words.endswith("flask --app wsgi db upgrade\n")
    close(app)


def test_without_a_database() -> None:
    words = said(users(opened("postgresql://x:recognisable@127.0.0.1:9/none"), "list"), 1)
    assert words.startswith("Error: The database does not answer: connection failed: ")
    assert "Connection refused" in words
    assert "recognisable" not in words
    assert words.count("\n") == 1


@SQLITE
def test_users_speaks_the_language_of_the_installation(guarded: Flask) -> None:
    added = guarded.test_cli_runner().invoke(args=["users", "add", "ana", "--admin"])
    assert "ana ya tiene una cuenta. Rol: admin." in said(added)
    assert "ya hay una cuenta" in said(users(guarded, "add", "ana", language="es"), 1).lower()
    assert "contraseña es fácil" in said(
        users(guarded, "add", "beto", "--password-stdin", stdin="beto beto beto\n", language="es"), 1
    )


@SQLITE
def test_a_password_is_never_an_argument(guarded: Flask) -> None:
    for command in ("add", "reset-password"):
        words = users(guarded, command, "--help").stdout
        assert "--password-stdin" in words
        assert "--prompt" in words
        assert "--password " not in words
