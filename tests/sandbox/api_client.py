"""A caller of the sandbox, over real HTTP."""

import re
import socket
from dataclasses import dataclass, field
from typing import Any

import requests

KEY = "zlt_test_key"


@dataclass
class Sandbox:
    """A caller of the sandbox."""

    url: str
    session: requests.Session = field(default_factory=requests.Session)

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"x-api-key": KEY} | options.pop("headers", {})
        return self.session.request(method, self.url + path, headers=headers, timeout=5, **options)

    def create(self, title: str = "Comité", starts: str = "2026-11-24T15:00:00Z") -> requests.Response:
        return self.call("POST", "/public/meetings", json={"title": title, "datetime": starts})

    def meeting(self, title: str = "Comité") -> str:
        return str(self.create(title).json()["data"]["meeting"]["public_meeting_id"])

    def add(self, meeting: str, **body: Any) -> requests.Response:
        body = {"preset_name": "participant", "name": "Ana"} | body
        return self.call("POST", f"/public/meetings/{meeting}/participants", json=body)

    def cancel(self, meeting: str) -> requests.Response:
        return self.call("PATCH", f"/public/meetings/{meeting}", json={"status": "CANCELLED"})

    def page(self, path: str, **options: Any) -> requests.Response:
        return self.session.get(self.url + path, timeout=5, **options)

    def fault(self, kind: str, call: str = "all", times: str = "1") -> requests.Response:
        form = {"kind": kind, "call": call, "times": times}
        return self.session.post(self.url + "/faults", data=form, timeout=5)

    def count(self, what: str) -> int:
        found = re.search(rf'data-count="{what}">\s*(\d+)\s*<', self.page("/").text)
        assert found
        return int(found[1])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
