"""The manager answers by the link from the mail; and what comes in between: text is kept, one record made."""

import pytest
from django.contrib.sessions.models import Session
from django.core import mail

from bwob.people.models import User
from mobility import applying, signing
from mobility.models import Application
from tests import make
from tests.browser.conftest import WIDTHS, Opener
from tests.browser.looking import enter
from tests.browser.walking import Walker, link_in, mail_to
from tests.bwob.test_people_post import deliver

LETTER = "I write letters that people understand, and I would like to see how you do it."
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


@pytest.fixture
def asked(transactional_db: None) -> Application:
    """An application of which the manager is asked, by mail."""
    application = make.application("offered", exchange=make.exchange(contact=make.staff()))
    boss = f"wim@{application.employer.code}.example"
    applying.take(application, manager_name="Wim de Boer", manager_email=boss)
    return application


@pytest.fixture
def manager(opened: Opener, asked: Application, request: pytest.FixtureRequest) -> Walker:
    """Who has opened the link, on a phone."""
    walker = Walker(opened(WIDTHS["phone"]), "nl", name=request.node.name)
    walker.open(link_in(mail_to(asked.manager_email), "mobility:manager"))
    return walker


def test_the_manager_says_not_now_with_a_reason(manager, asked):
    assert not manager.field("code").is_visible()
    manager.choose("answer", "not_now")
    manager.look("the reasons appear")
    manager.press("Send my answer")
    manager.is_refused("code")
    manager.look("reason missing")
    manager.choose("code", "too_busy")
    manager.press("Send my answer")
    manager.reads("Thank you")

    asked.refresh_from_db()
    assert (asked.state, asked.code) == ("declined", "too_busy")
    deliver()
    told = {message.to[0] for message in mail.outbox[-2:]}
    assert told == {asked.applicant.email, asked.exchange.contact.email}


def test_the_manager_wants_to_talk_first_and_agrees_later(manager, asked):
    manager.choose("answer", "talk")
    manager.press("Send my answer")
    manager.reads_text("weet dat je eerst wilt praten")
    manager.look("talk first")
    assert manager.page.locator("main [name=answer]").count() == 2
    asked.refresh_from_db()
    assert (asked.state, asked.talk_asked) == ("taken", True)
    assert "praten" in mail_to(asked.applicant.email).subject

    manager.choose("answer", "agree")
    manager.press("Send my answer")
    manager.reads("Thank you")
    manager.look("answered")

    asked.refresh_from_db()
    assert asked.state == "agreed"


def test_a_used_link_and_an_outdated_one_say_so(manager, asked):
    used = signing.manager_token(asked)
    applying.ask_manager_again(asked, manager_name="Wim de Boer", manager_email=asked.manager_email)
    manager.visit("mobility:manager", used)
    manager.reads("This link does not work (any more)")
    assert manager.status == 404
    manager.look("outdated")

    manager.open(link_in(mail_to(asked.manager_email), "mobility:manager"))
    manager.choose("answer", "agree")
    manager.press("Send my answer")
    manager.reads("Thank you")
    manager.page.reload()

    manager.reads("Thank you")
    assert manager.page.locator("form [name=answer]").count() == 0


def test_an_answer_that_comes_too_late_is_told_who_was_first(manager, asked):
    manager.choose("answer", "agree")
    applying.withdraw(asked, by=asked.applicant, reason="I stay where I am.")

    manager.press("Send my answer")

    manager.reads("This has just changed")
    assert manager.status == 409
    manager.look("too late")


def test_an_offer_that_comes_too_late_keeps_its_text(opened):
    robin = make.staff()
    application = make.application(exchange=make.exchange(contact=robin))
    officer = Walker(enter(opened(), robin), "nl", name="late-offer")
    officer.visit("mobility:invite", application.key)
    officer.write("reason", LETTER)
    applying.withdraw(application, by=application.applicant, reason="I stay where I am.")

    officer.press("Send the invitation")

    officer.reads("This has just changed")
    assert officer.status == 409
    officer.reads_text(LETTER)
    officer.reads_text("I stay where I am.")
    officer.look("too late")


def applies(opened: Opener, *, script: bool) -> tuple[Walker, User]:
    """Somebody who is about to send a letter."""
    sanne = make.person(works_at=make.organisation("Gemeente Amersfoort"))
    walker = Walker(enter(opened(script=script), sanne), "nl", name=f"letter-{script}", script=script)
    walker.visit("mobility:apply", make.exchange().slug)
    walker.write("motivation", LETTER)
    return walker, sanne


@SCRIPT
@pytest.mark.parametrize("end", ["cookie", "session"])
def test_a_letter_survives_the_end_of_the_session(opened, end, script):
    walker, sanne = applies(opened, script=script)
    if end == "cookie":
        walker.page.context.clear_cookies(name="session")
    else:
        Session.objects.all().delete()

    walker.press("Send your application")
    walker.arrives("account_login")
    walker.sign_in(sanne)
    walker.arrives("mobility:apply")
    assert walker.field("motivation").input_value() == LETTER
    walker.look("kept")
    walker.press("Send your application")
    walker.arrives("mobility:application")

    assert Application.objects.get().state == "submitted"


@SCRIPT
def test_a_double_click_sends_one_application(opened, script):
    walker, _sanne = applies(opened, script=script)

    walker.button("Send your application").dblclick()
    walker.arrives("mobility:application")

    assert Application.objects.get().state == "submitted"
    deliver()
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == len(mail.outbox)


def test_what_one_may_not_do_or_see_is_said_in_words(opened):
    walker = Walker(enter(opened(WIDTHS["phone"]), make.person()), "nl", name="refused")

    walker.visit("mobility:write")
    walker.reads("You may not do this")
    assert walker.status == 403
    walker.look("403")
    walker.visit("mobility:application", make.application().key)
    walker.reads("This page is not here")
    assert walker.status == 404
    walker.look("404")
