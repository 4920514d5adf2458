"""From records to the pure count and back: what `tally` needs, without any name."""

from typing import Any

from pitch import tally
from pitch.models import Assignment, Edition, Entry, Rules, Seat


def rules_of(rules: Rules) -> tally.Rules:
    return tally.Rules(
        criteria=tuple(tally.Criterion(one.key, one.weight) for one in rules.criteria.all()),
        lowest=rules.lowest,
        highest=rules.highest,
        average=rules.average,
        min_ballots=rules.min_ballots,
        min_percent=rules.min_percent,
        standardised=rules.standardised,
        tie_chain=tuple(rules.tie_chain),
    )


def entry_key(entry: Entry) -> str:
    """How the ballots file names a plan: by its number, which is public."""
    return str(entry.number)


def plans_of(edition: Edition) -> list[Entry]:
    return list(Entry.objects.filter(edition=edition).taking_part().order_by("number"))


def jury_of(edition: Edition) -> list[str]:
    """The letters of the places in the jury that may judge something."""
    seats = Seat.objects.filter(edition=edition, assignments__isnull=False).distinct().order_by("code")
    return [seat.code for seat in seats]


def assigned(edition: Edition) -> list[tuple[str, str]]:
    """Who was asked to judge what, as (letter, plan); who stands aside is among them."""
    return [pair_of(one) for one in with_keys(Assignment.objects.filter(edition=edition))]


def recused(edition: Edition) -> list[tuple[str, str]]:
    """Who stands aside for what."""
    aside = Assignment.objects.filter(edition=edition, recused_at__isnull=False)
    return [pair_of(one) for one in with_keys(aside)]


def with_keys(assignments: Any) -> Any:
    return assignments.select_related("seat", "entry")


def pair_of(assignment: Assignment) -> tuple[str, str]:
    return assignment.seat.code, entry_key(assignment.entry)


def ballot_of(assignment: Assignment, facts: dict[str, Any]) -> tally.Ballot:
    return ballot(*pair_of(assignment), facts)


def ballot(juror: str, entry: str, facts: dict[str, Any]) -> tally.Ballot:
    """A ballot as it is counted, from what is on it."""
    return tally.Ballot(juror=juror, entry=entry, scores=facts["scores"], nonce=facts["nonce"])
