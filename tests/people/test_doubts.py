"""What is in doubt about one person is asked before anything is sent: in the form to add, and in the correction."""

import pytest

from tests.support import zelta_faults as faults
from tests.support.actions import add, create, errors, forge, meeting_path, person, state
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def asked(page: Page, zelta: ZeltaServer, **typed: str) -> Page:
    """A page that asks about what was typed, has it all, and sent nothing."""
    path, calls = f"{meeting_path(page)}/participants", len(zelta.calls)
    back = page.submit(path, **typed)
    assert (back.status, len(zelta.calls)) == (422, calls)
    values = back.form(path).values
    assert {name: values[name] for name in typed} == {name: [text] for name, text in typed.items()}
    return back


@pytest.mark.parametrize(
    ("email", "meant"),
    [
        ("ana@hotmial.com", "ana@hotmail.com"),
        ("ana@gmail.con", "ana@gmail.com"),
        ("maría@example.org", "maria@example.org"),
        ("Ana Ríos-ana@example.org".replace(" ", ""), "ana@example.org"),
        ("ana@gmail,com", "ana@gmail.com"),
        ("ana＠example.org", "ana@example.org"),
    ],
)
def test_a_doubtful_email_is_asked_about_and_the_suggestion_used(
    client: PageClient, zelta: ZeltaServer, email: str, meant: str
) -> None:
    back = asked(create(client), zelta, name="Ana Ríos", email=email, external_id="E-7")
    assert meant in back.find("main fieldset.bad legend").text
    done = back.submit(f"{meeting_path(back)}/participants", email_doubt="use")
    assert (state(done, "Ana Ríos"), [mail.email for mail in zelta.mails]) == ("added", [meant])


@pytest.mark.parametrize("email", ["ana@hotmial.com", "maría@example.org"])
def test_a_doubtful_email_is_sent_as_it_is_once_that_is_said(
    client: PageClient, zelta: ZeltaServer, email: str
) -> None:
    back = asked(create(client), zelta, name="Ana", email=email)
    done = back.submit(f"{meeting_path(back)}/participants", email_doubt="as_is")
    assert (state(done, "Ana"), [mail.email for mail in zelta.mails]) == ("added", [email])


def test_an_email_that_is_none_cannot_be_sent_as_it_is(client: PageClient, zelta: ZeltaServer) -> None:
    back = asked(create(client), zelta, name="Ana", email="ana@gmail,com")
    assert [one["value"] for one in back.find_all('input[name="email_doubt"]')] == ["use"]
    form = back.form(f"{meeting_path(back)}/participants")
    assert forge(back, form, email_doubt="as_is").status == 422
    assert len(zelta.calls) == 1


@pytest.mark.parametrize("answer", ["use", "as_is"])
def test_an_answer_counts_for_the_email_that_was_asked_about(
    client: PageClient, zelta: ZeltaServer, answer: str
) -> None:
    back = asked(create(client), zelta, name="Ana", email="ana@hotmial.com")
    path = f"{meeting_path(back)}/participants"
    again = back.submit(path, email_doubt=answer, email="eva@gmial.com")
    assert (again.status, len(zelta.calls)) == (422, 1)
    assert "eva@gmail.com" in again.find("main fieldset.bad legend").text
    certain = again.submit(path, email="eva@example.org")
    assert (certain.status, [mail.email for mail in zelta.mails]) == (200, ["eva@example.org"])


def test_a_question_without_an_answer_is_asked_again(client: PageClient, zelta: ZeltaServer) -> None:
    back = asked(create(client), zelta, name="Ana", email="ana@hotmial.com")
    assert asked(back, zelta, name="Ana", email="ana@hotmial.com").find_all('input[name="email_doubt"]')


@pytest.mark.parametrize("name", ["https://example.org/ana", "12345", "JosÃ© PÃ©rez", "ana arroba gmail.com"])
def test_a_name_that_reads_like_none_is_asked_about(
    client: PageClient, zelta: ZeltaServer, name: str
) -> None:
    back = asked(create(client), zelta, name=name)
    done = back.submit(f"{meeting_path(back)}/participants", name_doubt="as_is")
    assert state(done, name) == "added"


def test_letters_that_were_damaged_are_restored(client: PageClient, zelta: ZeltaServer) -> None:
    back = asked(create(client), zelta, name="JosÃ© PÃ©rez")
    done = back.submit(f"{meeting_path(back)}/participants", name_doubt="use")
    assert state(done, "José Pérez") == "added"


def test_two_doubts_are_asked_at_once_and_answers_stay(client: PageClient, zelta: ZeltaServer) -> None:
    back = asked(create(client), zelta, name="www.example.org", email="maría@example.org")
    path = f"{meeting_path(back)}/participants"
    half = back.submit(path, email_doubt="as_is")
    assert (half.status, half.form(path).values["email_doubt"]) == (422, ["as_is"])
    assert half.submit(path, name_doubt="as_is").status == 200
    assert len(zelta.mails) == 1


def test_a_form_that_is_sent_twice_after_an_answer_adds_one(client: PageClient, zelta: ZeltaServer) -> None:
    back = asked(create(client), zelta, name="Ana", email="ana@hotmial.com")
    for _turn in range(2):
        assert back.submit(f"{meeting_path(back)}/participants", email_doubt="use").status == 200
    assert [mail.email for mail in zelta.mails] == ["ana@hotmail.com"]


@pytest.mark.parametrize(("answer", "sent"), [("use", "eva@hotmail.com"), ("as_is", "eva@hotmial.com")])
def test_the_correction_asks_the_same(client: PageClient, zelta: ZeltaServer, answer: str, sent: str) -> None:
    page = create(client)
    zelta.next(faults.refuses(400))
    page = add(page, email="eva@example.org")
    path, calls = person(page).find('a[href$="/correct"]')["href"], len(zelta.calls)
    back = client.visit(path).submit(path, name="Eva", email="eva@hotmial.com")
    assert (back.status, len(zelta.calls)) == (422, calls)
    assert "eva@hotmail.com" in errors(back) + back.find("main fieldset.bad legend").text
    assert back.form(path).values["email"] == ["eva@hotmial.com"]
    done = back.submit(path, email_doubt=answer)
    assert (state(done, "Eva"), zelta.calls[-1].json["email"]) == ("added", sent)
