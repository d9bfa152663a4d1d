"""Make docs/screenshot.png: the page of a realistic meeting in a new installation, 1280 px wide.

make screenshot
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests.support.browser import ARGUMENTS, find_browser  # noqa: E402
from tests.support.databases import migrate  # noqa: E402
from tests.support.live import LiveServer  # noqa: E402

TARGET = ROOT / "docs" / "screenshot.png"
MAX_BYTES = 200 * 1024
TITLE = "Seguimiento del proyecto Atlas"
PEOPLE = (
    ("host", "Ana Ruiz Hidalgo", "", ""),
    ("participant", "Bernat Soler", "bernat.soler@example.org", ""),
    ("participant", "María de los Ángeles Núñez", "", "EMP-0412"),
)


def main() -> None:
    """Run it all and write the picture."""
    with TemporaryDirectory() as directory:
        server = LiveServer(Path(directory) / "convoca", {})
        migrate({"PORT": str(server.port)}, server.directory)
        with server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_browser(playwright), args=list(ARGUMENTS)
            )
            page = browser.new_page(
                base_url=server.url,
                viewport={"width": 1280, "height": 800},
                locale="es-PA",
                color_scheme="light",
            )
            _make_meeting(page)
            page.goto(page.url.partition("#")[0])  # without the highlight of the last added row
            page.screenshot(path=TARGET, full_page=True)
            browser.close()
    size = TARGET.stat().st_size
    print(f"{TARGET.relative_to(ROOT)}: {size // 1024} KB")
    if size > MAX_BYTES:
        sys.exit(f"the picture is larger than {MAX_BYTES // 1024} KB")


def _make_meeting(page: Page) -> None:
    page.goto("/meetings/new")
    page.locator("#title").fill(TITLE)
    page.locator("#date").fill((datetime.now(UTC) + timedelta(days=30)).strftime("%Y-%m-%d"))
    page.locator("#time").fill("10:00")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_selector("[data-state=scheduled]")
    for number, (role, name, email, external_id) in enumerate(PEOPLE, 1):
        if page.locator("#add:not([open])").count():
            page.locator("#add > summary").click()
        page.locator("#role").select_option(role)
        for field, value in {"name": name, "email": email, "external_id": external_id}.items():
            page.locator(f"#{field}").fill(value)
        page.locator("form[action$='/participants'] button[type=submit]").last.click()
        page.wait_for_selector(f"tr[data-participant]:nth-child({number})[data-state=added]")


if __name__ == "__main__":
    main()
