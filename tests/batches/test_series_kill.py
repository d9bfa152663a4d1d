"""`kill -9` while the rest of a series is cancelled: every meeting says how far it came, and nothing goes by itself."""

import time

from tests.batches.repeating import WEEKLY, meetings, repeat_path, wait, weekday
from tests.support import zelta_faults as faults
from tests.support.actions import create, day
from tests.support.live import LiveFactory
from tests.support.zelta_server import ZeltaServer
from tests.support.zelta_wire import as_usual


def states(url: str) -> list[tuple[str, str | None]]:
    return [(row["state"], row["cancellation"]) for row in meetings(url)]


def cancellations(zelta: ZeltaServer) -> int:
    return len([call for call in zelta.calls if call.method == "PATCH"])


def test_the_process_dies_between_two_cancellations(
    serve: LiveFactory, zelta: ZeltaServer, database_url: str
) -> None:
    server = serve(ZELTA_TIMEOUT="3")
    with server.client() as browser:
        page = create(browser)
        path = repeat_path(page)
        rule = WEEKLY | {"date": day(), "weekdays": [weekday(day())], "count": "5"}
        preview = browser.visit(path).submit(path, "preview", **rule)
        preview.submit(path, "create")
        wait(lambda: states(database_url) == [("scheduled", None)] * 5)
        zelta.next(as_usual, faults.hangs(processed=True), method="PATCH")
        cancel_path = "/meetings/2/cancel-following"
        browser.visit(cancel_path).submit(cancel_path)
    wait(lambda: cancellations(zelta) == 2)
    server.kill9()
    zelta.behave()
    server.start()
    wait(lambda: states(database_url)[2] == ("scheduled", "unknown"))
    time.sleep(1)
    assert states(database_url) == [
        ("scheduled", None),
        ("cancelled", None),
        ("scheduled", "unknown"),
        ("scheduled", "not_sent"),
        ("scheduled", "not_sent"),
    ]
    assert cancellations(zelta) == 2
    with server.client() as browser:
        again = browser.visit(cancel_path)
        assert "Se cancelan 3 reuniones" in again.find("main").text
        again.submit(cancel_path)
    wait(lambda: [state for state, _c in states(database_url)] == ["scheduled", *["cancelled"] * 4])
