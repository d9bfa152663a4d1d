"""The reader's language: chosen in the header, it lasts; and a page in Spanish has no English left in it."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from babel.messages.pofile import read_po

from tests.support import zelta_faults as faults
from tests.support.actions import add, cancel, choose, create, meeting_path, person
from tests.support.application import AppFactory
from tests.support.pages import Page, PageClient
from tests.support.test_run import ROOT
from tests.support.zelta_server import ZeltaServer

CATALOGUE = ROOT / "app" / "translations" / "es" / "LC_MESSAGES" / "messages.po"


def switch(client: PageClient, language: str, **fields: str) -> Page:
    token = client.visit("/").find('input[name="csrf_token"]')["value"]
    answer = client.post(
        "/language", data={"csrf_token": token, "language": language} | fields, follow_redirects=True
    )
    return answer.page


def language_of(page: Page) -> str:
    found = re.search(r'<html lang="(\w+)">', page.html)
    assert found
    return found[1]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_choice_wins_over_the_installation_and_lasts(make_app: AppFactory) -> None:
    client = PageClient(make_app())
    page = client.visit("/meetings/new")
    assert language_of(page) == "es"
    back = page.submit(page.form("/language"))
    assert (back.path, language_of(back)) == ("/meetings/new", "en")
    cookie = client.get_cookie("language")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert (cookie.max_age or 0) > 300 * 24 * 3600
    client.delete_cookie("convoca")
    assert language_of(client.visit("/")) == "en"
    english = PageClient(make_app(LANGUAGE="en"))
    assert language_of(english.visit("/none", 404)) == "en"
    assert language_of(switch(english, "es")) == "es"


def test_a_switch_after_a_form_came_back_leads_to_a_page(client: PageClient, zelta: ZeltaServer) -> None:
    made = create(client)
    for page in (add(made, ""), create(client, "")):
        back = page.submit(page.form("/language"))
        assert back.status == 200
    assert len(zelta.calls) == 1


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_search_stays_where_it_was(client: PageClient) -> None:
    page = client.visit("/?view=past&q=ñandú+%26+x")
    back = page.submit(page.form("/language"))
    assert back.find("#q")["value"] == "ñandú & x"
    assert urlsplit(back.url).query == urlsplit(page.url).query


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
        ),
        *(
            "javascript:alert(1)",
            "",
            "meetings",
            "/%0d%0aX: y\r\nX: y",
            "http:evil.example",
            "///evil.example",
        ),
        *("/\n/evil.example", " //evil.example", "https:///evil.example", "//localhost@evil.example"),
    ],
)
def test_next_never_leads_away(client: PageClient, address: str) -> None:
    token = client.visit("/").find('input[name="csrf_token"]')["value"]
    answer = client.post("/language", data={"csrf_token": token, "language": "en", "next": address})
    location = answer.headers["Location"]
    assert answer.status_code == 303
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert "X" not in answer.headers


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["", "fr", "ES", "es\x00"])
def test_languages_that_there_are_not(client: PageClient, language: str) -> None:
    assert switch(client, language).status == 404


def english_words() -> Iterator[re.Pattern[str]]:
    """Each English message that reads otherwise in Spanish, as it would stand in a page."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in texts:
            if text and text not in said and len(text) > 3:
                pieces = (re.escape(piece) for piece in re.split(r"%\(\w+\)[sd]", text))
                yield re.compile(r"(?<![\w/.-])" + ".{0,80}?".join(pieces) + r"(?![\w/.-])")


def spanish_pages(client: PageClient, zelta: ZeltaServer) -> Iterator[Page]:
    yield from (client.visit(f"/?view={view}") for view in ("upcoming", "past", "attention", "cancelled"))
    yield from (client.visit(path) for path in ("/meetings/new", "/meetings/adopt", "/?q=zzz"))
    yield create(client, "", date="", time="", time_zone="UTC")
    page = add(create(client, "Uno"), "Ana", "host")
    yield page.submit(f"/participants/{person(page)['data-participant']}/token")
    for name, fault in [
        ("Beto", faults.refuses(400)),
        ("Caro", faults.drops()),
        ("Dora", faults.rate_limits(retry_after="900")),
    ]:
        zelta.always(fault)
        page = add(page, name, email=f"{name}@example.org")
        zelta.behave()
    page = choose(
        add(page, "Eva", email="caro@example.org").visitor.visit(meeting_path(page)), "discard", "Dora"
    )  # type: ignore[attr-defined]
    yield page
    yield add(page, "", email="x")
    yield client.visit(person(page, "Beto").find('a[href$="/correct"]')["href"])
    yield client.visit(f"{meeting_path(page)}/cancel")
    zelta.always(faults.breaks(), method="PATCH")
    yield cancel(client, page)
    zelta.behave()
    for fault in (faults.refuses(401), faults.drops(), faults.rate_limits(retry_after="60")):
        zelta.next(fault, fault, fault)
        yield create(client, "Dos")
        zelta.behave()
    yield client.visit("/none", 404)
    yield client.post("/meetings/new", data={"title": "Tres"}).page
    yield client.visit("/?view=attention")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_no_english_is_left_in_a_spanish_page(client: PageClient, zelta: ZeltaServer) -> None:
    patterns = list(english_words())
    assert len(patterns) > 100
    for page in spanish_pages(client, zelta):
        assert language_of(page) == "es"
        shown = [page.title, page.text, *_spoken(page)]
        left = {pattern.pattern for text in shown for pattern in patterns if pattern.search(text)}
        assert not left, f"{page}: {left}"


def _spoken(page: Page) -> list[str]:
    names = ("aria-label", "placeholder", "title", "data-label", "data-copied", "data-press", "data-busy")
    return [node[name] for name in names for node in page.find_all(f"[{name}]")]
