"""Searching: filters with and without JavaScript, one away at a time, back, languages, and paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.browser.conftest import WIDTHS, Opener
from tests.browser.looking import enter
from tests.browser.walking import KeyboardWalker, Walker

ADVISER, PLANNER, WARDEN = "Adviseur heldere brieven", "Planner wonen", "Dijkwachter"


@pytest.fixture
def offers(transactional_db: None) -> None:
    make.exchange(ADVISER, field="communication")
    make.exchange(PLANNER, field="spatial", kind="assignment")
    make.exchange(WARDEN, field="environment_water", kind="gig", organisation=make.organisation("Waterschap"))


def titles(page: Page) -> list[str]:
    return sorted(page.locator(".bwob-card h3").all_inner_texts())


def shows(page: Page, *expected: str) -> None:
    """The list holds these, in any order, and the number above it says so."""
    expect(page.locator(".bwob-card h3")).to_have_count(len(expected))
    assert titles(page) == sorted(expected)
    expect(page.locator("#count")).to_have_text(re.compile(rf"^{len(expected)} "))


@pytest.mark.usefixtures("offers")
def test_results_and_counts_change_in_place_and_the_focus_stays(opened: Opener):
    one = KeyboardWalker(opened(), "nl", name="in-place")
    page = one.page
    one.visit("mobility:exchanges")
    shows(page, ADVISER, PLANNER, WARDEN)
    page.evaluate("window.unmoved = true")

    one.activate(page.locator("#kind-assignment"))
    shows(page, PLANNER)
    assert page.evaluate("document.activeElement.id") == "kind-assignment"
    one.activate(page.locator("#kind-gig"))
    shows(page, PLANNER, WARDEN)
    assert page.evaluate("document.activeElement.id") == "kind-gig"
    assert "kind=assignment&kind=gig" in page.url
    assert page.title().startswith("2 ")
    expect(page.locator("label", has=page.locator("#tier-municipality")).locator("small")).to_have_text("2")

    assert page.evaluate("window.unmoved") is True

    page.go_back()
    shows(page, PLANNER)
    assert page.locator("#kind-assignment").is_checked()
    assert not page.locator("#kind-gig").is_checked()
    page.go_back()
    shows(page, ADVISER, PLANNER, WARDEN)
    page.go_forward()
    shows(page, PLANNER)
    one.activate(page.locator("#kind-gig"))
    shows(page, PLANNER, WARDEN)
    one.look("two kinds")


@pytest.mark.usefixtures("offers")
def test_no_page_stays_behind_in_the_browser(opened: Opener):
    """Nobody who uses the browser later finds what was on the screen."""
    one = Walker(enter(opened(), make.person()), "nl", name="left")
    one.visit("mobility:exchanges")
    one.page.locator("#kind-gig").check()
    shows(one.page, WARDEN)

    kept = one.page.evaluate("[...Object.entries(sessionStorage), ...Object.entries(localStorage)].flat()")
    assert [text for text in kept if "<" in text or WARDEN in text] == []


@pytest.mark.usefixtures("offers")
def test_the_result_page_comes_back_as_it_was_left(opened: Opener):
    one = Walker(opened(), "nl", name="back")
    one.visit("mobility:exchanges")
    one.page.locator("#kind-gig").check()
    shows(one.page, WARDEN)
    one.follow(WARDEN)
    one.arrives("mobility:exchange")

    one.page.go_back()

    shows(one.page, WARDEN)
    assert one.page.locator("#kind-gig").is_checked()


@pytest.mark.usefixtures("offers")
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_chip_takes_one_filter_away(opened: Opener, script):
    one = Walker(opened(WIDTHS["phone"], script=script), "nl", name=f"chips-{script}", script=script)
    one.page.goto("/uitwisselingen/?q=brief&kind=secondment&kind=gig")
    shows(one.page, ADVISER)
    one.look("three chips")

    one.page.locator(".bwob-chip", has_text="brief").click()
    shows(one.page, ADVISER, WARDEN)
    one.page.locator(".bwob-chip").first.click()
    expect(one.page.locator(".bwob-chip")).to_have_count(1)
    assert len(titles(one.page)) == 1
    one.follow("Clear all")
    shows(one.page, ADVISER, PLANNER, WARDEN)


@pytest.mark.usefixtures("offers")
def test_filters_work_without_javascript(opened: Opener):
    one = Walker(opened(WIDTHS["phone"], script=False), "nl", name="plain", script=False)
    page = one.page
    one.visit("mobility:exchanges")
    page.locator("main details[data-filters] > summary").click()
    page.locator("#kind-assignment").check()
    one.look("filters")
    one.press("Show results")
    shows(page, PLANNER)
    page.locator("#sort").select_option("closing")
    one.press("Sort")

    shows(page, PLANNER)
    assert re.search(r"kind=assignment", page.url)
    assert re.search(r"sort=closing", page.url)


@pytest.mark.usefixtures("offers")
def test_nothing_found_says_what_to_loosen(opened: Opener):
    one = Walker(opened(WIDTHS["phone"]), "nl", name="empty")
    one.page.goto("/uitwisselingen/?q=dijkwachter&kind=vacancy")

    one.reads("No exchange fits all of this")
    one.look("nothing")
    one.page.locator("#results .bwob-chip").first.click()

    assert len(titles(one.page)) >= 1


@pytest.mark.usefixtures("offers")
def test_another_language_keeps_the_search(opened: Opener):
    one = Walker(opened(), "en", name="language")
    one.page.goto("/uitwisselingen/?q=brief&kind=secondment")

    one.page.locator("footer").get_by_role("link", name="English").click()

    one.arrives("mobility:exchanges")
    shows(one.page, ADVISER)
    assert one.field("q").input_value() == "brief"
    one.follow(ADVISER)
    one.page.locator("footer").get_by_role("link", name="Nederlands").click()
    expect(one.page.locator("html")).to_have_attribute("lang", "nl")
    assert one.page.locator("h1").inner_text() == ADVISER


@pytest.mark.usefixtures("offers")
def test_on_paper_there_is_only_the_text(opened: Opener):
    one = Walker(opened(), "nl", name="print")
    one.visit("mobility:exchanges")
    one.follow(ADVISER)
    one.arrives("mobility:exchange")

    one.page.emulate_media(media="print")
    one.look("print")

    assert [each for each in one.page.locator("nav, .nl-button").all() if each.is_visible()] == []
    assert one.page.get_by_role("heading", name=ADVISER).is_visible()
    assert one.page.get_by_text("You rewrite letters").is_visible()
