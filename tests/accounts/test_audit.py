"""The audit: who did what, in words, to look through from any side, the same cost however long it is."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text

from app.admin import audit_queries
from app.admin.audit_presenter import ACTION_LABELS
from app.admin.audit_queries import AuditFilter
from app.database import db
from app.models import Action, AuditAction
from app.web.activity_text import AUDIT_ACTION_ON_OTHER_TEXT, AUDIT_ACTION_TEXT, COMPLETED_TEXT
from tests.accounts.steps import PASSWORD, audited_often, member, sign_in, signed_in
from tests.support import zelta_faults as faults
from tests.support.actions import add, cancel, create, errors, meeting_path, person
from tests.support.application import AppFactory
from tests.support.db import rows, table
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def lines(page: Page) -> list[str]:
    """What was done, newest first: who, and what."""
    cells = [row.find_all("td") for row in page.find_all("tbody tr")]
    return [f"{who.text}: {what.text}" for _when, who, what, _meeting, _from in cells]


def look(browser: PageClient, **wanted: str) -> list[str]:
    """What the page lists for some filters, as a person fills in its form."""
    return lines(browser.visit("/admin/audit").submit("/admin/audit", **wanted))


def test_a_day_in_words(boss: PageClient, guarded: Flask, zelta: ZeltaServer) -> None:
    member(guarded, "ana", called="Ana Ruiz")
    theirs = signed_in(guarded)
    page = add(create(theirs, "Comité"), "Luis", "host")
    page.submit(f"/participants/{person(page, 'Luis')['data-participant']}/token")
    zelta.next(faults.refuses(400))
    page = add(page, "Eva")
    token = page.find_all('input[name="csrf_token"]')[0]["value"]
    path = meeting_path(page)
    assert theirs.post(f"{path}/copied", headers={"X-CSRFToken": token}).status_code == 204
    cancel(theirs, page)
    sign_in(PageClient(guarded), "ana", "wrong")
    sign_in(PageClient(guarded), "nobody", "wrong")
    account = boss.visit("/admin/users/2")
    account.submit("/admin/users/2/role", role="viewer")
    ana = "Ana Ruiz ana"
    assert lines(boss.visit("/admin/audit"))[:13] == [
        "Berta Jefa boss: cambió el rol de Ana Ruiz (ana) de Coordinación a Solo consulta",
        "Sin identificar: no logró iniciar sesión",
        "Sin identificar: no logró iniciar sesión como Ana Ruiz (ana)",
        f"{ana}: canceló la reunión",
        f"{ana}: copió nombres y enlaces",
        f"{ana}: pidió a Zelta agregar a Eva Rechazo de Zelta",
        f"{ana}: vio la clave de anfitrión de Luis",
        f"{ana}: agregó a Luis",
        f"{ana}: creó la reunión",
        f"{ana}: inició sesión",
        "Línea de comandos: creó una cuenta para Ana Ruiz (ana): Coordinación",
        "Berta Jefa boss: inició sesión",
        "Línea de comandos: creó una cuenta para Berta Jefa (boss): Administración",
    ]
    first = boss.visit("/admin/audit").find_all("tbody tr")[3].find_all("td")
    assert first[3].find("a")["href"] == path
    assert first[4].text == "127.0.0.1"
    assert "copió nombres y enlaces" in boss.visit(path).find(".activity").text


def found(browser: PageClient, **wanted: str) -> list[str]:
    """The actions of 2026-03 that some filters find, oldest first."""
    page = browser.visit("/admin/audit").submit("/admin/audit", **wanted)
    return [
        row.find_all("td")[2].text
        for row in page.find_all("tbody tr")
        if row.find("time")["datetime"].startswith("2026-03")
    ][::-1]


def test_whose_doing_and_to_whom(history: PageClient) -> None:
    of_ana = ["inició sesión", "copió nombres y enlaces", "cambió el rol de Ana Ruiz (ana) de a", "copió nombres y enlaces"]  # fmt: skip
    assert found(history, person="ana") == of_ana
    assert found(history, person="ANA rúiz") == of_ana
    assert found(history, person="nandu")[-1] == "no logró iniciar sesión como Beto Ñandú (beto)"
    assert found(history, person="ana", action="role_changed") == [of_ana[2]]
    assert found(history, person="zoe") == []
    assert look(history, person="línea de COMANDOS")[0].startswith("Línea de comandos: creó una cuenta")


def test_with_which_meeting(history: PageClient, database_url: str) -> None:
    first, second = (str(row["id"]) for row in table(database_url, "meetings"))
    assert len(found(history, meeting=first)) == 2
    assert len(found(history, meeting="comite COMPRAS")) == 2
    assert len(found(history, meeting="junta")) == 1
    assert len(found(history, meeting="junta", person="beto")) == 0
    assert len(found(history, meeting=first, person="beto", action="copied_links")) == 1
    assert found(history, meeting="9" * 30) == found(history, meeting="-1") == []
    page = history.visit(f"/admin/audit?meeting={second}")
    assert page.find_all("tbody td a")[0].text == "Junta <b>directiva</b>"


def test_on_which_days(history: PageClient) -> None:
    assert len(found(history, since="2026-03-10", until="2026-03-10")) == 3, (
        "the days of Panama, not of London"
    )
    assert len(found(history, since="2026-03-11", until="2026-03-20")) == 2
    assert len(found(history, until="2026-03-09")) == 1
    assert (
        len(found(history, since="2026-03-10", until="2026-03-10", person="ana", action="copied_links")) == 1
    )


BAD_QUERIES = [
    ("since=soon", "Elija la fecha"),
    ("until=2026-02-30", "Elija la fecha"),
    ("until=9999-12-31", "Elija la fecha"),
    ("since=0001-01-01", "Elija la fecha"),
    ("since=2026-03-02&until=2026-03-01", "anterior al primero"),
    ("action=nonsense", "Elija una de estas"),
    (f"person={'x' * 201}", "demasiado largo"),
    (f"meeting={'x' * 201}", "demasiado largo"),
    ("person=a%E2%80%8Bb", "caracteres invisibles"),
]


@SQLITE
def test_what_cannot_be_looked_for(boss: PageClient, database_url: str) -> None:
    before = table(database_url, "audit_events")
    for query, problem in BAD_QUERIES:
        for path in ("/admin/audit", "/admin/audit.csv"):
            assert problem in errors(boss.visit(f"{path}?{query}", 422))
    assert table(database_url, "audit_events") == before


@SQLITE
def test_places_that_there_are_not(boss: PageClient) -> None:
    places = (
        "after=99999",
        "before=99999",
        "after=x",
        "after=0",
        "before=-1",
        f"after={2**63}",
        "account=99",
    )
    for query in places:
        boss.visit(f"/admin/audit?{query}", 404)


@SQLITE
def test_odd_words_do_no_harm(history: PageClient) -> None:
    page = history.visit("/admin/audit")
    for words in ("<script>alert(1)</script>", "' OR 1=1 --", "%", "_", "\\", "ñ" * 200, "a\x00b"):
        answer = page.submit("/admin/audit", person=words, meeting=words)
        assert answer.status in {200, 422}, words
        assert not answer.find_all("tbody tr"), words
        assert "<script>alert" not in answer.html


def test_page_by_page(boss: PageClient, database_url: str) -> None:
    audited_often(database_url, 130)
    everything = [
        row["id"]
        for row in rows(database_url, "SELECT id FROM audit_events ORDER BY created_at DESC, id DESC")
    ]

    def ids(page: Page) -> list[int]:
        return [int(row["data-event"]) for row in page.find_all("tbody tr")]

    page = boss.visit("/admin/audit")
    assert not page.find_all('a[rel="prev"]')
    forwards, pages = ids(page), [ids(page)]
    while page.find_all('a[rel="next"]'):
        page = boss.visit(page.find('a[rel="next"]')["href"])
        pages.append(ids(page))
        forwards += ids(page)
    assert forwards == everything
    backwards = [ids(page)]
    while page.find_all('a[rel="prev"]'):
        page = boss.visit(page.find('a[rel="prev"]')["href"])
        backwards.append(ids(page))
    assert backwards[::-1] == pages
    # Filters go along, and what was done to oneself is listed once.
    audited_often(database_url, 200)
    page = boss.visit("/admin/audit?person=p3")
    assert len(ids(page)) == len(set(ids(page))) == audit_queries.PAGE_SIZE
    page = boss.visit("/admin/audit?action=copied_links")
    assert "action=copied_links" in page.find('a[rel="next"]')["href"]


@pytest.mark.parametrize("language", ["es", "en"])
@SQLITE
def test_everything_that_can_be_done_has_words(app: Flask, language: str) -> None:
    each = {*Action, *AuditAction}
    assert {kind for kinds in ACTION_LABELS.values() for kind in kinds} == each
    assert set(COMPLETED_TEXT) | set(AUDIT_ACTION_TEXT) | {Action.IMPORT_PARTICIPANTS} == each
    with app.test_request_context(headers={"Cookie": f"language={language}"}):
        words = [
            str(word)
            for texts in (
                COMPLETED_TEXT,
                AUDIT_ACTION_TEXT,
                AUDIT_ACTION_ON_OTHER_TEXT,
                *ACTION_LABELS.values(),
            )
            for word in texts.values()
        ]
    spanish = {"inició sesión", "Crear reunión", "Restaurar un respaldo"}
    assert all(words)
    assert spanish <= set(words) if language == "es" else not spanish & set(words)


WAYS = {
    "all": (AuditFilter(), "ix_audit_events_created_at"),
    "a person": (AuditFilter(usernames=frozenset({"p1"})), "ix_audit_events_actor_created_at"),
    "a person's action": (AuditFilter(usernames=frozenset({"p1"}), action="exported"), "ix_audit_events_actor_action_created_at"),
    "an action": (AuditFilter(action="exported"), "ix_audit_events_action_created_at"),
    "a meeting": (AuditFilter(meeting_ids=frozenset({1, 2})), "ix_audit_events_meeting_id_id"),
    "a day": (AuditFilter(since=datetime(2026, 1, 1, tzinfo=UTC), until=datetime(2026, 1, 2, tzinfo=UTC)), "ix_audit_events_created_at"),
}  # fmt: skip


@SQLITE
def test_each_way_has_an_index(guarded: Flask) -> None:
    with guarded.app_context():
        for wanted, index in WAYS.values():
            for place in (None, (datetime(2026, 1, 1, tzinfo=UTC), 7)):
                query = audit_queries._event_ids_query(wanted, 51, place, newest_first=True)
                statement = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
                plan = [row.detail for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {statement}"))]
                assert any(index in step for step in plan), plan
                reads = [
                    step for step in plan if step.startswith(("SCAN audit_events", "SEARCH audit_events"))
                ]
                assert all("INDEX" in step for step in reads), plan
                sorts = [step for step in in_parts(plan) if "TEMP B-TREE FOR ORDER BY" in step]
                assert wanted.meeting_ids or not sorts, plan


def in_parts(plan: list[str]) -> Iterator[str]:
    """The steps that read the audit itself, before what they found is put together."""
    for step in plan:
        if step.startswith(("SCAN (subquery", "SCAN anon")):
            return
        yield step


@SQLITE
def test_in_english(make_app: AppFactory) -> None:
    browser = PageClient(make_app(LANGUAGE="en"))
    create(browser)
    page = browser.visit("/admin/audit")
    assert (page.h1, lines(page)) == ("Audit", ["Anonymous: created the meeting"])
    assert PASSWORD not in page.html
