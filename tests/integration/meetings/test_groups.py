"""Groups: created, changed, deleted, saved from a meeting, and added to one through the preview."""

import pytest

from tests.support.actions import add, create, meeting_path
from tests.support.db import table
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

GUESTS = "Luis Paz <luis@example.org> +50766123344\nEva Gil\nLUIS PAZ <Luis@Example.org>"


def new_group(client: PageClient, guests: str = GUESTS, **fields: str) -> Page:
    filled = {"name": "Junta", "hosts": "Ana Ríos <ana@example.org>", "guests": guests} | fields
    return client.visit("/groups/new").submit("/groups/new", **filled)


def members(page: Page) -> list[str]:
    return [" ".join(node.text.split()) for node in page.find_all("[data-member]")]


def test_group_holds_each_person_once(client: PageClient) -> None:
    page = new_group(client)
    assert (page.path, page.h1) == ("/groups/1", "Junta")
    expected = [
        "Ana Ríos · Anfitrión ana@example.org",
        "Luis Paz luis@example.org · +50766123344",
        "Eva Gil",
    ]
    assert members(page) == expected
    assert "3 personas" in client.visit("/groups").find("[data-group]").text


def test_line_that_is_no_person_is_named_and_nothing_is_lost(client: PageClient, database_url: str) -> None:
    page = new_group(client, guests="Luis <luis@@x>\nEva Gil")
    assert (page.status, table(database_url, "groups")) == (422, [])
    assert "luis@@x" in page.find("#guests-error").text
    assert page.find("#guests").text.split() == ["Luis", "<luis@@x>", "Eva", "Gil"]


@pytest.mark.parametrize("fields", [{"name": ""}, {"guests": "", "hosts": ""}])
def test_group_needs_a_name_and_a_person(client: PageClient, fields: dict[str, str]) -> None:
    assert new_group(client, **fields).status == 422


def test_group_is_changed(client: PageClient, database_url: str) -> None:
    new_group(client)
    page = client.visit("/groups/1/edit")
    assert page.find("#guests").text.strip().startswith("Luis Paz <luis@example.org> +50766123344")
    page = page.submit("/groups/1/edit", name="Consejo", hosts="", guests="Luis Paz <luis@example.org>\nRita")
    assert (page.h1, members(page)) == ("Consejo", ["Luis Paz luis@example.org", "Rita"])
    assert [row["version"] for row in table(database_url, "groups")] == [2]


def test_change_by_somebody_else_is_not_overwritten_unseen(client: PageClient) -> None:
    new_group(client)
    first, second = client.visit("/groups/1/edit"), client.visit("/groups/1/edit")
    first.submit("/groups/1/edit", guests="Rita")
    page = second.submit("/groups/1/edit", guests="Saúl")
    assert (page.status, "Mientras tanto" in page.find("#name-error").text) == (422, True)
    assert "Saúl" in page.find("#guests").text
    page = page.submit("/groups/1/edit")
    assert members(page)[-1] == "Saúl"


def test_group_is_deleted_after_asking(client: PageClient, database_url: str) -> None:
    new_group(client)
    ask = client.visit("/groups/1/delete")
    page = ask.submit("/groups/1/delete")
    assert page.path == "/groups"
    assert ask.submit("/groups/1/delete").status == 404
    assert (table(database_url, "groups"), table(database_url, "group_members")) == ([], [])
    actions = [row["action"] for row in table(database_url, "audit_events")]
    assert actions.count("group_deleted") == 1
    assert "eliminó el grupo «Junta»" in client.visit("/admin/audit").text


def test_people_of_a_meeting_become_a_group_with_their_references(client: PageClient) -> None:
    page = add(create(client), "Ana", "host")
    page = add(page, "Luis", email="luis@example.org", external_id="E-7")
    path = page.find('a[href^="/groups/new"]')["href"]
    page = client.visit(path)
    assert page.find("#name")["value"] == "Comité"
    page = page.submit("/groups/new")
    assert members(page) == ["Ana · Anfitrión", "Luis luis@example.org · E-7"]


def test_group_comes_into_a_meeting_through_the_preview(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    new_group(client)
    path = meeting_path(create(client))
    calls = len(zelta.calls)
    page = client.visit(f"{path}/people/import").submit(f"{path}/people/group", group="1")
    assert page.path.endswith("/people/import")
    assert (len(page.find_all("[data-row]")), len(zelta.calls)) == (3, calls)
    (draft,) = table(database_url, "participant_imports")
    assert draft["state"] == "draft"
    page = page.submit(f"{path}/people/import", "send")
    people = {row["name"]: (row["role"], row["email"]) for row in table(database_url, "participants")}
    assert people == {
        "Ana Ríos": ("host", "ana@example.org"),
        "Luis Paz": ("participant", "luis@example.org"),
        "Eva Gil": ("participant", None),
    }


def test_group_that_is_gone_is_not_found(client: PageClient) -> None:
    new_group(client)
    path = meeting_path(create(client))
    page = client.visit(f"{path}/people/import")
    client.visit("/groups/1/delete").submit("/groups/1/delete")
    assert page.submit(f"{path}/people/group").status == 404
    assert client.get("/groups/1").status_code == 404
