"""The exchanges that somebody manages: what needs work now, and the archive of what is over."""

import dataclasses
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bwob import keyset
from mobility.inbox import WAITS_FOR_HR
from mobility.models import Application, Exchange
from mobility.models.applications import ENDED

State = Exchange.State
OVER = [Application.State.DRAFT, Application.State.EVALUATED, *ENDED]
"""With an application in such a state nothing is left to do."""


@dataclasses.dataclass(frozen=True)
class OwnList:
    """One page of either half, with how many each half has."""

    rows: list[Any]
    after: str
    is_first: bool
    active: int
    archived: int


def of(user: Any, *, typed: str = "", archive: bool = False, cursor: str = "") -> OwnList:
    """Two statements: the counts, and the page with the numbers of applications that wait and that run."""
    managed = Exchange.objects.manageable_by(user)
    own = (managed.matching(typed) if typed else managed).annotate(is_busy=BUSY)
    counts = own.aggregate(all=Count("pk"), archived=Count("pk", filter=is_over()))
    half = own.filter(is_over()) if archive else own.exclude(is_over())
    page = keyset.page(with_numbers(half), ("age", "id"), cursor)
    return OwnList(
        page.rows, page.after, page.is_first, counts["all"] - counts["archived"], counts["archived"]
    )


BUSY = Exists(Application.objects.filter(exchange=OuterRef("pk")).exclude(state__in=OVER))


def is_over() -> Q:
    """Withdrawn or swapped; closed or filled, and nothing runs any more. Needs `is_busy`."""
    closed = Q(state=State.PUBLISHED, closes_on__lt=timezone.localdate(), closes_on__isnull=False)
    ended = Q(state__in=[State.WITHDRAWN, State.ARRANGED])
    return ended | Q(closed | Q(state=State.FILLED), is_busy=False)


def with_numbers(own: QuerySet[Exchange]) -> QuerySet[Exchange]:
    """The newest change first, with how many applications wait for an answer and how many run."""
    waiting = Count("applications", filter=Q(applications__state__in=WAITS_FOR_HR))
    running = Count("applications", filter=~Q(applications__state__in=OVER))
    age = keyset.microseconds("moved_at", newest_first=True)
    rows: Any = own.annotate(waiting=waiting, running=running, age=age)
    return rows.with_names()
