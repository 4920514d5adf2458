"""Somebody who walks through the portal: finds things by their words, with a mouse or by keyboard alone."""

import contextlib
import datetime
import re
from typing import Any
from urllib.parse import urlsplit

from django.core import mail
from django.core.mail import EmailMessage
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, Response, expect

from bwob.people.models import User
from tests import make
from tests.browser.conftest import shoot
from tests.browser.looking import address, axe, fits
from tests.bwob.test_people_post import deliver

AT_MOST = 120  # presses of Tab
FOCUS = """target => {
    const here = document.activeElement;
    const {left, right, top, bottom} = here.getBoundingClientRect();
    const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const ring = part => {
        const {outlineStyle, outlineWidth} = getComputedStyle(part);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    };
    const calendar = here.type === "date" && !here.matches(":focus");  // the browser's own button in it
    return {
        arrived: here === target,
        before: Boolean(target.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING),
        shown: calendar || [here, here.closest("article")].some(part => part && ring(part)),
        bare: Boolean(above) && (above.contains(here) || here.contains(above)),
        what: here.outerHTML.slice(0, 160),
    };
}"""
LINK = re.compile(r"^http://localhost:8000(/\S+)$", re.MULTILINE)


class Walker:
    """With a mouse. `look` glances at the page: by axe (which is a script), its width, and a picture."""

    def __init__(self, page: Page, language: str, *, name: str, script: bool = True) -> None:
        self.page, self.language, self.name, self.script = page, language, name, script
        self.status, self.pictures = 0, 0
        page.on("response", self._note)

    def _note(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.status = response.status

    def say(self, words: str, **facts: Any) -> str:
        """These words of the portal in the language in which this person reads it."""
        with translation.override(self.language):
            return gettext(words) % facts if facts else gettext(words)

    def visit(self, name: str, *keys: object) -> None:
        self.page.goto(address(name, *keys, language=self.language))

    def open(self, path: str) -> None:
        self.page.goto(path)

    def arrives(self, name: str) -> None:
        """Is on a page of this name now, in the own language."""
        self.page.wait_for_url(lambda url: view_name(urlsplit(url).path, self.language) == name)

    def link(self, words: str) -> Locator:
        return self.page.get_by_role("link", name=self.say(words)).first

    def button(self, words: str) -> Locator:
        return self.page.get_by_role("button", name=self.say(words)).first

    def field(self, name: str) -> Locator:
        """A field in the middle of the page, by the name under which it is sent."""
        return self.page.locator(f"main [name={name}]:not([type=hidden])").first

    def follow(self, words: str) -> None:
        self.activate(self.link(words))

    def press(self, words: str) -> None:
        self.activate(self.button(words))

    def activate(self, target: Locator) -> None:
        """Use it; what comes of it must have arrived before anybody looks."""
        self.use(target)
        self.page.wait_for_load_state()

    def use(self, target: Locator) -> None:
        target.click()

    def write(self, name: str, text: str) -> None:
        self.field(name).fill(text)

    def choose(self, name: str, value: str) -> None:
        """One of a group of radio buttons or of a select."""
        field = self.field(name)
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            self.page.locator(f"main [name={name}][value='{value}']").check()

    def pick(self, name: str, label: str) -> None:
        """The option of a select that reads so."""
        self.field(name).select_option(label=label)

    def day(self, name: str, day: datetime.date) -> None:
        self.write(name, day.isoformat())

    def sign_in(self, user: User) -> None:
        """Through the form, wherever it stands now."""
        self.write("login", user.email)
        self.write("password", make.PASSWORD)
        self.press("Sign in")

    def reads(self, words: str, **facts: Any) -> None:
        """These words of the portal stand on the page, and can be seen."""
        self.reads_text(self.say(words, **facts))

    def reads_text(self, text: str) -> None:
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def is_refused(self, name: str) -> None:
        """422: this field says what is wrong, and the summary above leads to it."""
        expect(self.page.locator(f"main [name={name}][aria-invalid=true]").first).to_be_attached()
        assert self.status == 422
        assert self.page.title().startswith(self.say("Error:"))
        assert self.page.locator("[data-summary] a").count() >= 1

    def look(self, what: str = "") -> None:
        self.page.wait_for_load_state()
        self.pictures += 1
        shoot(self.page, f"{self.name}-{self.pictures:02}-{what}")
        assert fits(self.page), self.page.url
        if self.script:
            axe(self.page)


class KeyboardWalker(Walker):
    """By Tab, Shift+Tab, Enter, Space and arrows alone; at each stop the focus must show."""

    def reach(self, target: Locator) -> None:
        handle = target.element_handle()
        for _press in range(AT_MOST):
            stop = self.page.evaluate(FOCUS, handle)
            if not stop["what"].startswith(("<body", "<main")):
                assert stop["shown"], f"No ring shows the focus: {stop['what']}"
                assert stop["bare"], f"Something lies over the focus: {stop['what']}"
            if stop["arrived"]:
                return
            self.page.keyboard.press("Shift+Tab" if stop["before"] else "Tab")
        raise AssertionError(f"{target} cannot be reached by Tab on {self.page.url}")

    def use(self, target: Locator) -> None:
        self.reach(target)
        is_link = target.evaluate("target => target.localName") == "a"
        self.page.keyboard.press("Enter" if is_link else "Space")

    def write(self, name: str, text: str) -> None:
        self.reach(self.field(name))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def pick(self, name: str, label: str) -> None:
        """By typing how the option begins."""
        self.reach(self.field(name))
        self.page.keyboard.type(label)

    def day(self, name: str, day: datetime.date) -> None:
        """Browsers ask for day and month in the order of their own language: choose one where they are the
        same.
        """
        assert day.day == day.month
        self.reach(self.field(name))
        self.page.keyboard.type(f"{day:%d%m%Y}")

    def choose(self, name: str, value: str) -> None:
        """A group of radio buttons is one stop of Tab; the arrows go round in it."""
        group = self.page.locator(f"main [name={name}]")
        wanted = self.page.locator(f"main [name={name}][value='{value}']")
        self.reach(self.page.locator(f"main [name={name}]:checked").or_(group).first)
        self.page.keyboard.press("Space")
        for _press in range(group.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} cannot be chosen by arrows on {self.page.url}")


def mail_to(email: str) -> EmailMessage:
    """The newest mail to this address, after everything that waits was sent."""
    deliver()
    return [message for message in mail.outbox if message.to == [email]][-1]


def link_in(message: EmailMessage, name: str) -> str:
    """The path of the link in this mail that leads to the page of this name."""
    paths = LINK.findall(str(message.body))
    return next(path for path in paths if view_name(path, path[1:3]) == name)


def view_name(path: str, language: str) -> str:
    """The name of the page at this path in this language (every other than English is Dutch), or ""."""
    with translation.override("en" if language == "en" else "nl"), contextlib.suppress(Resolver404):
        return resolve(path).view_name
    return ""
