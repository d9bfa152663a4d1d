"""The page that hands links over one by one."""

from urllib.parse import parse_qs, urlsplit

from app.models import AccountRole
from tests.integration.delivery.steps import deliveries, mark, meeting_with, person_id
from tests.support.accounts import account, signed_in
from tests.support.actions import add, cancel, create, meeting_path, person
from tests.support.application import AppFactory
from tests.support.db import change, table
from tests.support.pages import Page, PageClient


def shown(page: Page) -> str:
    return page.find("main section[data-participant] h2").text


def press_next(page: Page, **fields: str) -> Page:
    form = page.find("main form[data-mark]")
    return page.submit(form["action"], "mark", **fields)


def test_each_press_marks_one_and_leads_to_the_next(client: PageClient) -> None:
    path = meeting_with(client, "Ana", "Luis", "Rita")
    page = client.visit(f"{path}/hand-over")
    seen = []
    for number in (3, 2, 1):
        assert f"1 de {number} por compartir" in page.text
        seen.append(shown(page))
        page = press_next(page, channel="whatsapp")
    assert seen == ["Ana", "Luis", "Rita"]
    assert "Nadie espera su enlace" in page.text
    assert set(deliveries(client.visit(path)).values()) == {"handed_over"}


def test_hosts_come_first(client: PageClient) -> None:
    page = add(add(create(client), "Ana"), "Carlos", "host")
    page = client.visit(f"{meeting_path(page)}/hand-over")
    assert shown(page).startswith("Carlos")
    assert shown(press_next(page)) == "Ana"


def test_double_press_does_not_jump_over_anybody(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana", "Luis", "Rita")
    page = client.visit(f"{path}/hand-over")
    assert shown(press_next(page)) == "Luis"
    assert shown(press_next(page)) == "Luis"
    assert len(table(database_url, "deliveries")) == 1


def test_skip_leads_on_and_comes_back_at_the_end(client: PageClient) -> None:
    path = meeting_with(client, "Ana", "Luis")
    page = client.visit(f"{path}/hand-over")
    skip = next(node for node in page.find_all("main a.button") if node.text == "Saltar")
    page = client.visit(skip["href"])
    assert shown(page) == "Luis"
    assert "2 de 2 por compartir" in page.text
    page = press_next(page)
    assert "Saltó a 1 persona" in page.text
    again = next(node for node in page.find_all("main a.button") if node.text == "Empezar con ellas")
    assert shown(client.visit(again["href"])) == "Ana"


def test_mark_can_be_taken_back_on_the_next_page(client: PageClient) -> None:
    path = meeting_with(client, "Ana", "Luis")
    page = press_next(client.visit(f"{path}/hand-over"), channel="email")
    assert "Ana: Compartido por correo" in page.find("main .notice.ok").text
    page = page.submit(f"/participants/{person_id(client, path, 'Ana')}/delivery", "undo")
    assert shown(page) == "Ana"
    assert deliveries(client.visit(path)) == {"Ana": "pending", "Luis": "pending"}


def test_person_who_has_it_can_be_shown_again(client: PageClient) -> None:
    path = meeting_with(client, "Ana", "Luis")
    press_next(client.visit(f"{path}/hand-over"))
    ana = person_id(client, path, "Ana")
    page = client.visit(f"{path}/hand-over?person={ana}")
    assert shown(page) == "Ana"
    assert "Compartido" in page.find("main section").text


def test_links_carry_the_message(client: PageClient) -> None:
    page = add(create(client, title="Más & “más” #1"), "Ana Arias", email="ana@example.org")
    path = f"{meeting_path(page)}/hand-over?person={person(page, 'Ana Arias')['data-participant']}"
    page = client.visit(path)
    message = page.find("#message").text
    assert message.startswith("Hola, Ana. Le comparto su enlace para “Más & “más” #1”, el ")
    whatsapp = page.find('a[data-deliver="whatsapp"]')
    assert parse_qs(urlsplit(whatsapp["href"]).query)["text"] == [message]
    assert whatsapp["rel"] == "noopener noreferrer"
    assert page.find('a[data-deliver="email"]')["href"].startswith("mailto:ana@example.org?subject=")


def test_get_never_marks(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana")
    ana = person_id(client, path, "Ana")
    for query in ("", f"?person={ana}", f"?after={ana}", f"?done={ana}", "?after=99", "?person=99&done=98"):
        client.visit(f"{path}/hand-over{query}")
    assert client.get(f"{path}/hand-over?after=x").status_code == 404
    assert table(database_url, "deliveries") == []


def test_key_of_a_host_is_on_no_page_or_file(client: PageClient) -> None:
    path = meeting_path(add(create(client), "Carlos", "host"))
    host = person_id(client, path, "Carlos")
    token = client.visit(path).submit(f"/participants/{host}/token").find("#token").text
    assert token
    pages = ["hand-over", "message", "participants.csv", "participants.xlsx", "sheet", "sheet?codes=1"]
    for address in [
        *(f"{path}/{page}" for page in pages),
        f"/participants/{host}/qr",
        f"/participants/{host}.ics",
    ]:
        assert token.encode() not in client.get(address).get_data()


def test_cancelled_meeting_offers_the_message_of_the_cancellation(client: PageClient) -> None:
    page = add(add(create(client), "Ana"), "Luis", email="luis@example.org")
    path = meeting_path(page)
    mark(client, person_id(client, path, "Ana"))
    cancel(client, page)
    page = client.visit(f"{path}/hand-over")
    assert "1 de 2 por avisar" in page.text
    message = page.find("#message").text
    assert "Se canceló" in message
    assert "/m/" not in page.find("main").page.html
    assert shown(press_next(page)) == "Luis"


def test_meeting_being_cancelled_offers_nothing(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana")
    change(database_url, "UPDATE meetings SET cancellation = 'unknown'")
    page = client.visit(f"{path}/hand-over")
    assert not page.find_all("#message")


def test_viewer_may_hand_over(make_app: AppFactory) -> None:
    app = make_app(AUTH="password")
    coordinator = signed_in(app, account(app, "olga", AccountRole.COORDINATOR))
    path = meeting_with(coordinator, "Ana")
    viewer = signed_in(app, account(app, "vera", AccountRole.VIEWER))
    press_next(viewer.visit(f"{path}/hand-over"))
    assert deliveries(viewer.visit(path)) == {"Ana": "handed_over"}
    page = viewer.visit(f"{path}/message")
    assert not page.find_all("#text")
    assert page.find_all("[data-preview]")
