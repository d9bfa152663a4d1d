"""The page shown when a form was not processed: it names the action and keeps the submitted values.

Its CSRF token or session had expired, or the database did not answer.
"""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import g, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.web import language_switch, request_ids
from app.web.activity_text import ROLE_LABELS

FIELD_LABELS = {
    "title": _l("Title"),
    "date": _l("Date"),
    "time": _l("Time"),
    "time_zone": _l("Time zone"),
    "name": _l("Name"),
    "username": _l("User"),
    "display_name": _l("Name"),
    "email": _l("Email"),
    "external_id": _l("Your reference"),
    "phone": _l("Phone"),
    "role": _l("Role"),
    "meeting": _l("Meeting"),
    "public_meeting_id": _l("Meeting ID or link"),
    "people": _l("People, one on each line"),
    "hosts": _l("Hosts"),
    "guests": _l("Guests"),
    "duration": _l("Duration (minutes)"),
    "text": _l("Message"),
    "interval": _l("Every how many days, weeks or months"),
    "month_day": _l("Day of the month"),
    "count": _l("How many dates"),
    "until": _l("Last date"),
}
VALUE_LABELS = {
    ("role", "host"): _l("Host"),
    ("role", "participant"): _l("Guest"),
    **{("role", role): label for role, label in ROLE_LABELS.items()},
}

# Each form's action, with the label of its submit button.
FORM_LABELS = {
    "meetings.new": _l("Create meeting"),
    "meetings.correct": _l("Correct and send again"),
    "meetings.adopt": _l("Add it here"),
    "meetings.cancel": _l("Yes, cancel meeting"),
    "moves.move": _l("Move meeting"),
    "participants.add": _l("Add person"),
    "participants.correct": _l("Correct and send again"),
    "participants.token": _l("Show host key"),
    "imports.import_people": _l("Check list"),
    "groups.new": _l("Save group"),
    "groups.edit": _l("Save group"),
    "groups.delete": _l("Yes, delete group"),
    "groups.add_to_meeting": _l("Check group"),
    "admin.invite": _l("Create account"),
    "admin.change_role": _l("Change role"),
    "admin.disable": _l("Disable account"),
    "admin.enable": _l("Enable account"),
    "admin.reset_password": _l("Create temporary password"),
    "admin.sign_out": _l("Sign out everywhere"),
    "operations.status": _l("Test Zelta now"),
    "messages.change_message": _l("Save message"),
    "series.repeat": _l("See the dates"),
    "series.cancel_following": _l("Yes, cancel the meetings"),
    "messages.templates": _l("Save templates"),
}
# Forms with several buttons: endpoint and value of the pressed button. Labels that depend on the
# database row stay generic, because this page makes no query.
BUTTON_LABELS = {
    ("meetings.resolve", "again"): _l("Send again"),
    ("meetings.resolve", "exists"): _l("Use"),
    ("meetings.resolve", "cancelled"): _l("It is already cancelled"),
    ("meetings.resolve", "discard"): _l("Discard (or do not cancel)"),
    ("meetings.resolve", "correct_id"): _l("Correct the ID"),
    ("meetings.resolve", "remove"): _l("Remove from the list"),
    ("participants.resolve", "again"): _l("Send again"),
    ("participants.resolve", "later"): _l("Put in the queue"),
    ("participants.resolve", "received"): _l("They have it"),
    ("participants.resolve", "without_email"): _l("Add without an email"),
    ("participants.resolve", "discard"): _l("Discard"),
    ("participants.resolve", "restore"): _l("Undo"),
    ("imports.import_people", "check"): _l("Check again"),
    ("imports.import_people", "send"): _l("Send list"),
    ("imports.update_import", "pause"): _l("Pause"),
    ("imports.update_import", "resume"): _l("Resume"),
    ("imports.update_import", "stop"): _l("Stop list"),
    ("imports.update_import", "again"): _l("Send the refused again"),
    ("batches.control", "pause"): _l("Pause"),
    ("batches.control", "resume"): _l("Resume"),
    ("batches.control", "stop"): _l("Stop sending"),
    ("delivery.change_one", "mark"): _l("Mark as handed over"),
    ("delivery.change_one", "undo"): _l("Remove the mark"),
    ("delivery.change_several", "mark"): _l("Mark as handed over"),
    ("delivery.change_several", "undo"): _l("Remove the mark"),
    ("series.repeat", "preview"): _l("See the dates"),
    ("series.repeat", "change"): _l("Change dates"),
    ("series.repeat", "create"): _l("Create meetings"),
    ("erasure.index", "look"): _l("Look for the person"),
    ("erasure.index", "erase"): _l("Erase the data"),
    ("web.set_language", "es"): "Español",
    ("web.set_language", "en"): "English",
}


# Never saved or shown again: the form holds a password, or JavaScript sent it.
NOT_RESUBMITTABLE = frozenset(
    {
        "auth.sign_in",
        "auth.change_password",
        "auth.sign_out",
        "auth.sign_out_everywhere",
        "meetings.copied",
        "participants.suggestions",
    }
)


NOT_TYPED = frozenset({"csrf_token", language_switch.FIELD, language_switch.ERRORS_FIELD})


class SubmittedField(NamedTuple):
    """A submitted field; without a label it is a hidden input. `display_value` is its text for users."""

    name: str
    label: LazyString | None
    value: str
    display_value: LazyString | str


@dataclass(frozen=True)
class SubmittedFormData:
    """A submitted form: its target and its fields."""

    endpoint: str
    path: str
    meeting_id: int | None
    fields: list[tuple[str, str]]
    file_lost: bool
    ours: bool

    @classmethod
    def from_request(cls) -> "SubmittedFormData":
        """The form submitted with this request."""
        endpoint = request.endpoint or ""
        pairs = [] if endpoint in NOT_RESUBMITTABLE else list(request.form.items(multi=True))
        return cls(
            endpoint=endpoint,
            path=request.path,
            meeting_id=(request.view_args or {}).get("meeting_id"),
            fields=[(name, value) for name, value in pairs if name not in NOT_TYPED],
            file_lost=any(file.filename for file in request.files.values()),
            ours=request.method == "POST" and _is_same_origin(),
        )

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "SubmittedFormData":
        """A form that `as_json` made."""
        return cls(**data | {"fields": [(name, value) for name, value in data["fields"]]})

    def to_dict(self) -> dict[str, Any]:
        """The form as JSON-serializable values."""
        return asdict(self)

    @property
    def action_label(self) -> LazyString | str | None:
        """Label of the form's submit button; None if unknown."""
        values = dict(self.fields)
        for name in ("choice", "action", "language"):
            pressed = (self.endpoint, values.get(name, ""))
            if pressed in BUTTON_LABELS:
                return BUTTON_LABELS[pressed]
        return FORM_LABELS.get(self.endpoint)

    @property
    def can_show_again(self) -> bool:
        """Whether its page shows it as it was filled in when the language is switched."""
        return language_switch.can_show_again(self.endpoint)

    @property
    def text(self) -> str:
        """The typed values with their labels, as text to copy; one line per row of a list."""
        lines: list[str] = []
        rows: dict[str, list[str]] = {}
        for name, value in self.fields:
            field, _, row = name.partition("-")
            if field not in FIELD_LABELS or not value.strip():
                continue
            shown = str(VALUE_LABELS.get((field, value), value))
            if row:
                rows.setdefault(row, []).append(shown)
            else:
                lines.append(f"{FIELD_LABELS[field]}: {shown}")
        return "\n".join([*lines, *("\t".join(cells) for cells in rows.values())])


def render_expired_form(
    form: SubmittedFormData, *, signed_in: bool = False, database_down: bool = False
) -> str:
    """Render the page; a form of our own site can be sent again from it, with a new CSRF token.

    Args:
        form: as it was sent.
        signed_in: the session had expired, and the user has signed in again.
        database_down: the database did not answer.
    """
    fields = [
        SubmittedField(name, FIELD_LABELS.get(name), value, VALUE_LABELS.get((name, value), value))
        for name, value in form.fields
    ]
    home = url_for("meetings.index")
    g.page_path = home
    return render_template(
        "web/expired_form.html",
        signed_in=signed_in,
        away=database_down,
        request_id=request_ids.get_request_id(),
        fields=fields,
        shown=[field for field in fields if field.label and field.value],
        action=form.action_label,
        address=f"{request.script_root}{form.path}",
        back=url_for("meetings.show", meeting_id=form.meeting_id) if form.meeting_id else home,
        file_lost=form.file_lost,
        can_show_again=form.can_show_again,
        resend=form.action_label is not None and form.ours,
    )


def _is_same_origin() -> bool:
    # CSRF: do not offer to resend a form that came from another site.
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is None or urlsplit(origin).netloc == request.host
