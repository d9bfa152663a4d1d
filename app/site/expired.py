"""The page of a form whose CSRF token is missing or too old: what it would do, named, and what was typed, kept."""

from typing import NamedTuple
from urllib.parse import urlsplit

from flask import g, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

LABELS = {
    "title": _l("Title"),
    "date": _l("Date"),
    "time": _l("Time"),
    "time_zone": _l("Time zone"),
    "name": _l("Name"),
    "email": _l("E-mail"),
    "external_id": _l("External ID"),
    "role": _l("Role"),
    "meeting": _l("Meeting"),
    "public_meeting_id": _l("Meeting ID or link"),
    "people": _l("People, one on each line"),
    "hosts": _l("Hosts"),
    "guests": _l("Guests"),
}
VALUES = {("role", "host"): _l("Host"), ("role", "participant"): _l("Guest")}

# What a form does, in the words of its button.
FORMS = {
    "meetings.new": _l("Create the meeting"),
    "meetings.correct": _l("Correct and send again"),
    "meetings.adopt": _l("Bring it here"),
    "meetings.cancel": _l("Yes, cancel the meeting"),
    "people.add": _l("Add the person"),
    "people.correct": _l("Correct and send again"),
    "people.token": _l("See the token"),
    "lists.import_people": _l("Look at the list"),
}
# Of a form with several buttons: the endpoint and the value of the one that was pressed. What would be read from the
# row is left open, since this page asks the database nothing.
BUTTONS = {
    ("meetings.resolve", "again"): _l("Send again"),
    ("meetings.resolve", "exists"): _l("Use it"),
    ("meetings.resolve", "discard"): _l("Discard or, if it was about a cancellation, do not cancel"),
    ("people.resolve", "again"): _l("Send again"),
    ("people.resolve", "later"): _l("Send as soon as it can go"),
    ("people.resolve", "received"): _l("They got it"),
    ("people.resolve", "without_email"): _l("Add without e-mail and give me the link"),
    ("people.resolve", "discard"): _l("Discard"),
    ("lists.import_people", "check"): _l("Check again"),
    ("lists.import_people", "send"): _l("Send the list"),
    ("lists.control", "pause"): _l("Pause"),
    ("lists.control", "resume"): _l("Go on"),
    ("lists.control", "stop"): _l("Stop, and discard whoever waits"),
    ("lists.control", "again"): _l("Send the refused people again"),
    ("site.set_language", "es"): "Español",
    ("site.set_language", "en"): "English",
}


class TypedField(NamedTuple):
    """Something that was in a form; without a label it is carried along unseen. `shown` is the value in words."""

    name: str
    label: LazyString | None
    value: str
    shown: LazyString | str


def page() -> str:
    """The page: a form of a site of ours may be sent again from here, with a fresh token."""
    fields = [
        TypedField(name, LABELS.get(name), value, VALUES.get((name, value), value))
        for name, value in request.form.items(multi=True)
        if name != "csrf_token"
    ]
    g.page_path = url_for("meetings.index")
    action = _action()
    return render_template(
        "site/expired.html",
        fields=fields,
        shown=[field for field in fields if field.label and field.value],
        action=action,
        address=f"{request.script_root}{request.path}",
        back=_back(),
        file_lost=any(file.filename for file in request.files.values()),
        resend=action is not None and request.method == "POST" and _is_ours(),
    )


def _action() -> LazyString | str | None:
    endpoint = request.endpoint or ""
    for name in ("choice", "action", "language"):
        pressed = (endpoint, request.form.get(name, ""))
        if pressed in BUTTONS:
            return BUTTONS[pressed]
    return FORMS.get(endpoint)


def _back() -> str:
    meeting_id = (request.view_args or {}).get("meeting_id")
    return url_for("meetings.show", meeting_id=meeting_id) if meeting_id else url_for("meetings.index")


def _is_ours() -> bool:
    # A form that another site sent here is not offered again under our name.
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is None or urlsplit(origin).netloc == request.host
