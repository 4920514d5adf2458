"""Writing an exchange: draft, publish, change, close, duplicate, withdraw; a stale page undoes nothing."""

import datetime
import functools

import pytest
from django.db import transaction
from django.utils import timezone

from bwob import history
from bwob.workflow import Refused
from mobility import applying, deciding, writing
from mobility.models import Application, Exchange
from tests import make
from tests.racing import at_once, while_waiting
from tests.telling import told

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
LIVE = ["submitted", "conversation", "offered", "taken", "agreed"]


@pytest.fixture
def hr():
    return make.staff()


def state_of(record):
    return type(record).objects.get(pk=record.pk).state


def test_publishing_makes_it_public_from_now_on(hr):
    draft = make.exchange(state="draft", published_at=None)

    writing.publish(draft, by=hr)

    draft.refresh_from_db()
    assert draft.state == "published"
    assert timezone.now() - draft.published_at < datetime.timedelta(minutes=1)
    assert history.timeline(draft)[-1].by == hr
    assert list(Exchange.objects.open()) == [draft]


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_only_a_draft_is_published(hr, state):
    exchange = make.exchange(state=state)

    with pytest.raises(Refused):
        writing.publish(exchange, by=hr)


def test_nothing_is_published_with_a_last_day_that_has_passed(hr):
    today = timezone.localdate()
    draft = make.exchange(state="draft", published_at=None, closes_on=today - DAY)

    with pytest.raises(Refused, match="Choose a later one first"):
        writing.publish(draft, by=hr)

    draft.closes_on = today
    writing.publish(draft, by=hr)
    assert state_of(draft) == "published"


def test_a_filled_exchange_has_no_place_to_offer_again(hr):
    filled = make.exchange()
    deciding.confirm(make.application("agreed", exchange=filled), by=hr)
    filled.refresh_from_db()

    with pytest.raises(Refused, match="All places have been given"):
        writing.publish(filled, by=hr)

    assert state_of(filled) == "filled"


def test_closing_stops_applications_at_once_and_changes_no_state(hr):
    exchange = make.exchange()
    running = make.application(exchange=exchange)

    writing.close(exchange, by=hr)

    closed = Exchange.objects.get()
    assert (closed.state, closed.is_open) == ("published", False)
    assert closed.closes_on == timezone.localdate() - DAY
    assert state_of(running) == "submitted"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"closes_on": datetime.date(2026, 3, 8)}, "One could apply until 8 March 2026."),
        ({"state": "draft"}, "This has not been published yet."),
        ({"state": "filled"}, "All places have been given."),
        ({"state": "withdrawn"}, "The organisation has withdrawn this."),
    ],
)
def test_what_is_not_open_cannot_be_closed_and_says_why(hr, facts, sentence):
    exchange = make.exchange(**facts)
    before = exchange.closes_on

    with pytest.raises(Refused, match=sentence):
        writing.close(exchange, by=hr)

    assert Exchange.objects.get().closes_on == before


def test_withdrawing_tells_everybody_whose_application_runs(hr):
    exchange = make.exchange()
    running = [make.application(state, exchange=exchange) for state in LIVE]
    draft, ended = (make.application(state, exchange=exchange) for state in ("draft", "lapsed"))

    writing.withdraw(exchange, by=hr, reason="No budget this year.")

    assert state_of(exchange) == "withdrawn"
    assert history.timeline(exchange)[-1].reason == "No budget this year."
    for application in running:
        application.refresh_from_db()
        assert (application.state, application.code) == ("declined", "cancelled")
        assert application.keep_until == timezone.localdate() + 28 * DAY
        assert history.timeline(application)[-1].reason == "No budget this year."
        assert told(application) == ["cancelled"]
    assert [(state_of(one), told(one)) for one in (draft, ended)] == [("draft", []), ("lapsed", [])]


def test_a_confirmed_place_stays_when_the_other_places_are_withdrawn(hr):
    exchange = make.exchange(places=2)
    confirmed = make.application("confirmed", exchange=exchange)

    writing.withdraw(exchange, by=hr, reason="No budget this year.")

    assert state_of(confirmed) == "confirmed"


@pytest.mark.parametrize("state", ["filled", "withdrawn"])
def test_what_is_filled_or_withdrawn_cannot_be_withdrawn(hr, state):
    exchange = make.exchange(state=state)
    running = make.application(exchange=exchange)

    with pytest.raises(Refused):
        writing.withdraw(exchange, by=hr, reason="No budget this year.")

    assert (state_of(exchange), state_of(running)) == (state, "submitted")


def test_a_copy_is_a_draft_with_the_text_and_without_dates(hr):
    original = make.exchange(
        skills=["writing"],
        contact=make.staff(),
        starts_on=timezone.localdate() + 60 * DAY,
        source="feed",
        external_id="12",
        state="filled",
    )

    copy = writing.duplicate(original, by=hr)

    copy.refresh_from_db()
    same = ("title", "summary", "tasks", "skills", "hours_min", "scale_max", "place_id", "organisation_id")
    assert {name: getattr(copy, name) for name in same} == {name: getattr(original, name) for name in same}
    assert (copy.state, copy.contact, copy.starts_on, copy.closes_on) == ("draft", hr, None, None)
    assert (copy.published_at, copy.source, copy.external_id) == (None, "", "")
    assert copy.pk != original.pk
    assert copy.slug != original.slug


def test_a_copy_leaves_the_original_as_it_was(hr):
    original = make.exchange()
    before = Exchange.objects.filter(pk=original.pk).values().get()

    writing.duplicate(original, by=hr)

    assert Exchange.objects.filter(pk=original.pk).values().get() == before


@pytest.mark.django_db(transaction=True)
def test_of_withdrawing_the_exchange_and_confirming_at_once_no_half_remains():
    for _round in range(4):
        hr = make.staff()
        agreed = make.application("agreed")
        exchange = agreed.exchange

        outcomes = at_once(
            functools.partial(deciding.confirm, Application.objects.get(pk=agreed.pk), by=hr),
            functools.partial(writing.withdraw, exchange, by=hr, reason="No budget."),
        )

        assert (state_of(exchange), state_of(agreed)) in {
            ("filled", "confirmed"),
            ("withdrawn", "declined"),
        }
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "Refused"]
        Application.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_who_applies_while_the_exchange_is_withdrawn_is_not_left_waiting():
    """The application waits for the withdrawal, and is then refused."""
    hr = make.staff()
    exchange = make.exchange()
    draft = make.application("draft", exchange=exchange)

    with transaction.atomic():
        writing.withdraw(exchange, by=hr, reason="No budget.")
        applying_now = while_waiting(functools.partial(applying.submit, draft))

    assert str(applying_now()) == "The organisation has withdrawn this."
    assert state_of(draft) == "draft"
