"""What a member of the jury still has to judge, the plans with the fewest ballots first."""

import copy
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from pitch import judging, showing
from pitch.models import Assignment, Ballot, BallotDraft, Edition
from pitch.models.jury import AssignmentQuerySet


@dataclass(frozen=True)
class Task:
    """One plan on the pile: `step` is done, draft or todo; `url` is the page on which it is judged."""

    title: str
    number: int
    url: str
    step: str
    ballots: int
    wanted: int

    @property
    def status(self) -> str:
        if self.step == "todo":
            return _("%(cast)s of %(asked)s ballots") % {"cast": self.ballots, "asked": self.wanted}
        return _("handed in") if self.step == "done" else _("begun")


def tasks(user: Any, edition: Edition) -> list[Task]:
    """Two statements, whatever the number of plans: what is cast stands last, then what has most ballots."""
    cast = Ballot.objects.filter(assignment=OuterRef("pk"))
    begun = BallotDraft.objects.filter(assignment=OuterRef("pk"))
    title = "entry__blind__title" if showing.hides_names(edition) else "entry__title"
    rows = own_pile(user, edition).order_by().annotate(is_cast=Exists(cast), is_begun=Exists(begun))
    facts = rows.values_list(
        "entry_id", "entry__number", Coalesce(title, "entry__title"), "is_cast", "is_begun"
    )
    counts = counts_by_plan(edition)
    found = [
        Task(
            name,
            number,
            reverse("pitch:judge", args=[edition.slug, number]),
            "done" if is_cast else "draft" if is_begun else "todo",
            *counts[entry],
        )
        for entry, number, name, is_cast, is_begun in facts
    ]
    return sorted(found, key=lambda one: (one.step == "done", one.ballots, one.number))


def own_pile(user: Any, edition: Edition) -> AssignmentQuerySet:
    return Assignment.objects.of(user).counting().filter(edition=edition)


def left(user: Any, edition: Edition) -> int:
    """How many plans this person has still to judge."""
    return own_pile(user, edition).filter(ballots=None).count()


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


def on_own_pile(user: Any, slug: str, number: int) -> Assignment | None:
    """The plan of this number, if this person is to judge it; with what its page shows."""
    rows = Assignment.objects.of(user).counting().filter(edition__slug=slug, entry__number=number)
    found = rows.select_related("edition", "entry__blind", "draft", "seat").order_by("pk").first()
    if found:
        found.entry.edition = found.edition
        found.edition.rules = copy.copy(judging.paper(found.edition_id, found.edition.moved_at).rules)
    return found


def place_on_pile(user: Any, slug: str, number: int) -> judging.Place | None:
    """The same by numbers, for a ballot that comes in: a function of the database, which keeps its plan.

    Planning the joins took longer than all else together when many hand in at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM pitch_place(%s, %s, %s)", [user.pk, slug, number])
        found = cursor.fetchone()
    return judging.Place(*found) if found else None


def following(found: list[Task], number: int) -> Task | None:
    """The next one to judge after this plan, if there is one."""
    return next((one for one in found if one.step != "done" and one.number != number), None)


def last_ballot(assignment: Assignment) -> Ballot | None:
    newest = Ballot.objects.filter(assignment=assignment).order_by("-revision")
    return newest.select_related("receipt").first()
