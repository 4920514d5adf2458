"""What a member of the jury still has to judge, the plans with the fewest ballots first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from pitch import showing
from pitch.models import Assignment, Ballot, BallotDraft, Edition


@dataclass(frozen=True)
class Task:
    """One plan on the pile: `step` is done, draft or todo."""

    assignment: Assignment
    title: str
    number: int
    step: str
    ballots: int
    wanted: int


def tasks(user: Any, edition: Edition) -> list[Task]:
    """Two statements, whatever the number of plans: what is cast stands last, then what has most ballots."""
    cast = Ballot.objects.filter(assignment=OuterRef("pk"))
    begun = BallotDraft.objects.filter(assignment=OuterRef("pk"))
    rows = (
        Assignment.objects.of(user)
        .counting()
        .filter(edition=edition)
        .select_related("entry__edition__rules", "entry__blind")
        .annotate(is_cast=Exists(cast), is_begun=Exists(begun))
    )
    counts = counts_by_plan(edition)
    found = [task(one, *counts.get(one.entry_id, (0, 0))) for one in rows]
    return sorted(found, key=lambda one: (one.step == "done", one.ballots, one.number))


def counts_by_plan(edition: Edition) -> dict[int, tuple[int, int]]:
    """Ballots in and ballots asked for, of each plan."""
    rows = (
        Assignment.objects.filter(edition=edition)
        .counting()
        .order_by()
        .values_list("entry_id")
        .annotate(
            cast=Count("pk", distinct=True, filter=Q(ballots__isnull=False)), asked=Count("pk", distinct=True)
        )
    )
    return {entry: (cast, asked) for entry, cast, asked in rows}


def task(one: Any, ballots: int, wanted: int) -> Task:
    step = "done" if one.is_cast else "draft" if one.is_begun else "todo"
    title = showing.text_of(one.entry).title
    return Task(one, title, one.entry.number or 0, step, ballots, wanted)


def on_own_pile(user: Any, slug: str, number: int) -> Assignment | None:
    """The plan of this number, if this person is to judge it; with all that casting a ballot needs."""
    rows = Assignment.objects.of(user).counting().filter(edition__slug=slug, entry__number=number)
    rows = rows.select_related("edition__rules", "edition__lock", "entry__blind", "seat__juror")
    found = rows.prefetch_related("edition__rules__criteria").order_by("pk").first()
    if found:
        found.entry.edition = found.edition
    return found


def following(found: list[Task], number: int) -> Task | None:
    """The next one to judge after this plan, if there is one."""
    return next((one for one in found if one.step != "done" and one.number != number), None)


def last_ballot(assignment: Assignment) -> Ballot | None:
    newest = Ballot.objects.filter(assignment=assignment).order_by("-revision")
    return newest.select_related("receipt").first()
