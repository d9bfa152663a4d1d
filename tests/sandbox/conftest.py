"""A sandbox for each test module."""

from collections.abc import Iterator

import pytest

from app.sandbox.server import start_sandbox
from tests.sandbox.api_client import KEY, Sandbox, free_port


@pytest.fixture(scope="module")
def rate() -> int:
    """Calls a minute; a module may set its own."""
    return 10_000


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory, rate: int) -> Iterator[Sandbox]:
    """A running sandbox of the module's own."""
    port = free_port()
    file = tmp_path_factory.mktemp("sandbox") / "sandbox.sqlite3"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SANDBOX_RATE", str(rate))
        child = start_sandbox("127.0.0.1", port, file, KEY)
    caller = Sandbox(f"http://127.0.0.1:{port}")
    yield caller
    caller.session.close()
    child.terminate()
    assert child.wait(5) == 0
