"""The waiting list: nobody passes anybody, and a place that comes free is on offer to one person only."""

import datetime
import functools

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from bwob import history
from bwob.workflow import Refused
from mobility import applying, clock, deciding, inbox, queueing, waiting
from mobility.models import Application, Exchange
from tests import make
from tests.racing import at_once, while_waiting
from tests.telling import told

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def hr():
    return make.staff()


def full(*states, places=1, **facts):
    """A filled exchange: who has its places, and others in these states, in this order."""
    exchange = make.exchange(state="filled", places=places, **facts)
    given = [make.application("confirmed", exchange=exchange) for _place in range(places)]
    return exchange, given, [make.application(state, exchange=exchange) for state in states]


def states_of(*records):
    return [type(one).objects.get(pk=one.pk).state for one in records]


def give_back(application):
    application = Application.objects.get(pk=application.pk)
    applying.withdraw(application, by=application.applicant)


def lapse(application):
    Application.objects.filter(pk=application.pk).update(due_at=timezone.now() - DAY)
    waiting.lapse(application)


def test_who_was_furthest_and_then_first_stands_first(hr):
    exchange = make.exchange()
    chosen, late, early, offered = (
        make.application(state, exchange=exchange, submitted_at=timezone.now() - days * DAY)
        for state, days in [("agreed", 9), ("submitted", 1), ("submitted", 5), ("offered", 2)]
    )

    deciding.confirm(chosen, by=hr)

    assert list(exchange.applications.queued()) == [offered, early, late]
    assert [one.position for one in exchange.applications.queued()] == [1, 2, 3]
    assert history.timeline(late)[-1].state == "waiting"


def test_whom_no_place_can_serve_any_more_gets_a_no(hr):
    begins = TODAY + 60 * DAY
    exchange = make.exchange(starts_on=begins)
    chosen, taken_elsewhere = (make.application(one, exchange=exchange) for one in ("agreed", "submitted"))
    elsewhere = make.exchange("Elsewhere", organisation=make.organisation("Provincie Zeeland"))
    make.application("confirmed", exchange=elsewhere, applicant=taken_elsewhere.applicant)

    deciding.confirm(chosen, by=hr)

    taken_elsewhere.refresh_from_db()
    assert (taken_elsewhere.state, taken_elsewhere.code) == ("declined", "filled")
    assert told(taken_elsewhere) == ["declined"]


def test_a_place_given_back_is_offered_to_the_first_for_five_working_days(hr):
    _exchange, (given,), (first, second) = full("waiting", "waiting")

    give_back(given)

    first.refresh_from_db()
    assert (first.state, first.hours, first.starts_on) == ("offered", 32, given.starts_on)
    assert first.due_at == first.due_in("offered", first.moved_at)
    assert states_of(given, second) == ["withdrawn", "waiting"]
    assert (told(given), told(first), told(second)) == (["place_given_back"], ["offered_from_list"], [])
    assert second.position == 1


def test_an_offer_that_lapses_goes_to_the_next_and_at_the_end_everybody_can_apply_again():
    exchange, (given,), (first, second) = full("waiting", "waiting")

    give_back(given)
    lapse(first)
    between = states_of(exchange, first, second)
    lapse(second)

    assert between == ["filled", "lapsed", "offered"]
    assert states_of(exchange, second) == ["published", "lapsed"]


@pytest.mark.parametrize("state", ["offered", "taken", "agreed"])
def test_a_place_that_is_on_offer_is_offered_to_nobody_else(state):
    exchange, _given, (first, second) = full(state, "waiting", places=1)
    Exchange.objects.filter(pk=exchange.pk).update(places=2)

    clock.lapse_overdue(0)

    assert states_of(first, second) == [state, "waiting"]


def test_where_no_period_is_known_the_organisation_makes_the_offer():
    exchange, _given, (first,) = full("waiting")

    queueing.add_places(exchange, places=2, by=make.staff())

    assert states_of(first) == ["conversation"]
    assert told(first) == ["place_free"]


def test_more_places_are_offered_in_order_and_only_more_is_possible(hr):
    exchange, _given, queue = full("waiting", "waiting", "waiting", starts_on=TODAY + 60 * DAY)

    with pytest.raises(Refused, match="Choose a higher number"):
        queueing.add_places(exchange, places=1, by=hr)
    queueing.add_places(exchange, places=3, by=hr)

    assert states_of(*queue) == ["offered", "offered", "waiting"]
    assert history.last_change(exchange).by == hr


def test_who_cannot_be_served_now_is_passed_over_and_stays():
    begins = TODAY + 60 * DAY
    exchange, (given,), (busy, free) = full("waiting", "waiting", starts_on=begins)
    elsewhere = make.exchange("Elsewhere", organisation=make.organisation("Provincie Zeeland"))
    make.application("confirmed", exchange=elsewhere, applicant=busy.applicant)

    give_back(given)

    assert states_of(exchange, busy, free) == ["filled", "waiting", "offered"]


def test_what_has_begun_is_not_given_back():
    application = make.application("confirmed", starts_on=TODAY)

    with pytest.raises(Refused, match="begun already"):
        give_back(application)


def test_hr_closes_the_list_for_good_and_everybody_on_it_is_told(hr):
    exchange, _given, queue = full("waiting", "waiting")

    queueing.close(exchange, by=hr)

    assert states_of(*queue) == ["declined", "declined"]
    assert [told(one) for one in queue] == [["declined"], ["declined"]]
    assert not Exchange.objects.get().has_waiting_list
    with pytest.raises(Refused):
        queueing.join(make.application("draft", exchange=exchange))


@pytest.mark.parametrize("act", [deciding.invite, deciding.decline])
def test_nobody_is_pulled_from_the_list_out_of_order_but_may_be_declined(hr, act):
    _exchange, _given, (first,) = full("waiting")

    if act is deciding.invite:
        with pytest.raises(Refused, match="served in its order"):
            act(first, by=hr)
    else:
        act(first, by=hr, code="profile")

    assert states_of(first) == ["waiting" if act is deciding.invite else "declined"]


def test_who_waits_ninety_days_in_vain_lapses():
    _exchange, _given, (first, second) = full("waiting", "waiting")

    lapse(first)

    assert states_of(first, second) == ["lapsed", "waiting"]
    assert told(first) == ["lapsed"]


def test_an_account_that_is_erased_gives_its_place_to_the_next_by_the_clock():
    _exchange, (given,), (first,) = full("waiting", starts_on=TODAY + 60 * DAY)

    applying.withdraw_all(given.applicant)
    clock.lapse_overdue(0)

    assert states_of(given, first) == ["withdrawn", "offered"]


def test_the_inbox_shows_the_list_in_its_order(hr):
    exchange, _given, (first, second) = full("waiting", "waiting")
    Application.objects.filter(pk=first.pk).update(waiting_number=10**6)

    groups = {str(group.title): group.rows for group in inbox.of(exchange, hr).groups}

    assert groups["Waiting list"] == [second, first]


def page(name, exchange):
    return reverse(f"mobility:{name}", args=[exchange.slug])


def test_while_somebody_typed_the_last_place_went_so_the_list_is_offered_with_the_number(client):
    applicant = make.person("Anne", works_at=make.organisation("Gemeente Zwolle"))
    client.force_login(applicant)
    exchange = make.exchange()
    Exchange.objects.update(state="filled")
    make.application("confirmed", exchange=exchange)
    make.application("waiting", exchange=exchange)

    response = client.post(page("apply", exchange), {"motivation": "An hour of careful work"}, follow=True)
    text = response.content.decode()

    assert "Your letter has been kept." in text
    assert "You would be number 2 on the list." in text
    assert "An hour of careful work" in text

    waits = {"motivation": "An hour of careful work", "wait": "1"}
    response = client.post(page("apply", exchange), waits, follow=True)

    mine = Application.objects.get(applicant=applicant)
    assert (mine.state, mine.position, told(mine)) == ("waiting", 2, ["joined_list"])
    assert "Number 2 on the waiting list." in response.content.decode()


def test_hr_adds_places_and_closes_the_list_on_its_pages(client, hr):
    exchange, _given, (first, second) = full("waiting", "waiting", starts_on=TODAY + 60 * DAY)
    client.force_login(hr)

    client.post(page("add_places", exchange), {"places": "2"})
    after_adding = states_of(first, second)
    client.post(page("close_list", exchange))

    assert after_adding == ["offered", "waiting"]
    assert states_of(first, second) == ["offered", "declined"]


@pytest.mark.django_db(transaction=True)
def test_two_places_given_back_at_once_go_to_two_people():
    exchange, given, queue = full("waiting", "waiting", "waiting", places=2)

    at_once(*(functools.partial(give_back, one) for one in given))

    assert states_of(exchange, *queue) == ["filled", "offered", "offered", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_join_at_once_each_gets_a_number_of_its_own():
    exchange, _given, _queue = full(closes_on=None)
    drafts = [make.application("draft", exchange=exchange) for _one in range(4)]

    outcomes = at_once(*(functools.partial(queueing.join, one) for one in drafts))

    assert outcomes == [None] * 4
    assert [one.position for one in exchange.applications.queued()] == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_a_place_given_back_while_the_first_leaves_goes_to_the_second():
    exchange, (given,), (first, second) = full("waiting", "waiting")

    with transaction.atomic():
        give_back(first)
        running = while_waiting(functools.partial(give_back, given))
    running()

    assert states_of(exchange, first, second) == ["filled", "withdrawn", "offered"]


@pytest.mark.django_db(transaction=True)
def test_who_sends_while_the_last_place_is_given_is_offered_the_list():
    chosen = make.application("agreed")
    late = make.application("draft", exchange=chosen.exchange)

    with transaction.atomic():
        deciding.confirm(chosen, by=make.staff())
        running = while_waiting(functools.partial(applying.submit, late))

    assert isinstance(running(), applying.Full)
    assert states_of(late) == ["draft"]
