"""Moving a meeting of three people by its page, and what Zelta was asked."""

from tests.support.actions import add, create, day, meeting_path
from tests.support.db import rows
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

FIELDS = {"date": day(9), "time": "16:30", "time_zone": "UTC"}


def meeting_of_three(client: PageClient) -> Page:
    """A host and a guest with emails, and a guest without."""
    page = create(client, "Comité")
    page = add(page, "Ana", "host", email="ana@example.org")
    page = add(page, "Luis", email="luis@example.org", external_id="E-7")
    return add(page, "Eva", phone="+50760001234")


def move(client: PageClient, page: Page, **fields: str) -> Page:
    path = f"{meeting_path(page)}/move"
    return client.visit(path).submit(path, **FIELDS | fields)


def cancelled(zelta: ZeltaServer) -> list[str]:
    return [call.path for call in zelta.calls if call.method == "PATCH"]


def old_and_new(url: str) -> list[tuple[str, str | None, bool]]:
    found = rows(url, "SELECT state, cancellation, cancellation_refused FROM meetings ORDER BY id")
    return [(row["state"], row["cancellation"], bool(row["cancellation_refused"])) for row in found]
