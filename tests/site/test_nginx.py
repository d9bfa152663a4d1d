"""Behind a real nginx with TLS, as docs/deploy shows it, under a name of its own and under a path: the whole main job."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
import requests
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from app.web.build_static import build_static_files
from tests.browser.actions import add_person, fill_meeting, link_of, open_menu, row
from tests.support.actions import add, cancel, create, meeting_path, person, state
from tests.support.browser import Launch, OpenContext
from tests.support.databases import fresh_database
from tests.support.environment import app_environment
from tests.support.live import LiveServer
from tests.support.nginx import PREFIX, Nginx
from tests.support.pages import Page
from tests.support.prefix_client import MountedClient, addresses
from tests.support.test_run import ROOT
from tests.support.zelta_server import ZeltaServer


class Site(NamedTuple):
    nginx: Nginx
    server: LiveServer
    zelta: ZeltaServer


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    directory = tmp_path_factory.mktemp("nginx")
    with ZeltaServer() as zelta, fresh_database("sqlite", directory) as url:
        server = LiveServer(directory / "live", app_environment(url, zelta, TRUSTED_PROXIES="1"))
        build(server.directory / "static")
        with server, Nginx(directory / "nginx", server) as nginx:
            yield Site(nginx, server, zelta)


def build(static: Path) -> None:
    """Do for a server's own copy of the sources what `make install` does."""
    static.unlink()
    shutil.copytree(ROOT / "static", static, ignore=shutil.ignore_patterns("built"))
    build_static_files(static)


@pytest.fixture(params=["a name of its own", "under a path"])
def client(site: Site, request: pytest.FixtureRequest) -> Iterator[MountedClient]:
    with site.nginx.client(site.nginx.mounted if "path" in request.param else site.nginx.root) as client:
        yield client


def keeps_its_place(client: MountedClient, page: Page) -> None:
    """Nothing in a page leads anywhere but here, and its cookies go nowhere else, nor without TLS where there is TLS."""
    for address in addresses(page):
        assert urljoin(page.url, address).startswith(f"{client.url}/"), address
    cookies = list(client.session.cookies)
    assert cookies
    for cookie in cookies:
        assert (cookie.secure, cookie.path) == (page.url.startswith("https:"), client.prefix or "/"), cookie


def does_the_main_job(client: MountedClient, zelta: ZeltaServer) -> None:
    calls = len(zelta.calls)
    pages = [client.visit("/"), client.visit("/meetings/new"), client.visit("/none", 404)]
    made = create(client, "Comité de compras")
    path = meeting_path(made)
    host = add(made, "Ana Ruiz", "host")
    guest = add(host, "Íñigo Núñez", email=f"inigo-{calls}@example.org")
    assert state(guest, "Íñigo Núñez") == "added"
    pages += [made, host, guest]
    pages.append(guest.submit(f"/participants/{person(guest, 'Ana Ruiz')['data-participant']}/token"))
    pages.append(client.visit(f"{path}/people/import").submit(f"{path}/people/import", people="Bea\nCarlos"))
    found = client.visit("/?q=compras")
    in_english = found.submit("/language", "English")
    assert ("q=compras" in in_english.url, in_english.root.get("lang")) == (True, "en")
    pages += [found, in_english, cancel(client, guest)]
    assert state(pages[-1]) == "cancelled"
    for page in pages:
        keeps_its_place(client, page)
    assert len(zelta.calls) == calls + 4


def test_the_main_job(client: MountedClient, site: Site) -> None:
    does_the_main_job(client, site.zelta)


def test_static_files_are_small_and_kept(client: MountedClient) -> None:
    page = client.visit("/")
    files = [urljoin(page.url, one) for one in addresses(page) if "/static/" in one]
    assert len(files) == 6
    for file in files:
        for offered, given in (("br, gzip", {"br", "gzip"}), ("gzip", {"gzip"}), ("identity", {None})):
            sent = client.session.get(file, headers={"Accept-Encoding": offered})
            assert sent.status_code == 200
            assert sent.headers.get("Content-Encoding") in given, file
            assert sent.headers["Vary"] == "Accept-Encoding"
            assert "immutable" in sent.headers["Cache-Control"]
            assert "default-src 'none'" in sent.headers["Content-Security-Policy"]
            for name in set(page.headers.keys()) - CONTENT:
                assert name == "Content-Security-Policy" or sent.headers.get(name) == page.headers[name], name
        known = {"Accept-Encoding": "identity", "If-None-Match": sent.headers["ETag"]}
        again = client.session.get(file, headers=known)
        assert (again.status_code, again.content) == (304, b"")
    gone = client.session.get(f"{client.url}/static/built/css/convoca.000000000000.css")
    assert (gone.status_code, gone.headers["Cache-Control"]) == (404, "no-store")
    assert "Página no encontrada" in gone.text


# What headers say of one content, and not of the site.
CONTENT = {
    *("Cache-Control", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Date"),
    *("Set-Cookie", "Transfer-Encoding", "Vary", "X-Request-ID"),
}


def test_pages_are_compressed(client: MountedClient) -> None:
    sent = client.session.get(f"{client.url}/", headers={"Accept-Encoding": "gzip"})
    assert sent.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in sent.headers["Vary"]


def test_nobody_else_says_where_it_is_mounted_or_who_asks(client: MountedClient, site: Site) -> None:
    forged = {
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-For": "198.51.100.66",
        "X-Request-ID": "evil",
        "SCRIPT_NAME": "/evil",
    }
    page = client.visit("/", headers=forged)
    keeps_its_place(client, page)
    assert page.headers.get("X-Request-ID") != "evil"
    assert "198.51.100.66" not in site.server.log


def test_nobody_says_from_outside_who_they_are(tmp_path: Path) -> None:
    settings = {"TRUSTED_PROXIES": "1", "AUTH": "proxy", "AUTH_PROXY_TRUSTED": "127.0.0.1"}
    with fresh_database("sqlite", tmp_path) as url:
        server = LiveServer(tmp_path / "live", app_environment(url, **settings))
        with server, Nginx(tmp_path / "nginx", server) as nginx:
            a_person = {"X-Forwarded-User": "ana"}
            assert requests.get(f"{server.url}/", headers=a_person, timeout=10).status_code == 200
            for where in (nginx.root, nginx.mounted):
                with nginx.client(where) as client:
                    client.visit("/", 403, headers=a_person)


def test_plain_http_leads_to_tls(site: Site) -> None:
    sent = requests.get(
        f"http://127.0.0.1:{site.nginx.plain_port}/meetings/new?a=b", allow_redirects=False, timeout=10
    )
    assert (sent.status_code, sent.headers["Location"]) == (301, "https://127.0.0.1/meetings/new?a=b")


def test_the_path_without_its_slash(site: Site) -> None:
    with site.nginx.client(site.nginx.mounted) as client:
        assert client.visit("").url == f"{client.url}/"


@pytest.mark.parametrize(("kilobytes", "status"), [(1023, 200), (3 * 1024, 413), (30 * 1024, 413)])
def test_a_large_file_arrives_and_a_larger_one_gets_a_page_that_says_so(
    client: MountedClient, kilobytes: int, status: int
) -> None:
    path = f"{meeting_path(create(client))}/people/import"
    empty = client.visit(path)
    page = client.submit(empty, empty.form().attach("file", "lista.csv", b"x" * kilobytes * 1024).press())
    assert page.status == status
    assert ("1 MB" in page.find("main").text) == (status == 413)
    keeps_its_place(client, page)


def test_in_a_browser_under_a_path(site: Site, launch: Launch, open_context: OpenContext) -> None:
    url = site.nginx.mounted
    context = open_context(
        site.server,
        url=f"{url}/",
        origins=(url.removesuffix(PREFIX),),
        using=launch("--ignore-certificate-errors"),
        permissions=("clipboard-read", "clipboard-write"),
    )
    page = context.new_page()
    page.goto(f"{url}/")
    page.get_by_role("link", name="Nueva reunión").first.click()
    fill_meeting(page, "Comité de compras")
    page.get_by_role("button", name="Crear reunión").click()
    add_person(page, "Ana Ruiz", "Anfitrión")
    add_person(page, "Íñigo Núñez")
    copies_the_link(page)
    open_menu(page, "Más")
    page.get_by_role("link", name="Cancelar reunión…").click()
    page.get_by_role("dialog").get_by_role("button", name="Sí, cancelar reunión").click()
    expect(page.locator("article")).to_have_attribute("data-state", "cancelled")
    assert page.url.startswith(f"{url}/meetings/")


def copies_the_link(page: BrowserPage) -> None:
    row(page, "Íñigo Núñez").get_by_role("button", name="Copiar enlace").click()
    expect(page.get_by_role("status").filter(has_text="Copiado")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link_of(page, "Íñigo Núñez")


def test_a_list_is_followed_under_a_path(site: Site) -> None:
    with site.nginx.client(site.nginx.mounted) as client:
        path = meeting_path(create(client))
        preview = client.visit(f"{path}/people/import").submit(people="Bea\nCarlos\nDani")
        sent = preview.submit(preview.form(), "Enviar lista")
        asked = urljoin(sent.url, sent.find("[data-progress]")["data-progress"])
        assert client.session.get(f"{asked}?since=0").json()["total"] == 3


def test_under_a_path_that_gunicorn_takes_off(tmp_path: Path) -> None:
    with ZeltaServer() as zelta, fresh_database("sqlite", tmp_path) as url:
        environment = app_environment(url, zelta, SCRIPT_NAME=PREFIX)
        with LiveServer(tmp_path / "live", environment) as server, MountedClient(server.url) as client:
            does_the_main_job(client, zelta)
            forged = {"SCRIPT_NAME": f"{PREFIX}/meetings"}  # as if from a proxy, and there is none
            keeps_its_place(client, client.visit("/meetings/new", headers=forged))


def test_a_proxy_may_name_the_path_for_gunicorn_to_take_off(site: Site) -> None:
    with MountedClient(f"{site.server.url}{PREFIX}") as client:
        client.session.headers["SCRIPT_NAME"] = PREFIX
        keeps_its_place(client, create(client))
