"""The list: which meetings each view shows, in which order, page by page, and how many there are."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models import MeetingState, ParticipantState
from app.models.states import CancellationState
from tests.support.pages import Page, PageClient
from tests.support.rows import a_person, meeting, store

VIEWS = ["upcoming", "attention", "past", "cancelled"]


def titles(page: Page) -> list[str]:
    return [row.find("a.name").text for row in page.find_all("[data-meeting]")]


def ids(page: Page) -> list[int]:
    return [int(row["data-meeting"]) for row in page.find_all("[data-meeting]")]


def tabs(page: Page) -> list[str]:
    return [number.text for number in page.find_all("nav.tabs span")]


def follow(client: PageClient, page: Page, rel: str) -> Page | None:
    links = page.find_all(f'a[rel="{rel}"]')
    return client.visit(links[0]["href"]) if links else None


def test_each_view_shows_its_meetings_in_its_order(client: PageClient, database_url: str) -> None:
    made = store(
        database_url,
        [
            meeting("Lejana", 48),
            meeting("Cercana", 2),
            meeting("Empezada", -2.99),
            meeting("Acabada", -3.01),
            meeting("Vieja", -300),
            meeting("Cancelada", 24, MeetingState.CANCELLED),
            meeting("Cancelada antes", -24, MeetingState.CANCELLED),
            meeting("Descartada", 24, MeetingState.DISCARDED),
            meeting("Rechazada", 30, MeetingState.REFUSED),
            meeting("No enviada", -400, MeetingState.NOT_SENT),
            meeting("Incierta", 31, MeetingState.UNKNOWN),
            meeting("A medio cancelar", 32, cancellation=CancellationState.UNKNOWN),
            meeting("Sin cancelar", 33, cancellation=CancellationState.NOT_SENT),
            meeting("Con un problema", 34),
            meeting("Con un descartado", 35),
            meeting("Enviándose", 36, MeetingState.SENDING),
        ],
    )
    store(
        database_url,
        [
            a_person(made[13], "Ana", state=ParticipantState.UNKNOWN),
            a_person(made[14], "Eva", state=ParticipantState.DISCARDED),
        ],
    )
    upcoming = [
        *("Empezada", "Cercana", "Rechazada", "Incierta", "A medio cancelar", "Sin cancelar"),
        *("Con un problema", "Con un descartado", "Enviándose", "Lejana"),
    ]
    past = ["Acabada", "Vieja", "No enviada"]
    attention = ["Rechazada", "No enviada", "Incierta", "A medio cancelar", "Sin cancelar", "Con un problema"]
    assert titles(client.visit("/")) == titles(client.visit("/?view=upcoming")) == upcoming
    assert titles(client.visit("/?view=past")) == past
    assert titles(client.visit("/?view=cancelled")) == ["Cancelada", "Cancelada antes"]
    page = client.visit("/?view=attention")
    assert sorted(titles(page)) == sorted(attention)
    assert tabs(page) == ["10", "6", "3", "2"]
    assert page.find(f'[data-meeting="{made[11]}"]')["data-cancellation"] == "unknown"
    assert page.find(f'[data-meeting="{made[13]}"]').find(".badge.bad").text.startswith("1 ")
    everything = client.visit("/?q=a")
    assert "Descartada" not in titles(everything)
    assert {"Cancelada", "Acabada", "Lejana", "Incierta"} <= set(titles(everything))


def test_an_empty_list_says_what_to_do(client: PageClient) -> None:
    for view in VIEWS:
        page = client.visit(f"/?view={view}")
        assert page.find_all(".empty a.button")
        assert not page.find_all("nav.pager")
    first_visit = client.visit("/")
    buttons = [button["href"] for button in first_visit.find_all(".empty a.button")]
    assert buttons == ["/meetings/new", "/meetings/adopt"]
    assert not first_visit.find_all("h2#found")


@pytest.mark.parametrize("apart", [0, 1])
@pytest.mark.parametrize("view", VIEWS)
def test_every_meeting_stands_on_exactly_one_page_in_both_directions(
    client: PageClient, database_url: str, view: str, apart: int
) -> None:
    base = -500 if view == "past" else 24
    state = {"cancelled": MeetingState.CANCELLED, "attention": MeetingState.UNKNOWN}.get(
        view, MeetingState.SCHEDULED
    )
    made = store(database_url, [meeting(f"N {n}", base + apart * (n // 2), state) for n in range(60)])
    wanted = made if view == "upcoming" else made[::-1]
    page = client.visit(f"/?view={view}")
    assert not page.find_all('a[rel="prev"]')
    pages = [page]
    while (page := follow(client, pages[-1], "next")) is not None:
        pages.append(page)
    assert [len(ids(one)) for one in pages] == [25, 25, 10]
    assert [one for page in pages for one in ids(page)] == wanted
    back = [pages[-1]]
    while (page := follow(client, back[-1], "prev")) is not None:
        back.append(page)
    assert [ids(one) for one in back] == [ids(one) for one in pages[::-1]]
    assert tabs(pages[0])[VIEWS.index(view)] == "60"


def test_a_search_is_paged_too(client: PageClient, database_url: str) -> None:
    made = store(database_url, [meeting(f"Junta {n}" if n % 2 else "Otra", 24 + n) for n in range(80)])
    first = client.visit("/?q=junta&view=upcoming")
    second = follow(client, first, "next")
    assert second is not None
    assert ids(first) + ids(second) == made[1::2]
    assert follow(client, second, "next") is None
    assert second.find("#q")["value"] == "junta"


def test_counts_stop_at_99(client: PageClient, database_url: str) -> None:
    store(database_url, [meeting(f"N {n}", 24 + n) for n in range(101)])
    page = client.visit("/")
    assert tabs(page)[0] == "99+"
    assert "99+" in page.find("h2#found").text


def test_list_continues_before_1970(client: PageClient, database_url: str) -> None:
    years = -2000 * 365.25 * 24
    made = store(database_url, [meeting(f"Antigua {n}", years + n) for n in range(30)])
    first = client.visit("/?view=past")
    second = follow(client, first, "next")
    assert second is not None
    assert ids(first) + ids(second) == made[::-1]
    back = follow(client, second, "prev")
    assert back is not None
    assert ids(back) == ids(first)


def test_a_page_between_two_meetings_that_are_gone(client: PageClient, database_url: str) -> None:
    made = store(database_url, [meeting("Una", 24), meeting("Otra", 25)])
    start = datetime.now(UTC) + timedelta(hours=24.5)
    for address, wanted in [("after", made[1:]), ("before", made[:1])]:
        page = client.visit(f"/?{address}={int(start.timestamp())}-999")
        assert ids(page) == wanted


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("view", ["x", "Upcoming", "upcoming ", "all", "%00", "'"])
def test_a_view_that_does_not_exist(client: PageClient, view: str) -> None:
    assert client.visit(f"/?view={view}", 404).h1


ODD = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"-?[0-9]{0,20}-?-?[0-9]{0,25}", fullmatch=True),
    st.sampled_from(
        ["0-0", "999999999999-1", "253402300800-1", "1-9223372036854775808", "1e3-1", "٣-١", "1_0-1"]
    ),
)


@pytest.mark.parametrize("name", ["after", "before", "view", "q"])
def test_any_address_of_the_list_is_a_page_or_nothing(
    client: PageClient, database_url: str, name: str
) -> None:
    store(database_url, [meeting()])

    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(ODD)
    def visit(value: str) -> None:
        answer = client.get("/?" + urlencode({name: value}, errors="surrogatepass"))
        assert answer.status_code in ({200} if name == "q" else {200, 404})

    visit()
    assert client.get("/?" + urlencode({"after": "1-1", "before": "2-2"})).status_code == 200
