"""Discarding a person can be undone, in the row and as they were, until another row takes their e-mail."""

import pytest

from tests.support import zelta_faults as faults
from tests.support.actions import add, choices, choose, create, meeting_path, person, state
from tests.support.db import change, table
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

TROUBLES = {
    "refused": faults.refuses(400),
    "not_sent": faults.rate_limits(retry_after="900"),
    "unknown": faults.drops(),
}


@pytest.mark.parametrize("before", TROUBLES)
def test_discarded_person_comes_back_as_they_were(
    client: PageClient, zelta: ZeltaServer, database_url: str, before: str
) -> None:
    page = create(client)
    zelta.always(TROUBLES[before], path="/participants")
    page = add(page, "Ana", email="ana@example.org")
    offered = choices(person(page))
    calls = len(zelta.calls)
    page = choose(page, "discard", "Ana")
    assert (state(page, "Ana"), choices(person(page))) == ("discarded", ["restore"])
    page = choose(page, "restore", "Ana")
    assert (state(page, "Ana"), choices(person(page)), len(zelta.calls)) == (before, offered, calls)
    assert client.visit("/?view=attention").find_all("[data-meeting]")
    assert "volvió a poner a Ana" in page.find(".activity").text
    assert len(table(database_url, "participants")) == 1


def test_discarding_leads_back_to_the_row(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    zelta.next(faults.refuses(400))
    page = add(page)
    row = person(page)["data-participant"]
    form = {"csrf_token": page.find_all('input[name="csrf_token"]')[0]["value"], "choice": "discard"}
    answer = client.post(f"/participants/{row}/resolve", data=form)
    assert answer.headers["Location"] == f"{meeting_path(page)}?discarded={row}#p{row}"
    assert client.visit(f"{meeting_path(page)}?discarded={row}").find_all("section [data-participant]")


def test_email_that_another_row_has_taken_is_not_restored(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = create(client)
    zelta.always(faults.rate_limits(retry_after="900"), path="/participants")
    page = choose(add(page, "Ana", email="ana@example.org"), "discard", "Ana")
    zelta.behave()
    change(database_url, "UPDATE rate_limit_state SET blocked_until = NULL")
    page = add(client.visit(meeting_path(page)), "Eva", email="ana@example.org")
    page = choose(page, "restore", "Ana")
    assert (page.status, state(page, "Ana"), len(zelta.mails)) == (422, "discarded", 1)


def test_person_whose_answer_came_late_is_not_restored(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = create(client)
    zelta.next(faults.drops(), path="/participants")
    page = choose(add(page, "Ana", email="ana@example.org"), "discard", "Ana")
    change(database_url, "UPDATE journal_entries SET outcome = 'done' WHERE action = 'add_participant'")
    late = client.visit(meeting_path(page))
    assert choices(person(late)) == []
    assert choose(page, "restore", "Ana").status == 422
