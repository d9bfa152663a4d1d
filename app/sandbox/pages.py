"""What people see: the home page, the page behind a join link, the outbox, and the page that chooses faults."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for

from . import faults, records
from .config import Config
from .storage import Store
from .when import in_words, utc_in_words
from .words import LANGUAGES, translate

OUTBOX_SHOWN = 100
MEETINGS_SHOWN = 10


@dataclass(frozen=True)
class Pages:
    """The pages, on one store."""

    config: Config
    store: Store

    def install(self, app: Flask) -> None:
        """Register the pages and what their templates need."""
        app.before_request(_choose_language)
        app.url_defaults(_keep_language)
        app.context_processor(self._tools)
        app.add_url_rule("/", "home", self.home)
        app.add_url_rule("/m/<meeting_id>", "join", self.join)
        app.add_url_rule("/outbox", "outbox", self.outbox)
        app.add_url_rule("/faults", "faults", self.faults)
        app.add_url_rule("/faults", "choose", self.choose, methods=["POST"])
        app.add_url_rule("/healthz", "healthz", lambda: Response("ok", mimetype="text/plain"))

    def home(self) -> str:
        """What this is, what is in it and what it does at the moment."""
        meetings = records.latest_meetings(self.store, MEETINGS_SHOWN)
        return render_template("home.html", counts=records.counts(self.store), meetings=meetings)

    def join(self, meeting_id: str) -> str | Response:
        """Who would join which meeting by this link."""
        seat = records.find_seat(self.store, meeting_id, request.args.get("p", ""))
        if seat is None:
            return make_response(render_template("no_seat.html"), 404)
        return render_template("join.html", seat=seat)

    def outbox(self) -> str:
        """The invitations that would have been mailed, newest first."""
        total = records.counts(self.store)[2]
        return render_template("outbox.html", mails=records.mailed(self.store, OUTBOX_SHOWN), total=total)

    def faults(self) -> str:
        """The form that chooses what the next calls do."""
        return self._faults_form("")

    def choose(self) -> str | Response | tuple[str, int]:
        """Take the choice of that form, or go back to normal."""
        if not _comes_from_here():
            return error_page(403)
        if request.form.get("kind") == "none":
            faults.back_to_normal(self.store)
        elif plan := _plan():
            faults.choose(self.store, plan)
        else:
            return self._faults_form("faults_wrong"), 422
        return make_response(redirect(url_for("faults"), 303))

    def _faults_form(self, problem: str) -> str:
        return render_template("faults.html", problem=problem, faults=faults)

    def _tools(self) -> dict[str, Any]:
        lang: str = g.get("lang", "es")
        return {
            "t": lambda key, **values: translate(lang, key, **values),
            "lang": lang,
            "plan": faults.current(self.store) if not g.get("failed") else None,
            "in_utc": lambda moment: utc_in_words(moment, lang),
            "in_zone": lambda moment: in_words(moment, self.config.time_zone, lang),
            "other_language": _other_language,
        }


def error_page(status: int) -> Response:
    """One calm page for whatever went wrong."""
    # What failed may be the database: the page about it must not ask it again.
    g.failed = status >= 500
    known = status if status in {400, 403, 404, 405, 413} else 500
    return make_response(render_template("error.html", key=f"error_{known}"), status)


def _choose_language() -> None:
    asked = request.args.get("lang")
    g.asked = asked if asked in LANGUAGES else None
    g.lang = g.asked or request.accept_languages.best_match(LANGUAGES, default="es")


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """A language that was asked for in the address stays with the links."""
    if endpoint != "static" and g.get("asked"):
        values.setdefault("lang", g.asked)


def _other_language() -> str:
    """This page in the other language."""
    other = "en" if g.lang == "es" else "es"
    shown = {"choose": "faults", None: "home"}.get(request.endpoint, request.endpoint)
    values: dict[str, Any] = {**(request.view_args or {}), "lang": other}
    if shown == "join":
        values["p"] = request.args.get("p")
    return url_for(shown or "home", **values)


def _plan() -> faults.Plan | None:
    """The plan that the form asks for; None unless each of its fields is one that was offered."""
    kind, call, times = (request.form.get(name, "") for name in ("kind", "call", "times"))
    if kind not in set(faults.Fault) or call not in faults.CALLS or times not in faults.TIMES:
        return None
    return faults.Plan(faults.Fault(kind), call, faults.TIMES[times])


def _comes_from_here() -> bool:
    """Whether the browser says that the form was sent by a page of ours, or is no browser."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    return origin in {None, f"http://{request.host}", f"https://{request.host}"}
