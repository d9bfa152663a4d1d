"""What people see: the home page, the page behind a join link, the outbox, and the page that chooses faults."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for

from . import faults, records
from .config import Config
from .date_format import format_local, format_utc
from .storage import Store
from .translations import LANGUAGES, translate

MAX_OUTBOX_ITEMS = 100
MAX_HOME_MEETINGS = 10


@dataclass(frozen=True)
class Pages:
    """The pages, on one store."""

    config: Config
    store: Store

    def register(self, app: Flask) -> None:
        """Register the pages and what their templates need."""
        app.before_request(_choose_language)
        app.url_defaults(_keep_language)
        app.context_processor(self._template_context)
        app.add_url_rule("/", "home", self.home)
        app.add_url_rule("/m/<meeting_id>", "join", self.join)
        app.add_url_rule("/outbox", "outbox", self.outbox)
        app.add_url_rule("/faults", "faults", self.faults)
        app.add_url_rule("/faults", "choose", self.choose, methods=["POST"])
        app.add_url_rule("/healthz", "healthz", lambda: Response("ok", mimetype="text/plain"))

    def home(self) -> str:
        """What this is, what is in it and what it does at the moment."""
        meetings = records.list_latest_meetings(self.store, MAX_HOME_MEETINGS)
        return render_template("home.html", counts=records.count_records(self.store), meetings=meetings)

    def join(self, meeting_id: str) -> str | Response:
        """Who would join which meeting by this link."""
        ticket = records.find_join_ticket(self.store, meeting_id, request.args.get("p", ""))
        if ticket is None:
            return make_response(render_template("no_seat.html"), 404)
        return render_template("join.html", seat=ticket)

    def outbox(self) -> str:
        """The invitations that would have been mailed, newest first."""
        total = records.count_records(self.store)[2]
        return render_template(
            "outbox.html", mails=records.list_invitations(self.store, MAX_OUTBOX_ITEMS), total=total
        )

    def faults(self) -> str:
        """The form that chooses what the next calls do."""
        return self._render_faults("")

    def choose(self) -> str | Response | tuple[str, int]:
        """Take the choice of that form, or go back to normal."""
        if not _is_same_origin():
            return render_error(403)
        if request.form.get("kind") == "none":
            faults.clear_plan(self.store)
        elif plan := _parse_plan():
            faults.set_plan(self.store, plan)
        else:
            return self._render_faults("faults_wrong"), 422
        return make_response(redirect(url_for("faults"), 303))

    def _render_faults(self, problem: str) -> str:
        return render_template("faults.html", problem=problem, faults=faults)

    def _template_context(self) -> dict[str, Any]:
        lang: str = g.get("lang", "es")
        return {
            "t": lambda key, **values: translate(lang, key, **values),
            "lang": lang,
            "plan": faults.get_plan(self.store) if not g.get("failed") else None,
            "in_utc": lambda moment: format_utc(moment, lang),
            "in_zone": lambda moment: format_local(moment, self.config.time_zone, lang),
            "other_language": _other_language,
        }


def render_error(status: int) -> Response:
    """One calm page for whatever went wrong."""
    # What failed may be the database: the page about it must not ask it again.
    g.failed = status >= 500
    shown_status = status if status in {400, 403, 404, 405, 413} else 500
    return make_response(render_template("error.html", key=f"error_{shown_status}"), status)


def _choose_language() -> None:
    requested = request.args.get("lang")
    g.asked = requested if requested in LANGUAGES else None
    g.lang = g.asked or request.accept_languages.best_match(LANGUAGES, default="es")


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """A language that was asked for in the address stays with the links."""
    if endpoint != "static" and g.get("asked"):
        values.setdefault("lang", g.asked)


def _other_language() -> str:
    """This page in the other language."""
    other = "en" if g.lang == "es" else "es"
    endpoint = {"choose": "faults", None: "home"}.get(request.endpoint, request.endpoint)
    values: dict[str, Any] = {**(request.view_args or {}), "lang": other}
    if endpoint == "join":
        values["p"] = request.args.get("p")
    return url_for(endpoint or "home", **values)


def _parse_plan() -> faults.FaultPlan | None:
    """The plan that the form asks for; None unless each of its fields is one that was offered."""
    kind, call, times = (request.form.get(name, "") for name in ("kind", "call", "times"))
    if kind not in set(faults.Fault) or call not in faults.CALLS or times not in faults.TIMES:
        return None
    return faults.FaultPlan(faults.Fault(kind), call, faults.TIMES[times])


def _is_same_origin() -> bool:
    """Whether the browser says that the form was sent by a page of ours, or is no browser."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    return origin in {None, f"http://{request.host}", f"https://{request.host}"}
