"""The main job from beginning to end: search, apply, offer, take, agree, confirm; and nobody else notices.

The same journey in both languages, at desk and on a phone, without JavaScript, and by keyboard alone.
"""

import datetime
import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from playwright.sync_api import Locator, Page
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from bwob.people.models import Role, User
from mobility.models import Application
from tests import make
from tests.browser.conftest import WIDTHS
from tests.browser.looking import axe, enter

TITLE = "Projectleider heldere brieven"
LETTER = "I have written letters for ten years and want to see how you do it."
WAYS = [
    pytest.param({"language": "nl", "width": "desk"}, id="Dutch at a desk"),
    pytest.param({"language": "en", "width": "phone"}, id="English on a phone"),
    pytest.param({"language": "en", "width": "desk", "script": False}, id="without JavaScript"),
    pytest.param({"language": "nl", "width": "phone", "script": False}, id="Dutch phone without JavaScript"),
    pytest.param({"language": "nl", "width": "desk", "by_keyboard": True}, id="by keyboard alone"),
]


class Hand:
    """Somebody at a page, with a mouse or with a keyboard alone."""

    def __init__(self, page: Page, *, by_keyboard: bool) -> None:
        self.page = page
        self.by_keyboard = by_keyboard

    def reach(self, target: Locator) -> None:
        """Press Tab until it has the focus."""
        for _press in range(80):
            self.page.keyboard.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"{target} cannot be reached by Tab on {self.page.url}")

    def follow(self, name: str) -> None:
        self.act(self.page.locator("main").get_by_role("link", name=name).first, "Enter")

    def press(self, name: str) -> None:
        self.act(self.page.locator("main").get_by_role("button", name=name).first, "Enter")

    def choose(self, selector: str) -> None:
        self.act(self.page.locator(selector).first, "Space")

    def act(self, target: Locator, key: str) -> None:
        if self.by_keyboard:
            self.reach(target)
            self.page.keyboard.press(key)
        else:
            target.click()
        self.page.wait_for_load_state()

    def write(self, field: str, text: str) -> None:
        target = self.page.locator(f"main [name={field}]").first
        if self.by_keyboard:
            self.reach(target)
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(text)
        else:
            target.fill(text)

    def pick_day(self, field: str, day: datetime.date) -> None:
        """By keyboard the order of day and month is the browser's, so both get the same number."""
        if self.by_keyboard:
            self.reach(self.page.locator(f"main [name={field}]"))
            self.page.keyboard.type(f"{day:%m%m%Y}")
        else:
            self.page.locator(f"main [name={field}]").fill(day.isoformat())


def deliver() -> None:
    """Carry out every job that waits, as the worker would."""
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("pk"):
        app.tasks[job.task_name].func(**job.args)


@pytest.mark.parametrize("way", WAYS)
def test_from_search_to_a_confirmed_place(opened: Callable[..., Page], way):
    language, width, script = way["language"], WIDTHS[way["width"]], way.get("script", True)
    exchange = make.exchange(TITLE)
    applicant = make.person("Sanne", works_at=make.organisation("Provincie Drenthe"), language=language)
    adviser = make.staff(Role.HR, exchange.organisation, "Robin")
    stranger = make.staff(Role.HR, make.organisation("Waterschap Vallei"), "Vera")
    first, last = days()

    def hand(page: Page) -> Hand:
        return Hand(page, by_keyboard=way.get("by_keyboard", False))

    with translation.override(language):
        seeker = hand(opened(width, script=script))
        search_and_apply(seeker, applicant)
        application = Application.objects.get()
        path = application.get_absolute_url()

        office = hand(enter(opened(width, script=script), adviser))
        make_offer(office, path, first, last)
        take_offer(seeker, applicant)
        answer_as_manager(hand(opened(width, script=script)))
        confirm(office, path)

    application.refresh_from_db()
    assert application.state == "confirmed"
    seeker.page.goto(path)
    axe_if_possible(seeker.page, script=script)
    assert seeker.page.locator("#now").inner_text() == str(shown_in(language, "Confirmed"))
    assert notices_nothing(opened(width, script=script), stranger, path)


def search_and_apply(seeker: Hand, applicant: User) -> None:
    """From the front page to a sent application; signing in comes in between, where it is needed."""
    page = seeker.page
    page.goto(reverse("home"))
    seeker.write("q", "brieven")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"q=brieven"))
    seeker.follow(TITLE)
    seeker.follow(_("Apply for this exchange"))
    seeker.write("login", applicant.email)
    seeker.write("password", make.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/aanmelden/$"))
    seeker.write("motivation", LETTER)
    seeker.press(_("Send your application"))
    page.wait_for_url(re.compile(r"/aanmeldingen/"))


def make_offer(office: Hand, path: str, first: datetime.date, last: datetime.date) -> None:
    office.page.goto(path)
    office.follow(_("Make an offer"))
    office.write("hours", "24")
    office.pick_day("starts_on", first)
    office.pick_day("ends_on", last)
    office.write("offer_note", "You work at our place on Monday.")
    office.press(_("Send the offer"))
    office.page.wait_for_url(f"**{path}")


def take_offer(seeker: Hand, applicant: User) -> None:
    seeker.page.goto(reverse("dashboard"))
    seeker.follow(_("Take the offer"))
    assert applicant.employer
    seeker.write("manager_name", "Wim de Boer")
    seeker.write("manager_email", f"wim@{applicant.employer.code}.example")
    seeker.press(_("Take the offer"))
    seeker.page.wait_for_url(re.compile(r"/aanmeldingen/[^/]+/$"))


def answer_as_manager(manager: Hand) -> None:
    """By the link in the mail, without an account; opening it decides nothing."""
    deliver()
    (message,) = [message for message in mail.outbox if message.to[0].startswith("wim@")]
    link = re.search(r"https?://[^/\s]+(/\S*akkoord/\S+)", message.body)
    assert link
    manager.page.goto(link[1])
    assert Application.objects.get().state == "taken"
    manager.choose("input[name=answer][value=agree]")
    manager.press(_("Send my answer"))
    manager.page.locator("input[name=answer]").first.wait_for(state="detached")
    assert Application.objects.get().state == "agreed"


def confirm(office: Hand, path: str) -> None:
    office.page.goto(path)
    office.follow(_("Confirm the place"))
    office.press(_("Confirm the place"))
    office.page.wait_for_url(f"**{path}")


def notices_nothing(page: Page, stranger: User, path: str) -> bool:
    """HR elsewhere gets "not found", as for what never existed, and no other trace."""
    enter(page, stranger)
    answer = page.goto(path)
    assert answer
    assert (answer.status, LETTER in page.content()) == (404, False)
    seen = [page.goto(place) and page.content() for place in (reverse("dashboard"), reverse("admin:index"))]
    return not any("Sanne" in text or LETTER in text for text in seen if text)


def days() -> tuple[datetime.date, datetime.date]:
    """A first and a last day of which day and month have the same number."""
    year = timezone.localdate().year + 1
    return datetime.date(year, 3, 3), datetime.date(year, 9, 9)


def shown_in(language: str, text: str) -> str:
    with translation.override(language):
        return _(text)


def axe_if_possible(page: Page, *, script: bool) -> None:
    """axe is a script itself."""
    if script:
        axe(page)
