"""No application waits for ever: every term ends in the named outcome, after one reminder (rule R1)."""

import datetime
import functools
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from bwob import history
from bwob.people.models import Role
from bwob.workflow import Refused
from mobility import agreeing, applying, clock, inbox, progress, waiting
from mobility.models import Application
from tests import make
from tests.racing import at_once, while_waiting
from tests.telling import told

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
SENT = ["submitted", "conversation", "offered", "taken", "agreed"]
ENDED = ["confirmed", "declined", "withdrawn", "lapsed"]


def due(state, after, **facts):
    """An application of which the term ends this long from now (or ended this long ago)."""
    return make.application(state, due_at=timezone.now() + after, **facts)


def state_of(application):
    return Application.objects.get(pk=application.pk).state


@pytest.mark.parametrize("state", SENT)
def test_when_nobody_answers_in_time_the_application_lapses_and_both_sides_hear_it(state):
    application = due(state, -HOUR)

    assert waiting.lapse_overdue() == 1

    application.refresh_from_db()
    assert (application.state, application.due_at) == ("lapsed", None)
    assert application.keep_until == timezone.localdate() + 28 * DAY
    last = history.timeline(application)[-1]
    assert (last.state, last.by, last.reason) == ("lapsed", None, "")
    assert told(application) == ["lapsed"]


@pytest.mark.parametrize("state", ["draft", *SENT])
def test_until_the_term_has_passed_nothing_lapses(state):
    application = due(state, HOUR)

    assert waiting.lapse_overdue() == 0
    assert state_of(application) == state


@pytest.mark.parametrize("state", ENDED)
def test_what_has_ended_does_not_lapse(state):
    application = due(state, -HOUR)

    assert waiting.lapse_overdue() == 0
    assert (state_of(application), told(application)) == (state, [])


def test_the_clock_lets_lapse_what_is_overdue_and_running_it_twice_changes_nothing():
    overdue = due("offered", -HOUR)
    waits = due("offered", HOUR, exchange=overdue.exchange)

    clock.lapse_overdue(0)
    clock.lapse_overdue(0)

    assert (state_of(overdue), state_of(waits)) == ("lapsed", "offered")
    assert told(overdue) == ["lapsed"]


@pytest.mark.parametrize(
    ("state", "days"),
    [("draft", 90), ("submitted", 28), ("conversation", 42), ("taken", 7), ("agreed", 14)],
)
def test_each_waiting_state_lasts_its_own_term_to_the_end_of_the_last_day(state, days, monkeypatch):
    entered = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=AMSTERDAM)
    application = make.application(state)
    Application.objects.update(due_at=application.due_in(state, entered))
    midnight = datetime.datetime(2026, 3, 3, tzinfo=AMSTERDAM) + days * DAY

    monkeypatch.setattr(timezone, "now", lambda: midnight - 2 * MINUTE)
    assert waiting.lapse_overdue() == 0
    monkeypatch.setattr(timezone, "now", lambda: midnight)
    assert waiting.lapse_overdue() == 1


def test_a_draft_lapses_silently_and_goes_the_next_night():
    application = due("draft", -HOUR)

    waiting.lapse_overdue()

    application.refresh_from_db()
    assert (application.state, told(application)) == ("lapsed", [])
    assert application.keep_until == timezone.localdate()


def test_a_draft_that_lapsed_was_never_sent_and_stays_unseen():
    hr = make.staff()
    application = due("draft", -HOUR, motivation="only mine")
    waiting.lapse_overdue()
    application.refresh_from_db()
    others = [hr, make.staff(Role.PROGRAMME)]

    assert [Application.objects.visible_to(person).count() for person in others] == [0, 0]
    assert inbox.of(application.exchange, hr).groups == []
    assert list(Application.objects.visible_to(application.applicant)) == [application]
    assert list(Application.objects.sent()) == []
    assert [(step.label, step.state) for step in progress.steps(application)] == [("Lapsed", "stopped")]


def test_a_term_that_was_made_longer_meanwhile_does_not_lapse():
    application = due("taken", -HOUR)
    fetched = Application.objects.get(pk=application.pk)
    agreeing.talk(application)

    assert waiting.lapse(fetched) is False

    assert (state_of(application), told(application)) == ("taken", ["talk_wanted"])


def test_a_reminder_goes_two_days_before_the_end_and_once():
    soon = due("taken", DAY)
    later = due("taken", 3 * DAY, exchange=soon.exchange)

    assert [waiting.remind(), waiting.remind()] == [1, 0]

    assert (told(soon), told(later)) == (["reminded"], [])


@pytest.mark.parametrize("state", ["draft", *ENDED])
def test_nobody_is_reminded_of_a_draft_or_of_what_has_ended(state):
    due(state, DAY)

    assert waiting.remind() == 0


def test_in_a_new_state_there_is_a_new_reminder(monkeypatch):
    application = due("offered", DAY)
    waiting.remind()
    applying.take(application, manager_name="Wim", manager_email="w@manager.example")
    later = timezone.now() + 6 * DAY
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert waiting.remind() == 1
    assert told(application) == ["reminded", "taken", "reminded"]


def test_the_clock_reminds():
    application = due("offered", DAY)

    clock.remind_of_terms(0)

    assert told(application) == ["reminded"]


def test_reminding_the_manager_leaves_the_link_as_it_is():
    application = make.application("offered")
    applying.take(application, manager_name="Wim", manager_email="w@manager.example")
    Application.objects.update(due_at=timezone.now() + DAY)

    waiting.remind()

    assert Application.objects.get().asked_manager_at == application.asked_manager_at


@pytest.mark.django_db(transaction=True)
def test_of_lapsing_and_taking_at_once_one_wins():
    for _round in range(4):
        application = due("offered", -datetime.timedelta(seconds=1))
        twin = Application.objects.get(pk=application.pk)

        lapsed, taken = at_once(
            waiting.lapse_overdue,
            functools.partial(applying.take, twin, manager_name="Wim", manager_email="w@m.example"),
        )

        assert (state_of(application), lapsed, type(taken)) in {
            ("lapsed", 1, Refused),
            ("taken", 0, type(None)),
        }
        assert told(application) == [state_of(application)]
        Application.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_under_way_comes_before_the_clock():
    application = due("offered", -HOUR)

    with transaction.atomic():
        applying.take(application, manager_name="Wim", manager_email="w@manager.example")
        clock_at_work = while_waiting(waiting.lapse_overdue)

    assert (clock_at_work(), state_of(application)) == (0, "taken")


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_let_lapse_once_and_remind_once():
    overdue = due("submitted", -HOUR)
    soon = due("submitted", HOUR, exchange=overdue.exchange)

    lapsed = at_once(*[waiting.lapse_overdue] * 3)
    reminded = at_once(*[waiting.remind] * 3)

    assert (sum(lapsed), sum(reminded)) == (1, 1)
    assert (told(overdue), told(soon)) == (["lapsed"], ["reminded"])
