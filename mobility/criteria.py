"""What somebody asked of the search, and the address that asks it: pages can be shared and kept."""

import dataclasses
import functools
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from bwob.organisations.models import Place
from mobility.facets import FACETS
from mobility.models import Exchange, ExchangeQuerySet
from mobility.nearby import gazetteer

WITHIN = (10, 20, 30, 50, 100)
WITHIN_DEFAULT = 30
NEWEST = "newest"


def offered() -> ExchangeQuerySet:
    """What the search shows: all that is open, the same for everybody, so that counts may be kept for all."""
    return Exchange.objects.visible_to(AnonymousUser()).open()


@dataclasses.dataclass(frozen=True)
class Criteria:
    """Only what was understood; the rest of an address was dropped with a notice."""

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    near: str = ""
    centres: tuple[Place, ...] = ()
    within: int = WITHIN_DEFAULT
    sort: str = NEWEST
    after: str = ""

    @property
    def key(self) -> tuple[Any, ...]:
        """What decides which hits there are, apart from their order and page."""
        places = tuple(place.pk for place in self.centres)
        return self.q, tuple(sorted(self.chosen.items())), places, self.within if places else 0

    @functools.cached_property
    def nearest(self) -> list[int]:
        """Keys of the places near enough, the nearest first."""
        return gazetteer().within(self.centres, self.within) if self.centres else []

    @property
    def is_empty(self) -> bool:
        return not (self.q or self.near or self.chosen)

    def changed(self, **changes: Any) -> "Criteria":
        """The same question with something else in it: from its first page, in an order that fits it."""
        other = dataclasses.replace(self, **{"after": "", **changes})
        return other if other.sort in other.sorts else dataclasses.replace(other, sort=NEWEST)

    @property
    def sorts(self) -> set[str]:
        """The orders that make sense: no best match without words, no distance without a place."""
        return {NEWEST, "closing"} | ({"best"} if self.q else set()) | ({"distance"} if self.near else set())

    def choosing(self, facet: str, *values: str) -> "Criteria":
        """With these options of one facet and no others; with none, without that facet."""
        chosen = {name: kept for name, kept in self.chosen.items() if name != facet}
        return self.changed(chosen=chosen | ({facet: values} if values else {}))

    def url(self) -> str:
        return reverse("mobility:exchanges") + self.query

    @property
    def query(self) -> str:
        """What an address asks: keys in a fixed order, without what goes without saying."""
        pairs: list[tuple[str, Any]] = [("q", self.q)]
        pairs += [(name, value) for name in FACETS for value in self.chosen.get(name, ())]
        pairs += [
            ("near", self.near),
            ("within", self.within if self.near and self.within != WITHIN_DEFAULT else ""),
            ("sort", self.sort if self.sort != NEWEST else ""),
            ("after", self.after),
        ]
        query = urlencode([pair for pair in pairs if pair[1]])
        return f"?{query}" if query else ""
