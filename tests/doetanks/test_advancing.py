"""From a submitted challenge to the effect of its answer, with a term for every step."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from bwob.workflow import Refused
from doetanks import advancing, phases, progress, provenance, submitting, waiting
from doetanks.forms import OnwardForm
from doetanks.models import Challenge, Participation
from tests import make
from tests.doetanks import making

pytestmark = pytest.mark.django_db
State = Challenge.State


def age(record, days):
    """As if so many days had passed since its last move."""
    shift = datetime.timedelta(days=days)
    changes = {"due_at": record.due_at - shift}
    if isinstance(record, Challenge):
        for name in ("delivered_at", "decided_at"):
            if getattr(record, name):
                changes[name] = getattr(record, name) - shift
    type(record).objects.filter(pk=record.pk).update(**changes)
    record.refresh_from_db()


def written(**facts):
    return Challenge(
        title="Fewer letters",
        question="Six letters.",
        gain="One letter.",
        decide_on=timezone.localdate() + datetime.timedelta(days=200),
        **facts,
    )


def test_a_challenge_goes_its_whole_way():
    commissioner, coach = make.person("Olga", works_at=make.organisation()), making.coach()
    challenge = written()
    submitting.submit(challenge, [("Writer", "plain words")], by=commissioner)
    submitting.take(challenge, by=coach)
    submitting.open_up(challenge, by=coach, hidden=False)
    making.team(challenge, "Gemeente A", "Gemeente B", "Gemeente C")
    advancing.complete(challenge, by=coach)
    for _phase in phases.NEXT:
        advancing.tick(challenge, phases.keys(challenge.state))
        advancing.advance(challenge, by=coach)
    advancing.tick(challenge, phases.keys(challenge.state))
    advancing.deliver(challenge, by=coach, yields="One letter.")
    assert (challenge.state, challenge.days_left) == ("decision", 42)
    advancing.decide(challenge, by=commissioner, verdict="adopt", why="It works.")
    age(challenge, 184)
    advancing.measure(challenge, by=commissioner, effect="Half the calls.")

    assert (challenge.state, str(challenge.organisation)) == ("closed", "Gemeente Utrecht")
    assert [moment.what for moment in reversed(progress.moments(challenge))] == [
        "Submitted",
        "Intake",
        "Open to join",
        "Team complete",
        "Explore",
        "Ideas",
        "Try",
        "Deliver",
        "Waits for the decision",
        "Put into practice",
        "Closed",
    ]


def test_every_move_that_is_not_in_the_table_is_refused():
    for state in State:
        challenge = making.challenge(state, title=f"In {state}")
        for target in State:
            if target not in challenge.MOVES[state] and target != state:
                with pytest.raises(Refused):
                    challenge.move_to(target, by=None)


def test_a_phase_ends_when_every_point_is_ticked():
    challenge = making.challenge("explore")
    first = sorted(phases.keys("explore"))[0]
    advancing.tick(challenge, {first, "no such point"})

    with pytest.raises(Refused, match="every point"):
        advancing.advance(challenge, by=challenge.coach)
    assert advancing.open_points(challenge) == phases.keys("explore") - {first}


def test_what_was_learnt_may_ask_for_a_phase_back():
    challenge = making.challenge("trying")

    advancing.go_back(challenge, by=challenge.coach, reason="Nobody wants it.")

    assert challenge.state == "ideas"


def test_without_a_role_or_with_a_decision_too_near_it_is_not_opened():
    bare, near = making.challenge("intake"), making.challenge("intake", decide_on=timezone.localdate())
    bare.roles.all().delete()

    with pytest.raises(Refused, match="one role"):
        submitting.open_up(bare, by=bare.coach, hidden=False)
    with pytest.raises(Refused, match="too near"):
        submitting.open_up(near, by=near.coach, hidden=False)


@pytest.mark.parametrize("state", ["intake", "deliver"])
def test_without_somebody_who_decides_nothing_goes_on(state):
    challenge = making.challenge(state, commissioner=None)
    advancing.tick(challenge, phases.keys(state))

    acts = {
        "intake": lambda: submitting.open_up(challenge, by=challenge.coach, hidden=False),
        "deliver": lambda: advancing.deliver(challenge, by=challenge.coach, yields="One letter."),
    }

    with pytest.raises(Refused, match="Nobody decides"):
        acts[state]()


def test_a_no_needs_a_reason_and_closes_it():
    challenge = making.challenge("decision")
    with pytest.raises(IntegrityError), transaction.atomic():
        advancing.decide(challenge, by=challenge.commissioner, verdict="no", why="")
    challenge.refresh_from_db()

    advancing.decide(challenge, by=challenge.commissioner, verdict="no", why="Too dear.")

    assert (challenge.state, challenge.keep_until is not None) == ("closed", True)


def test_after_six_weeks_without_an_answer_the_clock_says_so_and_the_answer_is_still_due():
    challenge = making.challenge("decision", due_at=timezone.now() + datetime.timedelta(days=42))
    assert progress.clock(challenge).left == "42 days left"
    age(challenge, 45)

    waiting.lapse_overdue()

    challenge.refresh_from_db()
    clock = progress.clock(challenge)
    assert (challenge.state, clock.left, clock.is_late) == ("unanswered", "3 days too late", True)
    advancing.decide(challenge, by=challenge.commissioner, verdict="adapted", why="In another form.")
    assert challenge.state == "effect"


def test_the_effect_is_not_told_before_half_a_year():
    challenge = making.challenge("effect")

    with pytest.raises(Refused, match="Half a year"):
        advancing.measure(challenge, by=challenge.commissioner, effect="Great already.")


@pytest.mark.parametrize("state", sorted(set(Challenge.TERMS) - {"decision"}))
def test_every_term_has_an_outcome(state):
    challenge = making.challenge(state)
    age(challenge, 30)

    assert waiting.lapse_overdue() == 1

    challenge.refresh_from_db()
    assert challenge.state == ("closed" if state == "effect" else "stopped")
    assert waiting.lapse_overdue() == 0


@pytest.mark.parametrize("state", Participation.TERMS)
def test_every_request_lapses_when_nobody_answers(state):
    one = making.participation(state)
    age(one, 30)

    waiting.lapse_overdue()

    one.refresh_from_db()
    assert (one.state, one.keep_until is not None) == ("lapsed", True)


def test_the_chain_tells_what_was_promised_and_what_failed():
    challenge = making.challenge("decision", due_at=timezone.now() + datetime.timedelta(days=42))
    facts = {
        "ends_on": timezone.localdate(),
        "stop_rule": "After three.",
        "state": "finished",
        "result": "No.",
    }
    for outcome in ("failed", "worked", "stopped"):
        challenge.trials.create(title=outcome, outcome=outcome, learned="Much.", **facts)

    links = provenance.chain(challenge, list(challenge.trials.all()))

    assert [(link.title, link.state) for link in links] == [
        ("Question", "done"),
        ("Trials", "done"),
        ("Yield", "done"),
        ("Answer", "now"),
        ("Effect", "todo"),
    ]
    assert links[1].text == "3 trials, 2 did not work."


def test_a_no_has_no_effect_to_wait_for():
    challenge = making.challenge("decision")
    advancing.decide(challenge, by=challenge.commissioner, verdict="no", why="Too dear.")

    assert provenance.chain(challenge, [])[-1].title == "Answer"


@pytest.mark.parametrize(
    "path", ["https://elsewhere.example/no/such/", "/no/such/page/", "javascript:alert(1)"]
)
def test_it_went_on_at_a_page_of_this_portal_only(path):
    form = OnwardForm({"led_to": path})

    assert not form.is_valid()


def test_a_page_of_this_portal_may_be_named():
    form = OnwardForm({"led_to": f"http://localhost:8000{making.challenge().get_absolute_url()}"})

    assert form.is_valid()
    assert form.cleaned_data["led_to"].startswith("/")
