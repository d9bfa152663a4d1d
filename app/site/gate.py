"""The gate: each view says to whom it is open, and nobody else comes in. A view that says nothing is open to nobody."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response

from app.fittings import settings
from app.identity import held
from app.identity.reader import Reader, reader
from app.identity.vouched import NotWelcome
from app.models import StaffRole
from app.site.addresses import page_path
from app.site.expired import TypedForm

View = TypeVar("View", bound=Callable[..., Any])

EVERYBODY = "everybody"
# What machines ask for, under whatever name they know this one by; no address of ours is in these answers.
ASKED_BY_ADDRESS = frozenset({"site.healthz", "site.readyz", "operations.show_metrics"})
# What somebody whose password was made by another may do before they have changed it.
TO_CHANGE_A_PASSWORD = frozenset({"accounts.change_password", "accounts.sign_out"})


def open_to(role: StaffRole) -> Callable[[View], View]:
    """Mark a view as open to accounts of this role and of those that include it."""
    return _marked(role)


def open_to_everybody(view: View) -> View:
    """Mark a view as open to whoever comes, signed in or not."""
    return _marked(EVERYBODY)(view)


def may(role: str) -> bool:
    """Whether the reader, as far as this request has asked, has this role or one that includes it."""
    who: Reader | None = g.get("reader")
    return who is not None and who.role.includes(StaffRole(role))


def init_app(app: Flask) -> None:
    """Let nobody past who is not meant to come in; before anything else looks at the request."""
    app.before_request(_check)
    # Pages show who is there, and do not ask: the database may be why the page is shown.
    app.context_processor(lambda: {"may": may, "reader": g.get("reader")})


def _marked(whom: str) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.open_to = whom  # type: ignore[attr-defined]
        return view

    return mark


def _check() -> Response | None:
    allowed = settings().allowed_hosts
    if (
        allowed
        and request.endpoint not in ASKED_BY_ADDRESS
        and not host_is_trusted(request.host.lower(), allowed)
    ):
        # Flask's own TRUSTED_HOSTS leaves nothing to answer with: not even an address of ours can be built then.
        abort(400)
    view = current_app.view_functions.get(request.endpoint or "")
    whom = getattr(view, "open_to", None)
    if request.endpoint == "static" or whom == EVERYBODY:
        return None
    if request.endpoint is None:  # there is no such page, which anybody may know
        with suppress(NotWelcome):
            reader()
        return None
    who = reader()
    if who is None:
        return _sign_in_first()
    if who.must_change_password and request.endpoint not in TO_CHANGE_A_PASSWORD:
        return redirect(url_for("accounts.change_password"), 303)
    if whom is None or not who.role.includes(StaffRole(whom)):
        abort(403)
    if request.method == "POST":
        held.sent(request.path, who.account_id)
    return None


def _sign_in_first() -> Response:
    if request.headers.get("X-Requested-With"):  # a script of ours, which could do nothing with the page
        abort(401)
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("accounts.sign_in", next=page_path()), 302)
    form = TypedForm.of_request()
    if form.ours and form.action is not None and held.hold(form.as_json()):
        return redirect(url_for("accounts.sign_in", kept="1"), 303)
    return redirect(url_for("accounts.sign_in"), 303)
