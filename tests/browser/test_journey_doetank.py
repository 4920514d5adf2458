"""A question becomes a Doetank: on a phone without scripts, and by keyboard alone."""

import datetime

import pytest
from django.utils import timezone

from doetanks.models import Challenge, Participation, Trial
from tests import make
from tests.browser.conftest import WIDTHS, Opener
from tests.browser.looking import enter
from tests.browser.walking import KeyboardWalker, Walker
from tests.doetanks import making

TITLE = "Eén brief bij een verhuizing"


def phone(opened: Opener, user: object, name: str) -> Walker:
    page = enter(opened(WIDTHS["phone"], script=False), user)
    return Walker(page, "nl", name=name, script=False)


def submit(opened: Opener) -> Challenge:
    """The commissioner forgets to say who decides, and is told."""
    one = phone(opened, make.person("Olga", works_at=make.organisation()), "submit")
    one.visit("doetanks:board")
    one.look("empty board")
    one.follow("Submit a challenge")
    one.write("title", TITLE)
    one.write("question", "Wie verhuist, krijgt zes brieven.")
    one.write("gain", "Eén brief die klopt.")
    one.write("roles", "Schrijver: maakt van zes brieven één")
    one.write("decide_on", (timezone.localdate() + datetime.timedelta(days=200)).isoformat())
    one.press("Submit")
    one.is_refused("decides")
    one.look("nobody decides")
    one.field("decides").check()
    one.press("Submit")
    one.reads("Your challenge has been submitted. A coach will read it.")
    return Challenge.objects.get()


def ask_to_join(opened: Opener) -> None:
    joiner = phone(opened, make.person("Anne", works_at=make.organisation("Gemeente Breda")), "join")
    joiner.visit("doetanks:board")
    joiner.page.get_by_role("link", name=TITLE).click()
    joiner.look("challenge")
    joiner.follow("Ask to join")
    joiner.press("Send your request")
    joiner.is_refused("motivation")
    joiner.write("motivation", "Ik verhuisde elf keer.")
    joiner.press("Send your request")
    joiner.arrives("doetanks:participation")
    joiner.look("asked")


@pytest.mark.usefixtures("transactional_db")
def test_a_question_finds_its_team_on_a_phone_without_scripts(opened):
    challenge = submit(opened)
    coach = phone(opened, making.coach(), "coach")
    coach.visit("dashboard")
    coach.follow("Read it")
    coach.press("Do the intake")
    coach.follow("Open it")
    coach.choose("how", "public")
    coach.press("Open it")
    coach.reads("It is open. The commissioner gets a mail.")

    ask_to_join(opened)
    coach.visit("doetanks:team", challenge.slug)
    coach.look("team")
    coach.follow("Accept")
    coach.press("Accept")
    coach.arrives("doetanks:team")

    assert Participation.objects.get().state == "member"


@pytest.mark.usefixtures("transactional_db")
def test_a_trial_that_failed_is_told_and_answered_by_keyboard(opened):
    challenge = making.challenge("trying", title=TITLE)
    coach = KeyboardWalker(enter(opened(WIDTHS["desk"]), challenge.coach), "en", name="workroom")
    coach.visit("doetanks:workroom", challenge.slug)
    coach.look("workroom")
    coach.follow("Begin a trial")
    coach.write("title", "Een bord aan de paal")
    coach.write("hypothesis", "Als er een bord hangt, belt niemand.")
    coach.write("smallest_test", "Twee borden, een week.")
    coach.field("ends_on").fill((timezone.localdate() + datetime.timedelta(days=7)).isoformat())
    coach.press("Begin")
    coach.is_refused("stop_rule")
    coach.look("no stop rule")
    coach.write("stop_rule", "Als iemand het bord weghaalt.")
    coach.press("Begin")
    coach.arrives("doetanks:workroom")
    coach.follow("Tell the result")
    coach.choose("outcome", "failed")
    coach.write("result", "Niemand las het bord.")
    coach.write("learned", "Wie er woont, kijkt er niet naar.")
    coach.press("Publish")
    coach.arrives("doetanks:workroom")
    assert Trial.objects.get().state == "finished"

    challenge.move_to("deliver", by=None)
    challenge.move_to("decision", by=None, yields="Geen bord.", delivered_at=timezone.now())
    decider = KeyboardWalker(enter(opened(WIDTHS["desk"]), challenge.commissioner), "en", name="answer")
    decider.visit("dashboard")
    decider.follow("Give your answer")
    decider.choose("verdict", "no")
    decider.press("Publish your answer")
    decider.is_refused("why")
    decider.write("why", "Het bord helpt niet.")
    decider.press("Publish your answer")
    decider.reads("Your answer is public. The team gets a mail.")
    decider.look("answered")
    challenge.refresh_from_db()
    assert (challenge.state, challenge.verdict) == ("closed", "no")
