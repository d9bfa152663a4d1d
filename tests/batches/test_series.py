"""Cancelling a meeting and those that follow it in its series: one outcome a meeting."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.journal import Submission
from app.series.cancelling import UNSETTLED_CANCELLATIONS, begin_cancellation
from tests.batches.repeating import make, meetings, run_outbox, wait, weekly
from tests.support import zelta_faults as faults
from tests.support.actions import add, create, meeting_path
from tests.support.db import change, dump, table
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer


@pytest.fixture
def series(client: PageClient, app: Flask, database_url: str) -> Page:
    """The page of the first meeting of a series of four, all of them scheduled."""
    page = create(client)
    make(weekly(client, page))
    run_outbox(app, database_url)
    return client.visit(meeting_path(page))


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
        assert begin_cancellation(2, UNSETTLED_CANCELLATIONS, Submission("ana", None)) is None
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


def test_a_cancellation_that_was_not_sent_gets_another_turn(
    client: PageClient, zelta: ZeltaServer, series: Page, database_url: str
) -> None:
    zelta.next(*[faults.rate_limits(retry_after="1")] * 3, method="PATCH")
    cancel_from(client, 2)
    wait(lambda: [state for state, _c in states(database_url)][1:] == ["cancelled"] * 3)
    assert series.status == 200
