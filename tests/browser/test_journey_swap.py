"""From a swap wish to the last day of the ring, and from a given place to what it brought.

Each twice: on a phone without scripts in Dutch, and by keyboard alone in English.
"""

import datetime
import hashlib
from collections.abc import Callable

import pytest
from django.utils import timezone

from bwob.people.models import User
from mobility import ringing, running
from mobility.models import Agreement, Application, RingPlace, SwapRing, SwapWish
from tests import make
from tests.browser.conftest import WIDTHS, Opener
from tests.browser.looking import enter
from tests.browser.walking import KeyboardWalker, Walker, link_in, mail_to

pytestmark = pytest.mark.usefixtures("transactional_db")
NEXT_YEAR = timezone.localdate().year + 1
FIRST, LAST, LATER = (datetime.date(NEXT_YEAR, month, month) for month in (3, 9, 12))
LEARNED = "Ik bel nu iemand die ik eerst niet kende."
SHORTER = "Onze brieven bleven korter."
Begin = Callable[[User | None], Walker]


@pytest.fixture(params=["nl", "en"], ids=["nl-phone-no-script", "en-keyboard"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def begin(opened: Opener, language: str, request: pytest.FixtureRequest) -> Begin:
    """Somebody with a browser of the own; without an account if no user is given."""

    def walker(user: User | None = None) -> Walker:
        is_keyboard = language == "en"
        page = opened(WIDTHS["desk" if is_keyboard else "phone"], script=is_keyboard)
        kind = KeyboardWalker if is_keyboard else Walker
        name = f"{request.node.name}-{user.given_name if user else 'link'}"
        return kind(enter(page, user) if user else page, language, name=name, script=is_keyboard)

    return walker


def test_a_wish_becomes_a_ring_that_all_agree_to_and_that_is_done(begin, language):
    make.place()
    sanne = make.person("Sanne", works_at=make.organisation("Gemeente Amersfoort"), language=language)
    emre = make.person("Emre", works_at=make.organisation("Waterschap Beekland"), language=language)
    make.swap_wish(
        emre, title="Dijkwacht", tasks="Je loopt de dijk na.", starts_from=FIRST, starts_until=LAST
    )
    one, other = begin(sanne), begin(emre)
    wish(one)
    assert ringing.propose_all() == 1

    one.open(link_in(mail_to(sanne.email), "mobility:ring"))
    one.reads("Who goes where, and why it fits")
    one.reads_text("Dijkwacht")
    one.reads_text("Waterschap Beekland")
    assert "Emre" not in one.page.content()
    one.look("explained")
    for person, walker in ((sanne, one), (emre, other)):
        join(walker, person)
    one.page.reload()
    one.reads("Everybody said yes. The managers answer now.")
    one.reads_text("Emre")
    for person in (sanne, emre):
        agree_as_manager(begin(None), person)

    one.open(link_in(mail_to(sanne.email), "mobility:ring"))
    one.reads("Confirmed")
    one.follow("See your place")
    one.arrives("mobility:application")
    one.reads_text("Waterschap Beekland")
    ring = SwapRing.objects.get()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    SwapRing.objects.update(starts_on=yesterday, ends_on=yesterday)
    ringing.lapse_overdue()
    one.visit("mobility:ring", ring.key)
    one.reads("Done")
    assert SwapRing.objects.get().state == "done"
    assert set(SwapWish.objects.values_list("state", flat=True)) == {"placed"}


def wish(one: Walker) -> None:
    """With a mistake at first: the scales the wrong way round."""
    one.visit("mobility:swap")
    one.follow("Write your wish")
    one.arrives("mobility:write_wish")
    one.write("title", "Brievenschrijver")
    one.write("tasks", "Je maakt brieven korter.")
    one.pick("field", one.say("Communication and participation"))
    for name, number in {"scale": 10, "hours": 32, "scale_min": 11, "scale_max": 9}.items():
        one.write(name, str(number))
    for name, number in {"hours_min": 24, "hours_max": 36}.items():
        one.write(name, str(number))
    one.pick("place", "Utrecht")
    one.pick("near", "Utrecht")
    one.day("starts_from", FIRST)
    one.day("starts_until", LAST)
    one.write("motivation", "Ik wil zien hoe een ander het doet.")
    one.press("Save your wish")
    one.is_refused("scale_max")
    one.write("scale_min", "9")
    one.write("scale_max", "11")
    one.press("Save your wish")
    one.reads("Saved. Each night we look for rings; you get a mail when there is one.")


def join(one: Walker, person: User) -> None:
    one.open(link_in(mail_to(person.email), "mobility:ring"))
    one.follow("Yes, I take part")
    one.arrives("mobility:join_ring")
    one.write("manager_name", f"Baas van {person.given_name}")
    one.write("manager_email", boss_of(person))
    one.press("I take part")
    one.reads("You take part. You get a mail when everybody has answered.")


def boss_of(person: User) -> str:
    return f"baas@{person.employer.code}.example"


def agree_as_manager(one: Walker, person: User) -> None:
    one.open(link_in(mail_to(boss_of(person)), "mobility:ring_manager"))
    one.reads("Who comes in return")
    one.choose("answer", "agree")
    one.press("Send my answer")
    one.reads("Thank you")
    assert RingPlace.objects.get(person=person).manager_agreed_at


def test_three_parties_agree_and_a_place_runs_from_its_first_day_to_looking_back(begin, language):
    anne = make.person("Anne", works_at=make.organisation("Gemeente Amersfoort"), language=language)
    given = make.application("confirmed", applicant=anne, ends_on=LAST)
    borrower = make.staff(at=given.exchange.organisation, given_name="Bo", language=language)
    lender = make.staff(at=anne.employer, given_name="Lee", language=language)
    person, bo = begin(anne), begin(borrower)
    write(bo, given)
    for party, walker in ((anne, person), (lender, begin(lender)), (borrower, bo)):
        consent(walker, party)
    bo.reads("Agreed by all three")
    check_file(bo)

    given.refresh_from_db()
    given.starts_on = timezone.localdate()
    given.save()
    running.start_and_complete()
    stay_longer(person, bo, given)
    Application.objects.update(
        starts_on=timezone.localdate() - datetime.timedelta(days=9),
        ends_on=timezone.localdate() - datetime.timedelta(days=1),
    )
    running.start_and_complete()
    look_back(person, given, LEARNED)
    look_back(bo, given, SHORTER)

    given.refresh_from_db()
    assert given.state == "evaluated"
    person.visit("mobility:exchange", given.exchange.slug)
    person.reads_text(LEARNED)
    person.reads_text(SHORTER)
    person.look("what it brought")


def write(one: Walker, given: Application) -> None:
    """From the sample, and then before the three parties."""
    one.visit("mobility:application", given.key)
    one.follow("Write the agreement")
    one.arrives("mobility:write_agreement")
    one.press("Save and look it over")
    one.reads("Saved as a draft. Read it over, then put it before the three parties.")
    one.follow("Put it before the parties")
    one.arrives("mobility:ask_parties")
    one.press("Ask all three")
    one.reads("The three parties get a mail. The text stands still from now on.")


def consent(one: Walker, party: User) -> None:
    """Who did not tick that the text was read has not agreed."""
    one.open(link_in(mail_to(party.email), "mobility:agreement"))
    one.follow("I agree")
    one.arrives("mobility:consent")
    if party.given_name == "Anne":
        one.press("I agree")
        one.is_refused("has_read")
    one.activate(one.field("has_read"))
    one.press("I agree")
    one.reads("You have agreed. Everybody gets a mail when all three have.")


def check_file(one: Walker) -> None:
    """The PDF is the one of which the page tells the hash."""
    address = one.link("As PDF").get_attribute("href")
    file = one.page.context.request.get(str(address))
    assert file.headers["content-type"] == "application/pdf"
    assert file.body().startswith(b"%PDF")
    one.reads_text(hashlib.sha256(file.body()).hexdigest())
    assert Agreement.objects.get().state == "sealed"


def stay_longer(person: Walker, bo: Walker, given: Application) -> None:
    person.visit("mobility:application", given.key)
    person.reads("The last day")
    person.follow("Propose another last day")
    person.arrives("mobility:propose_end")
    person.day("ends_on", LATER)
    person.press("Propose this")
    person.reads("The other side gets a mail and answers within two weeks.")
    bo.visit("mobility:application", given.key)
    bo.follow("Answer the proposal")
    bo.arrives("mobility:answer_end")
    bo.choose("answer", "agree")
    bo.press("Send my answer")
    bo.reads("Your answer has been noted. Both sides get a mail.")
    assert Application.objects.get().ends_on == LATER


def look_back(one: Walker, given: Application, words: str) -> None:
    """The words may be shown to others."""
    one.visit("mobility:application", given.key)
    one.follow("Look back")
    one.arrives("mobility:evaluate")
    one.activate(one.page.locator("main [name=outcomes][value=learned]"))
    one.write("words", words)
    one.activate(one.field("may_publish"))
    one.press("Send")
    one.reads("Thank you for looking back.")
