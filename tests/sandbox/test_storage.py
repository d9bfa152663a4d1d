"""The sandbox's file, whose connections are closed: Python 3.13 warns of each that is not."""

import gc
import sqlite3
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from app.sandbox.storage import Store


class Counted(sqlite3.Connection):
    """A connection that is remembered until it is closed."""

    still_open: set[int] = set()  # noqa: RUF012

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.still_open.add(id(self))

    def close(self) -> None:
        super().close()
        self.still_open.discard(id(self))


def test_a_store_that_threads_used_closes_its_connections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **options: connect(*a, **options, factory=Counted))
    store = Store(tmp_path / "new" / "sandbox.sqlite3")
    store.create_tables()
    threads = [Thread(target=store.execute, args=("UPDATE meetings SET title = ?", "x")) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.query("SELECT * FROM meetings") == []
    del store, thread, threads
    gc.collect()
    assert Counted.still_open == set()
