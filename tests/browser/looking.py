"""What browser tests do on a page: sign in, look with axe, walk by keyboard."""

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page

from bwob.people.models import User
from tests import make

LOOK = """([where, rules]) => axe.run(where || document, {resultTypes: ["violations"], ...rules}).then(
    ({violations}) => violations.flatMap(
        ({id, help, nodes}) => nodes.map(({html}) => `${id} (${help}): ${html.slice(0, 160)}`)
    )
)"""
CONTRAST = "color-contrast"
"""The one rule that takes four fifths of axe's time, since it finds what lies under each text."""


def address(name: str, *keys: object, language: str = "nl") -> str:
    """The address of a page in this language, by its URL name."""
    with translation.override(language):
        return reverse(name, args=keys)


def sign_in(page: Page, user: User, password: str = make.PASSWORD) -> None:
    """Sign in as a person does, through the form."""
    page.goto(address("account_login"))
    page.locator("input[name=login]").fill(user.email)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"**{address('dashboard')}")


def enter(page: Page, user: User) -> Page:
    """Be signed in at once, by the cookie that signing in would have set."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    place = {"domain": "127.0.0.1", "path": "/"}
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, **place}])
    return page


def axe(page: Page) -> None:
    """No violation of any rule of axe, best practices included; the failure says where and what."""
    found = violations(page)
    assert found == [], "\n".join([page.url, *found])


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    return found_by_axe(page)


def contrast_in(page: Page, where: str) -> list[str]:
    """Texts in this part of the page that are hard to read."""
    return found_by_axe(page, where, {"runOnly": [CONTRAST]})


def all_but_contrast(page: Page) -> list[str]:
    return found_by_axe(page, rules={"rules": {CONTRAST: {"enabled": False}}})


def found_by_axe(page: Page, where: str = "", rules: dict[str, object] | None = None) -> list[str]:
    """Only the violations travel back from the browser."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(LOOK, [where, rules or {}])
    return found


def tab_to(page: Page, selector: str, at_most: int = 60) -> None:
    """Press Tab until this element has the focus, as somebody without a mouse does."""
    for _press in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not within {at_most} presses of Tab on {page.url}")


def fits(page: Page) -> bool:
    """No scrolling sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
