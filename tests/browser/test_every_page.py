"""Every page of the sight table, as every role, by axe at desk and narrow width; and every form when it is
refused.

A page is looked at when an element stands on it between neighbours that no page before it showed: of the same
elements in the same place axe says the same. No colour changes with the width, and what stands around every
page is looked at in `test_first_steps.py`: so the contrast is measured once, in the middle.
"""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page as BrowserPage

from tests.browser.conftest import HEIGHT, WIDTHS
from tests.browser.looking import all_but_contrast, contrast_in, enter, fits
from tests.sight.matrix import tell
from tests.sight.pages import Page, body, roles_in, table
from tests.sight.world import VISITOR, World, build

GROUPS = {
    "account": re.compile(r"account_|mfa_|socialaccount_|people:|privacy:"),
    "exchange": re.compile(r"mobility:(exchange|apply|edit|write|inbox|own|withdraw$|import)"),
    "application": re.compile(r"mobility:"),
    "office": re.compile(r"admin:(mobility|people)"),
    "register": re.compile(r"admin:"),
    "pitch": re.compile(r"pitch:"),
    "meeting": re.compile(r"networks:|doetanks:"),
    "alumni": re.compile(r"alumni:"),
    "front": re.compile(r""),
}
WORDS = re.compile(r'>[^<]*<|\b(?!class|type|role|aria-hidden)[\w-]+="[^"]*"')
TAG = re.compile(r"<[^>]+>")
Neighbours = tuple[str, ...]
AT = ("desk", "narrow")
"""No style of ours changes between the narrow width and that of a phone."""

SEND_EMPTY = """form => {
    form.querySelectorAll("input:not([type=hidden]), textarea").forEach(field => { field.value = ""; });
    form.submit();
}"""


@pytest.fixture
def world(transactional_db: None) -> World:
    return build()


def pages_of(group: str) -> list[Page]:
    """The pages that belong to this group and to none before it."""
    return [
        page
        for page in table()
        if next(name for name, pattern in GROUPS.items() if pattern.match(page.name)) == group
    ]


def faces(world: World, group: str) -> Iterator[tuple[Page, str]]:
    """Each page as the first role that sees it in this form; of each refusal one, since they look alike."""
    seen: set[Neighbours] = set()
    refused: set[str] = set()
    for page in pages_of(group):
        for role in roles_in([page]) if page.method == "GET" else ():
            if (status := page.expected[role]) != "200" and status in refused:
                continue
            refused.add(status)
            response = world.client(role).get(page.address(world))
            if response.headers.get("Content-Type", "").startswith("text/html"):
                shown = neighbours(body(response).partition("<main")[2])
                if shown - seen:
                    seen |= shown
                    yield page, role


def neighbours(text: str) -> set[Neighbours]:
    """Each tag with the two after it, without words."""
    tags = TAG.findall(WORDS.sub("><", text))
    return {tuple(tags[place : place + 3]) for place in range(len(tags))}


def look(browser: BrowserPage, name: object) -> list[str]:
    """What is wrong, each with the widths at which it is."""
    found: dict[str, list[str]] = {}
    for width in AT:
        browser.set_viewport_size({"width": WIDTHS[width], "height": HEIGHT})
        lines = all_but_contrast(browser) + (contrast_in(browser, "main") if width == "desk" else [])
        for line in lines + ([] if fits(browser) else ["scrolls sideways"]):
            found.setdefault(line, []).append(width)
    return [f"{name} ({', '.join(widths)}): {line}" for line, widths in found.items()]


@pytest.mark.parametrize("group", GROUPS)
def test_every_page_passes_axe(opened, world, group):
    browser, found = opened(), []
    browser.context.add_init_script(AXE_SCRIPT)
    for page, role in faces(world, group):
        browser.context.clear_cookies()
        if role != VISITOR:
            enter(browser, world.people[role])
        browser.goto(page.address(world))
        found += look(browser, f"{page} as {role}")

    tell(found)


@pytest.mark.parametrize("role", ["applicant", "hr_own"])
def test_every_refused_form_passes_axe(opened, world, role):
    """Sent empty. Only those of which something looks new (see above)."""
    browser, found, seen = enter(opened(), world.people[role]), [], set()
    browser.context.add_init_script(AXE_SCRIPT)
    for page in table():
        if page.method == "POST" and page.expected.get(role) == "422":
            shown = neighbours(body(world.client(role).post(page.address(world))).partition("<main")[2])
            if shown <= seen:
                continue
            seen |= shown
            browser.goto(page.address(world))
            with browser.expect_navigation():
                browser.locator("main form[method=post]").first.evaluate(SEND_EMPTY)
            if browser.locator("[aria-invalid=true]").count():  # some forms may be sent empty
                found += look(browser, page)

    tell(found)
