"""What a newcomer does first, in a real browser: arrive, search, sign in, get lost; by keyboard and phone."""

import pytest

from tests import make
from tests.browser.conftest import WIDTHS
from tests.browser.looking import address, axe, enter, fits, sign_in, tab_to

NAMES = [
    "home",
    "mobility:exchanges",
    "account_login",
    "account_signup",
    "accessibility",
    "privacy",
    "contact",
]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_public_pages_pass_axe_and_fit_their_width(opened, width):
    make.exchange()
    page = opened(width)

    for path in [*map(address, NAMES), "/nergens/"]:
        page.goto(path)
        axe(page)
        assert fits(page), path


def test_a_newcomer_searches_by_keyboard(page):
    make.exchange("Projectleider heldere brieven")
    page.goto("/")

    tab_to(page, "input[name=q]")
    page.keyboard.type("brieven")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{address('mobility:exchanges')}?*q=brieven*")
    assert page.get_by_role("link", name="Projectleider heldere brieven").is_visible()


def test_a_newcomer_searches_without_javascript(without_script):
    make.exchange("Projectleider heldere brieven")
    without_script.goto("/")

    without_script.locator("input[name=q]").first.fill("brieven")
    without_script.locator("form[role=search] [type=submit]").first.click()

    assert "q=brieven" in without_script.url
    assert without_script.get_by_role("link", name="Projectleider heldere brieven").is_visible()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(page):
    page.goto("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_signing_in_leads_to_the_own_overview(page):
    person = make.person("Sanne")

    sign_in(page, person)

    axe(page)
    assert "Sanne" in page.content()


def test_a_wrong_password_is_said_in_words_and_the_address_kept(page):
    person = make.person()
    page.goto(address("account_login"))
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill("wrong")

    page.locator("input[name=password]").press("Enter")
    page.get_by_role("alert").first.wait_for()

    axe(page)
    assert page.locator("input[name=login]").input_value() == person.email


def test_one_changes_language_and_stays_on_the_page(page):
    page.goto("/uitwisselingen/?q=brieven")

    page.locator("header, footer").get_by_role("link", name="English").first.click()
    page.wait_for_url("**/en/uitwisselingen/?q=brieven")

    assert page.locator("html").get_attribute("lang") == "en"


def test_the_menu_opens_on_a_phone(phone):
    enter(phone, make.person("Sanne"))
    phone.goto("/")

    phone.locator("header summary").click()

    assert phone.locator("header details").get_by_role("link").first.is_visible()
    axe(phone)
    assert fits(phone)


def test_the_way_back_works_after_signing_out(page):
    enter(page, make.person("Sanne"))
    page.goto(address("dashboard"))
    page.context.clear_cookies()

    page.goto(address("dashboard"))

    assert page.url.endswith(f"{address('account_login')}?next={address('dashboard')}")
