"""The main job: a meeting created, people added, links copied, the meeting cancelled; and what the vendor sees of it."""

from datetime import datetime

from app.utils.localized_time import localize
from tests.support.actions import add, cancel, create, day, meeting, meeting_path, person, state
from tests.support.db import change
from tests.support.environment import API_KEY, FRONTEND_URL
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer


def test_a_new_meeting_is_one_call_with_exactly_the_documented_body(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = create(client, "Comité de becas", time="09:30", time_zone="America/Panama")
    (call,) = zelta.calls
    assert (call.method, call.path) == ("POST", "/public/meetings")
    assert call.json == {"title": "Comité de becas", "datetime": f"{day()}T14:30:00Z"}
    assert call.api_key == API_KEY
    assert call.headers["content-type"] == "application/json"
    assert (page.h1, state(page)) == ("Comité de becas", "scheduled")
    (made,) = zelta.meetings
    assert page.find("#identifier").text == made
    assert "data-cancellation" not in meeting(page).element.attrib


def test_people_are_sent_with_only_the_keys_that_have_a_value(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    page = add(page, "Ana Núñez", "host")
    page = add(page, "Luis", email="Luis.Paz@Example.org", external_id="E-7")
    page = add(page, "Eva", external_id=" ")
    (made,) = zelta.meetings
    assert {call.path for call in zelta.calls[1:]} == {f"/public/meetings/{made}/participants"}
    assert [call.json for call in zelta.calls[1:]] == [
        {"preset_name": "host", "name": "Ana Núñez"},
        {
            "preset_name": "participant",
            "name": "Luis",
            "email": "Luis.Paz@Example.org",
            "externalId": "E-7",
        },
        {"preset_name": "participant", "name": "Eva"},
    ]
    assert [mail.email for mail in zelta.mails] == ["Luis.Paz@Example.org"]


def test_the_page_shows_everybody_hosts_first_with_links_to_copy(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = create(client)
    for name, role in [("Luis", "participant"), ("Eva", "participant"), ("Ana", "host")]:
        page = add(page, name, role, email="eva@example.org" if name == "Eva" else "")
    assert [row.find(".name").text for row in page.find_all("tr[data-participant]")] == ["Ana", "Luis", "Eva"]
    for given in zelta.participants:
        row = person(page, given.name)
        link = f"{FRONTEND_URL}/m/{given.public_meeting_id}?p={given.public_participant_id}"
        assert (row["data-state"], row["data-name"]) == ("added", given.name)
        assert (row.find("[data-link]")["href"], row.find("[data-link]").text) == (link, link)
        assert [button["data-copy"] for button in row.find_all("[data-copy]")] == ["link", "message", "line"]
        assert bool(row.find_all('form[action$="/token"]')) == (given.preset_name == "host")
    assert len(page.find_all('[data-copy="lines"]')) == 1
    assert "eva@example.org" in person(page, "Eva").text
    assert "Enviado por Zelta" in person(page, "Eva").text
    assert "Por compartir" in person(page, "Luis").text


def test_what_an_e_mail_leads_to_is_said_before_the_click(client: PageClient) -> None:
    page = create(client)
    hint = page.find("#" + page.find('[name="email"]')["aria-describedby"])
    assert "Zelta envía la invitación de inmediato" in hint.text


def test_a_meeting_says_when_it_is_in_its_zone_and_in_the_readers(client: PageClient) -> None:
    shown = create(client, time="10:00", time_zone="Europe/Madrid").find_all("main article .row time")
    start = datetime.fromisoformat(shown[0]["datetime"])
    assert {one["datetime"] for one in shown} == {shown[0]["datetime"]}
    assert {one.text for one in shown} == {
        localize(start, zone, "es").words for zone in ("Europe/Madrid", "America/Panama")
    }
    at_home = create(client, time_zone="America/Panama")
    assert len(at_home.find_all("main article .row time")) == 1


def test_a_cancelled_meeting_keeps_everything_and_takes_nobody(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = add(create(client), "Ana", "host")
    path = meeting_path(page)
    asked = client.visit(f"{path}/cancel")
    assert (asked.find("form[data-meeting]")["data-state"], len(zelta.calls)) == ("scheduled", 2)
    page = cancel(client, page)
    (made,) = zelta.meetings
    call = zelta.calls[-1]
    assert (call.method, call.path, call.json) == (
        "PATCH",
        f"/public/meetings/{made}",
        {"status": "CANCELLED"},
    )
    assert zelta.meetings[made].status == "CANCELLED"
    assert (page.path, state(page)) == (path, "cancelled")
    assert not person(page).find_all("[data-link]")
    assert "sus enlaces ya no sirven" in page.text
    assert not page.find_all(f'form[action="{path}/participants"]')
    assert not page.find_all(f'a[href="{path}/cancel"]')
    assert len(page.find_all(".activity li")) == 3
    assert client.visit(f"{path}/cancel").path == path


def test_a_post_into_a_cancelled_meeting_sends_nothing(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    form = page.form(f"{meeting_path(page)}/participants").fill(name="Tarde", email="tarde@example.org")
    cancel(client, page)
    page = page.submit(form)
    assert (page.status, state(page), len(zelta.calls)) == (422, "cancelled", 2)
    assert page.find(".summary").text


def test_a_meeting_made_elsewhere_is_taken_in_without_a_call(client: PageClient, zelta: ZeltaServer) -> None:
    fields = {"title": "De fuera", "date": day(-3), "time": "10:00", "time_zone": "UTC"}
    page = client.visit("/meetings/adopt").submit(
        "/meetings/adopt", meeting="Entra: https://meet.example/m/abc-123?p=zzz", **fields
    )
    assert (state(page), page.find("#identifier").text, zelta.calls) == ("scheduled", "abc-123", [])
    assert "Sin verificar" in page.text
    again = client.visit("/meetings/adopt").submit("/meetings/adopt", meeting="abc-123", **fields)
    assert again.status == 422
    assert again.find(f'main a[href="{page.path}"]').text


def test_a_typed_id_counts_as_verified_once_zelta_has_added_a_person(
    client: PageClient, database_url: str
) -> None:
    made = create(client)
    change(database_url, "UPDATE meetings SET id_source = 'typed'")
    page = client.visit(made.path)
    assert "Sin verificar" in page.text
    assert "Sin verificar" not in add(page).text
