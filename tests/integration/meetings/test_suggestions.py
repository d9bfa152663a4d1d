"""People invited before, proposed while a name or an email is typed."""

import pytest

from app.list_parser import PARTICIPANT, read_text
from app.meetings.participants import suggestions
from app.models import Participant, ParticipantState
from tests.integration.delivery.steps import post
from tests.support.db import change
from tests.support.pages import PageClient
from tests.support.rows import a_person, meeting, store

PATH = "/people/suggestions"


def ask(client: PageClient, q: str) -> list[dict[str, str]]:
    answer = post(client, PATH, script=True, q=q)
    assert answer.status_code == 200
    people: list[dict[str, str]] = answer.get_json()["people"]
    return people


def names(client: PageClient, q: str) -> list[str]:
    return [one["name"] for one in ask(client, q)]


def guest(meeting_id: int, name: str, email: str | None = None, phone: str | None = None) -> Participant:
    person = a_person(meeting_id, name, email)
    person.phone = phone
    return person


@pytest.fixture
def meetings(database_url: str) -> list[int]:
    return store(database_url, [meeting("Uno"), meeting("Dos")])


def test_name_surname_and_email_find_a_person(
    client: PageClient, database_url: str, meetings: list[int]
) -> None:
    store(database_url, [guest(meetings[0], "Ana Ríos", "ana@example.org"), guest(meetings[0], "Luis Paz")])
    for typed in ("an", "RIOS", "ana@exa", "ri an"):
        assert names(client, typed) == ["Ana Ríos"], typed
    assert [names(client, typed) for typed in ("a", "", "nadie", "%")] == [[], [], [], []]


def test_person_comes_once_with_the_newest_data(
    client: PageClient, database_url: str, meetings: list[int]
) -> None:
    first, second = meetings
    store(
        database_url,
        [
            guest(first, "A. Ruiz", "ANA@example.org"),
            guest(second, "Ana Ruiz", "ana@example.org", "+50766123344"),
            guest(first, "Ana Paz", None, "+50766000000"),
            guest(second, "Ana Paz de León", None, "+50766000000"),
            guest(first, "Ana Gil"),
            guest(second, "Gil, Ana"),
        ],
    )
    line = "Ana Ruiz <ana@example.org> +50766123344"
    found = ask(client, "an")
    assert [one["name"] for one in found] == ["Gil, Ana", "Ana Paz de León", "Ana Ruiz"]
    assert found[-1]["line"] == line
    read = read_text(line, default_role=PARTICIPANT, country="PA")
    person = read.people[0].person
    assert person is not None
    assert (person.name, person.email, person.phone) == ("Ana Ruiz", "ana@example.org", "+50766123344")


def test_discarded_person_is_not_proposed(client: PageClient, database_url: str, meetings: list[int]) -> None:
    store(database_url, [a_person(meetings[0], "Ana", state=ParticipantState.DISCARDED)])
    assert names(client, "ana") == []


def test_there_are_at_most_eight(client: PageClient, database_url: str, meetings: list[int]) -> None:
    store(
        database_url, [guest(meetings[0], f"Ana {number}", f"a{number}@example.org") for number in range(20)]
    )
    assert names(client, "ana") == [f"Ana {number}" for number in range(19, 11, -1)]


def test_older_people_come_from_the_index(
    client: PageClient, database_url: str, meetings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "SCAN_ROWS", 1)
    suggestions._recent_query.cache_clear()
    store(database_url, [guest(meetings[0], "Zoila Quintana"), guest(meetings[1], "Luis")])
    change(database_url, "DELETE FROM search_reindex_queue")
    change(
        database_url,
        "INSERT INTO search_texts (meeting_id, text) SELECT meeting_id, search_text || '\n\n' FROM participants"
        " WHERE name LIKE 'Zoila%' AND NOT EXISTS (SELECT 1 FROM search_texts s WHERE s.meeting_id = participants.meeting_id)",
    )
    found = names(client, "quinta zo")
    suggestions._recent_query.cache_clear()
    assert found == ["Zoila Quintana"]


def test_get_and_a_post_without_token_find_nobody(client: PageClient) -> None:
    assert client.get(f"{PATH}?q=ana").status_code == 405
    assert client.post(PATH, data={"q": "ana"}).status_code == 400
