"""A cancelled meeting says whom to tell, and keeps who was told."""

from tests.integration.delivery.steps import deliveries, mark, meeting_with, person_id
from tests.support import zelta_faults as faults
from tests.support.actions import add, cancel, create, meeting_path, person
from tests.support.db import table
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer


def test_those_who_may_know_of_the_meeting_are_to_be_told(client: PageClient, zelta: ZeltaServer) -> None:
    page = add(add(create(client), "Ana"), "Luis", email="luis@example.org", phone="6612-3344")
    page = add(page, "Sin enlace dado")
    zelta.next(faults.drop_after_processing(), path="/participants")
    page = add(page, "Rita", email="rita@example.org")
    zelta.next(faults.refuses(400), path="/participants")
    page = add(page, "Eva", email="eva@example.org")
    path = meeting_path(page)
    mark(client, person_id(client, path, "Ana"))
    page = cancel(client, page)
    card = page.find("[data-telling]")
    assert (card["data-telling"], "Falta avisar a 3 personas de 3" in card.text) == ("3", True)
    told = {"Ana": "pending", "Luis": "pending", "Rita": "pending", "Sin enlace dado": "", "Eva": ""}
    assert deliveries(page) == told
    assert page.find("#telling-emails").text.split() == ["luis@example.org", "rita@example.org"]
    assert page.find("#telling-phones").text.split() == ["+50766123344"]
    assert "Se canceló" in page.find("#telling-message").text
    assert "Otra persona (1)" in card.text


def test_cancelled_meeting_offers_no_link(client: PageClient) -> None:
    path = meeting_with(client, "Ana")
    cancel(client, client.visit(path))
    page = client.visit(path)
    assert not page.find_all("a[data-link]")
    assert "?p=" not in page.html
    assert "sus enlaces ya no sirven" in page.find("main").text
    assert "?p=" not in client.get(f"{path}/progress").get_data(as_text=True)


def test_person_is_told_from_their_row(client: PageClient) -> None:
    page = add(create(client), "Luis", email="luis@example.org")
    page = cancel(client, page)
    row = person(page, "Luis")
    assert "wa.me" in row.find('a[data-deliver="whatsapp"]')["href"]
    assert row.find('a[data-deliver="email"]')["href"].startswith("mailto:luis@example.org?subject=")
    page = page.submit(row.form("form[data-mark]"), "mark")
    assert deliveries(page) == {"Luis": "handed_over"}
    assert "Ya se avisó a todas las personas" in page.find("[data-telling]").text


def test_all_are_marked_as_told_at_once(client: PageClient, database_url: str) -> None:
    page = add(create(client), "Luis", email="luis@example.org")
    page = cancel(client, add(page, "Rita", email="rita@example.org"))
    page = page.submit(f"{meeting_path(page)}/deliveries", "mark")
    assert set(deliveries(page).values()) == {"handed_over"}
    assert {row["purpose"] for row in table(database_url, "deliveries")} == {"cancellation"}
