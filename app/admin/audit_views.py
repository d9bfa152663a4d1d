"""Administration: audit page and CSV export."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, render_template, request, stream_with_context, url_for

from app.admin import accounts, audit_export, audit_presenter, audit_queries
from app.admin.audit_queries import MAX_ID, InvalidCursor
from app.admin.forms import AuditForm
from app.auth.current_user import current_actor
from app.extensions import get_settings
from app.models import AccountRole
from app.utils.timezones import timezone_city
from app.web import i18n
from app.web.access import require_role

blueprint = Blueprint("audit", __name__, url_prefix="/admin")

FILTER_PARAMS = ("person", "account", "meeting", "action", "since", "until")


@blueprint.get("/audit")
@require_role(AccountRole.ADMIN)
def index() -> str | tuple[str, int]:
    """The audit page, newest events first."""
    form = _create_form()
    if not form.validate():
        return _render_page(form), 422
    return _render_page(form)


@blueprint.get("/audit.csv")
@require_role(AccountRole.ADMIN)
def export() -> Response | tuple[str, int]:
    """All matching events as a file; the export is audited too."""
    form = _create_form()
    if not form.validate():
        return _render_page(form), 422
    today = datetime.now(ZoneInfo(get_settings().time_zone)).date()
    headers = {"Content-Disposition": f'attachment; filename="convoca-audit-{today}.csv"'}
    if request.method == "HEAD":
        return Response(mimetype="text/csv", headers=headers)
    events = audit_queries.export_events(form.to_filter(), current_actor())
    cells = audit_presenter.to_csv_rows(
        events, accounts.get_all_display_names(), get_settings().time_zone, i18n.get_locale()
    )
    pieces = stream_with_context(audit_export.stream_csv(cells))
    return Response(pieces, mimetype="text/csv", headers=headers)


def _create_form() -> AuditForm:
    form = AuditForm(request.args)
    account_id = request.args.get("account", type=int)
    if account_id is not None and not form.person.data:
        form.person.data = (
            accounts.get_account(account_id).username if 0 < account_id <= MAX_ID else abort(404)
        )
    return form


def _render_page(form: AuditForm) -> str:
    """The page of a form that was found valid, or what is wrong with it."""
    filters = {name: request.args[name] for name in FILTER_PARAMS if request.args.get(name)}
    try:
        audit_filter = None if form.errors else form.to_filter()
        audit_page = audit_filter and audit_queries.get_page(
            audit_filter, _get_cursor_param("after"), _get_cursor_param("before")
        )
    except InvalidCursor:
        abort(404)
    newer, older = (audit_page.newer_cursor, audit_page.older_cursor) if audit_page else (None, None)
    return render_template(
        "admin/audit.html",
        form=form,
        filters=filters,
        place=timezone_city(get_settings().time_zone, i18n.get_locale()),
        events=audit_presenter.present_events(
            audit_page.rows if audit_page else [], get_settings().time_zone, i18n.get_locale()
        ),
        newer_url=_audit_url(filters, before=newer) if newer else None,
        older_url=_audit_url(filters, after=older) if older else None,
    )


def _audit_url(filters: dict[str, str], **cursor: int) -> str:
    return url_for("audit.index", **{**filters, **cursor})  # type: ignore[arg-type]


def _get_cursor_param(name: str) -> int | None:
    value = request.args.get(name, "")
    if value and not (value.isascii() and value.isdigit() and 0 < int(value) <= MAX_ID):
        abort(404)
    return int(value) if value else None
