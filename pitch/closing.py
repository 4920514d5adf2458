"""Closing the ballot box: exactly at its moment, never without a quorum, with a seal that everybody gets."""

import hashlib
import math
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from bwob.workflow import Refused
from pitch.leading import locked
from pitch.models import Assignment, Ballot, BallotDraft, Edition, Entry
from pitch.tasks import announce

State = Edition.State


@transaction.atomic
def close(edition: Edition, *, by: Any) -> None:
    """No ballot comes in from here on. The lock waits for ballots on their way, and they for the lock.

    Before the announced moment only when every ballot is in; without a quorum never: then the chair gives
    more time, or the secretary asks somebody else.
    """
    now = locked(edition)
    if now.takes_ballots and ballots_open(now):
        raise Refused(_("The jury still has time, and not every ballot is in."), now)
    if now.state == State.JUDGING and (short := without_quorum(now)):
        names = ", ".join(entry.label for entry in short)
        raise Refused(_("No quorum yet for %s. Give more time, or ask another member.") % names, now)
    edition.move_to(State.CLOSED, by=by, seal=seal_of(now))
    BallotDraft.objects.filter(assignment__edition=now).delete()
    announce("judging_closed", edition)


def ballots_open(edition: Edition) -> int:
    """How many plans a member of the jury still has to judge."""
    return Assignment.objects.filter(edition=edition, ballots=None).counting().count()


def without_quorum(edition: Edition) -> list[Entry]:
    """Plans with fewer ballots than the rules ask, in number or in part of who may judge them."""
    rules = edition.rules
    may_judge = Q(assignments__recused_at=None)
    plans = (
        Entry.objects.filter(edition=edition)
        .taking_part()
        .annotate(
            members=Count("assignments", filter=may_judge, distinct=True),
            cast=Count(
                "assignments", filter=may_judge & Q(assignments__ballots__isnull=False), distinct=True
            ),
        )
        .order_by("number")
    )
    return [
        plan
        for plan in plans
        if plan.cast < max(rules.min_ballots, math.ceil(plan.members * rules.min_percent / 100))
    ]


def seal_of(edition: Edition) -> str:
    """SHA-256 over the hashes of all stored ballots, sorted: whoever adds, drops or changes one breaks it."""
    contents = Ballot.objects.filter(edition=edition).order_by().values_list("content", flat=True)
    hashes = sorted(hashlib.sha256(bytes(content)).hexdigest() for content in contents)
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def turnout(edition: Edition) -> tuple[int, int]:
    """Plans judged and plans to judge, over all members: all that anybody learns before the close."""
    counting = Assignment.objects.filter(edition=edition).counting()
    facts = counting.aggregate(
        all=Count("pk", distinct=True), cast=Count("pk", filter=Q(ballots__isnull=False), distinct=True)
    )
    return facts["cast"], facts["all"]
