"""A person who may be in the meeting already, where no e-mail tells them apart, is added once a person says so."""

import pytest

from tests.support import zelta_faults as faults
from tests.support.actions import add, choose, create, errors, forge, insist, meeting_path, person
from tests.support.db import table
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

ASKS = [
    ({"name": "Ana Ríos"}, {"name": "ana rios"}),
    ({"name": "Ana Ríos"}, {"name": "Ríos, Ana", "email": "ana@example.org"}),
    ({"name": "Ana Ríos", "email": "ana@example.org"}, {"name": "Ana Rios"}),
    ({"name": "Ana Ríos", "external_id": "E-7"}, {"name": "Anita", "external_id": "e-7"}),
    ({"name": "Ana Ríos", "external_id": "E-7"}, {"name": "Ana Ríos"}),
]
APART = [
    ({"name": "Ana Ríos", "email": "ana@example.org"}, {"name": "Ana Ríos", "email": "otra@example.org"}),
    ({"name": "Ana Ríos", "external_id": "E-7"}, {"name": "Ana Ríos", "external_id": "E-8"}),
    ({"name": "Ana Ríos"}, {"name": "Ana Paz"}),
]


@pytest.mark.parametrize(("first", "second"), ASKS)
def test_the_same_person_is_asked_about(
    client: PageClient, zelta: ZeltaServer, database_url: str, first: dict[str, str], second: dict[str, str]
) -> None:
    page = add(create(client), **first)
    back = add(page, **second)
    assert (back.status, len(zelta.calls), len(table(database_url, "participants"))) == (422, 2, 1)
    assert "Quizá ya está" in errors(back)
    values = back.form(f"{meeting_path(page)}/participants").values
    assert {name: values[name] for name in second} == {name: [text] for name, text in second.items()}
    done = back.submit(f"{meeting_path(page)}/participants", same_person="another")
    assert (done.status, len(table(database_url, "participants"))) == (200, 2)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("first", "second"), APART)
def test_who_is_told_apart_is_added_at_once(
    client: PageClient, database_url: str, first: dict[str, str], second: dict[str, str]
) -> None:
    assert add(add(create(client), **first), **second).status == 200
    assert len(table(database_url, "participants")) == 2


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_an_answer_counts_for_what_was_asked_about(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = add(add(create(client), "Ana"), "Luis")
    back = add(page, "Ana")
    again = back.submit(f"{meeting_path(page)}/participants", name="Luis", same_person="another")
    assert (again.status, len(zelta.calls), len(table(database_url, "participants"))) == (422, 3, 2)
    assert "Luis" in errors(again)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_an_answer_that_nobody_asked_for_counts_for_nothing(client: PageClient, zelta: ZeltaServer) -> None:
    page = add(create(client), "Ana")
    form = page.form(f"{meeting_path(page)}/participants").fill(name="Ana")
    assert forge(page, form, same_person="another", same_asked="").status == 422
    assert len(zelta.calls) == 2


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("gone", ["discarded", "refused"])
def test_who_is_not_in_the_meeting_is_nobody_to_ask_about(
    client: PageClient, zelta: ZeltaServer, gone: str
) -> None:
    page = create(client)
    zelta.next(faults.refuses(400))
    page = add(page, "Ana")
    if gone == "discarded":
        page = choose(page, "discard", "Ana")
    assert add(page, "Ana").status == 200


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_correction_asks_the_same(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    zelta.next(faults.refuses(400))
    page = add(add(page, "Eva"), "Ana")
    path, calls = person(page, "Eva").find('a[href$="/correct"]')["href"], len(zelta.calls)
    back = client.visit(path).submit(path, name="Ana")
    assert (back.status, len(zelta.calls)) == (422, calls)
    done = back.submit(path, same_person="another")
    assert len([row for row in done.find_all("[data-participant]") if row["data-name"] == "Ana"]) == 2


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_second_mail_and_the_same_person_are_asked_about_one_after_the_other(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = create(client)
    zelta.next(faults.drop_after_processing())
    page = choose(add(page, "Eva", email="ana@example.org"), "discard", "Eva")
    page = add(page, "Ana")
    first = add(page, "Ana", email="ana@example.org")
    second = insist(first)
    assert (first.status, second.status, len(zelta.mails)) == (422, 422, 1)
    done = second.submit(f"{meeting_path(page)}/participants", mail="again")
    assert (done.status, len(zelta.mails)) == (200, 2)
