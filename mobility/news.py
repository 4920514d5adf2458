"""What a saved search finds now, what of it is new, and what in it no longer exists."""

import dataclasses
import datetime
import functools
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.criteria import NEWEST
from mobility.filters import ExchangeFilter, shown
from mobility.models import Exchange, ExchangeQuerySet, SavedSearch
from mobility.results import CAP, Results, capped

IN_A_MAIL = 5
OTHER_KEYS = {"within", "sort", "after"}


@dataclasses.dataclass(frozen=True)
class News:
    """What is new in one saved search: the newest few, and how many there are."""

    search: SavedSearch
    exchanges: list[Exchange]
    count: int

    @property
    def more_text(self) -> str:
        """ "and 3 more", or "" when all are shown."""
        more = self.count - len(self.exchanges)
        return ngettext("and %s more", "and %s more", more) % capped(more) if more > 0 else ""


class Asked:
    """A saved query as the search understands it today."""

    def __init__(self, query: str) -> None:
        self.data = QueryDict(query)
        self.filterset = ExchangeFilter(self.data)

    @functools.cached_property
    def problems(self) -> list[str]:
        """A sentence for each part that no longer exists: an option, a place, or a whole filter."""
        self.filterset.criteria  # noqa: B018 - reads the query
        known = set(self.filterset.filters) | OTHER_KEYS
        gone = [
            _("We left out “%s”: this filter no longer exists.") % shown(key)
            for key in self.data
            if key not in known
        ]
        return [sentence for _name, sentence in self.filterset.problems] + gone

    @property
    def query(self) -> str:
        """What a saved search keeps: what is understood, without the order and the page of its hits."""
        asked = self.filterset.criteria.changed(sort=NEWEST, after="")
        return asked.query.removeprefix("?")

    @property
    def is_empty(self) -> bool:
        return self.filterset.criteria.is_empty

    @property
    def labels(self) -> list[str]:
        """What is asked for, in words."""
        return [chip.label for chip in Results(self.filterset).chips]

    @property
    def hits(self) -> ExchangeQuerySet:
        """Nothing while a part is not understood: without it the search would find too much."""
        return self.filterset.queryset.none() if self.problems else self.filterset.narrowed()

    def since(self, moment: datetime.datetime) -> ExchangeQuerySet:
        return self.hits.filter(published_at__gt=moment).order_by("-published_at", "-id")


def of(search: SavedSearch) -> News:
    """What was published since this person was last told. Two statements."""
    fresh = Asked(search.query).since(search.told_until)
    few = list(fresh.cards()[:IN_A_MAIL])
    return News(search, few, len(few) if len(few) < IN_A_MAIL else fresh[: CAP + 1].count())


def counts(asked: Iterable[Asked], moment: datetime.datetime) -> list[int]:
    """How many exchanges of each search were published since this moment, up to the cap. One statement."""
    parts: list[str] = []
    params: list[Any] = []
    for one in asked:
        if one.problems:
            parts.append("0")
            continue
        sql, values = one.since(moment).order_by().values("pk")[: CAP + 1].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS hit)")  # noqa: S608 - made by the ORM
        params += values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 0{''.join(f', {part}' for part in parts)}", params)
        return list(cursor.fetchone())[1:]
