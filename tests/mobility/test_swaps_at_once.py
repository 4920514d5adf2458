"""Swap rings when people act at the same moment: one outcome, never half a ring."""

import functools

import pytest
from django.db import transaction

from bwob.workflow import Refused
from mobility import ringing
from mobility.models import Application, SwapRing
from tests import make
from tests.mobility.test_swaps import FIELDS, agree, places, ring, state_of, with_managers
from tests.racing import at_once, while_waiting


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first_to_come", ["leave", "agree"])
def test_of_withdrawing_and_the_last_yes_at_once_the_ring_ends_and_nobody_is_sent_anywhere(first_to_come):
    found = with_managers(2)
    one, other = places(found)
    ringing.answer_as_manager(one, agrees=True)
    leave = functools.partial(ringing.leave, one)
    last_yes = functools.partial(ringing.answer_as_manager, other, agrees=True)
    early, late = (leave, last_yes) if first_to_come == "leave" else (last_yes, leave)

    with transaction.atomic():
        early()
        running = while_waiting(late)

    assert isinstance(running(), Refused) == (first_to_come == "leave")
    assert state_of(found) == "lapsed"
    assert not Application.objects.filter(state="confirmed").exists()


@pytest.mark.django_db(transaction=True)
def test_the_last_two_yeses_at_once_ask_the_managers_once_and_theirs_confirm_it():
    found = ring(2)
    one, other = places(found)

    with transaction.atomic():
        agree(one)
        running = while_waiting(functools.partial(agree, other))
    answers = [running()]
    with transaction.atomic():
        ringing.answer_as_manager(one, agrees=True)
        running = while_waiting(functools.partial(ringing.answer_as_manager, other, agrees=True))
    answers.append(running())

    assert answers == [True, True]
    assert state_of(found) == "confirmed"


@pytest.mark.django_db(transaction=True)
def test_two_rings_for_one_wish_at_once_become_one():
    wishes = [make.swap_wish(field=field, fields=[]) for field in FIELDS[:3]]
    numbers = [wish.pk for wish in wishes]

    at_once(
        functools.partial(ringing.propose, (numbers[0], numbers[1])),
        functools.partial(ringing.propose, (numbers[1], numbers[2])),
    )

    assert SwapRing.objects.count() == 1
