"""The main journey, whole: search, apply, offer, take, the manager's link from the mail, agree, confirm.

Four times, so that each language, each width, script and no script come twice; once by keyboard alone.
"""

import dataclasses
import datetime

import pytest
from django.utils import timezone

from bwob.people.models import User
from mobility.models import Application, Exchange
from tests import make
from tests.browser.conftest import WIDTHS, Opener
from tests.browser.looking import enter
from tests.browser.walking import KeyboardWalker, Walker, link_in, mail_to

TITLE = "Projectleider heldere brieven"
MOTIVATION = (
    "Ik schrijf al tien jaar brieven die mensen begrijpen. Dat doe ik graag een half jaar bij jullie."
)
BUDDY = "Dinsdag 10 uur, Stadskantoor. Je praat met Robin en met je nieuwe team."
DEAL = "Je krijgt een vaste buddy en een dag in de week om te leren."
RUNS = {
    "nl-desk-keyboard": ("nl", "desk", True, KeyboardWalker),
    "en-desk-no-script": ("en", "desk", False, Walker),
    "nl-phone-no-script": ("nl", "phone", False, Walker),
    "en-phone-script": ("en", "phone", True, Walker),
}


@dataclasses.dataclass
class Cast:
    """Who and what the journey is about, and the three who walk it, each in a browser of their own."""

    exchange: Exchange
    sanne: User
    robin: User
    applicant: Walker
    officer: Walker
    manager: Walker

    @property
    def boss(self) -> str:
        return f"wim@{self.sanne.employer.code}.example"

    @property
    def application(self) -> Application:
        return Application.objects.get(applicant=self.sanne)


@pytest.fixture(params=RUNS.values(), ids=RUNS)
def cast(request: pytest.FixtureRequest, opened: Opener, transactional_db: None) -> Cast:
    language, width, script, kind = request.param
    employer = make.organisation("Gemeente Amersfoort")
    sanne = make.person("Sanne", works_at=employer, family_name="Bakker", language=language)
    robin = make.staff(given_name="Robin", family_name="Smit", language=language)
    starts_on = timezone.localdate() + datetime.timedelta(days=60)
    exchange = make.exchange(TITLE, contact=robin, starts_on=starts_on)
    walkers = [
        kind(
            opened(WIDTHS[width], script=script),
            language,
            name=f"{request.node.callspec.id}-{who}",
            script=script,
        )
        for who in ("applicant", "hr", "manager")
    ]
    return Cast(exchange, sanne, robin, *walkers)


def test_from_search_to_a_confirmed_place(cast):
    find(cast)
    apply(cast)
    invite(cast)
    offer(cast)
    take(cast)
    agree(cast)
    confirm(cast)
    everybody_sees_the_result(cast)


def find(cast: Cast) -> None:
    """A newcomer searches by a word, reads the exchange, wants to apply and is asked to sign in."""
    one = cast.applicant
    one.visit("home")
    one.look("home")

    one.write("q", "brief")
    one.press("Search")
    one.arrives("mobility:exchanges")
    one.look("search")
    one.activate(one.page.get_by_role("link", name=TITLE))
    one.arrives("mobility:exchange")
    one.look("exchange")
    one.follow("Apply for this exchange")
    one.arrives("account_login")
    one.look("sign in")
    one.sign_in(cast.sanne)
    one.arrives("mobility:apply")


def apply(cast: Cast) -> None:
    """An empty letter is refused; the letter arrives, and HR gets a mail."""
    one = cast.applicant
    one.look("apply")
    one.press("Send your application")
    one.is_refused("motivation")
    one.look("apply refused")
    one.write("motivation", MOTIVATION)
    one.press("Send your application")

    one.arrives("mobility:application")
    one.reads_text(MOTIVATION)
    one.look("sent")


def invite(cast: Cast) -> None:
    """HR follows the mail, signs in, and finds the application in the inbox too."""
    one = cast.officer
    one.open(link_in(mail_to(cast.robin.email), "mobility:application"))
    one.arrives("account_login")
    one.sign_in(cast.robin)
    one.arrives("mobility:application")
    one.look("application")
    one.visit("dashboard")
    one.look("overview")
    one.activate(one.page.locator("main").get_by_role("link", name=TITLE))
    one.arrives("mobility:inbox")
    one.look("inbox")

    one.follow("Invite to talk")
    one.press("Send the invitation")
    one.is_refused("reason")
    one.write("reason", BUDDY)
    one.look("invite")
    one.press("Send the invitation")
    one.arrives("mobility:application")
    one.look("invited")


def offer(cast: Cast) -> None:
    one = cast.officer
    one.follow("Make an offer")
    one.arrives("mobility:offer")
    one.look("offer")
    one.write("hours", "0")
    one.press("Send the offer")
    one.is_refused("hours")
    one.look("offer refused")
    one.write("hours", "24")
    one.write("offer_note", DEAL)

    one.press("Send the offer")
    one.arrives("mobility:application")
    one.reads_text(DEAL)
    one.look("offered")


def take(cast: Cast) -> None:
    """The applicant follows the mail and names the manager, at first with a private address."""
    one = cast.applicant
    one.open(link_in(mail_to(cast.sanne.email), "mobility:application"))
    one.reads_text(DEAL)
    one.look("offer")
    one.visit("dashboard")
    one.look("overview")
    one.follow("Take the offer")
    one.arrives("mobility:take")
    one.look("take")
    one.write("manager_name", "Wim de Boer")
    one.write("manager_email", "wim@mail.example")
    one.press("Take the offer")
    one.is_refused("manager_email")
    one.look("take refused")

    one.write("manager_email", cast.boss)
    one.press("Take the offer")
    one.arrives("mobility:application")
    one.look("taken")


def agree(cast: Cast) -> None:
    """The manager has no account; an empty answer is refused, and after the answer the link is used."""
    one = cast.manager
    one.open(link_in(mail_to(cast.boss), "mobility:manager"))
    one.reads_text(DEAL)
    one.look("asked")
    one.press("Send my answer")
    one.is_refused("answer")
    one.look("refused")

    one.choose("answer", "agree")
    one.press("Send my answer")
    one.reads("Thank you")
    one.look("answered")


def confirm(cast: Cast) -> None:
    one = cast.officer
    one.open(link_in(mail_to(cast.robin.email), "mobility:application"))
    one.look("agreed")
    one.follow("Confirm the place")
    one.arrives("mobility:confirm")
    one.look("confirm")

    one.press("Confirm the place")
    one.arrives("mobility:application")
    one.look("confirmed")


def everybody_sees_the_result(cast: Cast) -> None:
    """The applicant, the manager and HR by mail; and the place is no longer to be had."""
    application = cast.application
    assert (application.state, application.hours) == ("confirmed", 24)
    for who in (cast.sanne.email, cast.boss, cast.robin.email):
        assert TITLE in mail_to(who).body, who

    one = cast.applicant
    one.open(link_in(mail_to(cast.sanne.email), "mobility:application"))
    one.reads("Confirmed")
    one.look("result")
    one.visit("dashboard")
    one.look("overview after")
    cast.manager.visit("mobility:exchange", cast.exchange.slug)
    cast.manager.reads("All places have been given.")
    cast.manager.look("filled")
    cast.manager.visit("mobility:exchanges")
    cast.manager.look("nothing left")
    assert cast.manager.page.get_by_role("link", name=TITLE).count() == 0


def test_who_comes_too_late_waits_in_line_and_gets_the_next_place(opened: Opener, transactional_db: None):
    """In English, on a phone without scripts."""
    first_day = timezone.localdate() + datetime.timedelta(days=60)
    robin = make.staff(given_name="Robin", language="en")
    exchange = make.exchange(TITLE, contact=robin, starts_on=first_day, state="filled")
    make.application("confirmed", exchange=exchange)
    late = make.person("Noor", works_at=make.organisation("Gemeente Zeist"), language="en")
    phone, facts = WIDTHS["phone"], {"script": False}
    one = Walker(enter(opened(phone, **facts), late), "en", name="late", **facts)
    hr = Walker(enter(opened(phone, **facts), robin), "en", name="late-hr", **facts)

    one.visit("mobility:exchange", exchange.slug)
    one.follow("To the waiting list")
    one.arrives("mobility:apply")
    one.write("motivation", MOTIVATION)
    one.look("full")
    one.press("Join the waiting list")
    one.reads("You are on the waiting list. You get a mail when a place comes free.")
    one.reads("Number %(position)s on the waiting list.", position=1)
    hr.visit("mobility:inbox", exchange.slug)
    hr.reads_text("Noor")
    hr.visit("mobility:exchange", exchange.slug)
    hr.follow("Add places")
    hr.press("Add these places")
    hr.reads("There are more places now. The first on the waiting list get an offer.")
    hr.look("offered")

    one.open(link_in(mail_to(late.email), "mobility:application"))
    one.follow("Take the offer")
    one.arrives("mobility:take")
    assert Application.objects.get(applicant=late).state == "offered"
