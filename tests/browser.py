"""A headless Chromium of this machine, for tests that look at pages as a person would.

Without one these tests are skipped with a reason; with `CI=true` they fail instead. Use the fixture `page` together
with pytest-django's `live_server`, or with `site`, and mark the module `pytest.mark.browser`.
"""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
WIDE = {"width": 1280, "height": 900}
TABLET = {"width": 820, "height": 1180}


def missing(what: str, remedy: str) -> None:
    """Skip the test on a user's machine; fail it on CI, where everything must be there."""
    sentence = f"{what} is not installed on this machine ({remedy})"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


def chromium() -> str:
    """The browser's path, from `CHROMIUM` or the usual names."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not found:
        missing("Chromium", "Debian: apt install chromium")
    return str(found)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser per test process."""
    program = chromium()
    # Playwright's event loop lives in this thread, and Django would take every query for one inside a coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS, headless=True)
        yield running
        running.close()


@pytest.fixture
def new_page(browser: Any) -> Iterator[Any]:
    """Opens pages in fresh profiles; options go to Playwright's `new_context` (`java_script_enabled=False`, …).

    The test fails when one of its pages threw an error or broke the content security policy.
    """
    contexts: list[Any] = []
    complaints: list[str] = []

    def note(message: Any) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    def open_one(**options: Any) -> Any:
        context = browser.new_context(**{"viewport": WIDE, "locale": "en-GB", "timezone_id": "UTC", **options})
        context.set_default_timeout(60_000)  # two cores share a database, a worker and a browser
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", note)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, f"the browser complained: {complaints}"


@pytest.fixture
def page(new_page: Any) -> Any:
    """A wide page with JavaScript."""
    return new_page()
