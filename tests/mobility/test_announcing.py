"""Each act announces its mails in its own transaction: what happened is told, and nothing else."""

import datetime
import re

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from mobility import agreeing, applying, deciding, signing, waiting, writing
from mobility.models import Application
from tests import make
from tests.bwob.test_people_post import deliver

pytestmark = pytest.mark.django_db

APPLICANT, MANAGER, HR = "sanne@mail.example", "wim@manager.example", "hr@mail.example"
BOSS = {"manager_name": "Wim de Boer", "manager_email": MANAGER}


@pytest.fixture
def place():
    """An exchange with its HR adviser as the contact, who reads English."""
    hr = make.staff("hr", make.organisation(), email=HR, language="en")
    return make.exchange("Clear letters", organisation=hr.work.organisation, contact=hr)


def application(state, exchange, email=APPLICANT, **facts):
    employer = make.organisation("Gemeente Amersfoort")
    applicant = make.person(works_at=employer, email=email, language="en")
    return make.application(state, exchange=exchange, applicant=applicant, **facts)


def sent_by(act):
    """To whom this act sends mail, and with which subject."""
    act()
    deliver()
    sent = [(message.to[0], message.subject) for message in mail.outbox]
    mail.outbox.clear()
    return sent


def token_in(text):
    return re.search(r"/akkoord/([^/\s]+)/$", text, re.MULTILINE).group(1)


def test_the_whole_road_in_mails(place):
    hr = place.contact
    start = timezone.localdate() + datetime.timedelta(days=60)
    end = start + datetime.timedelta(days=90)
    mine = application("draft", place)
    application("submitted", place, "other@mail.example")

    assert sent_by(lambda: applying.submit(mine)) == [
        (HR, "New application for “Clear letters”"),
        (APPLICANT, "Your application for “Clear letters” has been sent"),
    ]
    assert sent_by(lambda: deciding.invite(mine, by=hr, reason="Monday at ten?")) == [
        (APPLICANT, "Gemeente Utrecht wants to talk with you about “Clear letters”")
    ]
    assert sent_by(lambda: deciding.offer(mine, by=hr, hours=24, starts_on=start, ends_on=end)) == [
        (APPLICANT, "You have an offer: “Clear letters”")
    ]
    assert sent_by(lambda: applying.take(mine, **BOSS)) == [
        (MANAGER, "Do you agree? Sanne would like to work at Gemeente Utrecht"),
        (HR, "The offer for “Clear letters” has been taken"),
    ]
    assert sent_by(lambda: agreeing.talk(mine)) == [
        (APPLICANT, "Your manager wants to talk with you first: “Clear letters”")
    ]
    assert sent_by(lambda: agreeing.agree(mine)) == [
        (HR, "The manager agrees: please confirm “Clear letters”"),
        (APPLICANT, "Your manager agrees: “Clear letters”"),
    ]
    assert sent_by(lambda: deciding.confirm(mine, by=hr)) == [
        (APPLICANT, "The place is yours: “Clear letters”"),
        (MANAGER, "Sanne gets the place at Gemeente Utrecht"),
        (HR, "Confirmed: Clear letters"),
        ("other@mail.example", "You are on the waiting list for “Clear letters”"),
    ]


def test_the_managers_link_works_until_a_newer_one_is_sent(place):
    about = application("offered", place)
    applying.take(about, **BOSS)
    deliver()
    old = token_in(mail.outbox[0].body)
    assert signing.application_of(old) == about

    applying.ask_manager_again(about, **BOSS | {"manager_email": "wim2@manager.example"})
    deliver()

    assert mail.outbox[-1].to == ["wim2@manager.example"]
    assert signing.application_of(token_in(mail.outbox[-1].body)) == about
    assert signing.application_of(old) is None


def let_lapse(about):
    Application.objects.filter(pk=about.pk).update(due_at=timezone.now() - datetime.timedelta(minutes=1))
    waiting.lapse(about)


ACTS = {
    "submit": ("draft", applying.submit),
    "withdraw": ("submitted", lambda one: applying.withdraw(one, by=one.applicant)),
    "take": (
        "offered",
        lambda one: applying.take(one, **BOSS),
    ),
    "ask again": (
        "taken",
        lambda one: applying.ask_manager_again(one, **BOSS),
    ),
    "leave": ("submitted", lambda one: applying.withdraw_all(one.applicant)),
    "invite": ("submitted", lambda one: deciding.invite(one, by=one.exchange.contact)),
    "offer": (
        "submitted",
        lambda one: deciding.offer(
            one, by=one.exchange.contact, hours=8, starts_on=timezone.localdate(), ends_on=None
        ),
    ),
    "decline": ("submitted", lambda one: deciding.decline(one, by=one.exchange.contact, code="chosen")),
    "confirm": ("agreed", lambda one: deciding.confirm(one, by=one.exchange.contact)),
    "agree": ("taken", agreeing.agree),
    "refuse": ("taken", lambda one: agreeing.refuse(one, code="costs")),
    "talk": ("taken", agreeing.talk),
    "cancel": ("submitted", lambda one: writing.withdraw(one.exchange, by=one.exchange.contact, reason="x")),
    "lapse": ("submitted", let_lapse),
    "remind": ("submitted", lambda one: waiting.remind()),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_that_is_rolled_back_announces_nothing(act, place):
    state, perform = ACTS[act]
    due_at = timezone.now() + datetime.timedelta(days=0 if act == "lapse" else 1)
    about = application(state, place, due_at=due_at)

    with transaction.atomic():
        perform(about)
        announced = ProcrastinateJob.objects.count()
        transaction.set_rollback(True)

    assert announced == 1
    assert ProcrastinateJob.objects.count() == 0
    about.refresh_from_db()
    assert about.state == state
