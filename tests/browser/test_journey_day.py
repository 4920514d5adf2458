"""A career day from the first word to the last: written, signed up for, full, and there on the day.

On a phone and without JavaScript in Dutch; what comes after the day by keyboard alone, in English.
"""

import pytest
from django.utils import timezone

from bwob.people.models import User
from mobility.models import CareerDay, Signup
from tests import make
from tests.browser.conftest import WIDTHS, Opener
from tests.browser.looking import enter
from tests.browser.walking import KeyboardWalker, Walker, link_in, mail_to

TITLE = "Een dag op de dijk"


@pytest.fixture
def walked(opened: Opener, transactional_db: None):
    def begin(user, name):
        return Walker(enter(opened(WIDTHS["phone"], script=False), user), "nl", name=name, script=False)

    return begin


@pytest.fixture
def by_keyboard(opened: Opener, transactional_db: None):
    def begin(user, name):
        return KeyboardWalker(enter(opened(locale="en-GB"), user), "en", name=name)

    return begin


def write_day(one: Walker) -> CareerDay:
    """With two mistakes at first: no place, and a line of the programme that cannot be read."""
    one.visit("mobility:career_days")
    one.look("days")
    one.follow("Write a career day")
    one.choose("kind", "contact")
    one.write("title", TITLE)
    one.write("summary", "Loop een dag mee met de dijkwacht.")
    one.write("about", "- Je controleert een stuk dijk\n- Je bezoekt een gemaal")
    one.write("held_on", timezone.localdate().isoformat())
    one.write("starts_at", "23:58")
    one.write("ends_at", "23:59")
    one.write("capacity", "1")
    one.write("programme", "koffie")
    one.press("Save and look it over")
    one.is_refused("programme")
    one.is_refused("place")
    one.look("day refused")
    one.write("programme", "23:58-23:59 Koffie")
    one.field("place").select_option(label="Utrecht")
    one.press("Save and look it over")
    one.press("Publish")
    one.reads("It is public now: everybody can sign up.")
    one.look("day published")
    return CareerDay.objects.get()


def be_there(one: Walker, user: User, day: CareerDay) -> None:
    """By the link in the mail to the place that came free, and then by the code, wrong and right."""
    one.open(link_in(mail_to(user.email), "mobility:career_day"))
    one.look("a place on offer")
    one.press("I come")
    one.reads("You have a place")
    one.follow("I am here")
    one.write("code", "FOUT00")
    one.press("I am here")
    one.is_refused("code")
    one.look("wrong code")
    one.write("code", day.code)
    one.press("I am here")
    one.reads("You were there.")


def test_a_day_is_written_and_the_second_comes_when_the_first_signs_off(walked):
    make.place()
    officer = walked(make.staff(), "day-hr")
    day = write_day(officer)
    here = make.organisation("Gemeente Amersfoort")
    first, second = (make.person(name, works_at=here) for name in ("Sanne", "Emre"))

    early = walked(first, "day-first")
    early.visit("mobility:day_campaign", "maak-contact")
    early.follow(TITLE)
    early.look("day")
    early.press("I come")
    early.reads("You have a place")
    early.look("with a place")
    late = walked(second, "day-second")
    late.visit("mobility:career_day", day.slug)
    late.press("To the waiting list")
    late.reads_text(late.say("It is full. You are number %d on the waiting list.") % 1)
    late.look("waiting")
    early.follow("Sign off")
    early.look("sign off")
    early.press("Sign off")
    early.reads("You have signed off. Somebody else can come now.")

    be_there(late, second, day)
    officer.visit("mobility:day_signups", day.slug)
    officer.reads_text(str(second))
    officer.look("who comes")

    assert Signup.objects.filter(attended_at__isnull=False).get().person == second


def test_what_one_thinks_of_it_and_a_script_that_another_takes_over(by_keyboard):
    day = make.career_day(ahead=-1)
    guest = make.person("Sanne", works_at=make.organisation("Gemeente Amersfoort"), language="en")
    make.signup(day=day, person=guest, attended_at=day.begins)
    one = by_keyboard(guest, "day-after")
    sign_up_and_off(one)
    one.visit("dashboard")
    one.follow("Say what you think")
    one.arrives("mobility:day_feedback")
    one.press("Send")
    one.is_refused("grade")
    one.pick("grade", "8")
    one.write("learned", "Ik ga vaker kijken.")
    one.press("Send")
    one.reads("Thank you. The organisers read it without your name.")

    host = by_keyboard(make.staff(at=day.organisation), "script-host")
    host.visit("mobility:day_scripts")
    host.follow("Write a script")
    host.write("title", "Dag met routes")
    host.write("steps", "8: Zaal vastleggen\n-1: Bedanken")
    host.write("lessons", "- Begin eerder")
    host.press("Save the script")
    host.reads("Your script has been saved.")
    host.press("Tick off")
    host.reads("Undo")
    host.press("Share with everybody")
    host.reads("Shared: other organisations can take it over, with your lessons.")
    host.look("script")
    other = by_keyboard(make.staff(at=make.organisation("Gemeente Zeist")), "script-other")
    other.visit("mobility:day_scripts")
    other.follow("Dag met routes")
    other.press("Take it over")
    other.reads("This is your own copy. Make it fit your day.")
    other.reads_text("Begin eerder")


def sign_up_and_off(one: Walker) -> None:
    make.career_day("A day at the pumps", kind="contact")
    one.visit("mobility:day_campaign", "maak-contact")
    one.follow("A day at the pumps")
    one.press("I come")
    one.reads("You have a place")
    one.follow("Sign off")
    one.arrives("mobility:sign_off")
    one.press("Sign off")
    one.reads("You have signed off. Somebody else can come now.")
