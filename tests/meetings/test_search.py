"""Searching: by title, person and e-mail, without regard to case and accents, in one view or in all."""

import pytest

from app.models import MeetingState, ParticipantState
from tests.support.pages import PageClient
from tests.support.rows import a_person, meeting, store


@pytest.fixture
def searched(client: PageClient, database_url: str) -> PageClient:
    made = store(
        database_url,
        [
            meeting("Comité de Becas 100%", 24),
            meeting("Reunión pasada", -48),
            meeting("Asamblea", 30, MeetingState.CANCELLED),
            meeting("Nada – de nada", 40),
            meeting("Comité descartado", 40, MeetingState.DISCARDED),
        ],
    )
    people = [
        a_person(made[0], "José Ñandú", "jose_n@example.org"),
        a_person(made[1], "Ángel Müller", "angel@Bücher.example"),
        a_person(made[2], "Łukasz", None, ParticipantState.UNKNOWN),
        a_person(made[3], "Beatriz", "bea@example.org", ParticipantState.DISCARDED),
        a_person(made[3], "Иван Иванов"),
        a_person(made[3], "Séan O’Donnell"),
    ]
    store(database_url, people)
    return client


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("comite", ["Comité de Becas 100%"]),
        ("COMITÉ becas", ["Comité de Becas 100%"]),
        ("becas jose", ["Comité de Becas 100%"]),
        ("nandu", ["Comité de Becas 100%"]),
        ("JOSE_N@EXAMPLE.ORG", ["Comité de Becas 100%"]),
        ("100%", ["Comité de Becas 100%"]),
        ("_n@", ["Comité de Becas 100%"]),
        ("e_n", ["Comité de Becas 100%"]),
        ("angel", ["Reunión pasada"]),
        ("muller", ["Reunión pasada"]),
        ("bucher", ["Reunión pasada"]),
        ("reunion", ["Reunión pasada"]),
        ("asamblea", ["Asamblea"]),
        ("иван", ["Nada – de nada"]),
        ("- de", ["Nada – de nada"]),
        ("o'donnell", ["Nada – de nada"]),
        ("beatriz", []),
        ("%", ["Comité de Becas 100%"]),
        ("_", ["Comité de Becas 100%"]),
        ("\\", []),
        ("'; DROP TABLE meetings; --", []),
        ("descartado", []),
        ("comite angel", []),
        ("  nada\u200b  ", ["Nada – de nada"]),
    ],
)
def test_what_a_search_finds_in_all_views(searched: PageClient, q: str, found: list[str]) -> None:
    page = searched.visit("/").submit('form[role="search"]', q=q)
    assert [row.find("a.name").text for row in page.find_all("[data-meeting]")] == found
    assert page.find('nav.tabs a[aria-current="page"]').text == "Todas"
    if not found:
        assert q.strip() in page.find("h2#found").text


def test_a_search_within_a_view(searched: PageClient) -> None:
    for view, q, number in [
        ("past", "angel", 1),
        ("upcoming", "angel", 0),
        ("cancelled", "asamblea", 1),
        # A cancelled meeting needs no decision.
        ("attention", "lukasz", 0),
        ("cancelled", "lukasz", 1),
    ]:
        page = searched.visit(f"/?view={view}&q={q}")
        assert len(page.find_all("[data-meeting]")) == number
        assert page.find("#q")["value"] == q


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "q",
    [
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "\x00",
        "a\x00b",
        "\ud800",
        "x" * 5000,
        "\N{RIGHT-TO-LEFT OVERRIDE}",
    ],
)
def test_odd_searches_are_text(searched: PageClient, q: str) -> None:
    answer = searched.get("/", query_string={"q": q.encode("utf-8", "surrogatepass")})
    assert answer.status_code == 200
    assert not answer.page.find_all("script") or "alert(1)" not in "".join(
        script.text for script in answer.page.find_all("script")
    )
    assert "49" not in answer.page.find("h2#found").text


FRONTEND = "https://meet.zelta.example"


@pytest.fixture
def with_links(database_url: str) -> list[int]:
    """Two meetings with Ana, and one that was cancelled."""
    meetings = [
        meeting("Comité", 24),
        meeting("Taller", 48),
        meeting("Curso", 72, MeetingState.CANCELLED),
    ]
    for number, one in enumerate(meetings):
        one.public_meeting_id = f"mtg_{number}"
    made = store(database_url, meetings)
    people = [
        a_person(made[0], "Ana Arias", "ana@example.org"),
        a_person(made[1], "Ana Arias", "ana@example.org"),
        a_person(made[2], "Ana Arias", "ana@example.org"),
        a_person(made[0], "Luis"),
    ]
    for number, person in enumerate(people):
        person.public_participant_id = f"prt_{number}"
        person.external_id = f"E 10{number}"
    return [*made, *store(database_url, people)]


def test_person_in_results_is_shown_once_with_meetings_and_working_links(
    client: PageClient, with_links: list[int]
) -> None:
    comite, _taller, _curso, ana, *_others = with_links
    page = client.visit("/?q=ana")
    (person,) = page.find_all("section.found > ul > li")
    assert person.text.startswith("Ana Arias · ana@example.org")
    rows = person.find_all("[data-participant]")
    assert len(rows) == 3
    links = [link["href"] for link in person.find_all("a[data-link]")]
    assert [link.rpartition("/m/")[2] for link in links] == ["mtg_1?p=prt_1", "mtg_0?p=prt_0"]
    (row,) = person.find_all(f'[data-participant="{ana}"]')
    assert row.find_all("a")[0]["href"] == f"/meetings/{comite}?q=Ana+Arias#p{ana}"
    assert len(person.find_all('button[data-copy="link"]')) == 2


@pytest.mark.parametrize(
    ("q", "titles", "names"),
    [
        (f"{FRONTEND}/m/mtg_0?p=prt_3", ["Comité"], ["Luis"]),
        (f"El enlace: {FRONTEND}/m/mtg_1?p=prt_1.", ["Taller"], ["Ana Arias"]),
        (f"{FRONTEND}/m/mtg_1", ["Taller"], []),
        ("mtg_2", ["Curso"], []),
        ("prt_3", ["Comité"], ["Luis"]),
        ("E 101", ["Taller"], ["Ana Arias"]),
        (f"{FRONTEND}/m/other?p=other", [], []),
    ],
)
@pytest.mark.usefixtures("with_links")
def test_pasted_link_or_id_finds_its_meeting_and_person(
    client: PageClient, q: str, titles: list[str], names: list[str]
) -> None:
    page = client.visit("/").submit('form[role="search"]', q=q)
    assert [row.find("a.name").text for row in page.find_all("[data-meeting]")] == titles
    assert [name.text for name in page.find_all("section.found > ul > li > b")] == names
