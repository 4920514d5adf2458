"""Opening the ballots: by two key holders, or by the chair where they are not sealed; then the count.

All in one transaction that holds the edition: either everything is opened, counted and written, or nothing.
"""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from bwob.workflow import Refused
from pitch import ballots_file, counting, holding, tally
from pitch.judging import opened
from pitch.leading import locked
from pitch.models import Assignment, Ballot, Edition, Feedback, Part, Result, Standing
from pitch.tasks import announce

State = Edition.State


@transaction.atomic
def hand_in(part: Part, code: str, *, by: Any) -> bool:
    """A holder gives the own share; the second one opens the ballots. True when they are open."""
    edition = locked(part.edition)
    if edition.state != State.CLOSED:
        raise Refused(_("The ballots are not to be opened now."), edition)
    private = holding.hand_in(part, code)
    if private is None:
        return False
    open_with(edition, private, by=by)
    return True


@transaction.atomic
def open_unsealed(edition: Edition, *, by: Any) -> None:
    """Where the rules say that ballots are not sealed, the chair opens them alone."""
    now = locked(edition)
    if now.rules.is_sealed:
        raise Refused(_("Two key holders must open these ballots."), now)
    open_with(now, None, by=by)


def open_with(edition: Edition, private: bytes | None, *, by: Any) -> None:
    contents = last_contents(edition, private)
    rules, plans = counting.rules_of(edition.rules), counting.plans_of(edition)
    common: dict[str, Any] = {
        "entries": [counting.entry_key(plan) for plan in plans],
        "jury": counting.jury_of(edition),
        "ballots": [counting.ballot_of(assignment, facts) for assignment, facts in contents],
        "recused": counting.recused(edition),
        "assigned": counting.assigned(edition),
    }
    count = tally.count(rules, **common)
    data = ballots_file.build(edition=edition.slug, rules=rules, secret_signing_key=signing_key(), **common)
    result = Result.objects.create(
        edition=edition,
        ballots_file=data,
        sha256=ballots_file.digest(data),
        steps=[described(step) for step in count.steps],
    )
    write_standings(result, plans, count)
    write_feedback(contents)
    edition.move_to(State.OPENED, by=by)
    announce("ballots_opened", edition)


def described(step: tally.Step) -> dict[str, Any]:
    """A step of the count as it is kept: fractions as text, which JSON has no number for."""
    return {
        "code": step.code,
        "entries": list(step.entries),
        "values": {entry: str(value) for entry, value in step.values.items()},
        "groups": [list(group) for group in step.groups],
        "duels": [[duel.first, duel.second, duel.for_first, duel.for_second] for duel in step.duels],
        "seed": step.seed,
    }


def last_contents(edition: Edition, private: bytes | None) -> list[tuple[Assignment, dict[str, Any]]]:
    """The last ballot of each member and plan with what is on it, in an order that tells nothing."""
    last = Ballot.objects.filter(edition=edition).last_ones()
    found = [
        (ballot.assignment, opened(bytes(ballot.content), private))
        for ballot in last.select_related("assignment__seat", "assignment__entry")
    ]
    secrets.SystemRandom().shuffle(found)
    return found


def write_standings(result: Result, plans: list[Any], count: tally.Result) -> None:
    by_key = {counting.entry_key(plan): plan for plan in plans}
    Standing.objects.bulk_create(
        Standing(
            result=result,
            entry=by_key[standing.entry],
            rank=standing.rank,
            numerator=standing.total.numerator,
            denominator=standing.total.denominator,
        )
        for standing in count.standings
    )


def write_feedback(contents: list[tuple[Assignment, dict[str, Any]]]) -> None:
    Feedback.objects.bulk_create(
        Feedback(entry=assignment.entry, scores=facts["scores"], motivation=facts["motivation"])
        for assignment, facts in contents
        if assignment.recused_at is None
    )


def signing_key() -> bytes:
    """The seed of the key with which the portal signs ballots files, made from its secret."""
    return hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"bwob.pitch.sign").digest()


def signed_by() -> str:
    """The public part of that key, as the page of the result names it."""
    return ballots_file.public_key(signing_key())
