"""Keeping up and being found: on a phone without scripts in Dutch, and by keyboard alone in English."""

import re

import pytest
from playwright.sync_api import expect

from bwob.people.models import Role
from mobility.models import Bookmark, ContactRequest, Profile, SavedSearch
from tests import make
from tests.browser.conftest import WIDTHS, Opener
from tests.browser.looking import enter
from tests.browser.walking import KeyboardWalker, Walker, link_in, mail_to

pytestmark = pytest.mark.usefixtures("transactional_db")
TITLE = "Adviseur heldere brieven"


def test_on_a_phone_without_scripts_one_keeps_up_and_reads_why_a_place_fits(opened: Opener):
    make.exchange(TITLE, skills=["schrijven"], field="communication")
    sanne = make.person("Sanne", works_at=make.organisation("Gemeente Amersfoort"))
    one = Walker(enter(opened(WIDTHS["phone"], script=False), sanne), "nl", name="keeping-up", script=False)
    one.open("/uitwisselingen/?q=brieven")
    one.press("Keep")
    one.reads("Kept. You find it under “Kept for later”.")
    one.look("kept on the list")
    one.follow("Save this search")
    one.write("name", "Brieven")
    one.press("Save")
    one.arrives("mobility:kept")
    one.reads_text(TITLE)
    one.press("Make an address")
    assert "/agenda/" in one.page.locator("#address").input_value()
    one.look("kept")

    one.visit("mobility:work_profile")
    one.write("skills", "schrijven")
    one.page.get_by_text(one.say("Communication and participation")).click()
    one.press("Save")
    one.reads("Your work profile is saved.")
    one.look("profile")
    one.visit("mobility:exchanges")
    one.follow(TITLE)
    one.reads("Why this fits you")
    one.reads("Is in your profile")
    one.look("why it fits")


def test_by_keyboard_hr_asks_somebody_without_a_name_and_a_yes_from_the_mail_shows_it(opened: Opener):
    exchange = make.exchange(TITLE)
    hr = make.staff(Role.HR, exchange.organisation, language="en")
    petra = make.person("Petra", works_at=make.organisation("Waterschap"), language="en")
    other = KeyboardWalker(enter(opened(locale="en-GB"), petra), "en", name="keeping-up-keys")
    keep(other)
    open_up(other)
    one = KeyboardWalker(enter(opened(locale="en-GB"), hr), "en", name="being-found")
    one.visit("mobility:people")
    one.reads_text("<5 people found")
    one.look("people")
    one.activate(one.page.get_by_role("link", name="Somebody good at: Writing"))
    one.follow("Ask for contact")
    one.follow("Half an hour, without obligation")
    assert one.field("exchange").input_value() == str(exchange.pk)  # the only one
    one.press("Ask for contact")
    one.arrives("mobility:contact_requests")
    one.follow(TITLE)
    one.arrives("mobility:contact_request")
    one.reads("Take the question back")
    one.reads_text(f"thought of “{TITLE}”")
    assert "Petra" not in one.page.content()
    one.look("asked")

    other.open(link_in(mail_to(petra.email), "mobility:contact_link"))
    other.look("the question")
    other.press("Yes, they may contact me")
    other.reads("Thank you")

    one.page.reload()
    one.reads_text("Petra")
    one.look("a yes")
    assert ContactRequest.objects.get().state == ContactRequest.State.AGREED


def keep(one: Walker) -> None:
    """An exchange, and a search that brings no mail."""
    one.open("/en/uitwisselingen/?q=brieven")
    one.press("Keep")
    one.reads("Kept. You find it under “Kept for later”.")
    one.follow("Save this search")
    one.arrives("mobility:save_search")
    one.write("name", "Letters")
    one.press("Save")
    one.arrives("mobility:kept")
    one.reads_text(TITLE)
    one.press("Make an address")
    expect(one.page.locator("#address")).to_have_value(re.compile("/agenda/"))
    assert (Bookmark.objects.count(), SavedSearch.objects.count()) == (1, 1)


def open_up(one: Walker) -> None:
    """Skills that all governments may see, without a name."""
    one.visit("mobility:work_profile")
    one.write("skills", "Writing")
    one.pick("skills_for", str(Profile.Step.GOVERNMENTS.label))
    one.activate(one.field("is_findable"))
    one.press("Save")
    one.reads("Your work profile is saved.")
    assert Profile.objects.get().is_findable
