"""Career days: a place is given once, the list is served in order, and everybody hears what changes."""

import datetime
import functools

import pytest
from django.core import mail
from django.utils import timezone

from bwob.privacy import erasing
from bwob.workflow import Refused
from mobility import clock, enrolling, hosting
from mobility.models import Signup
from tests import make
from tests.bwob.test_people_post import deliver
from tests.racing import at_once

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def somebody(name="Sanne", **facts):
    return make.person(name, works_at=make.organisation("Gemeente Amersfoort"), language="en", **facts)


def states(day):
    return list(day.signups.order_by("number").values_list("state", flat=True))


def subjects(user=None):
    deliver()
    return [message.subject for message in mail.outbox if user is None or message.to == [user.email]]


def full_day(places=1, waiting=2):
    """A day of which all places are given, and people who wait, in order."""
    day = make.career_day(capacity=places)
    signups = [enrolling.sign_up(day, by=somebody(f"P{n}")) for n in range(places + waiting)]
    return day, signups[:places], signups[places:]


def test_places_are_given_while_there_are_any_and_then_the_list_grows_in_order():
    day, _seated, waiting = full_day(places=2)

    assert states(day) == ["seated", "seated", "waiting", "waiting"]
    assert [one.position for one in waiting] == [1, 2]
    assert (
        subjects()
        == ["You have a place: “Look into the water”"] * 2
        + ["You are on the waiting list: “Look into the water”"] * 2
    )


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_sign_up_at_once_exactly_the_capacity_gets_a_place_and_the_rest_stands_in_order():
    day = make.career_day(capacity=7)
    people = [somebody(f"P{number}") for number in range(50)]

    outcomes = at_once(*(functools.partial(enrolling.sign_up, day, by=person) for person in people))

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert states(day) == ["seated"] * 7 + ["waiting"] * 43
    assert list(day.signups.order_by("number").values_list("number", flat=True)) == list(range(1, 51))
    waiting = day.signups.queued()
    assert [one.position for one in waiting] == list(range(1, 44))


@pytest.mark.django_db(transaction=True)
def test_a_double_sign_up_at_once_becomes_one():
    day, person = make.career_day(), somebody()

    outcomes = at_once(*(functools.partial(enrolling.sign_up, day, by=person) for _ in range(2)))

    assert sorted(type(one).__name__ for one in outcomes) == ["Refused", "Signup"]
    assert states(day) == ["seated"]


@pytest.mark.django_db(transaction=True)
def test_places_given_back_at_once_go_to_the_first_in_line_and_nobody_gets_two():
    day, seated, waiting = full_day(places=3, waiting=3)

    at_once(*(functools.partial(enrolling.sign_off, one, by=one.person) for one in seated[:2]))

    assert states(day) == ["withdrawn", "withdrawn", "seated", "offered", "offered", "waiting"]
    assert [one.pk for one in day.signups.filter(state="offered").order_by("number")] == [
        one.pk for one in waiting[:2]
    ]


def test_an_offer_not_taken_in_two_days_goes_to_the_next():
    day, seated, waiting = full_day()
    enrolling.sign_off(seated[0], by=seated[0].person)
    assert states(day) == ["withdrawn", "offered", "waiting"]

    Signup.objects.filter(pk=waiting[0].pk).update(due_at=timezone.now() - HOUR)
    clock.serve_career_days(0)

    assert states(day) == ["withdrawn", "lapsed", "offered"]
    assert subjects(waiting[0].person)[-1] == "You have no place: “Look into the water”"
    assert "gone to the next" in mail.outbox[-2].body + mail.outbox[-1].body
    assert subjects(waiting[1].person)[-1] == "A place came free: “Look into the water”"


def test_an_offer_is_taken_while_it_stands_and_not_after():
    day, seated, waiting = full_day()
    enrolling.sign_off(seated[0], by=seated[0].person)
    first = Signup.objects.select_related("day").get(pk=waiting[0].pk)

    first.due_at = timezone.now() - HOUR
    with pytest.raises(Refused, match="no longer on offer"):
        enrolling.take(first, by=first.person)
    first.refresh_from_db()
    enrolling.take(first, by=first.person)

    assert states(day) == ["withdrawn", "seated", "waiting"]


def test_an_offer_never_stands_longer_than_until_the_day_begins():
    day = make.career_day(ahead=1)

    offered = make.signup("offered", day=day)

    assert offered.due_at == min(day.begins, offered.moved_at + 48 * HOUR)
    assert make.signup("waiting", day=day).due_at == day.begins


def test_who_closes_the_account_makes_room():
    day, seated, _waiting = full_day()

    erasing.erase(seated[0].person, farewell=False)
    clock.serve_career_days(0)

    assert states(day) == ["offered", "waiting"]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"state": "draft", "published_at": None}, "not been published"),
        ({"state": "cancelled"}, "was cancelled"),
        ({"ahead": -1}, "is over"),
    ],
)
def test_one_cannot_sign_up_for_what_is_not_open(facts, reason):
    day = make.career_day(**facts)

    with pytest.raises(Refused, match=reason):
        enrolling.sign_up(day, by=somebody())


def test_one_signs_up_with_a_verified_work_address_only():
    day = make.career_day()

    with pytest.raises(Refused, match="First show where you work"):
        enrolling.sign_up(day, by=make.person())


def test_more_places_serve_the_list_and_fewer_than_given_are_refused():
    day, _seated, _waiting = full_day(places=2, waiting=2)
    hr = make.staff()

    day.capacity = 3
    hosting.change(day, [], by=hr)
    assert states(day) == ["seated", "seated", "offered", "waiting"]

    day.capacity = 1
    with pytest.raises(Refused, match="3 places have been given"):
        hosting.change(day, [], by=hr)


def test_who_signed_up_hears_of_another_date_but_not_of_another_text():
    day, seated, _waiting = full_day(waiting=0)
    subjects()

    day.about = "Other words."
    hosting.change(day, [], by=make.staff())
    assert len(subjects()) == 1
    day.held_on += datetime.timedelta(days=7)
    hosting.change(day, [], by=make.staff())

    assert subjects(seated[0].person)[-1] == "Changed: “Look into the water”"
    seated[0].refresh_from_db()
    assert seated[0].keep_until == day.held_on + datetime.timedelta(days=28)


def test_everybody_hears_of_a_cancelled_day_with_its_reason():
    day, seated, waiting = full_day()

    hosting.cancel(day, by=make.staff(), reason="The pump is being mended.")

    assert states(day) == ["cancelled"] * 3
    for signup in [*seated, *waiting]:
        assert subjects(signup.person)[-1] == "Cancelled: “Look into the water”"
    assert "> The pump is being mended." in mail.outbox[-1].body
    with pytest.raises(Refused):
        hosting.publish(day, by=make.staff())


def test_the_day_before_each_is_told_once_where_to_be():
    day = make.career_day(ahead=1, is_online=True, online_url="https://meet.example/day")
    signup = make.signup(day=day, person=somebody())
    make.signup("waiting", day=day)

    clock.remind_of_career_days(0)
    clock.remind_of_career_days(0)

    assert subjects() == ["Tomorrow: “Look into the water”"]
    assert mail.outbox[0].to == [signup.person.email]
    assert "https://meet.example/day" in mail.outbox[0].body
