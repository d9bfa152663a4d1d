"""What people type into a meeting's form: what is taken, what comes back, and that nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.support.actions import adopt, create, day, errors, forge
from tests.support.db import table
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

MARKUP = "<script>alert(1)</script> {{ 7*7 }} {% raw %} ${7*7} '; DROP TABLE meetings; -- \" &amp;"


def sent_back(page: Page, zelta: ZeltaServer, **typed: str) -> str:
    """Check that a form came back as it was typed, with nothing sent; gives the summary's words."""
    form = page.form("/meetings/new")
    assert (page.status, zelta.calls) == (422, [])
    assert {name: form.values[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert page.find_all('[aria-invalid="true"]') or page.find_all("fieldset.bad")
    return errors(page)


@pytest.mark.parametrize(
    "title", ["x", "x" * 200, "Comité №5 «ñ» 会議 👩‍👩‍👧 می‌خواهم क्ष", "ÁRBOL árbol", "a  b"]
)
def test_titles_that_are_kept_as_typed(client: PageClient, zelta: ZeltaServer, title: str) -> None:
    page = create(client, f" \u200b{title}\ufeff ")
    assert zelta.calls[0].json["title"] == title
    assert page.h1 == " ".join(title.split())


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("title", ["", "   ", "\u200b\u2060", "\u3164", "x" * 201, "👍" * 201])
def test_titles_that_come_back(client: PageClient, zelta: ZeltaServer, title: str) -> None:
    page = create(client, title)
    words = sent_back(page, zelta, date=day(), time="10:00", time_zone="UTC")
    assert "título" in words
    if title.strip("\u200b\u2060 "):
        assert page.form("/meetings/new").values["title"] == [title]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "odd", ["\x00", "\x07", "\x85", "\u200b", "\u2060", "\ufeff", "\u202e", "\u2066", "\x1b"]
)
def test_odd_characters_inside_are_refused(client: PageClient, zelta: ZeltaServer, odd: str) -> None:
    page = create(client, f"Comi{odd}té")
    assert "invisibles" in sent_back(page, zelta)
    again = page.submit("/meetings/new")
    assert again.status == 200
    assert odd not in zelta.calls[0].json["title"]
    assert "\\u" not in zelta.calls[0].json["title"]


def test_text_is_sent_and_kept_in_one_form(client: PageClient, zelta: ZeltaServer, database_url: str) -> None:
    create(client, "Comite\u0301")
    assert zelta.calls[0].json["title"] == table(database_url, "meetings")[0]["title"] == "Comité"


def test_any_text_is_shown_as_text(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client, MARKUP)
    assert (page.h1, zelta.calls[0].json["title"]) == (MARKUP, MARKUP)
    listed = client.visit("/")
    assert listed.find("a.name").text == MARKUP
    assert client.visit(f"{page.path}/cancel").find("strong").text == MARKUP


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("when", "field"),
    [
        ("2027-03-14 | 02:30 | America/New_York", "time"),
        ("2011-12-30 | 12:00 | Pacific/Apia", "time"),
        ("2027-02-29 | 10:00 | UTC", "date"),
        ("27-01-01 | 10:00 | UTC", "date"),
        (" | 10:00 | UTC", "date"),
        ("mañana | 10:00 | UTC", "date"),
        ("0000-00-00 | 10:00 | UTC", "date"),
        ("0001-01-01 | 00:00 | Asia/Tokyo", "date"),
        ("0026-11-24 | 10:00 | UTC", "date"),
        ("1999-12-31 | 23:59 | UTC", "date"),
        ("9999-12-31 | 23:59 | America/Panama", "date"),
        ("2027-01-01 | 25:00 | UTC", "time"),
        ("2027-01-01 |  | UTC", "time"),
        ("2027-01-01 | 10:00:30 | UTC", "time"),
        ("٢٠٢٧-٠١-٠١ | 10:00 | UTC", "date"),
        ("2020-01-01 | 10:00 | UTC", "time"),
    ],
)
def test_no_instant(client: PageClient, zelta: ZeltaServer, when: str, field: str) -> None:
    date, time, zone = when.split(" | ")
    typed = {"title": "Comité", "date": date, "time": time, "time_zone": zone}
    page = create(client, **typed)
    sent_back(page, zelta, **typed)
    assert page.find(f"#{field}-error").text


def test_the_far_future_is_possible(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client, date="9999-12-31", time="23:59", time_zone="UTC")
    assert (page.status, zelta.calls[0].json["datetime"]) == (200, "9999-12-31T23:59:00Z")
    assert client.visit("/").find_all("[data-meeting]")


@pytest.mark.parametrize(("fold", "sent"), [("0", "05:30"), ("1", "06:30")])
def test_a_time_that_comes_twice_is_asked_about(
    client: PageClient, zelta: ZeltaServer, fold: str, sent: str
) -> None:
    fields = {"title": "Comité", "date": "2027-11-07", "time": "01:30", "time_zone": "America/New_York"}
    asked = create(client, **fields)
    words = sent_back(asked, zelta, **fields)
    assert "Elija cuál de las dos" in words
    assert [one["value"] for one in asked.find_all('input[name="fold"]')] == ["0", "1"]
    unanswered = asked.submit("/meetings/new")
    assert unanswered.status == 422
    assert unanswered.submit("/meetings/new", fold=fold).status == 200
    assert zelta.calls[0].json["datetime"] == f"2027-11-07T{sent}:00Z"
    assert len(zelta.calls) == 1


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("minutes", "status"), [(-6, 422), (-4, 200), (0, 200)])
def test_five_minutes_into_the_past(
    client: PageClient, zelta: ZeltaServer, minutes: int, status: int
) -> None:
    now = datetime(2030, 5, 5, 12, 0, 30, tzinfo=UTC)
    start = now + timedelta(minutes=minutes)
    with time_machine.travel(now, tick=True):
        page = create(client, date=start.strftime("%Y-%m-%d"), time=start.strftime("%H:%M"))
    assert (page.status, len(zelta.calls)) == (status, status == 200)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "zone", ["", "Marte/Olimpo", "america/panama", "../etc/passwd", "localtime", "UTC\x00", "\ud800"]
)
def test_zones_that_do_not_exist(client: PageClient, zelta: ZeltaServer, zone: str) -> None:
    page = client.visit("/meetings/new")
    form = page.form("/meetings/new").fill(title="Comité", date=day(), time="10:00")
    if zone == "\ud800":
        answer = client.post("/meetings/new", data=f"time_zone=%ED%A0%80&csrf_token={form.values['csrf_token'][0]}",
                             content_type="application/x-www-form-urlencoded")  # fmt: skip
        assert answer.status_code == 422
        return
    back = forge(page, form, time_zone=zone)
    assert (back.status, zelta.calls) == (422, [])
    assert back.find("#time_zone-error").text
    assert back.form("/meetings/new").values["title"] == ["Comité"]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("date", "status"), [("0026-11-24", 422), ("1999-12-31", 422), ("2000-01-01", 200)])
def test_what_is_adopted_was_in_this_century(client: PageClient, date: str, status: int) -> None:
    page = adopt(client, "mtg-9", date=date)
    assert page.status == status
    if status == 422:
        assert "revise el año" in page.find("#date-error").text
        assert page.form("/meetings/adopt").values["date"] == [date]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "pasted", ["", "hola mundo", "/m/", "https://meet.example/x", "..", "<script>", "x" * 300]
)
def test_adopting_needs_an_id(client: PageClient, database_url: str, pasted: str) -> None:
    page = client.visit("/meetings/adopt").submit(
        "/meetings/adopt", meeting=pasted, title="Comité", date=day(), time="10:00"
    )
    assert page.status == 422
    assert page.find("#meeting-error").text
    assert page.form("/meetings/adopt").values["meeting"] == [pasted]
    assert table(database_url, "meetings") == []
