"""Every form, sent after things have changed: all that was typed is in the answer, in a form or as text to copy."""

import pytest

from tests.support import zelta_faults as faults
from tests.support.actions import add, create, meeting_path, person
from tests.support.db import change
from tests.support.forms import Form
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

CANCELLED = "UPDATE meetings SET state = 'cancelled'"
DISCARDED = "UPDATE meetings SET state = 'discarded'"
UNKNOWN = "UPDATE meetings SET state = 'unknown'"
PERSON = {"name": "Quimera Núñez", "email": "quimera@example.org", "external_id": "X-4711"}


def lost(answer: Page, typed: dict[str, str]) -> list[str]:
    """What was typed and is not in the answer's forms or texts to copy."""
    forms = [Form(answer.root, node.element, answer.url) for node in answer.find_all("main form")]
    texts = [value for form in forms for values in form.values.values() for value in values]
    texts += ["".join(node.element.itertext()) for node in answer.find_all("main textarea[readonly]")]
    assert answer.status == 422
    lines = [line for value in typed.values() for line in value.splitlines()]
    return [line for line in lines if not any(line in text for text in texts)]


@pytest.mark.one_on_postgresql
@pytest.mark.parametrize("meanwhile", [CANCELLED, DISCARDED, UNKNOWN])
@pytest.mark.parametrize("email", [PERSON["email"], "quimera@"])
def test_a_person_to_add(client: PageClient, database_url: str, meanwhile: str, email: str) -> None:
    page = create(client)
    change(database_url, meanwhile)
    typed = PERSON | {"email": email}
    assert lost(page.submit(f"{meeting_path(page)}/participants", **typed), typed) == []


def test_another_person_by_a_form_that_was_sent_before(client: PageClient, database_url: str) -> None:
    page = create(client)
    add(page, "Ana")
    change(database_url, CANCELLED)
    answer = page.submit(f"{meeting_path(page)}/participants", **PERSON)
    assert lost(answer, PERSON) == []
    assert "otra vez" not in answer.find("main .notice").text


@pytest.mark.one_on_postgresql
@pytest.mark.parametrize("meanwhile", [CANCELLED, DISCARDED, "UPDATE participants SET state = 'discarded'"])
def test_a_person_to_correct(
    client: PageClient, zelta: ZeltaServer, database_url: str, meanwhile: str
) -> None:
    page = create(client)
    zelta.next(faults.refuses(400))
    path = person(add(page)).find('a[href$="/correct"]')["href"]
    form_page = client.visit(path)
    change(database_url, meanwhile)
    assert lost(form_page.submit(path, **PERSON), PERSON) == []


def test_a_meeting_to_correct(client: PageClient, zelta: ZeltaServer, database_url: str) -> None:
    zelta.next(faults.refuses(400))
    path = f"{create(client).path}/correct"
    form_page = client.visit(path)
    change(database_url, DISCARDED)
    typed = {"title": "Quimera", "date": "2099-03-04", "time": "11:37", "time_zone": "America/Panama"}
    assert lost(form_page.submit(path, **typed), typed) == []


@pytest.mark.one_on_postgresql
@pytest.mark.parametrize("meanwhile", [CANCELLED, DISCARDED, "UPDATE meetings SET title = 'Otra'"])
def test_the_rule_of_a_series(client: PageClient, database_url: str, meanwhile: str) -> None:
    path = f"{meeting_path(create(client))}/repeat"
    typed = {"frequency": "daily", "date": "2098-03-04", "time": "11:37", "interval": "13", "count": "7"}
    shown = client.visit(path).submit(path, "preview", **typed)
    change(database_url, meanwhile)
    assert lost(shown.submit(path, "create"), typed) == []


def test_the_id_of_a_meeting_that_exists(client: PageClient, zelta: ZeltaServer, database_url: str) -> None:
    zelta.next(faults.drops())
    page = create(client)
    token = page.find_all('input[name="csrf_token"]')[0]["value"]
    change(database_url, DISCARDED)
    typed = {"public_meeting_id": "mtg-4711"}
    answer = client.post(f"{page.path}/resolve", data=typed | {"csrf_token": token, "choice": "exists"})
    assert lost(answer.page, typed) == []


@pytest.mark.one_on_postgresql
@pytest.mark.parametrize("meanwhile", [CANCELLED, DISCARDED])
def test_a_list_to_import(client: PageClient, database_url: str, meanwhile: str) -> None:
    path = f"{meeting_path(create(client))}/people/import"
    form_page = client.visit(path)
    change(database_url, meanwhile)
    typed = {"people": "Quimera Núñez <quimera@example.org>\nLuis Gil"}
    assert lost(form_page.submit(path, **typed), typed) == []


@pytest.mark.one_on_postgresql
@pytest.mark.parametrize("meanwhile", [CANCELLED, "UPDATE participant_imports SET state = 'stopped'"])
def test_the_rows_of_a_list(client: PageClient, database_url: str, meanwhile: str) -> None:
    path = f"{meeting_path(create(client))}/people/import"
    shown = client.visit(path).submit(path, people="Ana\nEva")
    change(database_url, meanwhile)
    typed = {"name-1": "Quimera Núñez", "email-1": "quimera@example.org", "name-2": "Eva Gil"}
    assert lost(shown.submit(path, "send", **typed), typed) == []


@pytest.mark.one_on_postgresql
@pytest.mark.parametrize("button", ["send", "check"])
def test_the_rows_of_a_list_that_were_sent_meanwhile(client: PageClient, button: str) -> None:
    path = f"{meeting_path(create(client))}/people/import"
    older = client.visit(path).submit(path, people="Ana\nEva")
    client.visit(f"{path}?list=1").submit(path, "send")
    typed = {"name-1": "Quimera Núñez", "email-1": "quimera@example.org"}
    assert lost(older.submit(path, button, **typed), typed) == []
