"""Each way in which a call to Zelta can go wrong, with what a coordinator is to find in the row and on the page."""

from dataclasses import dataclass

from flask import Flask
from flask_babel import force_locale, gettext

from app.meetings.messages import REASON_MESSAGES
from tests.support import zelta_faults as faults
from tests.support.zelta_wire import Behaviour

INJECTION = "<b>no</b> {{ 7*7 }} ' OR 1=1 -- \N{RIGHT-TO-LEFT OVERRIDE}"


@dataclass(frozen=True)
class Trouble:
    """A fault, the state that it leaves, our word for why ("": a plain refusal), and Zelta's own words."""

    name: str
    behaviour: Behaviour
    state: str
    reason: str
    said: str = ""
    status: int | None = None

    def __str__(self) -> str:
        return self.name

    def words(self, app: Flask) -> str:
        """The sentence that a reader of Spanish is to find."""
        return sentence(app, self.reason)


def sentence(app: Flask, reason: str) -> str:
    """What pages say, in Spanish, of a call that ended for this reason; it differs from the English."""
    english = str(REASON_MESSAGES[reason]) if reason else "Zelta refused the request."
    with app.app_context(), force_locale("es"):
        said = str(REASON_MESSAGES[reason]) if reason else gettext("Zelta refused the request.")
    assert said != english
    return said


REFUSALS = [
    Trouble("400", faults.refuses(400), "refused", "", "Datos inválidos", 400),
    Trouble(
        "400 with markup",
        faults.refuses(400, "ERR_<i>", INJECTION),
        "refused",
        "",
        "<b>no</b> {{ 7*7 }} ' OR 1=1 --",
        400,
    ),
    Trouble("422 plain", faults.answers(422, {"detail": "no"}), "refused", "", "", 422),
    Trouble("404 html", faults.answers(404, faults.HTML), "refused", "", "", 404),
    Trouble("409 empty", faults.answers(409), "refused", "", "", 409),
    Trouble(
        "401", faults.refuses(401, "ERR_UNAUTHORIZED", "Clave mala"), "refused", "api_key", "Clave mala", 401
    ),
    Trouble("403", faults.refuses(403, "ERR_SUSPENDED", "Alto"), "refused", "suspended", "Alto", 403),
]
NOT_SENT = [
    Trouble("429 with time", faults.rate_limits(retry_after="900"), "not_sent", "rate_limited", "", 429),
    Trouble("429", faults.rate_limits(), "not_sent", "rate_limited", "Demasiadas solicitudes", 429),
]
UNKNOWN = [
    Trouble("500", faults.refuses(500, "ERR_X", "Uy"), "unknown", "server_error", "Uy", 500),
    Trouble("502 html", faults.breaks(502), "unknown", "server_error", "", 502),
    Trouble("redirect", faults.redirects("https://elsewhere.example/"), "unknown", "redirected", "", 307),
    Trouble("drop before", faults.drops(), "unknown", "connection_lost", "", None),
    Trouble("drop after", faults.drop_after_processing(), "unknown", "connection_lost", "", None),
    Trouble("reset after", faults.drops(processed=True, reset=True), "unknown", "connection_lost", "", None),
    Trouble("nonsense", faults.processes_then(200, b"??"), "unknown", "not_understood", "", 200),
    Trouble("empty", faults.processes_then(201), "unknown", "not_understood", "", 201),
    Trouble("no ids", faults.processes_then(201, {"success": True, "data": {}}), "unknown", "not_understood", "", 201),
    Trouble("success false", faults.answers(200, {"success": False}), "unknown", "not_understood", "", 200),
    Trouble("cut short", faults.cuts_body(-20), "unknown", "not_understood", "", 201),
    Trouble("not http", faults.drops(sending=b"hola\r\n\r\n"), "unknown", "not_understood", "", None),
]  # fmt: skip
EVERY = [*REFUSALS, *NOT_SENT, *UNKNOWN]
SLOW = [faults.hangs(processed=True), faults.trickles("status", 0.4), faults.trickles("body", 0.4)]
