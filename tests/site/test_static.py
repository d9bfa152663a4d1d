"""Static files: small, kept for ever under names that change with their content, and never from another content."""

import gzip
import re
import shutil
from email.utils import parsedate_to_datetime
from pathlib import Path

import brotli
import pytest
from flask import Flask
from whitenoise.compress import Compressor

import app as convoca
from app.web.build_static import build_static_files
from app.web.security_headers import security_headers
from app.web.static_files import missing_build_warnings
from tests.support.application import AppFactory
from tests.support.databases import Kind
from tests.support.pages import PageClient
from tests.support.prefix_client import addresses
from tests.support.test_run import ROOT

CSS = "css/convoca.css"
DECODED = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


@pytest.fixture
def database_kind() -> Kind:
    return "sqlite"


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The `static/` of an installation of the test's own, in which nothing is built yet."""
    for name in ("app", "migrations", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.setattr(convoca, "ROOT", tmp_path)
    return shutil.copytree(ROOT / "static", tmp_path / "static", ignore=shutil.ignore_patterns("built"))


def loaded(app: Flask) -> dict[str, str]:
    """The files that the list's page loads: the name of each source, and its address."""
    found = [one for one in addresses(PageClient(app).visit("/")) if one.startswith("/static/")]
    assert len(found) == 6
    return {re.sub(r"^/static/(?:built/)?|(?<=\.)[0-9a-f]{12}\.", "", one): one for one in found}


def test_each_way_of_sending_gives_the_source(static: Path, make_app: AppFactory) -> None:
    build_static_files(static)
    app = make_app()
    assert missing_build_warnings(app) == []
    for source, address in loaded(app).items():
        assert re.fullmatch(r"/static/built/.+\.[0-9a-f]{12}\.(css|js|svg)", address)
        for offered, expected in (
            ("gzip, deflate, br", "br"),
            ("gzip", "gzip"),
            ("identity", None),
            ("", None),
        ):
            answer = app.test_client().get(address, headers={"Accept-Encoding": offered})
            assert answer.status_code == 200
            assert answer.headers.get("Content-Encoding") == expected
            assert DECODED[expected](answer.data) == (static / source).read_bytes()
            assert answer.headers["Vary"] == "Accept-Encoding"
            assert int(answer.headers["Content-Length"]) == len(answer.data)
            assert answer.mimetype in {"text/css", "text/javascript", "image/svg+xml"}
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.cache_control.max_age >= 365 * 24 * 3600
            assert "Access-Control-Allow-Origin" not in answer.headers
            answer.close()


@pytest.mark.parametrize("built", [True, False])
def test_a_part_a_head_and_what_is_known_already(static: Path, make_app: AppFactory, built: bool) -> None:
    if built:
        build_static_files(static)
    app = make_app()
    address, source, client = loaded(app)[CSS], (static / CSS).read_bytes(), app.test_client()
    with client.get(address) as whole:
        etag, modified = whole.headers["ETag"], whole.headers["Last-Modified"]
    assert parsedate_to_datetime(modified)
    with client.head(address) as head:
        assert (head.status_code, head.data, int(head.headers["Content-Length"])) == (200, b"", len(source))
    for known in ({"If-None-Match": etag}, {"If-Modified-Since": modified}):
        with client.get(address, headers=known) as same:
            assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", etag)
            assert same.headers["Cache-Control"] == whole.headers["Cache-Control"]
    with client.get(address, headers={"If-None-Match": '"another"'}) as other:
        assert (other.status_code, other.data) == (200, source)
    with client.get(address, headers={"Range": "bytes=10-19"}) as part:
        assert (part.status_code, part.data) == (206, source[10:20])
        assert part.headers["Content-Range"] == f"bytes 10-19/{len(source)}"
    with client.get(address, headers={"Range": "bytes=9999999-"}) as beyond:
        assert beyond.status_code == 416


@pytest.mark.parametrize("built", [True, False])
@pytest.mark.parametrize("https", [True, False])
def test_every_answer_has_the_headers_of_every_answer(
    static: Path, make_app: AppFactory, built: bool, https: bool
) -> None:
    if built:
        build_static_files(static)
    app = make_app()
    address, wanted = (
        loaded(app)[CSS],
        security_headers(app.extensions["settings"], https=https, host="localhost"),
    )
    client, site = app.test_client(), f"http{'s' if https else ''}://localhost"
    with client.get(address) as first:
        known = {"If-None-Match": first.headers["ETag"]}
    for status, method, path, headers in (
        (200, "GET", address, {}),
        (200, "HEAD", address, {}),
        (200, "OPTIONS", address, {}),
        (206, "GET", address, {"Range": "bytes=0-9"}),
        (304, "GET", address, known),
        (404, "GET", "/static/built/css/convoca.000000000000.css", {}),
        (404, "GET", "/static/none", {}),
        (405, "DELETE", address, {}),
    ):
        with client.open(path, method=method, base_url=site, headers=headers) as answer:
            assert answer.status_code == status, (method, path)
            assert wanted.items() <= dict(answer.headers).items(), (method, path)
            if status >= 400:
                assert answer.headers["Cache-Control"] == "no-store"
                assert "<h1" in answer.get_data(as_text=True)


def test_without_a_build_the_sources_are_sent(static: Path, make_app: AppFactory) -> None:
    app = make_app()
    for source, address in loaded(app).items():
        assert address == f"/static/{source}"
        with app.test_client().get(address, headers={"Accept-Encoding": "br"}) as answer:
            assert answer.data == (static / source).read_bytes()
            assert (answer.cache_control.max_age, answer.cache_control.immutable) == (60, False)
    assert len(missing_build_warnings(app)) == len([path for path in static.rglob("*") if path.is_file()])
    (static / CSS).write_text("p { margin: 0 }")
    with app.test_client().get(f"/static/{CSS}") as changed:
        assert changed.data == b"p { margin: 0 }"


def test_a_build_of_another_content_is_not_used(static: Path, make_app: AppFactory) -> None:
    build_static_files(static)
    before = make_app()
    address = loaded(before)[CSS]
    (static / CSS).write_text("p { margin: 0 }")
    app = make_app()
    files = loaded(app)
    assert files.pop(CSS) == f"/static/{CSS}"
    assert all(one.startswith("/static/built/") for one in files.values())
    assert [line.partition(" ")[0] for line in missing_build_warnings(app)] == [f"static/{CSS}"]
    assert (
        loaded(before)[CSS] == address
    )  # anyone who runs since before the change goes on with what belongs together
    with before.test_client().get(address) as answer:
        assert answer.data == (ROOT / "static" / CSS).read_bytes()


def test_a_page_from_before_an_upgrade_finds_its_files(static: Path, make_app: AppFactory) -> None:
    build_static_files(static)
    earlier = loaded(make_app())[CSS]
    (static / CSS).write_text("p { margin: 0 }")
    build_static_files(static)
    app = make_app()
    assert missing_build_warnings(app) == []
    assert loaded(app)[CSS] != earlier
    with app.test_client().get(earlier) as answer:
        assert answer.data == (ROOT / "static" / CSS).read_bytes()


def test_a_build_that_breaks_off_leaves_no_half_of_a_file(
    static: Path, make_app: AppFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_self: Compressor, path: str) -> list[str]:
        Path(f"{path}.br").write_bytes(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(Compressor, "compress", fails)
    with pytest.raises(OSError, match="no space left"):
        build_static_files(static)
    assert [path for path in (static / "built").rglob("*") if path.is_file()] == []
    assert loaded(make_app())[CSS] == f"/static/{CSS}"


def test_anyone_works_on_them_sees_the_sources(
    static: Path, make_app: AppFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_static_files(static)
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert loaded(make_app())[CSS] == f"/static/{CSS}"


@pytest.mark.parametrize(
    "path",
    ["/static/../wsgi.py", "/static/built/../../app/vault.py", "/static/built/%2e%2e/%2e%2e/app/vault.py"],
)
def test_nothing_else_is_sent(static: Path, make_app: AppFactory, path: str) -> None:
    build_static_files(static)
    assert make_app().test_client().get(path).status_code == 404


def test_every_file_that_a_template_names_is_there(static: Path) -> None:
    templates = (ROOT / "templates").rglob("*.html")
    named = {
        name for path in templates for name in re.findall(r"static_url\(['\"](.+?)['\"]\)", path.read_text())
    }
    assert len(named) > 5
    assert [name for name in named if not (static / name).is_file()] == []


def test_no_file_names_another(static: Path) -> None:
    """A name in a file would be of the source, and not of what was built of it: modules speak through events."""
    for path in static.rglob("*.*"):
        names = r"^\s*(?:import|export)\b|\bimport\(|@import|url\((?!['\"]?(?:data:|#))"
        assert re.findall(names, path.read_text(), re.MULTILINE) == [], path
