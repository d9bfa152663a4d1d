"""Every form with a `submission_id`, sent again: the same content does nothing twice, other content is never dropped."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from tests.access.table import WRITES
from tests.support import zelta_faults as faults
from tests.support.actions import add, create, day, forge, meeting_path, person
from tests.support.db import dump, table
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

FIELDS = {"title": "Comité", "date": day(), "time": "10:00", "time_zone": "UTC"}
# These have no `submission_id`: they are about accounts and sessions, or may be repeated.
WITHOUT_ID = {
    *(
        "/account/password",
        "/account/sign-out-everywhere",
        "/admin/erasure",
        "/admin/status",
        "/admin/users/<id>/disable",
    ),
    *("/admin/users/<id>/enable", "/admin/users/<id>/password", "/admin/users/<id>/role"),
    *("/admin/users/<id>/sign-out", "/admin/users/invite", "/language", "/meetings/<id>/copied"),
    *(
        "/meetings/<id>/message",
        "/participants/<id>/token",
        "/people/suggestions",
        "/groups/<id>/delete",
        "/groups/<id>/edit",
        "/meetings/<id>/people/group",
        "/settings/messages",
        "/sign-in",
        "/sign-out",
    ),
}


class Sent(NamedTuple):
    """A page, its form's path, and the button and content of the first and of another submission."""

    page: Page
    path: str
    first: tuple[str | None, dict[str, str]]
    other: tuple[str | None, dict[str, str]]


def new(client: PageClient, _zelta: ZeltaServer) -> Sent:
    return Sent(
        client.visit("/meetings/new"), "/meetings/new", (None, FIELDS), (None, FIELDS | {"title": "Otra"})
    )


def new_group(client: PageClient, _zelta: ZeltaServer) -> Sent:
    first = {"name": "Junta", "guests": "Ana"}
    return Sent(
        client.visit("/groups/new"), "/groups/new", (None, first), (None, first | {"name": "Consejo"})
    )


def adopt(client: PageClient, _zelta: ZeltaServer) -> Sent:
    first = FIELDS | {"meeting": "mtg-1"}
    page = client.visit("/meetings/adopt")
    return Sent(page, "/meetings/adopt", (None, first), (None, first | {"title": "Otra"}))


def correct_meeting(client: PageClient, zelta: ZeltaServer) -> Sent:
    zelta.next(faults.refuses(400))
    path = f"{create(client).path}/correct"
    return Sent(client.visit(path), path, (None, {"title": "Buena"}), (None, {"title": "Otra"}))


def resolve_meeting(client: PageClient, zelta: ZeltaServer) -> Sent:
    zelta.next(faults.refuses(400))
    page = create(client)
    return Sent(page, f"{page.path}/resolve", ("discard", {}), ("again", {}))


def add_person(client: PageClient, _zelta: ZeltaServer) -> Sent:
    page = create(client)
    return Sent(page, f"{meeting_path(page)}/participants", (None, {"name": "Ana"}), (None, {"name": "Eva"}))


def correct_person(client: PageClient, zelta: ZeltaServer) -> Sent:
    page = create(client)
    zelta.next(faults.refuses(400))
    path = person(add(page)).find('a[href$="/correct"]')["href"]
    return Sent(client.visit(path), path, (None, {"name": "Anna"}), (None, {"name": "Otra"}))


def resolve_person(client: PageClient, zelta: ZeltaServer) -> Sent:
    page = create(client)
    zelta.next(faults.refuses(400))
    page = add(page)
    path = f"/participants/{person(page)['data-participant']}/resolve"
    return Sent(page, path, ("discard", {}), ("again", {}))


def preview(client: PageClient, _zelta: ZeltaServer) -> Sent:
    path = f"{meeting_path(create(client))}/people/import"
    shown = client.visit(path).submit(path, people="Ana <ana@example.org>\nEva <eva@@x>\nLuis <luis@@x>")
    return Sent(shown, path, ("send", {}), ("send", {"email-2": "eva@example.org"}))


def control_list(client: PageClient, zelta: ZeltaServer) -> Sent:
    sent = preview(client, zelta)
    page = sent.page.submit(sent.path, "send")
    return Sent(page, "/lists/1/control", ("pause", {}), ("resume", {}))


def move_meeting(client: PageClient, _zelta: ZeltaServer) -> Sent:
    path = f"{meeting_path(create(client))}/move"
    return Sent(client.visit(path), path, (None, {"time": "16:00"}), (None, {"time": "17:00"}))


def control_batch(client: PageClient, zelta: ZeltaServer) -> Sent:
    sent = move_meeting(client, zelta)
    sent.page.submit(sent.path, **sent.first[1])
    return Sent(client.visit("/batches/1"), "/batches/1/control", ("pause", {}), ("resume", {}))


def mark_delivery(client: PageClient, _zelta: ZeltaServer) -> Sent:
    page = add(create(client))
    path = f"/participants/{person(page)['data-participant']}/delivery"
    return Sent(client.visit(f"{meeting_path(page)}/hand-over"), path, ("mark", {}), ("undo", {}))


def repeat(client: PageClient, _zelta: ZeltaServer) -> Sent:
    path = f"{meeting_path(create(client))}/repeat"
    weekly = {"frequency": "weekly", "weekdays": list("0123456"), "count": "3", "date": day(20)}
    page = client.visit(path).submit(path, "preview", **weekly)
    return Sent(page, path, ("create", {}), ("create", {"keep": day(21)}))


SUBMITTED: dict[str, Callable[[PageClient, ZeltaServer], Sent]] = {
    "/groups/new": new_group,
    "/batches/<id>/control": control_batch,
    "/lists/<id>/control": control_list,
    "/meetings/<id>/correct": correct_meeting,
    "/meetings/<id>/move": move_meeting,
    "/meetings/<id>/participants": add_person,
    "/meetings/<id>/people/import": preview,
    "/meetings/<id>/repeat": repeat,
    "/meetings/<id>/resolve": resolve_meeting,
    "/meetings/adopt": adopt,
    "/meetings/new": new,
    "/participants/<id>/correct": correct_person,
    "/participants/<id>/delivery": mark_delivery,
    "/participants/<id>/resolve": resolve_person,
}


def test_every_route_that_writes_is_here() -> None:
    # A cancellation, of one meeting or of the rest of a series, asks nothing but what its address says; no page has the form of several deliveries yet, which is
    # tested in tests/integration/delivery.
    others = {"/meetings/<id>/cancel", "/meetings/<id>/cancel-following", "/meetings/<id>/deliveries"}
    assert {*SUBMITTED, *WITHOUT_ID, *others} == set(WRITES)


@pytest.mark.parametrize("route", sorted(SUBMITTED))
def test_the_same_content_is_done_once_and_other_content_is_asked_about(
    client: PageClient, zelta: ZeltaServer, database_url: str, route: str
) -> None:
    page, path, (button, content), (other_button, other_content) = SUBMITTED[route](client, zelta)
    form = page.form(path)
    first = page.submit(form, button, **content)
    before, calls = dump(database_url), len(zelta.calls)
    second = page.submit(form, button, **content)
    assert (second.status, second.url, dump(database_url)) == (first.status, first.url, before)
    if other_button in {"resume", "undo"}:
        # No page offers it beside "pause", but two pages do one after the other.
        asked = forge(page, form, action=other_button)
    else:
        asked = page.submit(form, other_button, **other_content)
    assert (asked.status, len(zelta.calls)) == (422, calls)
    assert asked.find_all("main .summary") or asked.find_all("main .notice")
    back = [value for found in asked.find_all("main form input") if (value := found.get("value"))]
    assert set(other_content.values()) - set(FIELDS.values()) - {"Ana"} <= set(back)


def test_an_import_sent_twice_is_one_draft(client: PageClient, database_url: str) -> None:
    path = f"{meeting_path(create(client))}/people/import"
    page = client.visit(path)
    for people, drafts in (("Ana", 1), ("Ana", 1), ("Eva", 2)):
        assert page.submit(path, people=people).status == 200
        assert len(table(database_url, "participant_imports")) == drafts


@pytest.mark.parametrize("first", ["pause", "resume"])
def test_stop_after_another_button_of_the_same_form_stops(
    client: PageClient, zelta: ZeltaServer, database_url: str, first: str
) -> None:
    page, path, _first, _other = control_list(client, zelta)
    if first == "resume":
        page = page.submit(path, "pause")
    form = page.form(path)
    page.submit(form, first)
    for _turn in range(2):
        assert page.submit(form, "stop").status == 200
        assert [one["state"] for one in table(database_url, "participant_imports")] == ["stopped"]
    assert {one["state"] for one in table(database_url, "participants")} == {"discarded"}


def test_a_row_that_was_left_out_and_is_included_by_an_older_preview_is_asked_about(
    client: PageClient, database_url: str
) -> None:
    path = f"{meeting_path(create(client))}/people/import"
    client.visit(path).submit(path, people="Ana\nEva")
    mine, older = client.visit(f"{path}?list=1"), client.visit(f"{path}?list=1")
    mine.submit(path, "send", **{"keep-2": False})
    asked = older.submit(path, "send")
    assert (asked.status, [one["name"] for one in table(database_url, "participants")]) == (422, ["Ana"])
    assert asked.form(path).values["name-2"] == ["Eva"]
    asked.submit(path, "send")
    assert [one["name"] for one in table(database_url, "participants")] == ["Ana", "Eva"]
