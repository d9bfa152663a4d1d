"""Firefox and WebKitGTK by the commands of WebDriver, for journeys in which they differ from Chromium.

Firefox takes them by Marionette, its own socket, so that it needs no geckodriver; WebKit by HTTP from WebKitWebDriver.
"""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, Self

import requests

from tests.support.live import free_port

FIREFOX = ("firefox-esr", "firefox")
ELEMENT_KEY = "element-6066-11e4-a52e-4f735466cecf"
START_SECONDS = 60
WAIT_SECONDS = 20
# Commands of WebDriver: the name at Marionette, and the HTTP method and path.
COMMANDS = {
    "Navigate": ("POST", "/url"),
    "Back": ("POST", "/back"),
    "FindElements": ("POST", "/elements"),
    "ElementClick": ("POST", "/element/{id}/click"),
    "ElementSendKeys": ("POST", "/element/{id}/value"),
    "ExecuteScript": ("POST", "/execute/sync"),
    "TakeScreenshot": ("GET", "/screenshot"),
}


class WebDriverBrowser(ABC):
    """A browser with one window, and what a person does in it."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.base_url = ""
        self._directory = tempfile.TemporaryDirectory(prefix="webdriver")
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    @abstractmethod
    def find(cls) -> str | None:
        """The path of the program; None if it is not installed."""

    @abstractmethod
    def command(self, name: str, **parameters: object) -> Any:
        """Send a command of WebDriver; gives its value."""

    @abstractmethod
    def _arguments(self) -> list[str]: ...

    @abstractmethod
    def _connect(self) -> None: ...

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [self.program, *self._arguments()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self._connect()
            except (OSError, requests.ConnectionError):
                if time.monotonic() > deadline:
                    self.__exit__()
                    raise
                time.sleep(0.2)
            else:
                return self

    def __exit__(self, *_error: object) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
        self._directory.cleanup()

    def go(self, path: str) -> None:
        """Go to a page of the dashboard."""
        self.command("Navigate", url=self.base_url + path)

    def script(self, script: str, *arguments: object) -> Any:
        """What a function with this body gives."""
        return self.command("ExecuteScript", script=script, args=list(arguments))

    def click(self, selector: str) -> None:
        """Click the first element that matches, once it is there."""
        self.command("ElementClick", id=self._element(selector))

    def type(self, selector: str, text: str) -> None:
        """Type into a field; date and time are set, as each browser types them in its own way."""
        if self.script("return document.querySelector(arguments[0]).type", selector) in {"date", "time"}:
            self.script("document.querySelector(arguments[0]).value = arguments[1]", selector, text)
        else:
            self.command("ElementSendKeys", id=self._element(selector), text=text)

    def value(self, selector: str) -> str:
        """The value of a field."""
        return str(self.script("return document.querySelector(arguments[0]).value", selector))

    def wait_until(self, condition: str, *arguments: object) -> None:
        """Wait until an expression of JavaScript is true."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not self.script(f"return Boolean({condition})", *arguments):
            assert time.monotonic() < deadline, (
                f"never true in {type(self).__name__}: {condition} {arguments}"
            )
            time.sleep(0.1)

    def _element(self, selector: str) -> str:
        self.wait_until("document.querySelector(arguments[0])", selector)
        found = self.command("FindElements", using="css selector", value=selector)
        return str(found[0][ELEMENT_KEY])


class Firefox(WebDriverBrowser):
    """Debian's Firefox, or another that is installed."""

    _socket: socket.socket

    @classmethod
    def find(cls) -> str | None:
        """The path of Firefox."""
        return next(filter(None, map(shutil.which, FIREFOX)), None)

    def command(self, name: str, **parameters: object) -> Any:
        """Send a command; its answer may be the value itself or hold it as `value`."""
        message = json.dumps([0, 1, f"WebDriver:{name}", parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _kind, _id, error, result = self._receive()
        assert error is None, f"Firefox, {name}: {error}"
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def _arguments(self) -> list[str]:
        profile = Path(self._directory.name)
        (profile / "user.js").write_text(f'user_pref("marionette.port", {self._port});\n')
        return ["--headless", "--no-remote", "--marionette", "--profile", str(profile)]

    def _connect(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=START_SECONDS)
        self._receive()
        self.command("NewSession", capabilities={"alwaysMatch": {}})

    def _receive(self) -> Any:
        length = b""
        while (byte := self._socket.recv(1)) != b":":
            if not byte:
                raise ConnectionError("Firefox closed the connection")
            length += byte
        message = b""
        while len(message) < int(length):
            message += self._socket.recv(int(length) - len(message))
        return json.loads(message)

    def __exit__(self, *error: object) -> None:
        if hasattr(self, "_socket"):
            self._socket.close()
        super().__exit__(*error)


class WebKit(WebDriverBrowser):
    """WebKitGTK's MiniBrowser, by Debian's webkit2gtk-driver."""

    _session = ""

    @classmethod
    def find(cls) -> str | None:
        """The path of its driver; it needs a screen, if only that of Xvfb."""
        has_screen = "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
        return shutil.which("WebKitWebDriver") if has_screen else None

    def command(self, name: str, **parameters: object) -> Any:
        """Send a command."""
        method, path = COMMANDS[name]
        url = f"{self._url}/session/{self._session}{path.format(**parameters)}"
        answer = requests.request(method, url, json=parameters if method == "POST" else None, timeout=60)
        value = answer.json()["value"]
        assert answer.ok, f"WebKit, {name}: {value}"
        return value

    @property
    def _url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def _arguments(self) -> list[str]:
        return [f"--port={self._port}", "--host=127.0.0.1"]

    def _connect(self) -> None:
        options = {"webkitgtk:browserOptions": {"args": ["--automation"]}}
        wanted = {"capabilities": {"alwaysMatch": options}}
        answer = requests.post(f"{self._url}/session", json=wanted, timeout=60)
        assert answer.ok, f"WebKit did not start: {answer.text}"
        self._session = answer.json()["value"]["sessionId"]

    def __exit__(self, *error: object) -> None:
        if self._session:
            requests.delete(f"{self._url}/session/{self._session}", timeout=60)
        super().__exit__(*error)
