"""What the tests of hand-overs do again and again."""

from tests.support.actions import add, create, meeting_path, person
from tests.support.pages import Page, PageClient, PageResponse


def meeting_with(client: PageClient, *names: str, **fields: str) -> str:
    """Create a meeting with guests who have links; gives its path."""
    page = create(client, **fields)
    for name in names:
        page = add(page, name)
    return meeting_path(page)


def deliveries(page: Page) -> dict[str, str | None]:
    """The `data-delivery` of each person on a meeting's page."""
    return {row.find(".name").text: row.get("data-delivery") for row in page.find_all("[data-participant]")}


def person_id(client: PageClient, path: str, name: str) -> int:
    return int(person(client.visit(path), name)["data-participant"])


def csrf_token(client: PageClient) -> str:
    return client.visit("/").find_all('input[name="csrf_token"]')[0]["value"]


def post(client: PageClient, path: str, script: bool = False, **fields: object) -> PageResponse:
    """Send a form as a page, or as a page's script, would."""
    headers = {"X-Requested-With": "fetch"} if script else {}
    return client.post(path, data={"csrf_token": csrf_token(client), **fields}, headers=headers)


def mark(client: PageClient, participant_id: int, **fields: object) -> PageResponse:
    return post(client, f"/participants/{participant_id}/delivery", **{"action": "mark", **fields})  # type: ignore[arg-type]


def undo(client: PageClient, participant_id: int, **fields: object) -> PageResponse:
    return mark(client, participant_id, action="undo", **fields)
