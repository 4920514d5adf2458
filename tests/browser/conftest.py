"""A real server and a real browser: Chromium at desk, phone and narrow width, with and without JavaScript."""

import os
import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"desk": 1280, "phone": 390, "narrow": 320}
HEIGHT = 900
SHOTS = settings.BASE_DIR / ".data" / "shots"
PATIENCE = 10_000  # milliseconds
Opener = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium there is nothing to look with: that is said here, and a failure where CI runs."""
    if CHROMIUM or os.environ.get("CI"):
        return
    skip = pytest.mark.skip(reason="Chromium is not installed, so no page was looked at in a real browser")
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(skip)


@pytest.fixture(scope="package")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One Chromium for all. Playwright keeps an event loop in this thread, so Django must allow that."""
    if not CHROMIUM:
        pytest.fail("Chromium is not installed", pytrace=False)
    request.getfixturevalue("built")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def opened(browser: Browser, live_server: object, request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Opens browsers of a width, each with a profile of its own; a page that logs an error fails the test."""
    cache.clear()  # it outlives a test, and counts who tried to sign in too often from this machine
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(width: int = WIDTHS["desk"], *, script: bool = True, locale: str = "nl-NL") -> Page:
        context = browser.new_context(
            base_url=str(live_server).replace("localhost", "127.0.0.1"),
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=script,
            locale=locale,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.extend(complaint(line.type, line.text)))
        return page

    yield open_page
    for number, context in enumerate(contexts):
        for page in context.pages:
            shoot(page, f"{request.node.name}-{number}")
        context.close()
    assert complaints == []


def complaint(kind: str, text: str) -> list[str]:
    """An error in the browser's console, but for the status of a page that a test asked for on purpose."""
    is_meant = re.search(r"the server responded with a status of 4\d\d", text)
    return [text] if kind == "error" and not is_meant else []


def shoot(page: Page, name: str) -> None:
    """A picture of the whole page in `.data/shots/`, if PORTAL_SHOTS is set."""
    if "PORTAL_SHOTS" in os.environ:
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png", full_page=True)


@pytest.fixture
def page(opened: Opener) -> Page:
    return opened(WIDTHS["desk"])


@pytest.fixture
def phone(opened: Opener) -> Page:
    return opened(WIDTHS["phone"])


@pytest.fixture
def without_script(opened: Opener) -> Page:
    return opened(WIDTHS["desk"], script=False)
