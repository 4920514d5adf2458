"""Applying for an exchange: drafts, sending, withdrawing, and taking an offer with the manager's address."""

import datetime
import functools

import pytest
from django.utils import timezone

from bwob import history
from bwob.people.models import User
from bwob.privacy.models import KeepingTerm
from bwob.workflow import Refused
from mobility import applying, signing
from mobility.models import Application, Exchange
from tests import make
from tests.racing import at_once
from tests.telling import told

pytestmark = pytest.mark.django_db
LIVE = ["submitted", "conversation", "offered", "taken", "agreed"]


def days_from_now(days):
    return timezone.now() + datetime.timedelta(days=days)


def about(moment):
    """Equal to any moment within a minute of this one."""
    return pytest.approx(moment.timestamp(), abs=60)


def applicant():
    return make.person(works_at=make.organisation("Gemeente Amersfoort"))


def draft(exchange=None, person=None, motivation="I would like to learn from you."):
    application = applying.begun_by(person or applicant(), exchange or make.exchange())
    application.motivation = motivation
    applying.save_draft(application)
    return application


def test_what_somebody_began_is_found_again_until_it_has_ended():
    kept = draft()
    found = []

    for state in (None, "submitted", "withdrawn"):
        if state:
            kept.move_to(state, by=kept.applicant)
        found.append(applying.begun_by(kept.applicant, kept.exchange).pk)

    assert found == [kept.pk, kept.pk, None]


def test_a_draft_is_nobody_elses():
    kept = draft()

    assert applying.begun_by(applicant(), kept.exchange).pk is None
    assert applying.begun_by(kept.applicant, make.exchange("Another one")).pk is None


def test_a_draft_is_kept_for_ninety_days_after_it_was_last_saved():
    kept = draft()
    Application.objects.update(due_at=days_from_now(3))

    applying.save_draft(kept)

    kept.refresh_from_db()
    assert timezone.localtime(kept.due_at).date() == timezone.localtime(days_from_now(90)).date()


def test_a_draft_of_another_window_is_written_on_not_doubled():
    person, exchange = applicant(), make.exchange()
    windows = [applying.begun_by(person, exchange) for _ in range(2)]

    for window, text in zip(windows, ["first", "second"], strict=True):
        window.motivation = text
        applying.save_draft(window)

    assert list(Application.objects.values_list("motivation", flat=True)) == ["second"]
    assert windows[0].key == windows[1].key


def test_a_draft_is_refused_when_another_window_has_sent_it():
    kept = draft()
    other_window = Application.objects.get(pk=kept.pk)
    applying.submit(other_window)
    kept.motivation = "typed meanwhile"

    with pytest.raises(Refused, match="You have applied here already") as refused:
        applying.save_draft(kept)

    assert refused.value.record == other_window
    other_window.refresh_from_db()
    assert (other_window.state, other_window.motivation) == ("submitted", "I would like to learn from you.")


def test_a_draft_that_lapsed_meanwhile_becomes_a_new_one_with_the_text():
    kept = draft()
    Application.objects.get(pk=kept.pk).move_to("lapsed", by=None)

    applying.save_draft(kept)

    states = Application.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["lapsed", "draft"]


@pytest.mark.django_db(transaction=True)
def test_two_first_drafts_at_once_make_one_record():
    person, exchange = applicant(), make.exchange()
    windows = [applying.begun_by(person, exchange) for _ in range(6)]

    outcomes = at_once(*(functools.partial(applying.save_draft, window) for window in windows))

    assert outcomes == [None] * 6
    assert Application.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_it_is_sent_once():
    kept = draft()
    windows = [Application.objects.get(pk=kept.pk) for _ in range(4)]

    outcomes = at_once(*(functools.partial(applying.submit, window) for window in windows))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", *["Refused"] * 3]
    assert told(kept) == ["submitted"]


def test_sending_keeps_when_and_from_which_employer_and_starts_the_term_of_four_weeks():
    kept = draft()

    applying.submit(kept)

    kept.refresh_from_db()
    assert kept.state == "submitted"
    assert str(kept.employer) == "Gemeente Amersfoort"
    assert kept.submitted_at.timestamp() == about(timezone.now())
    assert timezone.localtime(kept.due_at).date() == timezone.localtime(days_from_now(28)).date()
    assert told(kept) == ["submitted"]
    assert [(move.state, move.by) for move in history.timeline(kept)][-1] == ("submitted", kept.applicant)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"closes_on": datetime.date(2026, 3, 8)}, "One could apply until 8 March 2026."),
        ({"state": "filled"}, "All places have been given."),
        ({"state": "withdrawn"}, "The organisation has withdrawn this."),
    ],
)
def test_what_closed_while_somebody_typed_is_refused_and_the_draft_stays(facts, sentence):
    kept = draft()
    Exchange.objects.update(**facts)

    with pytest.raises(Refused) as refused:
        applying.submit(kept)

    assert (refused.value.reason, refused.value.record) == (sentence, kept.exchange)
    kept.refresh_from_db()
    assert (kept.state, kept.motivation) == ("draft", "I would like to learn from you.")
    assert told(kept) == []


def test_own_staff_cannot_send():
    kept = draft(person=make.person(works_at=make.organisation()))

    with pytest.raises(Refused, match="This is for people of other employers"):
        applying.submit(kept)


def test_one_person_has_one_running_application_here():
    running = make.application("conversation")

    with pytest.raises(Refused, match="You have applied here already"):
        draft(running.exchange, running.applicant)


@pytest.mark.parametrize("state", ["declined", "withdrawn", "lapsed"])
def test_after_an_end_one_can_apply_again(state):
    ended = make.application(state)

    again = draft(ended.exchange, ended.applicant)
    applying.submit(again)

    assert (again.state, Application.objects.count()) == ("submitted", 2)


def test_who_has_a_confirmed_place_in_that_period_reads_which_one_and_cannot_apply():
    day = datetime.date(2030, 3, 1)
    there = make.application(
        "confirmed",
        exchange=make.exchange(organisation=make.organisation("Provincie Zeeland")),
        starts_on=day,
        ends_on=datetime.date(2030, 8, 31),
    )
    exchange = make.exchange(starts_on=datetime.date(2030, 8, 31), duration=2)
    kept = draft(exchange, there.applicant)

    with pytest.raises(Refused) as refused:
        applying.submit(kept)

    assert refused.value.reason == (
        "You already have a confirmed place from 1 March 2030 until 31 August 2030, at Provincie Zeeland."
    )


def with_a_place_from_march_to_august(**facts):
    """A draft of somebody who has such a place in 2030, for an exchange with these dates."""
    there = make.application(
        "confirmed", starts_on=datetime.date(2030, 3, 1), ends_on=datetime.date(2030, 8, 31)
    )
    return draft(make.exchange("Another one", **facts), there.applicant)


@pytest.mark.parametrize(
    "facts",
    [
        {"starts_on": None},
        {"starts_on": datetime.date(2030, 9, 1)},
        {"starts_on": datetime.date(2030, 1, 1), "duration": 2},
    ],
)
def test_a_confirmed_place_in_another_period_is_no_obstacle(facts):
    kept = with_a_place_from_march_to_august(**facts)

    applying.submit(kept)

    assert kept.state == "submitted"


@pytest.mark.parametrize(
    "facts",
    [
        {"starts_on": datetime.date(2030, 1, 2), "duration": 2},
        {"starts_on": datetime.date(2030, 4, 1), "duration": 1, "duration_unit": "day"},
        {"starts_on": datetime.date(2030, 1, 1), "duration": None, "kind": "vacancy"},
    ],
)
def test_a_confirmed_place_in_a_period_that_shares_a_day_is_one(facts):
    kept = with_a_place_from_march_to_august(**facts)

    with pytest.raises(Refused, match="You already have a confirmed place"):
        applying.submit(kept)


@pytest.mark.parametrize("state", LIVE)
def test_one_can_withdraw_until_the_place_is_confirmed(state):
    application = make.application(state)

    applying.withdraw(application, by=application.applicant, reason="Something came up.")

    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert application.due_at is None
    assert application.keep_until == timezone.localdate() + datetime.timedelta(days=28)
    assert told(application) == ["withdrawn"]
    assert history.timeline(application)[-1].reason == "Something came up."


@pytest.mark.parametrize("state", ["draft", "declined", "withdrawn", "lapsed"])
def test_what_was_not_sent_or_has_ended_cannot_be_withdrawn(state):
    application = make.application(state)

    with pytest.raises(Refused):
        applying.withdraw(application, by=application.applicant)

    assert told(application) == []


def test_the_term_of_the_offering_organisation_says_how_long_it_is_kept():
    application = make.application()
    KeepingTerm.objects.create(
        kind="application", organisation=application.exchange.organisation, days=365, source="own choice"
    )

    applying.withdraw(application, by=application.applicant)

    assert application.keep_until == timezone.localdate() + datetime.timedelta(days=365)


def take(application):
    applying.take(application, manager_name="Wim de Boer", manager_email="wim@manager.example")


def test_taking_an_offer_asks_the_manager_who_has_seven_days():
    application = make.application("offered")

    take(application)

    application.refresh_from_db()
    assert (application.state, application.manager_name) == ("taken", "Wim de Boer")
    assert timezone.localtime(application.due_at).date() == timezone.localtime(days_from_now(7)).date()
    assert application.asked_manager_at.timestamp() == about(timezone.now())
    assert told(application) == ["taken"]
    assert history.timeline(application)[-1].by == application.applicant


@pytest.mark.parametrize("state", ["draft", "submitted", "conversation", "taken", "agreed", "withdrawn"])
def test_only_an_offer_can_be_taken(state):
    application = make.application(state)

    with pytest.raises(Refused):
        take(application)

    assert told(application) == []


def test_an_offer_in_the_period_of_a_confirmed_place_is_not_taken_and_the_manager_hears_nothing():
    application = make.application("offered")
    make.application(
        "confirmed",
        exchange=make.exchange(organisation=make.organisation("Provincie Zeeland")),
        applicant=application.applicant,
        starts_on=datetime.date(2020, 1, 1),
        ends_on=None,
    )

    with pytest.raises(Refused, match="from 1 January 2020, at Provincie Zeeland"):
        take(application)

    application.refresh_from_db()
    assert (application.state, told(application)) == ("offered", [])


def test_a_new_link_to_the_manager_makes_the_old_one_void_and_leaves_the_term():
    application = make.application("offered")
    take(application)
    old, due_at = signing.manager_token(application), application.due_at

    applying.ask_manager_again(application, manager_name="Wim", manager_email="w@manager.example")

    application.refresh_from_db()
    assert signing.application_of(old) is None
    assert signing.application_of(signing.manager_token(application)) == application
    assert application.due_at == due_at
    assert (application.manager_name, application.manager_email) == ("Wim", "w@manager.example")
    assert told(application) == ["taken", "manager_asked_again"]


@pytest.mark.parametrize("state", ["offered", "agreed", "declined", "lapsed"])
def test_a_manager_who_has_answered_is_not_asked_again(state):
    application = make.application(state)

    with pytest.raises(Refused, match="Your manager has already answered"):
        applying.ask_manager_again(application, manager_name="Wim", manager_email="w@manager.example")

    assert told(application) == []


@pytest.mark.parametrize(
    "token", ["", "x", "a:b:c", "\x00", "é", "Ñ" * 5000, "eyJhIjoxfQ:1tqX:zz", "../../etc/passwd"]
)
def test_a_forged_link_belongs_to_nothing(token):
    assert signing.application_of(token) is None


def test_a_link_without_a_question_to_the_manager_does_not_count_once_there_is_one():
    application = make.application("offered")
    early = signing.manager_token(application)
    take(application)

    assert signing.application_of(early) is None


def test_closing_an_account_withdraws_what_runs():
    person = applicant()
    running = make.application("offered", applicant=person)
    confirmed = make.application("confirmed", applicant=person, exchange=make.exchange("Another one"))
    others = make.application(exchange=running.exchange)

    applying.withdraw_all(User.objects.get(pk=person.pk))

    states = [Application.objects.get(pk=one.pk).state for one in (running, confirmed, others)]
    assert states == ["withdrawn", "withdrawn", "submitted"]
