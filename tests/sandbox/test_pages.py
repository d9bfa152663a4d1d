"""The pages: what they say, and that they are sound HTML."""

import string
from xml.etree.ElementTree import Element

import html5lib
import pytest

from app.sandbox.translations import LANGUAGES, TRANSLATIONS
from tests.sandbox.api_client import Sandbox

XHTML = "{http://www.w3.org/1999/xhtml}"
NASTY = "<script>alert(1)</script> {{ 7*7 }} '; DROP TABLE meetings; --"


def parsed(text: str) -> Element:
    """The page as a tree; a parse error fails the test."""
    parser = html5lib.HTMLParser(strict=True)
    tree: Element = parser.parse(text)
    return tree


def elements(tree: Element, name: str) -> list[Element]:
    return list(tree.iter(XHTML + name))


def seat(sandbox: Sandbox, title: str = "Comité", **body: object) -> str:
    meeting = sandbox.meeting(title)
    person = sandbox.add(meeting, **body).json()["data"]["participant"]["public_participant_id"]
    return f"/m/{meeting}?p={person}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_sound(sandbox: Sandbox, lang: str) -> None:
    path = seat(sandbox, NASTY, name=NASTY, email="ana@ejemplo.org")
    for page in ("/", "/outbox", "/faults", path, "/m/x", "/nope", "/public"):
        answer = sandbox.page(page, headers={"Accept-Language": lang})
        tree = parsed(answer.text)
        assert tree.attrib["lang"] == lang
        assert len(elements(tree, "h1")) == 1
        assert (elements(tree, "title")[0].text or "").strip()
        ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids))
        labels = {label.attrib.get("for") for label in elements(tree, "label")}
        assert all(select.attrib["id"] in labels for select in elements(tree, "select"))
        assert not elements(tree, "script")
        assert not [element for element in tree.iter() if "style" in element.attrib]


def test_every_answer_has_a_strict_policy(sandbox: Sandbox) -> None:
    for page in ("/", "/faults", "/m/x", "/static/sandbox.css", "/static/icon.svg"):
        headers = sandbox.page(page).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_a_join_link_says_who_would_join_what(sandbox: Sandbox) -> None:
    path = seat(sandbox, "Comité de compras", name="Íñigo Ruiz", preset_name="host")
    answer = sandbox.page(path)
    assert answer.status_code == 200
    for words in ("Comité de compras", "Íñigo Ruiz", "Anfitrión", "Programada"):
        assert words in answer.text
    assert "martes 24 de noviembre de 2026, 15:00 (UTC)" in answer.text
    assert "martes 24 de noviembre de 2026, 10:00 (hora de Panamá)" in answer.text
    english = sandbox.page(path + "&lang=en").text
    assert "Tuesday 24 November 2026, 15:00 (UTC)" in english
    assert f'href="{path.replace("?", "?lang=es&amp;")}"' in english


def test_a_cancelled_meeting_says_so(sandbox: Sandbox) -> None:
    path = seat(sandbox)
    sandbox.cancel(path.removeprefix("/m/").split("?")[0])
    answer = sandbox.page(path)
    assert answer.status_code == 200
    assert "Cancelada" in answer.text
    assert "Con este enlace entraría" not in answer.text


def test_a_link_without_a_known_participant_is_a_kind_404(sandbox: Sandbox) -> None:
    path = seat(sandbox)
    other = seat(sandbox).split("=")[1]
    bare = path.split("?")[0]
    for link in (
        bare,
        f"{bare}?p=",
        f"{bare}?p={other}",
        f"{bare}?p=%00%ff",
        "/m/%00?p=x",
        f"{bare}?P=x&_scheme=x",
    ):
        answer = sandbox.page(link)
        assert answer.status_code == 404
        assert "Este enlace no lleva a ninguna reunión" in answer.text


def test_the_outbox_has_the_newest_first_with_its_link(sandbox: Sandbox) -> None:
    first = seat(sandbox, name="Primera", email="primera@ejemplo.org")
    second = seat(sandbox, NASTY, name="Segunda", email="segunda@ejemplo.org")
    page = sandbox.page("/outbox").text
    assert page.index("segunda@ejemplo.org") < page.index("primera@ejemplo.org")
    for path in (first, second):
        assert f'href="{path}"' in page
        assert sandbox.url + path in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert sandbox.page(second).status_code == 200


def test_odd_addresses_and_methods_get_a_page(sandbox: Sandbox) -> None:
    for query in ("?lang=xx", "?lang=%00", "?endpoint=x&_external=1&_scheme=q", "?p=" + "x" * 3000):
        assert sandbox.page("/" + query).status_code == 200
        assert sandbox.page("/faults" + query).status_code == 200
    for method, path in (("PUT", "/faults"), ("DELETE", "/"), ("POST", "/outbox")):
        answer = sandbox.call(method, path)
        assert answer.status_code == 405
        assert len(elements(parsed(answer.text), "h1")) == 1
    assert sandbox.page("/healthz").text == "ok"


def test_a_form_that_is_too_large_or_broken_is_no_500(sandbox: Sandbox) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    for data, wanted in ((b"kind=" + b"x" * 2_000_000, 413), (b"--x\r\nbroken", 422)):
        sent = headers if wanted == 422 else {"Content-Type": "application/x-www-form-urlencoded"}
        answer = sandbox.session.post(sandbox.url + "/faults", data=data, headers=sent, timeout=5)
        assert answer.status_code == wanted


def test_both_languages_say_everything_with_the_same_values() -> None:
    for key, texts in TRANSLATIONS.items():
        assert len(texts) == len(LANGUAGES)
        assert all(text.strip() for text in texts), key
        names = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts]
        assert names[0] == names[1], key
