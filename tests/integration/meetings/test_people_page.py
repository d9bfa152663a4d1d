"""The people of a meeting's page: filters, search and pages, the box that adds, and what is over."""

import gzip
import secrets

import pytest

from app.models import MeetingState, Participant, ParticipantState
from tests.support import zelta_faults as faults
from tests.support.actions import add, create, errors, meeting_path
from tests.support.db import change, table
from tests.support.pages import Page, PageClient
from tests.support.rows import a_person, meeting, store
from tests.support.zelta_server import ZeltaServer

PEOPLE = 120
PAGE = 50


def linked(meeting_id: int, name: str, email: str | None = None) -> Participant:
    person = a_person(meeting_id, name, email)
    person.public_participant_id = f"prt_{secrets.token_hex(8)}"
    return person


@pytest.fixture
def path(database_url: str) -> str:
    """A meeting with a hundred people with links, every second one mailed, and twenty unconfirmed."""
    large = meeting("Grande")
    large.public_meeting_id = "mtg_grande"
    (number,) = store(database_url, [large])
    people = [linked(number, f"Persona {n}", f"p{n}@example.org" if n % 2 else None) for n in range(100)]
    people += [a_person(number, f"Dudosa {n}", state=ParticipantState.UNKNOWN) for n in range(20)]
    store(database_url, people)
    return f"/meetings/{number}"


def names(page: Page) -> list[str]:
    return [row["data-name"] for row in page.find_all("tr[data-participant]")]


def counts(page: Page) -> list[str]:
    return [node.text for node in page.find_all("#people-filters span")]


def test_page_shows_fifty_people_with_filters_that_count(client: PageClient, path: str) -> None:
    page = client.visit(path)
    assert (len(names(page)), counts(page)) == (PAGE, [str(PEOPLE), "50", "0", "50", "20"])
    assert names(client.visit(f"{path}?page=3")) == [f"Dudosa {n}" for n in range(20)]


@pytest.mark.parametrize(
    ("query", "found", "first"),
    [
        ("?show=pending", 50, "Persona 0"),
        ("?show=emailed", 50, "Persona 1"),
        ("?show=handed_over", 0, ""),
        ("?show=problem", 20, "Dudosa 0"),
        ("?q=PERSÓNA+7", 19, "Persona 7"),
        ("?show=problem&q=dudosa+19", 1, "Dudosa 19"),
    ],
)
def test_filter_and_search_show_what_they_name(
    client: PageClient, path: str, query: str, found: int, first: str
) -> None:
    shown = names(client.visit(f"{path}{query}"))
    assert (len(shown), (shown or [""])[0]) == (found, first)


@pytest.mark.parametrize("query", ["?show=x", "?page=x", "?page=0", "?page=-3", "?person=x", "?person=0"])
def test_invalid_value_shows_the_first_page(client: PageClient, path: str, query: str) -> None:
    assert names(client.visit(f"{path}{query}"))[0] == "Persona 0"


def test_page_beyond_the_last_one_shows_the_last_one(client: PageClient, path: str) -> None:
    assert names(client.visit(f"{path}?page=99"))[-1] == "Dudosa 19"


def test_person_is_shown_on_their_page(client: PageClient, path: str, database_url: str) -> None:
    last = table(database_url, "participants")[-1]["id"]
    assert f"Dudosa {19}" in names(client.visit(f"{path}?person={last}"))


def test_problem_filter_says_why_and_stays_after_a_choice(client: PageClient, path: str) -> None:
    page = client.visit(path)
    assert page.find("[data-problems]")["data-problems"] == "20"
    problems = client.visit(f"{path}?show=problem")
    row = problems.find_all("tr[data-participant]")[0]
    assert len(row.find_all('button[name="choice"]')) == 2
    after = problems.submit(row.form(), "discard")
    assert after.url.endswith("?show=problem")
    assert len(names(after)) == 19


def test_small_meeting_has_no_filters(client: PageClient) -> None:
    page = add(create(client), "Ana")
    assert not page.find_all("#people-filters")


def test_full_page_is_light(client: PageClient, path: str) -> None:
    assert len(gzip.compress(client.get(path).get_data(), 6)) < 10 * 1024


def test_one_clear_line_is_added_at_once(client: PageClient, database_url: str) -> None:
    page = create(client)
    page = page.submit(f"{meeting_path(page)}/participants", people="Ana Ruiz <ana@example.org>")
    (row,) = table(database_url, "participants")
    assert (names(page), row["email"], row["state"]) == (["Ana Ruiz"], "ana@example.org", "added")


@pytest.mark.parametrize("text", ["Ana Ruiz\nLuis Paz", "Ana <ana@gmial.com>", "Rosa Gil"])
def test_list_or_doubt_goes_to_the_preview(client: PageClient, zelta: ZeltaServer, text: str) -> None:
    page = add(create(client), "Rosa Gil")
    calls = len(zelta.calls)
    page = page.submit(f"{meeting_path(page)}/participants", people=text)
    assert page.path.endswith("/people/import")
    assert page.find_all("[data-row]")
    assert len(zelta.calls) == calls


def test_box_and_fields_together_are_asked_about(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    page = page.submit(f"{meeting_path(page)}/participants", people="Ana Ruiz", name="Luis")
    assert (page.status, len(zelta.calls)) == (422, 1)
    assert "no los dos" in errors(page)
    assert "Ana Ruiz" in page.find("#people-box").text


def test_texts_hold_what_the_filter_shows(client: PageClient, path: str) -> None:
    page = client.visit(f"{path}/copy-all?show=emailed")
    assert len(page.find("#all-lines").text.split("https://")) == PAGE + 1
    assert page.find("#all-emails").text.split()[0] == "p1@example.org"
    assert not page.find_all("#all-phones")


def test_meeting_that_is_over_says_so(client: PageClient, database_url: str) -> None:
    (number,) = store(database_url, [meeting("Ya fue", hours=-2)])
    page = client.visit(f"/meetings/{number}")
    assert "Ya pasó" in page.text
    assert "Esta reunión ya pasó" in page.find("#add").text


def test_cancelled_meeting_has_no_links_and_no_problems(client: PageClient, database_url: str) -> None:
    gone = meeting("Cancelada", state=MeetingState.CANCELLED)
    gone.public_meeting_id = "mtg_cancelada"
    (number,) = store(database_url, [gone])
    store(database_url, [linked(number, "Ana"), a_person(number, "Eva", state=ParticipantState.REFUSED)])
    page = client.visit(f"/meetings/{number}")
    assert not page.find_all("[data-link]")
    assert not page.find_all("[data-problems]")
    assert not page.find_all('button[name="choice"]')


def test_blocked_meeting_says_who_waits_and_shows_no_progress(client: PageClient, zelta: ZeltaServer) -> None:
    zelta.next(faults.refuses(400))
    page = create(client, guests="Ana Ruiz\nLuis Paz")
    assert not page.find_all("[data-progress]")
    assert "2 personas esperan" in page.find("#lists").text


def test_activity_groups_a_list(client: PageClient, database_url: str) -> None:
    page = create(client, guests="Ana Ruiz\nLuis Paz")
    change(database_url, "UPDATE participants SET state = 'added', public_participant_id = 'p' || id")
    shown = client.visit(page.path).find("#activity-list").text
    assert "Ana Ruiz" not in shown
