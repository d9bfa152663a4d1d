"""What repeating a meeting queues: dates, people, series; pressed twice, in two tabs, after a change."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.journal import Submission
from app.series import service
from app.series.plan import RepeatRequest
from tests.batches.repeating import kept, make, meetings, repeat_path, see, wait, weekly
from tests.outbox.conftest import sending
from tests.support.actions import add, create, day, meeting_path
from tests.support.db import change, dump, rows, table
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer


def test_another_date_is_one_meeting_with_the_same_people(client: PageClient, database_url: str) -> None:
    page = create(client)
    page = add(page, "Ana", email="ana@example.org", external_id="X-1")
    add(page, "Luis", role="host")
    preview = see(client, page, frequency="once", date=day(20))
    assert kept(preview) == [day(20)]
    assert "1 persona" in preview.find(".notice.info").text
    made = make(preview)
    assert made.path == "/meetings/2"
    new = meetings(database_url)[1]
    assert (new["state"], new["title"], new["series_id"]) == ("queued", "Comité", None)
    assert new["starts_at"].strftime("%Y-%m-%d %H:%M") == f"{day(20)} 10:00"
    people = [row for row in table(database_url, "participants") if row["meeting_id"] == 2]
    assert [(row["name"], row["role"], row["email"], row["external_id"], row["state"]) for row in people] == [
        ("Ana", "participant", "ana@example.org", "X-1", "queued"),
        ("Luis", "host", None, None, "queued"),
    ]
    assert [row["moved_from_id"] for row in people] == [None, None]
    assert [row["kind"] for row in table(database_url, "batches")] == ["repeat"]


def test_nobody_comes_along_if_asked_so(client: PageClient, database_url: str) -> None:
    page = create(client)
    add(page, "Ana", email="ana@example.org")
    preview = see(client, page, frequency="once", date=day(20), people="none")
    assert "Nadie recibe" in preview.find(".notice.info").text
    make(preview)
    assert len(table(database_url, "participants")) == 1


def test_discarded_people_and_marks_stay_behind(client: PageClient, database_url: str) -> None:
    page = create(client)
    for name in ("Ana", "Eva", "Luis"):
        page = add(page, name, email=f"{name.lower()}@example.org")
    change(database_url, "UPDATE participants SET state = 'discarded' WHERE name = 'Ana'")
    change(
        database_url, "UPDATE participants SET possibly_mailed = TRUE, state = 'unknown' WHERE name = 'Eva'"
    )
    make(see(client, page, frequency="once", date=day(20)))
    people = [row for row in table(database_url, "participants") if row["meeting_id"] == 2]
    assert [(row["name"], row["possibly_mailed"], row["public_participant_id"]) for row in people] == [
        ("Eva", False, None),
        ("Luis", False, None),
    ]


def test_series_counts_the_meeting_itself_as_its_first(client: PageClient, database_url: str) -> None:
    page = create(client)
    preview = weekly(client, page)
    assert kept(preview) == [day(14), day(21), day(28)]
    assert "La fecha de la misma reunión" in preview.find("main").text
    make(preview)
    found = meetings(database_url)
    assert [(row["series_id"], row["series_position"]) for row in found] == [(1, 1), (1, 2), (1, 3), (1, 4)]
    assert [row["kind"] for row in table(database_url, "batches")] == ["series"]
    place = client.visit(meeting_path(page)).find('a[href="/series/1"]')
    assert place.text == "1 de 4 de la serie"
    assert "2 de 4" in client.visit("/").find("main").text
    assert len(client.visit("/series/1").find_all("tr[data-meeting]")) == 4


def test_a_date_can_be_left_out(client: PageClient, database_url: str) -> None:
    preview = weekly(client, create(client))
    make(preview, keep=[day(14), day(28)])
    starts = [row["starts_at"].strftime("%Y-%m-%d") for row in meetings(database_url)]
    assert starts == [day(), day(14), day(28)]


@pytest.mark.one_on_postgresql
@pytest.mark.parametrize("zone", ["America/Santiago", "America/Asuncion", "Europe/Madrid"])
def test_a_weekly_series_keeps_its_local_time(client: PageClient, database_url: str, zone: str) -> None:
    page = create(client, time_zone=zone)
    make(weekly(client, page, count=45))
    starts = [
        row["starts_at"].replace(tzinfo=UTC).astimezone(ZoneInfo(zone)) for row in meetings(database_url)
    ]
    assert len(starts) == 45
    assert {(start.hour, start.minute, start.weekday()) for start in starts} == {(10, 0, starts[0].weekday())}


def test_a_double_click_queues_once(client: PageClient, database_url: str) -> None:
    preview = weekly(client, create(client))
    form = preview.form(preview.path)
    first = preview.submit(form, "create")
    before = dump(database_url)
    second = preview.submit(form, "create")
    assert (second.status, second.url) == (first.status, first.url)
    assert dump(database_url) == before


def test_the_same_series_from_two_tabs_is_asked_about(client: PageClient, database_url: str) -> None:
    page = create(client)
    one, other = weekly(client, page), weekly(client, page)
    make(one)
    asked = make(other)
    assert (asked.status, len(meetings(database_url))) == (422, 4)
    assert kept(asked) == []
    assert "Ya hay una serie igual" in asked.find("main").text
    make(asked, keep=[day(14)])
    assert len(meetings(database_url)) == 5


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE meetings SET title = 'Otra'",
        "UPDATE participants SET email = 'otra@example.org'",
        "UPDATE participants SET state = 'discarded'",
        "UPDATE meetings SET state = 'cancelled'",
    ],
)
@pytest.mark.one_on_postgresql
def test_a_stale_preview_creates_nothing(client: PageClient, database_url: str, statement: str) -> None:
    page = create(client)
    add(page, "Ana", email="ana@example.org")
    preview = weekly(client, page)
    change(database_url, statement)
    asked = make(preview)
    assert (asked.status, len(meetings(database_url))) == (422, 1)
    assert "cambi" in asked.find(".notice.wait").text
    make(asked)
    assert len(meetings(database_url)) > 1


def test_a_discarded_meeting_is_not_repeated(client: PageClient, database_url: str) -> None:
    page = create(client)
    preview = weekly(client, page)
    change(database_url, "UPDATE meetings SET state = 'discarded'")
    assert make(preview).status == 422
    assert client.visit(repeat_path(page)).path == meeting_path(page)
    assert len(meetings(database_url)) == 1


def test_sent_series_has_its_people_once(
    client: PageClient, app: Flask, zelta: ZeltaServer, database_url: str
) -> None:
    page = create(client)
    add(page, "Ana", email="ana@example.org")
    make(weekly(client, page))
    with sending(app, 4, 0):
        wait(lambda: not rows(database_url, "SELECT id FROM participants WHERE state <> 'added'"))
    assert len(zelta.backend.meetings) == 4
    assert [person.email for person in zelta.backend.participants] == ["ana@example.org"] * 4


def test_two_tabs_at_the_same_moment_make_one_series(
    app: Flask, client: PageClient, database_url: str
) -> None:
    create(client)
    starts = datetime.now(UTC).date() + timedelta(days=7)
    request = RepeatRequest([starts + timedelta(weeks=n) for n in range(1, 4)], clock(10), True, True)
    with app.app_context():
        digest = service.read_plan(1, request).digest
    kept_dates = dict.fromkeys(request.dates)

    def press(number: int) -> str:
        with app.app_context():
            try:
                service.repeat(1, request, kept_dates, digest, Submission("ana", f"form-{number}"))
            except service.PlanChanged:
                return "asked"
            return "made"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(4))) == ["asked", "asked", "asked", "made"]
    assert len(meetings(database_url)) == 4


def test_the_message_for_guests_comes_along(client: PageClient, database_url: str) -> None:
    page = create(client)
    path = f"{meeting_path(page)}/message"
    shown = client.visit(path)
    shown.submit(path, text="Hola {nombre}: {enlace}")
    before = len(table(database_url, "meeting_messages"))
    make(weekly(client, page))
    assert before > 0
    assert len(table(database_url, "meeting_messages")) == 4 * before
