"""A real browser: the system's Chromium, driven by Playwright, which watches every page for what nobody would see.

At the end of each test its browser contexts must have seen no error on the console, no uncaught error, no violation of the
content security policy, and no request to an origin other than those that the test allows.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    WebError,
    sync_playwright,
)

from tests.support.live import LiveServer

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK = (1280, 800)
PHONE = (390, 844)
NARROW = (320, 640)
REPORT_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) => console.error(
  `CSP violation: ${event.violatedDirective} blocked ${event.blockedURI || "inline"} at ${event.sourceFile}:${event.lineNumber}`));"""
AXE = Axe()
SCHEMES_WITHOUT_SERVER = ("about", "blob", "data")

Launch = Callable[..., Browser]
OpenContext = Callable[..., BrowserContext]


def find_browser(playwright: Playwright) -> str:
    """The path of the system's Chromium, or of the one that Playwright brought where the system has none."""
    found = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), playwright.chromium.executable_path)
    if not Path(found).exists():
        raise RuntimeError(
            "The browser tests need Chromium, and this machine has none. On Debian and Ubuntu: sh tests/install-system.sh; "
            "elsewhere install Chromium or Google Chrome, or run .venv/bin/playwright install chromium"
        )
    return found


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    """Playwright, once for each worker."""
    try:
        with sync_playwright() as playwright:
            yield playwright
    except OSError as error:
        raise RuntimeError("Playwright did not start; on Debian: sh tests/install-system.sh") from error


@pytest.fixture(scope="session")
def browser(playwright_driver: Playwright) -> Iterator[Browser]:
    """The browser that the tests of a worker share, each with contexts of its own."""
    with _launched(playwright_driver) as browser:
        yield browser


@pytest.fixture
def launch(playwright_driver: Playwright) -> Iterator[Launch]:
    """Launch another browser: `launch("--host-resolver-rules=MAP convoca.example 127.0.0.1")`."""
    with ExitStack() as stack:
        yield lambda *arguments: stack.enter_context(_launched(playwright_driver, *arguments))


@contextmanager
def _launched(playwright: Playwright, *arguments: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(
        executable_path=find_browser(playwright), args=[*ARGUMENTS, *arguments]
    )
    try:
        yield browser
    finally:
        browser.close()


class Watch:
    """What went wrong in a browser context, unnoticed by anyone who looks at its pages."""

    def __init__(self, context: BrowserContext, origins: set[str]) -> None:
        self.problems: list[str] = []
        self.origins = origins
        self._answered: dict[str, int] = {}
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "assert"} and not self._is_expected(message):
            self.problems.append(f"console of {message.location['url']}: {message.text}")

    def _is_expected(self, message: ConsoleMessage) -> bool:
        """Chromium notes each 4xx on the console; where the person went there, the page says it, and all is well."""
        status = self._answered.get(message.location["url"], 0)
        return message.text.startswith("Failed to load resource") and 400 <= status < 500

    def _error(self, error: WebError) -> None:
        self.problems.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if (
            parts.scheme not in SCHEMES_WITHOUT_SERVER
            and f"{parts.scheme}://{parts.netloc}" not in self.origins
        ):
            self.problems.append(f"request to another origin: {request.url}")

    def _response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._answered[response.url] = response.status


@pytest.fixture
def open_context(browser: Browser) -> Iterator[OpenContext]:
    """Open a person's browser window on a dashboard: `open_context(live, javascript=False, dark=True, size=PHONE)`.

    Args of the fixture's value:
        server: the dashboard; relative addresses lead to it.
        javascript, dark, size, locale: as they say.
        url: how the browser names the server, if not by its own `url` (see `launch`).
        origins: other origins that its pages may reach, such as the sandbox's.
        using: a browser from `launch`.
        permissions: such as `clipboard-read`, `clipboard-write`.
    """
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_one(
        server: LiveServer, *, javascript: bool = True, dark: bool = False, size: tuple[int, int] = DESK, locale: str = "es-PA",
        url: str | None = None, origins: tuple[str, ...] = (), using: Browser | None = None, permissions: tuple[str, ...] = (),
    ) -> BrowserContext:  # fmt: skip
        context = (using or browser).new_context(
            base_url=url or server.url, java_script_enabled=javascript, locale=locale, timezone_id="America/Panama",
            color_scheme="dark" if dark else "light", viewport={"width": size[0], "height": size[1]},
            permissions=list(permissions),
        )  # fmt: skip
        context.set_default_timeout(10_000)
        opened.append((context, Watch(context, {server.url, url or server.url, *origins})))
        return context

    yield open_one
    problems = []
    for context, watch in opened:
        context.close()
        problems += watch.problems
    assert not problems, "the browser saw:\n" + "\n".join(f" - {problem}" for problem in problems)


def assert_accessible(page: Page, rule: str | None = None) -> None:
    """Fail on any violation that axe finds on the page as it stands, by all rules or one."""
    if not page.evaluate("'axe' in window"):  # a page that is looked at again has it
        page.evaluate(AXE.axe_script)
    options = {"resultTypes": ["violations"]} | ({"runOnly": [rule]} if rule else {})
    results = AxeResults(page.evaluate("options => axe.run(options)", options))
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


def assert_no_overflow(page: Page) -> None:
    """Fail if the page is wider than its window, naming what sticks out."""
    wide = page.evaluate("""() => {
      const width = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= width) return [];
      return [...document.body.querySelectorAll("*")]
        .filter((element) => element.getBoundingClientRect().right > width + 0.5)
        .map((element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent.trim().slice(0, 40)}`);
    }""")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
        f"{page.url} is wider than its window: {wide[:8]}"
    )


def examine(page: Page) -> None:
    """Look at the page as it stands, at every size, and in both colour schemes, which are the same at each."""
    for width, height in (DESK, PHONE, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        assert_no_overflow(page)
        if (width, height) == NARROW:
            continue
        page.emulate_media(color_scheme="light")
        assert_accessible(page)
        if (width, height) == DESK:
            # The scheme changes nothing but colours.
            page.emulate_media(color_scheme="dark")
            assert_accessible(page, rule="color-contrast")


def clipboard_text(page: Page, secure_url: str) -> str:
    """What the clipboard holds, read on a page of a secure origin, since plain http under a name cannot read it."""
    reader = page.context.new_page()
    try:
        reader.goto(secure_url)
        reader.bring_to_front()
        text: str = reader.evaluate("navigator.clipboard.readText()")
        return text
    finally:
        reader.close()
