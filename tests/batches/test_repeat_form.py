"""The form that repeats a meeting, and the preview of its dates: errors, questions, languages."""

from datetime import UTC, datetime
from gzip import compress
from typing import Any

import pytest

from tests.batches.repeating import WEEKLY, kept, make, meetings, repeat_path, see, weekday, weekly
from tests.support.actions import add, create, day, forge
from tests.support.db import change
from tests.support.pages import PageClient


def test_every_date_left_out_is_an_error(client: PageClient, database_url: str) -> None:
    answer = make(weekly(client, create(client)), keep=False)
    assert (answer.status, len(meetings(database_url))) == (422, 1)
    assert "Elija al menos una fecha" in answer.find(".summary").text


def test_dates_that_have_passed_are_left_out(client: PageClient, database_url: str) -> None:
    preview = weekly(client, create(client), count=2, date=day(-14), weekdays=[weekday(day(-14))])
    assert preview.find("main").text.count("Ya pasó") == 2
    assert kept(preview) == []
    assert "Crear reuniones" not in preview.form(preview.path).buttons
    assert len(meetings(database_url)) == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"count": "101"}, "count"),
        ({"count": "0"}, "count"),
        ({"count": ""}, "count"),
        ({"weekdays": False}, "weekdays"),
        ({"interval": "0"}, "interval"),
        ({"end": "until", "until": ""}, "until"),
        ({"end": "until", "until": day(1)}, "until"),
        ({"end": "until", "until": "9998-01-01"}, "until"),
        ({"date": "2027-02-30"}, "date"),
        ({"date": "0026-02-03"}, "date"),
        ({"time": ""}, "time"),
        ({"frequency": "monthly_by_day", "month_day": "32"}, "month_day"),
        (
            {
                "frequency": "monthly_by_day",
                "month_day": "31",
                "end": "until",
                "date": "2027-02-01",
                "until": "2027-02-28",
            },
            "until",
        ),
    ],
)
def test_a_rule_without_dates_is_an_error_at_its_field(
    client: PageClient, fields: dict[str, Any], field: str
) -> None:
    answer = weekly(client, create(client), **fields)
    assert answer.status == 422
    assert [link["href"] for link in answer.find_all(".summary a")] == [f"#{field}"]
    assert answer.find_all(f"#{field}-error")


@pytest.mark.parametrize(
    "values",
    [
        {"frequency": "yearly"},
        {"frequency": ""},
        {"people": "some"},
        {"end": "never"},
        {"weekdays": "7"},
        {"weekdays": "x"},
        {"frequency": "monthly_by_weekday", "week": "9"},
        {"frequency": "monthly_by_weekday", "weekday": "x"},
        {"frequency": "daily", "weekday": "x", "week": "x", "count": "3"},
    ],
)
def test_forged_values_are_never_a_failure(client: PageClient, values: dict[str, str]) -> None:
    page = create(client)
    path = repeat_path(page)
    shown = client.visit(path)
    form = shown.form(path).fill(**WEEKLY, count="3", weekdays=["1"]).press("preview")
    assert forge(shown, form, **values).status in {200, 422}


def test_monthly_names_the_months_that_it_skips(client: PageClient) -> None:
    year = datetime.now(UTC).year + 1
    preview = weekly(
        client, create(client), frequency="monthly_by_day", month_day="31", date=f"{year}-01-01", count="3"
    )
    assert kept(preview) == [f"{year}-01-31", f"{year}-03-31", f"{year}-05-31"]
    assert f"febrero de {year}, abril de {year}" in preview.find("main").text


def test_monthly_by_weekday(client: PageClient) -> None:
    fields = {"frequency": "monthly_by_weekday", "week": "-1", "weekday": "4", "date": "2028-01-01"}
    assert kept(weekly(client, create(client), **fields)) == [
        "2028-01-28",
        "2028-02-25",
        "2028-03-31",
        "2028-04-28",
    ]


def test_times_in_doubt_are_asked_about(client: PageClient, database_url: str) -> None:
    page = create(client, date="2028-03-01", time="02:30", time_zone="Europe/Madrid")
    fields = {"frequency": "weekly", "weekdays": ["6"], "date": "2028-03-19", "count": "2"}
    preview = weekly(client, page, **fields)
    assert kept(preview) == ["2028-03-19"]
    asked = make(preview)
    assert (asked.status, len(meetings(database_url))) == (422, 1)
    assert [link["href"] for link in asked.find_all(".summary a")] == ["#choice-2028-03-26-0"]
    make(asked, **{"choice-2028-03-26": "after"})
    assert [row["starts_at"].strftime("%d %H:%M") for row in meetings(database_url)] == [
        "01 01:30",
        "19 01:30",
        "26 01:30",
    ]


def test_a_time_that_comes_twice_is_the_one_chosen_or_left_out(client: PageClient, database_url: str) -> None:
    page = create(client, date="2028-10-01", time="02:30", time_zone="Europe/Madrid")
    fields = {"frequency": "weekly", "weekdays": ["6"], "date": "2028-10-29", "count": "1"}
    preview = weekly(client, page, **fields)
    empty = make(preview, **{"choice-2028-10-29": "out"})
    assert (empty.status, len(meetings(database_url))) == (422, 1)
    make(empty, **{"choice-2028-10-29": "second"})
    assert meetings(database_url)[1]["starts_at"].strftime("%d %H:%M") == "29 01:30"


def test_the_rule_can_be_changed_from_the_preview(client: PageClient) -> None:
    preview = weekly(client, create(client), interval="2", count="3")
    form_page = preview.submit(preview.path, "change")
    form = form_page.form(preview.path)
    assert (form_page.status, form.values["interval"], form.values["count"]) == (200, ["2"], ["3"])
    assert form.values["weekdays"] == [weekday(day())]


def test_switching_the_language_keeps_the_page_and_its_ticks(client: PageClient, database_url: str) -> None:
    preview = weekly(client, create(client))
    english = preview.submit(preview.form(preview.path).fill(keep=[day(14)]), "English")
    assert english.h1 == "Check the dates"
    assert kept(english) == [day(14)]
    form = english.submit(english.path, "change")
    spanish = form.submit(form.form(form.path).fill(interval="3"), "Español")
    assert spanish.form(spanish.path).values["interval"] == ["3"]
    assert len(meetings(database_url)) == 1


def test_a_hundred_dates_are_a_light_page(client: PageClient, database_url: str) -> None:
    preview = see(
        client,
        create(client),
        frequency="daily",
        date=day(8),
        end="count",
        count="100",
        interval="1",
        people="none",
    )
    assert len(kept(preview)) == 100
    assert len(compress(preview.html.encode())) < 12 * 1024
    made = make(preview)
    assert len(compress(made.html.encode())) < 12 * 1024
    assert len(meetings(database_url)) == 101


def test_too_many_people_in_all_are_an_error_at_the_people(client: PageClient, database_url: str) -> None:
    page = create(client)
    add(page, "Ana")
    columns = "meeting_id, role, name, send_invitation, possibly_mailed, search_text, state, created_at"
    columns += ", created_by, updated_at"
    for _turn in range(7):
        change(database_url, f"INSERT INTO participants ({columns}) SELECT {columns} FROM participants")  # noqa: S608
    answer = weekly(client, page, count=100)
    assert answer.status == 422
    assert "Son 12672 personas" in answer.find("#people-error").text
    assert [link["href"] for link in answer.find_all(".summary a")] == ["#people-0"]
    assert weekly(client, page, count=100, people="none").status == 200
