"""Repeating a meeting: the form, the preview of the dates, what is queued, and cancelling the rest of a series."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from gzip import compress
from typing import Any

import pytest
from flask import Flask

from app.journal import Submission
from app.series import service
from app.series.cancelling import _begin_cancellation
from app.series.plan import RepeatRequest
from tests.outbox.conftest import sending
from tests.support import zelta_faults as faults
from tests.support.actions import add, create, day, forge, meeting_path
from tests.support.db import change, dump, rows, table
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

WEEKLY = {"frequency": "weekly", "end": "count"}


def weekday(text: str) -> str:
    return str(datetime.fromisoformat(text).weekday())


def repeat_path(page: Page) -> str:
    return f"{meeting_path(page)}/repeat"


def see(client: PageClient, page: Page, **fields: Any) -> Page:
    """The answer to the form of a repetition."""
    path = repeat_path(page)
    return client.visit(path).submit(path, "preview", **fields)


def weekly(client: PageClient, page: Page, count: int = 4, **fields: Any) -> Page:
    """The preview of a weekly series from the meeting's own date on."""
    values = WEEKLY | {"date": day(), "weekdays": [weekday(day())], "count": str(count)}
    return see(client, page, **values | fields)


def make(preview: Page, **fields: Any) -> Page:
    path = preview.path
    return preview.submit(path, "create", **fields)


def kept(preview: Page) -> list[str]:
    return [box["value"] for box in preview.find_all('input[name="keep"]') if box.get("checked") is not None]


def meetings(url: str) -> list[dict[str, Any]]:
    return table(url, "meetings")


def wait(until: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def run_outbox(app: Flask, url: str) -> None:
    """Send everything that waits."""
    query = "SELECT id FROM meetings WHERE state IN ('queued', 'claimed', 'sending')"
    with sending(app, 4, 0):
        wait(lambda: not rows(url, query))


@pytest.fixture
def series(client: PageClient, app: Flask, database_url: str) -> Page:
    """The page of the first meeting of a series of four, all of them scheduled."""
    page = create(client)
    make(weekly(client, page))
    run_outbox(app, database_url)
    return client.visit(meeting_path(page))


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


def test_every_date_left_out_is_an_error(client: PageClient, database_url: str) -> None:
    answer = make(weekly(client, create(client)), keep=False)
    assert (answer.status, len(meetings(database_url))) == (422, 1)
    assert "Elija al menos una fecha" in answer.find(".summary").text


def test_dates_that_have_passed_are_left_out(client: PageClient, database_url: str) -> None:
    page = create(client)
    preview = weekly(client, page, count=3, date=day(-7), weekdays=[weekday(day(-7))])
    assert "Ya pasó" in preview.find("main").text
    assert kept(preview) == ([day()] if weekday(day()) != weekday(day(-7)) else [])
    assert len(meetings(database_url)) == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"count": "101"}, "count"),
        ({"count": "0"}, "count"),
        ({"count": ""}, "count"),
        ({"weekdays": False}, "weekdays"),
        ({"interval": "0"}, "interval"),
        ({"end": "until", "until": ""}, "until"),
        ({"end": "until", "until": day(1)}, "until"),
        ({"end": "until", "until": "9998-01-01"}, "until"),
        ({"date": "2027-02-30"}, "date"),
        ({"date": "0026-02-03"}, "date"),
        ({"time": ""}, "time"),
        ({"frequency": "monthly_by_day", "month_day": "32"}, "month_day"),
        (
            {
                "frequency": "monthly_by_day",
                "month_day": "31",
                "end": "until",
                "date": "2027-02-01",
                "until": "2027-02-28",
            },
            "until",
        ),
    ],
)
def test_a_rule_without_dates_is_an_error_at_its_field(
    client: PageClient, fields: dict[str, Any], field: str
) -> None:
    answer = weekly(client, create(client), **fields)
    assert answer.status == 422
    assert [link["href"] for link in answer.find_all(".summary a")] == [f"#{field}"]
    assert answer.find_all(f"#{field}-error")


@pytest.mark.parametrize(
    "values",
    [
        {"frequency": "yearly"},
        {"frequency": ""},
        {"people": "some"},
        {"end": "never"},
        {"weekdays": "7"},
        {"weekdays": "x"},
        {"frequency": "monthly_by_weekday", "week": "9"},
        {"frequency": "monthly_by_weekday", "weekday": "x"},
        {"frequency": "daily", "weekday": "x", "week": "x", "count": "3"},
    ],
)
def test_forged_values_are_never_a_failure(client: PageClient, values: dict[str, str]) -> None:
    page = create(client)
    path = repeat_path(page)
    shown = client.visit(path)
    form = shown.form(path).fill(**WEEKLY, count="3", weekdays=["1"]).press("preview")
    assert forge(shown, form, **values).status in {200, 422}


def test_monthly_names_the_months_that_it_skips(client: PageClient) -> None:
    year = datetime.now(UTC).year + 1
    preview = weekly(
        client, create(client), frequency="monthly_by_day", month_day="31", date=f"{year}-01-01", count="3"
    )
    assert kept(preview) == [f"{year}-01-31", f"{year}-03-31", f"{year}-05-31"]
    assert f"febrero de {year}, abril de {year}" in preview.find("main").text


def test_monthly_by_weekday(client: PageClient) -> None:
    fields = {"frequency": "monthly_by_weekday", "week": "-1", "weekday": "4", "date": "2028-01-01"}
    assert kept(weekly(client, create(client), **fields)) == [
        "2028-01-28",
        "2028-02-25",
        "2028-03-31",
        "2028-04-28",
    ]


def test_times_in_doubt_are_asked_about(client: PageClient, database_url: str) -> None:
    page = create(client, date="2028-03-01", time="02:30", time_zone="Europe/Madrid")
    fields = {"frequency": "weekly", "weekdays": ["6"], "date": "2028-03-19", "count": "2"}
    preview = weekly(client, page, **fields)
    assert kept(preview) == ["2028-03-19"]
    asked = make(preview)
    assert (asked.status, len(meetings(database_url))) == (422, 1)
    assert [link["href"] for link in asked.find_all(".summary a")] == ["#choice-2028-03-26-0"]
    make(asked, **{"choice-2028-03-26": "after"})
    assert [row["starts_at"].strftime("%d %H:%M") for row in meetings(database_url)] == [
        "01 01:30",
        "19 01:30",
        "26 01:30",
    ]


def test_a_time_that_comes_twice_is_the_one_chosen_or_left_out(client: PageClient, database_url: str) -> None:
    page = create(client, date="2028-10-01", time="02:30", time_zone="Europe/Madrid")
    fields = {"frequency": "weekly", "weekdays": ["6"], "date": "2028-10-29", "count": "1"}
    preview = weekly(client, page, **fields)
    empty = make(preview, **{"choice-2028-10-29": "out"})
    assert (empty.status, len(meetings(database_url))) == (422, 1)
    make(empty, **{"choice-2028-10-29": "second"})
    assert meetings(database_url)[1]["starts_at"].strftime("%d %H:%M") == "29 01:30"


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


def test_the_rule_can_be_changed_from_the_preview(client: PageClient) -> None:
    preview = weekly(client, create(client), interval="2", count="3")
    form_page = preview.submit(preview.path, "change")
    form = form_page.form(preview.path)
    assert (form_page.status, form.values["interval"], form.values["count"]) == (200, ["2"], ["3"])
    assert form.values["weekdays"] == [weekday(day())]


def test_switching_the_language_keeps_the_page_and_its_ticks(client: PageClient, database_url: str) -> None:
    preview = weekly(client, create(client))
    english = preview.submit(preview.form(preview.path).fill(keep=[day(14)]), "English")
    assert english.h1 == "Check the dates"
    assert kept(english) == [day(14)]
    form = english.submit(english.path, "change")
    spanish = form.submit(form.form(form.path).fill(interval="3"), "Español")
    assert spanish.form(spanish.path).values["interval"] == ["3"]
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


# --- Cancelling the rest.


def cancel_from(client: PageClient, meeting_id: int) -> Page:
    path = f"/meetings/{meeting_id}/cancel-following"
    return client.visit(path).submit(path)


def states(url: str) -> list[tuple[str, str | None]]:
    return [(row["state"], row["cancellation"]) for row in meetings(url)]


def test_this_and_the_following_are_cancelled(
    client: PageClient, zelta: ZeltaServer, series: Page, database_url: str
) -> None:
    assert series.find_all('a[href$="/cancel-following"]')
    answer = cancel_from(client, 2)
    assert answer.path == "/series/1"
    wait(lambda: [state for state, _c in states(database_url)][1:] == ["cancelled"] * 3)
    assert states(database_url)[0] == ("scheduled", None)
    entries = [row for row in table(database_url, "journal_entries") if row["action"] == "cancel_meeting"]
    assert [row["meeting_id"] for row in entries] == [2, 3, 4]
    assert [row["outcome"] for row in entries] == ["done"] * 3
    assert len([call for call in zelta.calls if call.method == "PATCH"]) == 3


def test_waiting_meetings_are_never_created(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = create(client)
    add(page, "Ana", email="ana@example.org")
    make(weekly(client, page))
    calls = len(zelta.calls)
    path = "/meetings/2/cancel-following"
    form = client.visit(path).form(path)
    assert client.visit(path).submit(form).path == "/series/1"
    assert [state for state, _c in states(database_url)] == ["scheduled", *["discarded"] * 3]
    people = table(database_url, "participants")
    assert {row["state"] for row in people if row["meeting_id"] > 1} == {"discarded"}
    before = dump(database_url)
    client.visit("/series/1")
    assert (dump(database_url), len(zelta.calls)) == (before, calls)


def test_a_double_click_cancels_once(
    client: PageClient, zelta: ZeltaServer, series: Page, database_url: str
) -> None:
    path = f"{meeting_path(series)}/cancel-following"
    page = client.visit(path)
    form = page.form(path)
    for _turn in range(2):
        assert page.submit(form).path == "/series/1"
    wait(lambda: {state for state, _c in states(database_url)} == {"cancelled"})
    assert len([call for call in zelta.calls if call.method == "PATCH"]) == 4


def test_unsettled_meetings_stay_and_are_said(client: PageClient, series: Page, database_url: str) -> None:
    change(database_url, "UPDATE meetings SET state = 'unknown', public_meeting_id = NULL WHERE id = 3")
    page = client.visit("/meetings/2/cancel-following")
    assert "Se cancelan 2 reuniones" in page.find("main").text
    assert "1 reunión queda como está" in page.find("main").text
    page.submit("/meetings/2/cancel-following")
    wait(lambda: [state for state, _c in states(database_url)][3] == "cancelled")
    assert [state for state, _c in states(database_url)] == ["scheduled", "cancelled", "unknown", "cancelled"]
    assert series.status == 200


def test_each_cancellation_has_its_own_outcome(
    client: PageClient, zelta: ZeltaServer, series: Page, database_url: str
) -> None:
    zelta.next(faults.refuses(400), *[faults.drops()] * 3)
    cancel_from(client, 2)
    wait(lambda: states(database_url)[3][0] == "cancelled")
    assert states(database_url)[1:3] == [("scheduled", None), ("scheduled", "unknown")]
    assert meetings(database_url)[1]["cancellation_refused"]
    assert "Cancelación sin confirmar" in client.visit("/series/1").find("main").text
    assert series.status == 200


def test_a_stale_confirmation_cancels_nothing(client: PageClient, series: Page, database_url: str) -> None:
    path = f"{meeting_path(series)}/cancel-following"
    page = client.visit(path)
    change(database_url, "UPDATE meetings SET state = 'unknown' WHERE id = 3")
    answer = page.submit(path)
    assert answer.status == 422
    assert [state for state, _c in states(database_url)] == ["scheduled", "scheduled", "unknown", "scheduled"]


def test_a_decision_meanwhile_stops_a_marked_cancellation(
    app: Flask, series: Page, database_url: str
) -> None:
    with app.app_context():
        assert _begin_cancellation(2, Submission("ana", None)) is None
    assert states(database_url)[1] == ("scheduled", None)
    assert series.status == 200


def test_meetings_that_are_over_stay(client: PageClient, series: Page, database_url: str) -> None:
    past = datetime.now(UTC) - timedelta(days=1)
    change(database_url, "UPDATE meetings SET starts_at = :past WHERE id = 1", past=past)
    page = client.visit(f"{meeting_path(series)}/cancel-following")
    assert "Ya terminó" in page.find("main").text
    assert "Se cancelan 3 reuniones" in page.find("main").text


def test_a_meeting_without_series_has_none_to_cancel(client: PageClient) -> None:
    page = create(client)
    assert client.visit(f"{meeting_path(page)}/cancel-following").path == meeting_path(page)
    assert not page.find_all('a[href$="/cancel-following"]')
    client.visit("/series/1", 404)


def test_nothing_is_left_to_cancel(client: PageClient, series: Page, database_url: str) -> None:
    change(database_url, "UPDATE meetings SET state = 'cancelled'")
    page = client.visit(f"{meeting_path(series)}/cancel-following")
    assert "No hay nada que cancelar" in page.find("main").text
    assert page.submit(f"{meeting_path(series)}/cancel-following").path == meeting_path(series)


def test_a_closed_rate_limit_leaves_marks_that_a_coordinator_can_settle(
    client: PageClient, zelta: ZeltaServer, series: Page, database_url: str
) -> None:
    until = datetime.now(UTC) + timedelta(seconds=20)
    change(database_url, "UPDATE rate_limit_state SET blocked_until = :until", until=until)
    cancel_from(client, 2)
    assert states(database_url)[1:] == [
        ("cancelled", None),
        ("scheduled", "not_sent"),
        ("scheduled", "not_sent"),
    ]
    assert "2 cancelaciones están sin enviar" in client.visit("/series/1").find("main").text
    kept_page = client.visit("/meetings/3")
    kept_page.submit(f"{meeting_path(kept_page)}/resolve", "discard")
    change(database_url, "UPDATE rate_limit_state SET blocked_until = NULL")
    wait(lambda: states(database_url)[3][0] == "cancelled")
    assert states(database_url)[2] == ("scheduled", None)
    assert len([call for call in zelta.calls if call.method == "PATCH"]) == 2
    assert series.status == 200


def test_lists_stop_sending_before_the_meeting_is_cancelled(
    client: PageClient, series: Page, database_url: str
) -> None:
    path = "/meetings/3/people/import"
    client.visit(path).submit(path, people="Ana <ana@example.org>").submit(path, "send")
    until = datetime.now(UTC) + timedelta(seconds=20)
    change(database_url, "UPDATE rate_limit_state SET blocked_until = :until", until=until)
    cancel_from(client, 2)
    assert [row["state"] for row in table(database_url, "participant_imports")] == ["paused"]
    change(database_url, "UPDATE rate_limit_state SET blocked_until = NULL")
    wait(lambda: states(database_url)[3][0] == "cancelled")
    assert [row["state"] for row in table(database_url, "participants")] == ["discarded"]
    assert series.status == 200


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


def test_a_hundred_dates_are_a_light_page(client: PageClient, database_url: str) -> None:
    preview = see(
        client,
        create(client),
        frequency="daily",
        date=day(8),
        end="count",
        count="100",
        interval="1",
        people="none",
    )
    assert len(kept(preview)) == 100
    assert len(compress(preview.html.encode())) < 12 * 1024
    made = make(preview)
    assert len(compress(made.html.encode())) < 12 * 1024
    assert len(meetings(database_url)) == 101


def test_the_message_for_guests_comes_along(client: PageClient, database_url: str) -> None:
    page = create(client)
    path = f"{meeting_path(page)}/message"
    shown = client.visit(path)
    shown.submit(path, text="Hola {nombre}: {enlace}")
    before = len(table(database_url, "meeting_messages"))
    make(weekly(client, page))
    assert before > 0
    assert len(table(database_url, "meeting_messages")) == 4 * before
