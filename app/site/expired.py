"""The page of a form that was not carried out: what it would do, named, and what was typed, kept.

Its CSRF token or session had expired, or the database did not answer.
"""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import g, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.site import request_ids
from app.site.words import ROLES

LABELS = {
    "title": _l("Title"),
    "date": _l("Date"),
    "time": _l("Time"),
    "time_zone": _l("Time zone"),
    "name": _l("Name"),
    "username": _l("User"),
    "display_name": _l("Name"),
    "email": _l("E-mail"),
    "external_id": _l("External ID"),
    "role": _l("Role"),
    "meeting": _l("Meeting"),
    "public_meeting_id": _l("Meeting ID or link"),
    "people": _l("People, one on each line"),
    "hosts": _l("Hosts"),
    "guests": _l("Guests"),
    "duration": _l("Duration (minutes)"),
    "text": _l("Message"),
}
VALUES = {
    ("role", "host"): _l("Host"),
    ("role", "participant"): _l("Guest"),
    **{("role", role): label for role, label in ROLES.items()},
}

# What a form does, in the words of its button.
FORMS = {
    "meetings.new": _l("Create the meeting"),
    "meetings.correct": _l("Correct and send again"),
    "meetings.adopt": _l("Bring it here"),
    "meetings.cancel": _l("Yes, cancel the meeting"),
    "people.add": _l("Add the person"),
    "people.correct": _l("Correct and send again"),
    "people.token": _l("See the token"),
    "lists.import_people": _l("Review the list"),
    "admin.invite": _l("Give an account"),
    "admin.change_role": _l("Change the role"),
    "admin.disable": _l("Disable the account"),
    "admin.enable": _l("Enable the account"),
    "admin.reset_password": _l("Make a temporary password"),
    "admin.sign_out": _l("Sign out everywhere"),
    "operations.status": _l("Ask Zelta now"),
    "messages.change_message": _l("Save the message"),
    "messages.templates": _l("Save the templates"),
}
# Of a form with several buttons: the endpoint and the value of the one that was pressed. What would be read from the
# row is left open, since this page asks the database nothing.
BUTTONS = {
    ("meetings.resolve", "again"): _l("Send again"),
    ("meetings.resolve", "exists"): _l("Use it"),
    ("meetings.resolve", "cancelled"): _l("It is already cancelled"),
    ("meetings.resolve", "discard"): _l("Discard or, if it was about a cancellation, do not cancel"),
    ("people.resolve", "again"): _l("Send again"),
    ("people.resolve", "later"): _l("Send as soon as it can go"),
    ("people.resolve", "received"): _l("They got it"),
    ("people.resolve", "without_email"): _l("Add without e-mail and give me the link"),
    ("people.resolve", "discard"): _l("Discard"),
    ("lists.import_people", "check"): _l("Check again"),
    ("lists.import_people", "send"): _l("Send the list"),
    ("lists.control", "pause"): _l("Pause"),
    ("lists.control", "resume"): _l("Resume"),
    ("lists.control", "stop"): _l("Stop, and discard those waiting"),
    ("lists.control", "again"): _l("Send the refused people again"),
    ("delivery.change_one", "mark"): _l("Mark as handed over"),
    ("delivery.change_one", "undo"): _l("Take back the mark"),
    ("delivery.change_several", "mark"): _l("Mark as handed over"),
    ("delivery.change_several", "undo"): _l("Take back the mark"),
    ("site.set_language", "es"): "Español",
    ("site.set_language", "en"): "English",
}


# Of these nothing is kept or shown: what was typed is a password, or nobody pressed a button.
SECRET = frozenset(
    {
        "accounts.sign_in",
        "accounts.change_password",
        "accounts.sign_out",
        "accounts.sign_out_everywhere",
        "meetings.copied",
    }
)


class TypedField(NamedTuple):
    """Something that was in a form; without a label it is carried along unseen. `shown` is the value in words."""

    name: str
    label: LazyString | None
    value: str
    shown: LazyString | str


@dataclass(frozen=True)
class TypedForm:
    """A form as it was sent: where to, and what was in it. `ours`: it came from a page of this site."""

    endpoint: str
    path: str
    meeting_id: int | None
    fields: list[tuple[str, str]]
    file_lost: bool
    ours: bool

    @classmethod
    def of_request(cls) -> "TypedForm":
        """The form that this request brought."""
        endpoint = request.endpoint or ""
        pairs = [] if endpoint in SECRET else list(request.form.items(multi=True))
        return cls(
            endpoint=endpoint,
            path=request.path,
            meeting_id=(request.view_args or {}).get("meeting_id"),
            fields=[(name, value) for name, value in pairs if name != "csrf_token"],
            file_lost=any(file.filename for file in request.files.values()),
            ours=request.method == "POST" and _is_ours(),
        )

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "TypedForm":
        """A form that `as_json` made."""
        return cls(**kept | {"fields": [(name, value) for name, value in kept["fields"]]})

    def as_json(self) -> dict[str, Any]:
        """What JSON can hold of it, which is everything."""
        return asdict(self)

    @property
    def action(self) -> LazyString | str | None:
        """What it would do, in the words of its button; None where that cannot be told."""
        values = dict(self.fields)
        for name in ("choice", "action", "language"):
            pressed = (self.endpoint, values.get(name, ""))
            if pressed in BUTTONS:
                return BUTTONS[pressed]
        return FORMS.get(self.endpoint)


def page(form: TypedForm, *, signed_in: bool = False, away: bool = False) -> str:
    """The page: a form of a site of ours may be sent again from here, with a fresh token.

    Args:
        form: as it was sent.
        signed_in: its session had ended, and whoever sent it has signed in since.
        away: the database did not answer.
    """
    fields = [
        TypedField(name, LABELS.get(name), value, VALUES.get((name, value), value))
        for name, value in form.fields
    ]
    home = url_for("meetings.index")
    g.page_path = home
    return render_template(
        "site/expired.html",
        signed_in=signed_in,
        away=away,
        request_id=request_ids.current(),
        fields=fields,
        shown=[field for field in fields if field.label and field.value],
        action=form.action,
        address=f"{request.script_root}{form.path}",
        back=url_for("meetings.show", meeting_id=form.meeting_id) if form.meeting_id else home,
        file_lost=form.file_lost,
        resend=form.action is not None and form.ours,
    )


def typed_text() -> str:
    """What was typed into this request's form, with its labels, as text to copy; the rows of a list are a line each."""
    lines: list[str] = []
    rows: dict[str, list[str]] = {}
    for name, value in TypedForm.of_request().fields:
        field, _, row = name.partition("-")
        if field not in LABELS or not value.strip():
            continue
        shown = str(VALUES.get((field, value), value))
        if row:
            rows.setdefault(row, []).append(shown)
        else:
            lines.append(f"{LABELS[field]}: {shown}")
    return "\n".join([*lines, *("\t".join(cells) for cells in rows.values())])


def _is_ours() -> bool:
    # A form that another site sent here is not offered again under our name.
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is None or urlsplit(origin).netloc == request.host
