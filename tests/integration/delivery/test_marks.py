"""Marks that a link was handed over: counted once, taken back exactly, audited, and never made by a GET."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from tests.integration.delivery.steps import deliveries, mark, meeting_with, person_id, post, undo
from tests.support import zelta_faults as faults
from tests.support.actions import add, adopt, cancel, create, meeting_path, person
from tests.support.db import change, table
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

CHANNELS = ["link", "message", "whatsapp", "email", "qr", "ics", "other"]


def test_person_with_link_is_pending_and_one_mailed_by_zelta_is_emailed(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = add(add(create(client), "Ana"), "Luis", email="luis@example.org")
    zelta.next(faults.refuses(400))
    page = add(page, "Rita")
    assert deliveries(page) == {"Ana": "pending", "Luis": "emailed", "Rita": ""}


@pytest.mark.parametrize("channel", CHANNELS)
def test_mark_hands_over_and_undo_takes_it_back(client: PageClient, database_url: str, channel: str) -> None:
    path = meeting_with(client, "Ana")
    ana = person_id(client, path, "Ana")
    answer = mark(client, ana, channel=channel)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{path}#p{ana}")
    assert deliveries(client.visit(path)) == {"Ana": "handed_over"}
    undo(client, ana)
    assert deliveries(client.visit(path)) == {"Ana": "pending"}
    rows = [(row["action"], row["channel"]) for row in table(database_url, "deliveries")]
    assert rows == [("mark", channel), ("undo", channel)]


def test_mark_is_told_by_whom_and_when(client: PageClient) -> None:
    path = meeting_with(client, "Ana")
    mark(client, person_id(client, path, "Ana"), channel="whatsapp")
    row = person(client.visit(path)).text
    assert "Compartido por WhatsApp" in row
    assert "Anónimo" in row


def test_same_form_twice_marks_once(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana")
    ana = person_id(client, path, "Ana")
    for _press in range(3):
        assert mark(client, ana, channel="whatsapp", submission_id="one").status_code == 303
    assert len(table(database_url, "deliveries")) == 1


def test_same_form_with_another_choice_is_refused(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana")
    ana = person_id(client, path, "Ana")
    mark(client, ana, channel="whatsapp", submission_id="one")
    assert mark(client, ana, channel="email", submission_id="one").status_code == 422
    assert undo(client, ana, submission_id="one").status_code == 422
    assert len(table(database_url, "deliveries")) == 1


def test_undo_twice_undoes_once(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana")
    ana = person_id(client, path, "Ana")
    mark(client, ana)
    assert undo(client, ana, submission_id="one").status_code == 303
    assert undo(client, ana, submission_id="one").status_code == 303
    assert undo(client, ana, submission_id="two").status_code == 422
    assert len(table(database_url, "deliveries")) == 2


def test_undo_of_an_old_page_leaves_a_later_mark(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana")
    ana = person_id(client, path, "Ana")
    mark(client, ana, channel="link")
    old = table(database_url, "deliveries")[-1]["id"]
    mark(client, ana, channel="email")
    assert undo(client, ana, delivery=old).status_code == 422
    assert deliveries(client.visit(path)) == {"Ana": "handed_over"}
    undo(client, ana, delivery=old + 1)
    assert deliveries(client.visit(path)) == {"Ana": "pending"}


def test_undo_button_of_the_row_takes_its_mark_back(client: PageClient) -> None:
    path = meeting_with(client, "Ana")
    ana = person_id(client, path, "Ana")
    mark(client, ana)
    page = client.visit(path)
    assert deliveries(page.submit(f"/participants/{ana}/delivery", "undo")) == {"Ana": "pending"}


@pytest.mark.parametrize(
    "fields",
    [{"action": ""}, {"action": "x"}, {"channel": "fax"}, {"action": "undo", "delivery": "x"}],
)
def test_what_no_page_offers_is_refused(
    client: PageClient, database_url: str, fields: dict[str, str]
) -> None:
    path = meeting_with(client, "Ana")
    assert mark(client, person_id(client, path, "Ana"), **fields).status_code == 422
    assert table(database_url, "deliveries") == []


def test_person_without_link_cannot_be_marked(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    zelta.next(faults.refuses(400))
    page = add(page, "Rita")
    assert mark(client, int(person(page, "Rita")["data-participant"])).status_code == 422


def test_several_are_marked_and_taken_back_at_once(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana", "Luis", "Rita")
    chosen = [person_id(client, path, name) for name in ("Ana", "Rita")]
    form = {"participant": chosen, "action": "mark", "channel": "message", "submission_id": "one"}
    for _press in range(2):
        assert post(client, f"{path}/deliveries", **form).status_code == 303  # type: ignore[arg-type]
    assert deliveries(client.visit(path)) == {"Ana": "handed_over", "Luis": "pending", "Rita": "handed_over"}
    assert len(table(database_url, "deliveries")) == 2
    post(client, f"{path}/deliveries", participant=chosen, action="undo")
    assert set(deliveries(client.visit(path)).values()) == {"pending"}


def test_people_of_other_meetings_are_not_marked(client: PageClient, database_url: str) -> None:
    other = person_id(client, meeting_with(client, "Eva"), "Eva")
    path = meeting_with(client, "Ana")
    assert post(client, f"{path}/deliveries", participant=[other], action="mark").status_code == 422
    assert post(client, f"{path}/deliveries", action="mark").status_code == 422
    assert table(database_url, "deliveries") == []


def test_every_mark_is_in_the_audit(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana", "Luis")
    ana, luis = (person_id(client, path, name) for name in ("Ana", "Luis"))
    mark(client, ana, channel="whatsapp")
    undo(client, ana)
    post(client, f"{path}/deliveries", participant=[ana, luis], action="mark", channel="qr")
    events = [row for row in table(database_url, "audit_events") if "hand" in row["action"]]
    assert [(row["action"], row["participant_id"], row["detail"]) for row in events] == [
        ("handed_over", ana, {"number": 1, "name": "Ana", "channel": "whatsapp"}),
        ("hand_over_undone", ana, {"number": 1, "name": "Ana"}),
        ("handed_over", None, {"number": 2, "channel": "qr"}),
    ]
    activity = client.visit(path).text
    assert "compartió el enlace de Ana" in activity
    assert "compartió enlaces: 2" in activity


def test_new_link_starts_at_pending(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana")
    mark(client, person_id(client, path, "Ana"))
    change(database_url, "UPDATE participants SET public_participant_id = 'another'")
    assert deliveries(client.visit(path)) == {"Ana": "pending"}


def test_cancelled_meeting_has_everybody_to_tell_again(client: PageClient) -> None:
    page = add(add(create(client), "Ana"), "Luis", email="luis@example.org")
    path = meeting_path(page)
    ana = person_id(client, path, "Ana")
    mark(client, ana)
    cancel(client, page)
    assert deliveries(client.visit(path)) == {"Ana": "pending", "Luis": "pending"}
    mark(client, ana, channel="whatsapp")
    assert deliveries(client.visit(path)) == {"Ana": "handed_over", "Luis": "pending"}
    assert "Aviso dado por WhatsApp" in person(client.visit(path)).text
    undo(client, ana)
    assert deliveries(client.visit(path)) == {"Ana": "pending", "Luis": "pending"}


def test_meeting_that_is_not_confirmed_has_nothing_to_hand_over(
    client: PageClient, database_url: str
) -> None:
    path = meeting_with(client, "Ana")
    ana = person_id(client, path, "Ana")
    change(database_url, "UPDATE meetings SET cancellation = 'unknown'")
    assert mark(client, ana).status_code == 422
    assert deliveries(client.visit(path)) == {"Ana": ""}


def test_script_is_answered_with_the_new_state(client: PageClient) -> None:
    path = meeting_with(client, "Ana")
    ana = person_id(client, path, "Ana")
    answer = post(client, f"/participants/{ana}/delivery", script=True, action="mark", channel="whatsapp")
    state = answer.get_json()
    assert (answer.status_code, state["delivery"], state["words"]) == (
        *(200, "handed_over"),
        "Compartido por WhatsApp",
    )
    refused = post(client, f"/participants/{ana}/delivery", script=True, action="x")
    assert (refused.status_code, set(refused.get_json())) == (422, {"problem"})


@pytest.mark.parametrize("statement", ["UPDATE deliveries SET actor = 'x'", "DELETE FROM deliveries"])
def test_deliveries_are_append_only(client: PageClient, database_url: str, statement: str) -> None:
    mark(client, person_id(client, meeting_with(client, "Ana"), "Ana"))
    engine = create_engine(database_url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(statement))
    engine.dispose()


def test_adopted_meeting_has_nobody_to_hand_over(client: PageClient) -> None:
    path = meeting_path(adopt(client, "mtg-1"))
    assert "Nadie espera su enlace" in client.visit(f"{path}/hand-over").text
