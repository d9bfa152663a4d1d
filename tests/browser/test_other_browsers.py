"""Where Firefox and WebKit differ from Chromium: what a form keeps, where the focus goes. Each where it is installed."""

from collections.abc import Iterator

import pytest

from tests.browser.data import DAY, Stage
from tests.browser.test_forms import created
from tests.support.webdriver import Firefox, WebDriverBrowser, WebKit

CREATE = "form#page-form .primary"


@pytest.fixture(scope="module", params=[Firefox, WebKit])
def started(request: pytest.FixtureRequest) -> Iterator[WebDriverBrowser]:
    program = request.param.find()
    if program is None:
        pytest.skip(f"{request.param.__name__} is not installed (make test-browsers installs it)")
    with request.param(program) as browser:
        yield browser


@pytest.fixture
def window(started: WebDriverBrowser, stage: Stage) -> WebDriverBrowser:
    started.base_url = stage.server.url
    return started


def fill(window: WebDriverBrowser, title: str) -> None:
    window.go("/meetings/new")
    window.type("#title", title)
    window.type("#date", DAY)
    window.type("#time", "10:00")


def create(window: WebDriverBrowser) -> None:
    window.click(CREATE)
    window.wait_until("document.querySelector('article[data-meeting]') && document.readyState === 'complete'")


def go_back(window: WebDriverBrowser) -> None:
    window.command("Back")
    window.wait_until("document.querySelector('#title') && document.readyState === 'complete'")


def test_form_left_by_a_link_keeps_its_text(window: WebDriverBrowser) -> None:
    fill(window, "Sin enviar")
    window.click(".brand")
    window.wait_until("document.querySelector('.search')")
    go_back(window)
    assert [window.value(f"#{name}") for name in ("title", "date", "time")] == ["Sin enviar", DAY, "10:00"]


def test_form_sent_again_after_back_makes_one_meeting(window: WebDriverBrowser, stage: Stage) -> None:
    title = f"Volver en {type(window).__name__}"
    fill(window, title)
    create(window)
    go_back(window)
    assert window.value("#title") == title
    create(window)
    assert created(stage, title) == 1


def test_form_sent_again_after_back_and_reload_makes_one_meeting(
    window: WebDriverBrowser, stage: Stage
) -> None:
    title = f"Recargar en {type(window).__name__}"
    fill(window, title)
    create(window)
    go_back(window)
    window.script("document.documentElement.id = 'old'; location.reload()")
    window.wait_until("document.querySelector('html:not(#old) #title') && document.readyState === 'complete'")
    if window.value("#title") == title:
        create(window)
    else:  # WebKit empties a form that is reloaded: what is typed then is new, and asked about
        fill(window, title)
        window.click(CREATE)
        window.wait_until("document.querySelector('[name=other_than]')")
    assert created(stage, title) == 1


@pytest.mark.parametrize("name", ["title", "date", "time"])
def test_line_of_the_error_summary_reaches_its_field(window: WebDriverBrowser, name: str) -> None:
    window.go("/meetings/new")
    window.click(CREATE)
    window.click(f'.summary a[href="#{name}"]')
    window.wait_until("document.activeElement.id === arguments[0]", name)


def test_copying_says_so(window: WebDriverBrowser, stage: Stage) -> None:
    window.go(stage.populated(f"Copiar en {type(window).__name__}").removeprefix(stage.server.url))
    window.click("td.acts [data-copy]")
    window.wait_until("document.querySelector('#toast [role=status]').textContent.trim()")
