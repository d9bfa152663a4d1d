"""Administration: the audit, to look through and to take along."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, render_template, request, stream_with_context, url_for

from app.accounts import audit_export, audit_queries, audit_words, users
from app.accounts.admin_forms import AuditForm
from app.accounts.audit_queries import LARGEST_ID, NoSuchPlace
from app.fittings import settings
from app.identity.reader import by
from app.meetings.when import place
from app.models import StaffRole
from app.site import language
from app.site.gate import open_to

blueprint = Blueprint("audit", __name__, url_prefix="/admin")

FILTERS = ("person", "account", "meeting", "action", "since", "until")


@blueprint.get("/audit")
@open_to(StaffRole.ADMIN)
def index() -> str | tuple[str, int]:
    """Who did what, newest first."""
    form = _form()
    if not form.validate():
        return _page(form), 422
    return _page(form)


@blueprint.get("/audit.csv")
@open_to(StaffRole.ADMIN)
def export() -> Response | tuple[str, int]:
    """The same as a file, whole; that it was taken along is audited too."""
    form = _form()
    if not form.validate():
        return _page(form), 422
    today = datetime.now(ZoneInfo(settings().time_zone)).date()
    headers = {"Content-Disposition": f'attachment; filename="convoca-audit-{today}.csv"'}
    if request.method == "HEAD":
        return Response(mimetype="text/csv", headers=headers)
    events = audit_queries.export(form.wanted(), by())
    cells = audit_words.as_cells(events, users.names(), settings().time_zone, language.current())
    pieces = stream_with_context(audit_export.as_csv(cells))
    return Response(pieces, mimetype="text/csv", headers=headers)


def _form() -> AuditForm:
    form = AuditForm(request.args)
    account_id = request.args.get("account", type=int)
    if account_id is not None and not form.person.data:
        form.person.data = users.one(account_id).username if 0 < account_id <= LARGEST_ID else abort(404)
    return form


def _page(form: AuditForm) -> str:
    """The page of a form that was found valid, or what is wrong with it."""
    filters = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    try:
        wanted = None if form.errors else form.wanted()
        found = wanted and audit_queries.page(wanted, _place("after"), _place("before"))
    except NoSuchPlace:
        abort(404)
    newer, older = (found.previous, found.next) if found else (None, None)
    return render_template(
        "accounts/audit.html",
        form=form,
        filters=filters,
        place=place(settings().time_zone, language.current()),
        events=audit_words.shown(found.rows if found else [], settings().time_zone, language.current()),
        newer_url=_address(filters, before=newer) if newer else None,
        older_url=_address(filters, after=older) if older else None,
    )


def _address(filters: dict[str, str], **place: int) -> str:
    return url_for("audit.index", **{**filters, **place})  # type: ignore[arg-type]


def _place(name: str) -> int | None:
    text = request.args.get(name, "")
    if text and not (text.isascii() and text.isdigit() and 0 < int(text) <= LARGEST_ID):
        abort(404)
    return int(text) if text else None
