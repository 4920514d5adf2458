"""Swap rings when people act at the same moment: one outcome, never half a ring."""

import functools

import pytest

from bwob.workflow import Refused
from mobility import ringing
from mobility.models import Application, SwapRing, SwapWish
from tests import make
from tests.mobility.test_swaps import FIELDS, agree, places, ring, state_of, with_managers
from tests.racing import at_once


@pytest.mark.django_db(transaction=True)
def test_of_withdrawing_and_agreeing_at_once_the_ring_ends_and_nobody_is_sent_anywhere():
    for _round in range(3):
        found = with_managers(2)
        first, second = places(found)
        ringing.answer_as_manager(first, agrees=True)

        outcomes = at_once(
            functools.partial(ringing.leave, first),
            functools.partial(ringing.answer_as_manager, second, agrees=True),
        )

        assert state_of(found) == "lapsed"
        assert [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Refused)] == []
        assert not Application.objects.filter(state="confirmed").exists()
        SwapWish.objects.update(state="stopped")


@pytest.mark.django_db(transaction=True)
def test_the_last_two_yeses_at_once_ask_the_managers_once():
    found = ring(2)

    outcomes = at_once(*(functools.partial(agree, place) for place in places(found)))

    assert outcomes == [True, True]
    assert state_of(found) == "managers"


@pytest.mark.django_db(transaction=True)
def test_two_rings_for_one_wish_at_once_become_one():
    wishes = [make.swap_wish(field=field, fields=[]) for field in FIELDS[:3]]
    numbers = [wish.pk for wish in wishes]

    at_once(
        functools.partial(ringing.propose, (numbers[0], numbers[1])),
        functools.partial(ringing.propose, (numbers[1], numbers[2])),
    )

    assert SwapRing.objects.count() == 1
