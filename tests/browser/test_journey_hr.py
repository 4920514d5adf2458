"""HR at work: on a phone without scripts in Dutch, and by keyboard alone in English."""

import pytest
from django.utils import timezone

from bwob.people.models import Role
from mobility.models import AnswerText, Application, CoOwner, MonthFigure
from tests import make
from tests.browser.conftest import WIDTHS, Opener
from tests.browser.looking import enter
from tests.browser.walking import KeyboardWalker, Walker, mail_to

pytestmark = pytest.mark.usefixtures("transactional_db")
TITLE = "Adviseur heldere brieven"


def applied(exchange, *names):
    return [
        make.application(
            exchange=exchange,
            applicant=make.person(name, works_at=make.organisation(f"Gemeente {name}")),
            motivation=f"{name} schrijft graag.",
        )
        for name in names
    ]


def six_came(organisation):
    """From the State, this month."""
    month = timezone.localdate().replace(day=1)
    facts = {"organisation": organisation, "month": month, "measure": "came", "kind": "gig"}
    MonthFigure.objects.bulk_create(MonthFigure(tier="state", **facts) for _one in range(6))


def test_on_a_phone_without_scripts_hr_compares_and_declines_two_at_once(opened: Opener):
    exchange = make.exchange(TITLE)
    hr = make.staff(Role.HR, exchange.organisation, "Fatima")
    [aad, bea, _cor] = applied(exchange, "Aad", "Bea", "Cor")
    one = Walker(enter(opened(WIDTHS["phone"], script=False), hr), "nl", name="hr", script=False)
    one.visit("mobility:own_exchanges")
    one.look("own")
    one.activate(one.page.get_by_role("link", name=one.say("wait for you")).first)
    one.arrives("mobility:inbox")
    for name in ("Aad", "Bea"):
        one.page.get_by_label(f"{one.say('Tick')} {name}").check()
    one.look("inbox")
    one.press("Compare")
    one.arrives("mobility:compare")
    one.reads_text("Bea schrijft graag.")
    assert "Cor schrijft" not in one.page.content()
    one.look("side by side")

    one.page.go_back()
    for name in ("Aad", "Bea"):
        one.page.get_by_label(f"{one.say('Tick')} {name}").check()
    one.activate(one.page.get_by_role("button", name=one.say("Decline")))
    one.arrives("mobility:decline_many")
    one.follow("Many people applied")
    one.choose("code", "chosen")
    one.look("written")
    one.press("See the mails first")
    one.reads_text("2 mensen krijgen deze e-mail")
    one.look("mails")
    assert Application.objects.filter(state="submitted").count() == 3
    one.activate(one.page.get_by_role("button", name="Stuur naar 2 mensen"))
    one.arrives("mobility:inbox")
    one.reads_text("2 mensen krijgen je antwoord per e-mail.")
    one.look("answered")
    body = str(mail_to(bea.applicant.email).body)
    assert f"Voor “{TITLE}” kwamen veel aanmeldingen" in body
    assert "Fatima, Gemeente Utrecht" in body
    aad.refresh_from_db()
    assert (aad.state, aad.code) == ("declined", "chosen")


def test_by_keyboard_hr_writes_a_text_invites_with_it_adds_a_co_owner_and_reads_the_figures(opened: Opener):
    hr = make.staff(Role.HR, language="en")
    exchange = make.exchange(TITLE, contact=hr)
    milou = make.staff(Role.MANAGER, exchange.organisation, "Milou", language="en")
    [aad] = applied(exchange, "Aad")
    six_came(exchange.organisation)
    one = KeyboardWalker(enter(opened(locale="en-GB"), hr), "en", name="hr-keys")
    one.visit("mobility:answer_texts")
    one.look("texts")
    one.follow("Write a text")
    one.pick("act", "Invite to talk")
    one.write("title", "Coffee")
    one.write("text", "Dear [name], coffee? [sender]")
    one.look("text")
    one.press("Save")
    one.arrives("mobility:answer_texts")
    assert AnswerText.objects.get().act == "invite"

    one.visit("mobility:inbox", exchange.slug)
    one.follow("Invite to talk")
    one.follow("Coffee")
    assert one.field("reason").input_value() == "Dear Aad, coffee? Robin"
    one.look("begun")
    one.press("Send the invitation")
    one.arrives("mobility:application")
    assert "> Dear Aad, coffee? Robin" in str(mail_to(aad.applicant.email).body)

    one.visit("mobility:exchange", exchange.slug)
    one.follow("Co-owners")
    one.pick("person", "Milou")
    one.press("Add")
    one.reads_text("Milou may work this exchange now, and gets its mails.")
    one.look("owners")
    assert CoOwner.objects.get().person == milou

    one.visit("mobility:own_exchanges")
    one.follow("Figures")
    one.arrives("mobility:figures")
    one.reads_text("State 6")
    one.look("figures")
