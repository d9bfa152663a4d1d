"""The pages that write messages: a meeting's, and the team's templates."""

import pytest

from tests.integration.delivery.steps import meeting_with
from tests.support.actions import add, cancel, create, errors, meeting_path
from tests.support.db import table
from tests.support.pages import Page, PageClient


def text_of(page: Page) -> str:
    return (page.find("#text").element.text or "").lstrip("\n")


def preview_of(page: Page) -> str:
    return page.find("[data-preview]").text


def test_message_is_shown_with_a_real_person(client: PageClient) -> None:
    page = client.visit(f"{meeting_with(client, 'Ana Arias')}/message")
    assert "{nombre}" in text_of(page)
    assert preview_of(page).startswith("Hola, Ana. Le comparto su enlace para “Comité”")


def test_saved_text_is_what_people_get(client: PageClient) -> None:
    path = meeting_with(client, "Ana Arias")
    page = client.visit(f"{path}/message").submit(f"{path}/message", "save", text="Hola {nombre}\n\n{enlace}")
    assert page.status == 200
    message = client.visit(f"{path}/hand-over").find("#message").element.text or ""
    assert message.lstrip("\n").startswith("Hola Ana\n\nhttp")


def test_preview_keeps_what_was_typed_and_saves_nothing(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana Arias")
    page = client.visit(f"{path}/message").submit(f"{path}/message", "preview", text="Buenas, {nombre}")
    assert (page.status, text_of(page), preview_of(page)) == (200, "Buenas, {nombre}", "Buenas, Ana")
    assert table(database_url, "meeting_messages") == []


@pytest.mark.parametrize("action", ["save", "preview"])
def test_unknown_placeholder_is_refused_by_its_name_and_the_text_is_kept(
    client: PageClient, database_url: str, action: str
) -> None:
    path = meeting_with(client, "Ana")
    page = client.visit(f"{path}/message").submit(f"{path}/message", action, text="Hola {apodo}")
    assert page.status == 422
    assert "{apodo}" in errors(page)
    assert text_of(page) == "Hola {apodo}"
    assert table(database_url, "meeting_messages") == []


def test_other_language_brings_the_teams_text_in_it(client: PageClient) -> None:
    path = meeting_with(client, "Ana Arias")
    page = client.visit(f"{path}/message").submit(f"{path}/message", "preview", language="en")
    assert text_of(page).startswith("Hello {name}")
    page = page.submit(f"{path}/message", "save")
    assert preview_of(page).startswith("Hello Ana, this is your link")


def test_other_language_keeps_a_text_of_ones_own_with_its_placeholders(client: PageClient) -> None:
    path = meeting_with(client, "Ana Arias")
    page = client.visit(f"{path}/message")
    page = page.submit(f"{path}/message", "preview", language="en", text="Hi {nombre}: {enlace}")
    assert text_of(page) == "Hi {name}: {link}"


def test_reset_goes_back_to_the_teams_text(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana Arias")
    page = client.visit(f"{path}/message")
    team = text_of(page)
    page = page.submit(f"{path}/message", "save", text="Hola")
    page = page.submit(f"{path}/message", "reset")
    assert text_of(page) == team
    page.submit(f"{path}/message", "save")
    assert [row["body"] for row in table(database_url, "meeting_messages")] == [None]


def test_cancelled_meeting_has_the_text_of_the_cancellation(client: PageClient) -> None:
    page = add(create(client), "Ana")
    path = meeting_path(page)
    cancel(client, page)
    page = client.visit(f"{path}/message")
    assert "Se canceló" in preview_of(page)
    page = page.submit(f"{path}/message", "save", text="{enlace}")
    assert page.status == 422


def test_message_of_a_meeting_without_people_has_no_preview(client: PageClient) -> None:
    page = client.visit(f"{meeting_path(create(client))}/message")
    assert not page.find_all("[data-preview]")


def test_changes_of_messages_are_in_the_audit(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana")
    page = client.visit(f"{path}/message").submit(f"{path}/message", "save", text="Hola")
    page.submit(f"{path}/message", "save", text="Hola")
    events = [row["action"] for row in table(database_url, "audit_events") if "message" in row["action"]]
    assert events == ["message_changed"]
    assert "cambió el mensaje" in client.visit(path).text


def test_hostile_text_is_stored_and_shown(client: PageClient) -> None:
    path = meeting_with(client, "Ana")
    page = client.visit(f"{path}/message")
    typed = "<b>{nombre}</b> & \"x\" 'y' 👩‍👩‍👧 \x00\u202eabc\n%s {{ 7*7 }}"
    page = page.submit(f"{path}/message", "save", text=typed)
    assert text_of(page) == "<b>{nombre}</b> & \"x\" 'y' 👩‍👩‍👧 abc\n%s {{ 7*7 }}"
    assert "<b>Ana</b>" in preview_of(page)
    assert "{ 7*7 }" in preview_of(page)


def test_team_templates_begin_meetings(client: PageClient, database_url: str) -> None:
    path = meeting_with(client, "Ana")
    page = client.visit("/settings/messages")
    page = page.submit("/settings/messages", "Guardar plantillas", **{"text-invitation-es": "Hola, {nombre}"})
    assert page.status == 200
    assert preview_of(client.visit(f"{path}/message")) == "Hola, Ana"
    assert [row["kind"] for row in table(database_url, "message_templates")] == ["invitation"]
    assert "templates_changed" in [row["action"] for row in table(database_url, "audit_events")]


def test_wrong_template_keeps_all_that_was_typed(client: PageClient, database_url: str) -> None:
    typed = {"text-invitation-es": "Hola {apodo}", "text-reminder-en": "Hi {name}"}
    page = client.visit("/settings/messages").submit("/settings/messages", **typed)
    assert page.status == 422
    assert "{apodo}" in errors(page)
    texts = [(node.element.text or "").lstrip("\n") for node in page.find_all("main textarea")]
    assert set(typed.values()) <= set(texts)
    assert table(database_url, "message_templates") == []


def test_one_template_goes_back_and_the_others_are_saved(client: PageClient, database_url: str) -> None:
    page = client.visit("/settings/messages")
    typed = {"text-invitation-es": "Uno", "text-reminder-es": "Dos"}
    page = page.submit("/settings/messages", "reminder-es", **typed)
    assert page.status == 200
    assert [(row["kind"], row["body"]) for row in table(database_url, "message_templates")] == [
        ("invitation", "Uno")
    ]
