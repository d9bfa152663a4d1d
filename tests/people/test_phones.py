"""Phones: kept in E.164 and as typed, shown muted, and never told to Zelta or to the log."""

import logging

import pytest

from tests.support import zelta_faults as faults
from tests.support.actions import add, create, meeting_path, person, state
from tests.support.application import AppFactory
from tests.support.db import table
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def stored(url: str) -> list[tuple[str | None, str | None]]:
    return [(row["phone"], row["phone_typed"]) for row in table(url, "participants")]


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("6612-3344", "+50766123344"),
        ("+507 6612 3344", "+50766123344"),
        ("00507 66123344", "+50766123344"),
        ("+57 300 1234567", "+573001234567"),
        ("6000-0001 / 6000-0002", "+50760000001"),
    ],
)
def test_a_phone_is_kept_and_zelta_does_not_get_it(
    client: PageClient,
    zelta: ZeltaServer,
    database_url: str,
    caplog: pytest.LogCaptureFixture,
    typed: str,
    e164: str,
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = add(create(client), "Ana", phone=typed)
    assert stored(database_url) == [(e164, typed)]
    assert typed in [hint.text for hint in person(page).find_all(".hint")]
    digits = e164[-8:]
    assert digits not in str(zelta.calls[-1].json)
    journal = str([row["request"] for row in table(database_url, "journal_entries")])
    assert all(text not in journal + caplog.text for text in (typed, digits))


@pytest.mark.parametrize("typed", ["hola", "123", "6612-334455667788990", "+999 123456", "x" * 41])
def test_a_phone_that_cannot_be_read_comes_back(client: PageClient, zelta: ZeltaServer, typed: str) -> None:
    page = create(client)
    back = add(page, "Ana", phone=typed)
    assert (back.status, len(zelta.calls)) == (422, 1)
    assert back.find("#phone-error").text
    assert back.form(f"{meeting_path(page)}/participants").values["phone"] == [typed]


def test_nothing_is_no_phone(client: PageClient, database_url: str) -> None:
    add(create(client), "Ana", phone=" ")
    assert stored(database_url) == [(None, None)]


def test_a_correction_shows_and_changes_the_phone(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = create(client)
    zelta.next(faults.refuses(400))
    page = add(page, "Ana", phone="6612-3344")
    path = person(page).find('a[href$="/correct"]')["href"]
    form_page = client.visit(path)
    assert form_page.form(path).values["phone"] == ["6612-3344"]
    assert state(form_page.submit(path, phone="6612-3355"), "Ana") == "added"
    assert stored(database_url) == [("+50766123355", "6612-3355")]


def test_a_phone_of_a_list_is_kept_with_its_person(client: PageClient, database_url: str) -> None:
    path = f"{meeting_path(create(client))}/people/import"
    preview = client.visit(path).submit(path, people="Nombre;Teléfono\nAna Ríos;6612-3344\nEva Gil;")
    preview.submit(path, "send")
    assert stored(database_url) == [("+50766123344", "6612-3344"), (None, None)]


def test_a_phone_of_a_new_meetings_list_is_kept(client: PageClient, database_url: str) -> None:
    create(client, guests="Nombre;Teléfono\nAna Ríos;6612-3344\nEva Gil;6612-3355")
    assert stored(database_url) == [("+50766123344", "6612-3344"), ("+50766123355", "6612-3355")]


@pytest.mark.parametrize(
    ("environment", "e164"),
    [
        ({"TIME_ZONE": "America/Bogota"}, "+573001234567"),
        ({"TIME_ZONE": "America/Bogota", "COUNTRY": "mx"}, "+523001234567"),
    ],
)
def test_the_country_is_that_of_the_time_zone_unless_it_is_set(
    make_app: AppFactory, database_url: str, environment: dict[str, str], e164: str
) -> None:
    client = PageClient(make_app(**environment))
    add(create(client), "Ana", phone="300 123 4567")
    assert stored(database_url) == [(e164, "300 123 4567")]
