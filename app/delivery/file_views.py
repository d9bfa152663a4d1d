"""What is downloaded or printed: QR codes, calendar files, tables of participants, the sheet of links."""

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.delivery import calendar_file, files, qr, tables
from app.delivery.presenters import DeliveryView, present_rows
from app.delivery.queries import get_meeting, get_participant, list_rows
from app.meetings import detail_page
from app.meetings.join_links import participant_join_link
from app.meetings.participants.views import PARTICIPANT_PATH
from app.meetings.people_page import MAX_SEARCH_LENGTH
from app.meetings.people_query import PeopleFilter
from app.meetings.views import MEETING_ID
from app.models import AccountRole, Meeting, Participant
from app.utils.text import normalize_text, strip_control_characters
from app.web import i18n
from app.web.access import require_role

blueprint = Blueprint("delivery_files", __name__)

MAX_QR_CODES = 120
"""On one sheet: each takes 8 ms to draw and 2 KB of the page."""

_PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


@blueprint.get(f"{PARTICIPANT_PATH}/qr")
@require_role(AccountRole.VIEWER)
def qr_code(participant_id: int) -> Response | str:
    """A participant's link as a QR code: a page to print, or (`format`) a picture to download."""
    meeting, row = get_participant(participant_id)
    link = participant_join_link(meeting, row.participant)
    if link is None:
        abort(404)
    wanted = request.args.get("format", "")
    name = row.participant.name
    if wanted in _PICTURES:
        data = qr.render_svg_file(link, name) if wanted == "svg" else qr.render_png_file(link)
        return _attachment(data, _PICTURES[wanted], f"qr-{participant_id}.{wanted}")
    (person,) = present_rows(meeting, [row])
    svg = qr.render_inline_svg(link, _("QR code of %(name)s's link", name=name))
    return render_template(
        "delivery/qr.html", meeting=detail_page.present_meeting(meeting), person=person, svg=svg
    )


@blueprint.get(f"{PARTICIPANT_PATH}.ics")
@require_role(AccountRole.VIEWER)
def participant_calendar(participant_id: int) -> Response:
    """A calendar file of the meeting, with a participant's link."""
    meeting, row = get_participant(participant_id)
    return _calendar(meeting, row.participant)


@blueprint.get(f"{MEETING_ID}.ics")
@require_role(AccountRole.VIEWER)
def meeting_calendar(meeting_id: int) -> Response:
    """A calendar file of the meeting, without a link."""
    return _calendar(get_meeting(meeting_id), None)


@blueprint.get(f"{MEETING_ID}/people.csv")
@require_role(AccountRole.VIEWER)
def people_csv(meeting_id: int) -> Response:
    """What the filter of the meeting's page shows, as CSV."""
    rows = files.table_rows(_people(get_meeting(meeting_id)))
    data = tables.write_csv(files.table_header(), rows, i18n.get_locale())
    return _attachment(data, tables.CSV_CONTENT_TYPE, f"convoca-{meeting_id}.csv")


@blueprint.get(f"{MEETING_ID}/people.xlsx")
@require_role(AccountRole.VIEWER)
def people_xlsx(meeting_id: int) -> Response:
    """What the filter of the meeting's page shows, as a workbook."""
    meeting = get_meeting(meeting_id)
    rows = files.table_rows(_people(meeting))
    data = tables.write_xlsx(files.table_header(), rows, meeting.title)
    return _attachment(data, tables.XLSX_CONTENT_TYPE, f"convoca-{meeting_id}.xlsx")


@blueprint.get(f"{MEETING_ID}/sheet")
@require_role(AccountRole.VIEWER)
def sheet(meeting_id: int) -> str:
    """A sheet to print: what the filter shows, with links or (`codes=1`) with QR codes."""
    meeting = get_meeting(meeting_id)
    people = [view for _participant, view in _people(meeting)]
    codes: dict[int, str] = {}
    if request.args.get("codes") == "1":
        people = [view for view in people if view.link]
        codes = {view.id: _code(view) for view in people[:MAX_QR_CODES]}
    return render_template(
        "delivery/sheet.html",
        meeting=detail_page.present_meeting(meeting),
        people=people,
        codes=codes,
        with_codes=request.args.get("codes") == "1",
        show=_filter().value,
        q=_search_terms(),
    )


def _code(view: DeliveryView) -> str:
    return qr.render_inline_svg(view.link or "", _("QR code of %(name)s's link", name=view.name))


def _people(meeting: Meeting) -> list[tuple[Participant, DeliveryView]]:
    rows = list_rows(meeting, _filter(), _search_terms())
    views = present_rows(meeting, rows)
    return [(row.participant, view) for row, view in zip(rows, views, strict=True)]


def _filter() -> PeopleFilter:
    wanted = request.args.get("show") or PeopleFilter.ALL.value
    if wanted not in set(PeopleFilter):
        abort(404)
    return PeopleFilter(wanted)


def _search_terms() -> str:
    return normalize_text(strip_control_characters(request.args.get("q", "")))[:MAX_SEARCH_LENGTH]


def _calendar(meeting: Meeting, participant: Participant | None) -> Response:
    try:
        data = files.build_meeting_calendar(meeting, participant)
    except files.NoCalendarEventError:
        abort(404)
    number = f"-{participant.id}" if participant else ""
    return _attachment(data, calendar_file.CONTENT_TYPE, f"convoca-{meeting.id}{number}.ics")


def _attachment(data: bytes, content_type: str, filename: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return Response(data, content_type=content_type, headers=headers)
