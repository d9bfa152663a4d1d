"""An email that may have been mailed stays known for its meeting: no road mails it again without a decision."""

import pytest

from app.utils.text import email_key
from tests.support import zelta_faults as faults
from tests.support.actions import add, choose, create, forge, meeting_path, person, state
from tests.support.db import table
from tests.support.forms import Form
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

ANA = "ana@example.org"


def unknown(client: PageClient, zelta: ZeltaServer) -> Page:
    """A meeting whose Ana was mailed by a call that ended unknown."""
    page = create(client)
    zelta.next(faults.drop_after_processing())
    page = add(page, email=ANA)
    assert (state(page, "Ana"), len(zelta.mails)) == ("unknown", 1)
    return page


def discarded(client: PageClient, zelta: ZeltaServer) -> Page:
    return choose(unknown(client, zelta), "discard", "Ana")


def corrected(client: PageClient, zelta: ZeltaServer, **fields: str) -> Page:
    """Ana, unknown, sent again, refused, and then corrected: the schedule of the report."""
    page = unknown(client, zelta)
    zelta.next(faults.refuses(400, "ERR", "no"))
    page = choose(page, "again", "Ana")
    path = person(page).find('a[href$="/correct"]')["href"]
    return client.visit(path).submit(path, **fields)


def without_email(client: PageClient, zelta: ZeltaServer) -> Page:
    return corrected(client, zelta, email="")


def with_another_email(client: PageClient, zelta: ZeltaServer) -> Page:
    return corrected(client, zelta, email="otra@example.org")


@pytest.mark.parametrize("lose", [discarded, without_email, with_another_email])
def test_adding_a_possibly_mailed_email_asks_and_keeps_what_was_typed(
    client: PageClient, zelta: ZeltaServer, lose
) -> None:
    page = lose(client, zelta)
    calls = len(zelta.calls)
    asked = add(page, "Anita", email="ANA@example.org", external_id="E-7")
    assert (asked.status, len(zelta.calls)) == (422, calls)
    assert "Quizá ya tiene la invitación" in asked.text
    assert asked.find('input[name="email"]')["value"] == "ANA@example.org"
    assert asked.find('input[name="external_id"]')["value"] == "E-7"


@pytest.mark.parametrize(("answer", "mails"), [("again", 2), ("link", 1)])
def test_the_answer_decides_about_a_second_mail(
    client: PageClient, zelta: ZeltaServer, answer: str, mails: int
) -> None:
    asked = add(discarded(client, zelta), "Anita", email=ANA)
    done = asked.submit(f"{meeting_path(asked)}/participants", mail=answer)
    assert state(done, "Anita") == "added"
    assert sum(mail.email == ANA for mail in zelta.mails) == mails


def test_an_answer_counts_for_the_email_that_was_asked_about(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    zelta.always(faults.drop_after_processing())
    for name, email in (("Ana", ANA), ("Luis", "luis@example.org")):
        page = choose(add(page, name, email=email), "discard", name)
    zelta.behave()
    calls = len(zelta.calls)
    asked = add(page, "Otra", email=ANA)
    again = asked.submit(f"{meeting_path(asked)}/participants", mail="again", email="luis@example.org")
    assert (again.status, len(zelta.calls)) == (422, calls)


def test_correcting_to_a_possibly_mailed_email_asks(client: PageClient, zelta: ZeltaServer) -> None:
    page = discarded(client, zelta)
    zelta.next(faults.refuses(400, "ERR", "no"))
    page = add(page, "Luis", email="luis@example.org")
    path = person(page, "Luis").find('a[href$="/correct"]')["href"]
    calls = len(zelta.calls)
    asked = client.visit(path).submit(path, email=ANA)
    assert (asked.status, len(zelta.calls)) == (422, calls)
    done = asked.submit(path, mail="link")
    assert state(done, "Luis") == "added"
    assert "email" not in zelta.calls[-1].json


def test_a_list_asks_about_a_possibly_mailed_email(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = discarded(client, zelta)
    path = f"{meeting_path(page)}/people/import"
    preview = client.visit(path).submit(path, people="Anita <ana@example.org>\nLuis <luis@example.org>")
    assert [row["data-state"] for row in preview.find_all("[data-row]")] == ["problem", "ready"]
    assert "Quizá ya tiene la invitación" in preview.find('[data-row="1"]').text
    preview.submit(path, "send")
    names = [row["name"] for row in table(database_url, "participants") if row["state"] != "discarded"]
    assert names == ["Luis"]
    left = client.visit(path + "?list=1")
    left.submit(path, "send", **{"mail-again-1": ANA})
    assert [row["name"] for row in table(database_url, "participants")][-1] == "Anita"


def test_a_refused_row_is_risky_once_another_row_with_its_email_ended_unknown(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = create(client)
    zelta.next(faults.refuses(400, "ERR", "no"))
    page = add(page, "Primera", email=ANA)
    zelta.next(faults.drop_after_processing())
    page = choose(add(page, "Segunda", email=ANA), "discard", "Segunda")
    words = "Enviar otro correo"
    assert words in person(page, "Primera").text


def test_a_page_that_called_sending_again_safe_mails_nobody_twice(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = create(client)
    zelta.next(faults.refuses(400, "ERR", "no"))
    old = add(page, email=ANA)
    zelta.next(faults.drop_after_processing())
    choose(old, "again", "Ana")
    calls = len(zelta.calls)
    assert state(client.visit(meeting_path(old)), "Ana") == "unknown"
    form = Form(old.root, person(old).find('form[action$="/resolve"]').element, old.url)
    answer = forge(old, form, submission_id="of-another-tab", choice="again")
    assert (answer.status, len(zelta.calls), len(zelta.mails)) == (422, calls, 1)


def test_a_warning_counts_for_the_email_that_the_page_named(client: PageClient, zelta: ZeltaServer) -> None:
    stale = unknown(client, zelta)
    zelta.next(faults.refuses(400, "ERR", "no"))
    page = choose(stale, "again", "Ana")
    path = person(page).find('a[href$="/correct"]')["href"]
    zelta.next(faults.drop_after_processing())
    client.visit(path).submit(path, email="otra@example.org")
    calls = len(zelta.calls)
    form = Form(stale.root, person(stale).find('form[action$="/resolve"]').element, stale.url)
    answer = forge(stale, form, submission_id="of-another-tab", choice="again")
    assert (answer.status, len(zelta.calls)) == (422, calls)


def test_a_stale_preview_accepts_no_second_mail_for_another_email(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = create(client)
    zelta.always(faults.drop_after_processing())
    for name, email in (("Ana", ANA), ("Luis", "luis@example.org")):
        page = choose(add(page, name, email=email), "discard", name)
    zelta.behave()
    path = f"{meeting_path(page)}/people/import"
    stale = client.visit(path).submit(path, people="Anita <ana@example.org>")
    stale.submit(path, "check", **{"email-1": "luis@example.org"})
    stale.submit(path, "send", **{"email-1": "luis@example.org", "mail-again-1": ANA})
    assert not [row for row in table(database_url, "participants") if row["state"] != "discarded"]


@pytest.mark.parametrize("choice", ["again", "without_email"])
def test_sending_again_an_email_that_another_row_reserves_is_refused_in_words(
    client: PageClient, zelta: ZeltaServer, choice: str
) -> None:
    page = create(client)
    zelta.next(faults.refuses(400, "ERR", "no"))
    add(page, "Primera", email=ANA)
    zelta.next(faults.drop_after_processing())
    page = add(client.visit(meeting_path(page)), "Segunda", email=ANA)
    calls = len(zelta.calls)
    answer = choose(page, choice, "Primera")
    assert (answer.status, len(zelta.calls)) == (422, calls)


@pytest.mark.parametrize("blank", ["\ufe0f", "\u034f", "\u3164", "\u180b", "\u200d"])
def test_letters_that_show_nothing_make_no_other_email(blank: str) -> None:
    assert email_key(f"ana{blank}@example.org") == ANA
