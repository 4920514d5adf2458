"""HR of another organisation follows every link and guesses addresses: no trace of what is not theirs."""

import re
import uuid
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import APIRequestContext

from bwob.people.models import User
from mobility.models import Application
from tests import make
from tests.browser.conftest import Opener
from tests.browser.looking import enter
from tests.browser.walking import Walker

ACTS = [
    "application",
    "withdraw_application",
    "take",
    "ask_manager",
    "invite",
    "offer",
    "decline",
    "confirm",
]
HREF = re.compile(r'href="(/[^"#]*)"')
PASSED_BY = re.compile(r"^/(?!en/)|/account/logout/")
CHANGING = re.compile(r'name="(csrfmiddlewaretoken|form_key)" value="[^"]*"')


@pytest.fixture
def hidden(transactional_db: None) -> Application:
    """An application at Gemeente Utrecht; every word in it can be told from all others."""
    applicant = make.person(
        "Zonneveldia", works_at=make.organisation("Gemeente Amersfoort"), family_name="Kwikstaart"
    )
    return make.application(
        "taken",
        applicant=applicant,
        exchange=make.exchange(contact=make.staff(given_name="Robin")),
        motivation="Hiervoor trek ik mijn zevenmijlslaarzen aan.",
        offer_note="Je krijgt een struisvogelveer.",
        manager_name="Wim Boterbloem",
        manager_email="boterbloem@manager.example",
    )


@pytest.fixture
def stranger(hidden: Application) -> User:
    """HR of a water authority, which has an exchange and an application of its own."""
    sietske = make.staff(at=make.organisation("Waterschap Beekland"), given_name="Sietske")
    make.application(exchange=make.exchange("Dijkwachter", organisation=sietske.employer, contact=sietske))
    return sietske


def traces(text: str, hidden: Application) -> list[str]:
    words = ["zonneveldia", "kwikstaart", "zevenmijlslaarzen", "struisvogelveer", "boterbloem"]
    return [word for word in (*words, str(hidden.key), hidden.key.hex) if word in text.lower()]


def pages(browser: APIRequestContext, start: list[str]) -> Iterator[tuple[str, str]]:
    """Every page that links lead to from here, in English, and each once whatever its query."""
    waiting, seen = list(start), set()
    while waiting:
        path = waiting.pop()
        if path.partition("?")[0] in seen or PASSED_BY.search(path):
            continue
        seen.add(path.partition("?")[0])
        text = browser.get(path).text()
        waiting += HREF.findall(text)
        yield path, text


def test_no_page_that_links_lead_to_shows_a_trace(opened: Opener, hidden, stranger):
    browser = enter(opened(), stranger).context.request

    found = dict(pages(browser, [reverse("home"), reverse("dashboard"), reverse("admin:index")]))

    assert {path: traces(text, hidden) for path, text in found.items() if traces(text, hidden)} == {}
    assert len(found) > 30
    assert {reverse("admin:mobility_application_changelist"), reverse("mobility:own_exchanges")} <= set(found)


@pytest.mark.parametrize("word", ["Kwikstaart", "zevenmijlslaarzen", "Boterbloem", "struisvogelveer"])
def test_no_search_finds_a_trace(opened: Opener, hidden, stranger, word):
    browser = enter(opened(), stranger).context.request
    lists = [reverse(f"admin:{name}_changelist") for name in ("mobility_application", "people_user")]

    for path in [reverse("mobility:exchanges"), *lists]:
        text = browser.get(f"{path}?q={word}").text()
        assert [found for found in traces(text, hidden) if found != word.lower()] == [], path
        assert text.lower().count(word.lower()) == browser.get(f"{path}?q=niemand").text().count("niemand")


def test_guessed_addresses_look_like_what_does_not_exist(opened: Opener, hidden, stranger):
    browser = enter(opened(), stranger).context.request
    nothing = uuid.UUID(int=hidden.key.int ^ 1)
    for act in ACTS:
        real = browser.get(reverse(f"mobility:{act}", args=[hidden.key]))
        unknown = browser.get(reverse(f"mobility:{act}", args=[nothing]))
        assert (real.status, unknown.status) == (404, 404), act
        assert steady(real.text(), hidden.key) == steady(unknown.text(), nothing), act
    assert browser.get(reverse("mobility:inbox", args=[hidden.exchange.slug])).status == 403
    admin = browser.get(reverse("admin:mobility_application_change", args=[hidden.pk]))
    assert admin.url.endswith(reverse("admin:index"))
    assert traces(admin.text().replace(str(hidden.pk), ""), hidden) == []


def steady(text: str, key: uuid.UUID) -> str:
    return CHANGING.sub("", text.replace(str(key), ""))


def test_the_stranger_sees_the_own_work_and_nothing_else(opened: Opener, hidden, stranger):
    one = Walker(enter(opened(), stranger), "nl", name="stranger")
    one.visit("dashboard")
    one.look("overview")
    assert one.page.locator(".bwob-managed").inner_text().split() == ["1", "Dijkwachter"]

    one.visit("mobility:exchange", hidden.exchange.slug)

    one.look("public page")
    assert traces(one.page.content(), hidden) == []
    one.page.goto(reverse("admin:mobility_application_changelist"))
    assert one.page.locator("#result_list tbody tr").count() == 1
