"""The storm of ballots: many at once, with real threads and connections. None lost, none double."""

import datetime
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from bwob.workflow import Refused
from pitch import audience, closing, judging, tasks
from pitch.judging import Place
from pitch.models import (
    Assignment,
    AudienceRound,
    AudienceVote,
    AudienceVoter,
    Ballot,
    Edition,
    Entry,
    Receipt,
    Seat,
)
from tests import make
from tests.pitch.editions import up_to, vote
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 12


def storm(acts: list[Callable[[], Any]], meanwhile: Callable[[], Any] = lambda: None) -> list[Any]:
    """What each act returned, or the refusal it met; spread over threads, each with its own connection."""
    start = threading.Barrier(THREADS + 1, timeout=30)

    def run(mine: list[tuple[int, Callable[[], Any]]]) -> list[tuple[int, Any]]:
        try:
            start.wait()
            with translation.override("en"):
                return [(number, outcome(act)) for number, act in mine]
        finally:
            connections.close_all()

    numbered = list(enumerate(acts))
    with ThreadPoolExecutor(THREADS) as pool:
        running = [pool.submit(run, numbered[lane::THREADS]) for lane in range(THREADS)]
        start.wait()
        meanwhile()
        met = dict(pair for lane in running for pair in lane.result())
    return [met[number] for number in range(len(acts))]


def outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Refused as refused:
        return refused.reason


def casting(assignment: Assignment, score: int = 4) -> Callable[[], Receipt]:
    scores = {"c1": score, "c2": score}
    return lambda: judging.cast(Place.of(assignment), scores=scores, motivation="Because.")


def more_to_judge(edition: Edition, ballots: int) -> list[Assignment]:
    """So many more places in the jury, each with one plan to judge."""
    entry = Entry.objects.get(edition=edition)
    seats = Seat.objects.bulk_create(Seat(edition=edition, code=f"S{number}") for number in range(ballots))
    Assignment.objects.bulk_create(Assignment(edition=edition, seat=seat, entry=entry) for seat in seats)
    rows = Assignment.objects.filter(seat__in=seats)
    return list(rows.select_related("edition__rules", "edition__lock", "entry", "seat"))


def wait_until(moment: datetime.datetime) -> None:
    time.sleep(max(0, (moment - timezone.now()).total_seconds()))


def accepted(outcomes: list[Any]) -> list[Receipt]:
    return [one for one in outcomes if isinstance(one, Receipt)]


def test_one_member_five_hundred_times_is_one_ballot():
    assignment = up_to("judging", plans=1).pile()[0]

    outcomes = storm([casting(assignment, 1 + number % 5) for number in range(500)])

    assert len(accepted(outcomes)) == Ballot.objects.count() == Receipt.objects.count() == 1
    assert Counter(one for one in outcomes if isinstance(one, str)) == {
        "You cast this ballot in another window just before. That one stands.": 499
    }


def test_five_hundred_at_once_are_five_hundred_ballots():
    pile = more_to_judge(up_to("judging", plans=1).edition, 500)
    earlier = set(
        ProcrastinateJob.objects.values_list("pk", flat=True)
    )  # the queue is not emptied between tests

    outcomes = storm([casting(assignment) for assignment in pile])

    assert len(accepted(outcomes)) == Ballot.objects.count() == 500
    assert len({receipt.code for receipt in accepted(outcomes)}) == 500
    assert set(Ballot.objects.values_list("assignment", flat=True)) == {one.pk for one in pile}
    at_once(*[tasks.announce_receipts] * 3)
    told = [
        job.args["record_id"]
        for job in ProcrastinateJob.objects.filter(args__message="receipt").exclude(pk__in=earlier)
    ]
    assert sorted(told) == sorted(receipt.pk for receipt in accepted(outcomes))


def test_a_close_in_the_middle_of_the_stream_is_exact():
    """What was acknowledged is in the seal, what came later was told so; nothing lies between."""
    round_ = up_to("judging", plans=1, min_percent=0)
    for assignment in round_.pile():
        vote(assignment)
    pile = more_to_judge(round_.edition, 300)
    begun, lasting = timezone.now(), datetime.timedelta(seconds=1.2)
    moment = begun + lasting / 2
    Edition.objects.filter(pk=round_.edition.pk).update(judging_closes_at=moment)

    def close_at_the_moment() -> None:
        wait_until(moment)
        closing.close(round_.fresh(), by=None)

    def in_time(number: int) -> Receipt:
        """Spread around the close, so that some come before and some after it on any machine."""
        wait_until(begun + lasting * number / 300)
        return casting(pile[number])()

    acts = [lambda number=number: in_time(number) for number in range(300)]
    outcomes = storm(acts, meanwhile=close_at_the_moment)

    taken, closed = accepted(outcomes), round_.fresh()
    assert 0 < len(taken) < 300
    assert len(taken) + 3 == Ballot.objects.count()
    assert closing.seal_of(closed) == closed.seal
    assert Ballot.objects.filter(cast_at__gte=moment).count() == 0
    assert Counter(one for one in outcomes if isinstance(one, str)) == {
        "Judging has closed. Your ballot was not taken.": 300 - len(taken)
    }


def audience_round(cards: int = 0, **facts: Any) -> AudienceRound:
    edition = up_to("judging", plans=2).fresh()
    audience.prepare(edition, finalists=edition.entries.all(), codes=cards, **facts)
    return audience.open_for(edition, datetime.timedelta(minutes=5))


def test_a_card_that_a_whole_row_shares_is_one_vote():
    voting = audience_round(1)
    plan, code = voting.finalists.first(), audience.code_of(voting, 1)

    outcomes = storm([lambda: audience.vote(voting, plan, by=AnonymousUser(), code=code)] * 60)

    assert Counter(outcomes) == {None: 1, "This code was used already.": 59}
    assert AudienceVote.objects.count() == 1


def test_an_account_in_many_windows_is_one_vote():
    voting = audience_round(ticket="account")
    somebody = make.person(works_at=make.organisation())
    plan = voting.finalists.first()

    outcomes = storm([lambda: audience.vote(voting, plan, by=somebody)] * 60)

    assert Counter(outcomes) == {None: 1, "You have voted already. Everybody votes once.": 59}
    assert AudienceVote.objects.count() == AudienceVoter.objects.count() == 1
