"""A form that is sent twice, or twenty times at once in several processes, is one intent."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support import zelta_faults as faults
from tests.support.actions import add, cancel, choose, create, day, errors, forge, meeting_path, person, state
from tests.support.db import table
from tests.support.live import LiveFactory
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

FIELDS = {"title": "Comité", "date": day(), "time": "10:00", "time_zone": "UTC"}


def test_a_second_submit_leads_to_the_first_ones_meeting(client: PageClient, zelta: ZeltaServer) -> None:
    form_page = client.visit("/meetings/new")
    first = form_page.submit("/meetings/new", **FIELDS)
    second = form_page.submit("/meetings/new", **FIELDS)
    assert state(first) == "scheduled", first.find("main").text
    assert (second.status, second.path, len(zelta.calls)) == (200, first.path, 1)


@pytest.mark.parametrize("fault", [None, faults.refuses(400), faults.drops()])
def test_new_form_with_the_same_title_and_start_asks_before_another_meeting(
    client: PageClient, zelta: ZeltaServer, fault: object
) -> None:
    if fault:
        zelta.next(fault)  # type: ignore[arg-type]
    first = client.visit("/meetings/new").submit("/meetings/new", **FIELDS)
    # As after Back without JavaScript: the same content under a fresh submission id.
    asked = client.visit("/meetings/new").submit("/meetings/new", **FIELDS, guests="Ana\nEva Sol")
    assert (asked.status, len(zelta.calls)) == (422, 1)
    assert asked.find(f'main .notice a[href="{first.path}"]').text == "Comité"
    assert asked.form("/meetings/new").values["guests"] == ["Ana\nEva Sol"]
    assert asked.submit("/meetings/new").status == 422
    made = asked.submit("/meetings/new", "Crear otra")
    assert (made.h1, made.path != first.path, state(made)) == ("Comité", True, "scheduled")


def test_new_form_after_a_cancelled_meeting_of_the_same_title_and_start_does_not_ask(
    client: PageClient, zelta: ZeltaServer
) -> None:
    cancel(client, create(client))
    made = client.visit("/meetings/new").submit("/meetings/new", **FIELDS)
    assert (made.status, state(made), len(zelta.calls)) == (200, "scheduled", 3)


def test_a_second_submit_of_a_person(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    form = page.form(f"{meeting_path(page)}/participants").fill(name="Ana", email="ana@example.org")
    for _turn in range(2):
        shown = page.submit(form)
        assert (shown.status, state(shown, "Ana")) == (200, "added")
    assert (len(zelta.calls), len(zelta.mails)) == (2, 1)


@pytest.mark.parametrize("fault", [faults.refuses(400), faults.drops()])
def test_whatever_came_of_the_first_is_not_tried_again(
    client: PageClient, zelta: ZeltaServer, fault: object
) -> None:
    zelta.next(fault)  # type: ignore[arg-type]
    form_page = client.visit("/meetings/new")
    first = form_page.submit("/meetings/new", **FIELDS)
    second = form_page.submit("/meetings/new", **FIELDS)
    assert (second.path, state(second), len(zelta.calls)) == (first.path, state(first), 1)


def test_the_same_form_with_other_content_is_asked_about(client: PageClient, zelta: ZeltaServer) -> None:
    form_page = client.visit("/meetings/new")
    first = form_page.submit("/meetings/new", **FIELDS)
    form = form_page.form("/meetings/new")
    used = form.values["submission_id"]
    asked = form_page.submit(form, **(FIELDS | {"title": "Otra cosa"}))
    assert (asked.status, len(zelta.calls)) == (422, 1)
    assert asked.find(f'main .notice a[href="{first.path}"]').text == "Comité"
    again = asked.form("/meetings/new")
    assert (again.values["title"], again.values["date"]) == (["Otra cosa"], [day()])
    assert again.values["submission_id"] != used
    made = asked.submit(again)
    assert (made.h1, len(zelta.calls)) == ("Otra cosa", 2)


def test_the_same_form_of_a_person_with_other_content(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    path = f"{meeting_path(page)}/participants"
    add(page, "Ana")
    asked = page.submit(path, name="Eva", external_id="E2")
    assert (asked.status, len(zelta.calls)) == (422, 2)
    assert "Ana" in asked.find("main .notice").text
    assert asked.form(path).values["name"] == ["Eva"]
    assert state(asked.submit(path), "Eva") == "added"


@pytest.mark.parametrize(
    ("first", "second"),
    [("without_email", "again"), ("again", "without_email"), ("received", "discard"), ("discard", "again")],
)
def test_another_choice_about_a_person_is_asked_about(
    client: PageClient, zelta: ZeltaServer, first: str, second: str
) -> None:
    page = create(client)
    zelta.next(faults.drops())
    page = add(page, email="ana@example.org")
    made = choose(page, first, "Ana")
    calls, stands = len(zelta.calls), state(made, "Ana")
    asked = choose(page, second, "Ana")
    assert (asked.status, state(asked, "Ana"), len(zelta.calls)) == (422, stands, calls)
    assert "otra opción" in errors(asked)
    again = choose(page, first, "Ana")
    assert (again.status, state(again, "Ana"), len(zelta.calls)) == (200, stands, calls)


def test_sending_twice_again_without_the_address_is_the_same_choice(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = create(client)
    zelta.next(faults.drops(), faults.drops())
    page = choose(add(page, email="ana@example.org"), "without_email", "Ana")
    for _turn in range(2):
        assert choose(page, "again", "Ana").status == 200
    assert (len(zelta.calls), "email" in zelta.calls[-1].json) == (4, False)


@pytest.mark.parametrize(
    ("first", "second"), [("exists", "again"), ("exists", "discard"), ("discard", "again")]
)
def test_another_choice_about_a_meeting_is_asked_about(
    client: PageClient, zelta: ZeltaServer, first: str, second: str
) -> None:
    zelta.next(faults.drops())
    page = create(client)
    token = page.find_all('input[name="csrf_token"]')[0]["value"]
    ids = {"submission_id": "one-form", "public_meeting_id": "mtg-9", "csrf_token": token}
    path = f"{page.path}/resolve"
    assert client.post(path, data=ids | {"choice": first}).status_code == 303
    stands = state(client.visit(page.path))
    asked = client.post(path, data=ids | {"choice": second})
    assert (asked.status_code, state(asked.page), len(zelta.calls)) == (422, stands, 1)
    assert "otra opción" in errors(asked.page)
    assert client.post(path, data=ids | {"choice": first}).status_code == 303


def test_another_id_of_a_meeting_that_exists_is_asked_about(client: PageClient, zelta: ZeltaServer) -> None:
    zelta.next(faults.drops())
    page = create(client)
    assert state(choose(page, "exists", public_meeting_id="mtg-9")) == "scheduled"
    asked = choose(page, "exists", public_meeting_id="mtg-8")
    assert (asked.status, asked.find("#identifier").text) == (422, "mtg-9")
    assert choose(page, "exists", public_meeting_id="/m/mtg-9").status == 200


def test_another_correction_of_a_person_is_asked_about(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    zelta.next(faults.refuses(400), faults.refuses(400))
    path = person(add(page, email="ana@exmaple.org")).find('a[href$="/correct"]')["href"]
    form_page = client.visit(path)
    used = form_page.form(path).values["submission_id"]
    for _turn in range(2):
        assert form_page.submit(path, name="Anna").status == 200
    asked = form_page.submit(path, name="Ana María", email="ana@example.org")
    assert (asked.status, len(zelta.calls)) == (422, 3)
    assert asked.find("main .notice a").text == "Anna"
    values = asked.form(path).values
    assert (values["name"], values["email"]) == (["Ana María"], ["ana@example.org"])
    assert values["submission_id"] != used
    made = asked.submit(path)
    assert (state(made, "Ana María"), len(zelta.calls)) == ("added", 4)


def test_another_address_for_a_person_who_goes_without_is_asked_about(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = create(client)
    zelta.next(faults.drops(), faults.refuses(400), faults.refuses(400))
    page = choose(add(page, email="ana@example.org"), "without_email", "Ana")
    path = person(page).find('a[href$="/correct"]')["href"]
    form_page = client.visit(path)
    for _turn in range(2):
        assert form_page.submit(path, name="Anna").status == 200
    assert form_page.submit(path, name="Anna", email="anna@example.org").status == 422
    assert len(zelta.calls) == 4


def test_another_correction_of_a_meeting_is_asked_about(client: PageClient, zelta: ZeltaServer) -> None:
    zelta.next(faults.refuses(400), faults.refuses(400))
    path = f"{create(client, 'Malo').path}/correct"
    form_page = client.visit(path)
    for _turn in range(2):
        assert form_page.submit(path, title="Regular").status == 200
    asked = form_page.submit(path, title="Bueno")
    assert (asked.status, len(zelta.calls)) == (422, 2)
    assert asked.find("main .notice a")["href"] == path.removesuffix("/correct")
    assert asked.form(path).values["title"] == ["Bueno"]
    made = asked.submit(path)
    assert (made.h1, state(made), len(zelta.calls)) == ("Bueno", "scheduled", 3)


def test_a_form_that_comes_back_is_a_new_intent(client: PageClient, zelta: ZeltaServer) -> None:
    form_page = client.visit("/meetings/new")
    used = form_page.form("/meetings/new").values["submission_id"]
    back = form_page.submit("/meetings/new", **(FIELDS | {"title": ""}))
    assert back.form("/meetings/new").values["submission_id"] != used
    made = back.submit("/meetings/new", title="Comité")
    assert (made.status, len(zelta.calls)) == (200, 1)


@pytest.mark.parametrize("given", ["", "x" * 65, "a\x00b"])
def test_a_form_without_a_usable_id_comes_back_with_one(
    client: PageClient, zelta: ZeltaServer, given: str
) -> None:
    form_page = client.visit("/meetings/new")
    back = forge(form_page, form_page.form("/meetings/new"), submission_id=given, **FIELDS)
    assert (back.status, zelta.calls) == (422, [])
    assert back.form("/meetings/new").values["title"] == ["Comité"]
    assert back.submit("/meetings/new").status == 200
    assert len(zelta.calls) == 1


def test_a_decision_taken_twice_is_one_call(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    zelta.next(faults.drops())
    page = add(page)
    form = page.form(f"/participants/{person(page)['data-participant']}/resolve")
    for _turn in range(2):
        shown = page.submit(form, "again")
        assert state(shown, "Ana") == "added"
    assert len(zelta.calls) == 3


def test_a_cancellation_sent_twice_is_one_call(client: PageClient, zelta: ZeltaServer) -> None:
    path = f"{meeting_path(create(client))}/cancel"
    asked = client.visit(path)
    for _turn in range(2):
        assert state(asked.submit(path)) == "cancelled"
    assert len(zelta.calls) == 2


def test_twenty_at_once_in_two_servers_are_one(
    serve: LiveFactory, zelta: ZeltaServer, database_url: str
) -> None:
    servers = [serve("--workers", "1", ZELTA_TIMEOUT="20") for _ in range(2)]
    zelta.always(faults.late(0.3))
    with servers[0].client() as browser, servers[1].client() as other:
        other.session.cookies = browser.session.cookies
        form_page = browser.visit("/meetings/new")
        form = form_page.form("/meetings/new").fill(**FIELDS).press()
        entries = form.entries()

        def post(turn: int, path: str, values: list[tuple[str, str]]) -> str:
            url = servers[turn % 2].url
            answer = browser.session.post(url + path, data=values, headers={"Referer": url}, timeout=30)
            return answer.url.removeprefix(url)

        with ThreadPoolExecutor(20) as pool:
            led_to = set(pool.map(lambda turn: post(turn, "/meetings/new", entries), range(20)))
        assert len(led_to) == 1
        (path,) = led_to
        assert (len(zelta.meetings), len(zelta.calls), len(table(database_url, "meetings"))) == (1, 1, 1)
        page = browser.visit(path)
        values = page.form(f"{path}/participants").fill(name="Ana", email="a@example.org").press().entries()
        with ThreadPoolExecutor(20) as pool:
            led_to = set(pool.map(lambda turn: post(turn, f"{path}/participants", values), range(20)))
    assert len(led_to) == 1
    assert led_to.pop().startswith(path)
    assert (len(zelta.participants), len(zelta.mails), len(zelta.calls)) == (1, 1, 2)
    assert [row["state"] for row in table(database_url, "participants")] == ["added"]


def test_twenty_equal_decisions_at_once_lead_to_one(zelta: ZeltaServer, serve: LiveFactory) -> None:
    servers = [serve("--workers", "1", ZELTA_TIMEOUT="20") for _ in range(2)]
    zelta.next(faults.breaks(500))
    with servers[0].client() as browser, servers[1].client() as other:
        other.session.cookies = browser.session.cookies
        made = browser.visit("/meetings/new").submit("/meetings/new", **FIELDS)
        buttons = made.find_all('form[action$="/resolve"]')[0]
        entries = {field["name"]: field["value"] for field in buttons.find_all("input")}
        zelta.always(faults.late(0.3))

        def press(turn: int) -> tuple[int, str]:
            url = servers[turn % 2].url
            answer = browser.session.post(
                f"{url}{made.path}/resolve",
                data=entries | {"choice": "again"},
                headers={"Referer": url},
                timeout=30,
            )
            return answer.status_code, answer.url.removeprefix(url)

        with ThreadPoolExecutor(20) as pool:
            assert set(pool.map(press, range(20))) == {(200, made.path)}
    assert len(zelta.calls) == 2
