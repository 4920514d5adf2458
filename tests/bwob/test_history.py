"""The timeline of a record: who moved it, when and why (rule R3)."""

import datetime

import pghistory
import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from bwob import history
from mobility.models import Application, Exchange
from tests import make

pytestmark = pytest.mark.django_db


def told(record):
    return [(moment.state, moment.by, moment.reason) for moment in history.timeline(record)]


def test_a_timeline_tells_each_move_with_who_and_why_oldest_first():
    hr = make.staff()
    application = make.application("draft")
    person = application.applicant

    application.move_to("submitted", by=person)
    application.move_to("conversation", by=hr, reason="Tuesday at ten.")
    application.move_to("lapsed", by=None)

    assert told(application) == [
        ("draft", None, ""),
        ("submitted", person, ""),
        ("conversation", hr, "Tuesday at ten."),
        ("lapsed", None, ""),
    ]


def test_the_moments_are_those_of_the_moves():
    application = make.application()

    application.move_to("declined", by=None)

    at = history.timeline(application)[-1].at
    assert abs(at - timezone.now()) < datetime.timedelta(minutes=1)


def test_a_change_that_moves_nothing_is_no_moment_but_is_the_last_change():
    hr = make.staff()
    exchange = make.exchange()

    with history.because(by=hr, reason="A typing error."):
        Exchange.objects.filter(pk=exchange.pk).update(title="Another title")

    assert told(exchange) == [("published", None, "")]
    last = history.last_change(exchange)
    assert (last.state, last.by, last.reason) == ("published", hr, "A typing error.")


def test_a_reason_of_the_portal_itself_is_read_in_the_readers_own_language():
    exchange = make.exchange()

    with translation.override("nl"):
        exchange.move_to("filled", by=None, reason=gettext_lazy("A place came free."))
        exchange.move_to("published", by=None, reason="A place came free.")
        in_dutch = [moment.reason for moment in history.timeline(exchange)]

    assert in_dutch == ["", "Er kwam een plek vrij.", "A place came free."]
    assert [moment.reason for moment in history.timeline(exchange)] == ["", *["A place came free."] * 2]


def test_a_state_that_comes_back_is_told_again():
    exchange = make.exchange()
    for state in ("filled", "published"):
        exchange.move_to(state, by=None)

    assert [moment.state for moment in history.timeline(exchange)] == ["published", "filled", "published"]


def test_a_timeline_is_of_one_record():
    one, other = make.application(), make.application()

    other.move_to("declined", by=None, reason="Not this one.")

    assert told(one) == [("submitted", None, "")]


def test_a_reason_is_not_inherited_by_the_next_change_of_the_same_request():
    hr = make.staff()
    one, other = make.application(), make.application()

    with pghistory.context(user=hr.pk, request="r1"):
        one.move_to("declined", by=hr, reason="Only for one.")
        Application.objects.filter(pk=other.pk).update(state="conversation")

    assert told(one)[-1] == ("declined", hr, "Only for one.")
    assert told(other)[-1] == ("conversation", hr, "")


def test_raw_and_bulk_changes_are_moments_too():
    application = make.application()

    Application.objects.filter(pk=application.pk).update(state="conversation")

    assert [moment.state for moment in history.timeline(application)] == ["submitted", "conversation"]


def test_a_refused_move_leaves_no_moment():
    application = make.application("confirmed")

    with pytest.raises(Exception, match="no longer possible"):
        application.move_to("declined", by=None, reason="Too late.")

    assert told(application) == [("confirmed", None, "")]


def test_somebody_whose_account_is_gone_is_nobody():
    hr = make.staff()
    application = make.application()
    application.move_to("declined", by=hr, reason="No.")
    type(hr).objects.filter(pk=hr.pk).delete()

    assert told(application)[-1] == ("declined", None, "No.")


@pytest.mark.parametrize("moves", [1, 4])
def test_a_timeline_takes_two_queries(django_assert_num_queries, moves):
    people = [make.staff() for _move in range(moves)]
    application = make.application()
    for person, state in zip(people, ["conversation", "offered", "taken", "agreed"], strict=False):
        application.move_to(state, by=person, starts_on=datetime.date(2030, 1, 1))

    with django_assert_num_queries(2):
        history.timeline(application)
