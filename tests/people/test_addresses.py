"""One e-mail, one invitation: the same address twice in a meeting is refused by the database, before any call."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support import zelta_faults as faults
from tests.support.actions import add, choose, create, errors, insist, meeting_path, state
from tests.support.application import AppFactory
from tests.support.db import table
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

NFC, NFD = (unicodedata.normalize(form, "josé@example.org") for form in ("NFC", "NFD"))


@pytest.mark.one_on_postgresql
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ana@example.org", "ANA@Example.ORG"),
        ("ana@example.org", "  ana@example.org\t"),
        (NFC, NFD),
        (NFC, NFC.upper()),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
        ("straße@example.org", "STRASSE@example.org"),
    ],
)
def test_two_spellings_of_one_address(
    client: PageClient, zelta: ZeltaServer, database_url: str, first: str, second: str
) -> None:
    page = insist(add(create(client), "Ana", email=first))
    assert state(page, "Ana") == "added"
    page = insist(add(page, "Otra", email=second))
    assert (page.status, len(zelta.calls), len(table(database_url, "participants"))) == (422, 2, 1)
    form = page.form(f"{meeting_path(page)}/participants")
    assert form.values["name"] == ["Otra"]
    assert errors(page)
    assert zelta.mails[0].email == unicodedata.normalize("NFC", first), "sent as typed"
    assert state(insist(add(create(client, "Otra reunión"), "Eva", email=second)), "Eva") == "added"


@pytest.mark.parametrize(
    ("fault", "free", "mailed"),
    [
        (faults.refuses(400), True, False),
        (faults.rate_limits(retry_after="900"), False, False),
        (faults.drops(), False, True),
    ],
    ids=["refused", "not sent", "unknown"],
)
def test_which_outcome_frees_an_address(
    client: PageClient, zelta: ZeltaServer, fault: object, free: bool, mailed: bool
) -> None:
    page = create(client)
    zelta.always(fault)  # type: ignore[arg-type]
    page = add(page, "Ana", email="ana@example.org")
    zelta.behave()
    calls = len(zelta.calls)
    page = add(page, "Eva", email="ana@example.org")
    assert page.status == (200 if free else 422)
    assert len(zelta.calls) == calls + free
    if not free:
        page = choose(client.visit(meeting_path(page)), "discard", "Ana")
        again = add(page, "Eva", email="ana@example.org")
        if mailed:
            again = again.submit(f"{meeting_path(again)}/participants", mail="again")
        assert state(again, "Eva") == "added"


def test_ten_at_once_with_one_address(make_app: AppFactory, zelta: ZeltaServer, database_url: str) -> None:
    apps = [make_app(), make_app()]
    page = create(PageClient(apps[0]))
    path = meeting_path(page)
    clients = [PageClient(apps[turn % 2]) for turn in range(10)]
    forms = [client.visit(path) for client in clients]
    zelta.always(faults.late(0.2))

    def send(turn: int) -> int:
        return add(forms[turn], f"Persona {turn}", email="ana@example.org".title()).status

    with ThreadPoolExecutor(10) as pool:
        statuses = sorted(pool.map(send, range(10)))
    assert statuses == [200] + [422] * 9
    assert (len(zelta.participants), len(zelta.mails), len(zelta.calls)) == (1, 1, 2)
    assert len(table(database_url, "participants")) == 1


def test_two_people_of_one_name_without_an_email_are_both_added_once_it_is_said(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = create(client)
    for _turn in range(2):
        page = insist(add(page, "Ana", email=" "))
    assert len(page.find_all('[data-participant][data-state="added"]')) == 2
    assert len(zelta.participants) == 2
