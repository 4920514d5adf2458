"""What may stand in the address of the networks, and the rows it selects: one selection for list, map,
export and API. Nothing in an address is an error page.
"""

import dataclasses
import datetime
import functools
import re
from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone

from bwob import dutch
from bwob.forms import visible
from bwob.organisations.models import Region, Tier
from networks.atlas import Box, atlas
from networks.models import Network, NetworkQuerySet, Partnership

LONGEST = 100
YES = ("yes", "true", "on", "1")
MONTH = re.compile(r"(\d{4})-(\d{2})")
CHOICES = {"theme": Network.Theme.values, "tier": Tier.values}
NAMES = ("q", "kind", "theme", "tier", "province", "region", "partners", "month", "stale", "box")


@dataclasses.dataclass(frozen=True)
class Selection:
    """What somebody asked for, as far as it was understood; `left_out` names what was not."""

    q: str = ""
    kind: tuple[str, ...] = ()
    theme: str = ""
    tier: str = ""
    province: str = ""
    region: str = ""
    partners: bool = False
    month: str = ""
    stale: bool = False
    box: Box | None = None
    left_out: tuple[tuple[str, str], ...] = ()

    def rows(self, *, without: Collection[str] = ()) -> NetworkQuerySet:
        """The networks that all filters select, except these filters."""
        return self.narrowed(self.in_time(), without)

    def ever(self) -> NetworkQuerySet:
        """The same whatever the time: also what has ended, or was not confirmed."""
        return self.narrowed(Network.objects.visible_to(AnonymousUser()))

    def narrowed(self, found: NetworkQuerySet, without: Collection[str] = ()) -> NetworkQuerySet:
        for name in NAMES:
            condition = None if name in without else self.condition(name)
            if condition is not None:
                found = found.filter(condition)
        return found

    def in_time(self) -> NetworkQuerySet:
        """What exists now; or what existed in the chosen month, whatever became of it since."""
        everything = Network.objects.visible_to(AnonymousUser())
        first, last = self.days
        if self.month:
            return everything.during(first, last)
        return (everything.existing() if self.stale else everything.current()).during(first, last)

    def condition(self, name: str) -> Any:
        if name in ("stale", "month") or not getattr(self, name):
            return None
        return getattr(self, f"_by_{name}")()

    @functools.cached_property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day of the chosen month; today when none was chosen."""
        if not self.month:
            return timezone.localdate(), timezone.localdate()
        year, month = map(int, self.month.split("-"))
        following = datetime.date(year + month // 12, month % 12 + 1, 1)
        return datetime.date(year, month, 1), following - datetime.timedelta(days=1)

    def _by_q(self) -> Q:
        return Q(sort_name__contains=dutch.fold(self.q))

    def _by_kind(self) -> Q:
        return Q(kind__in=self.kind)

    def _by_theme(self) -> Q:
        return Q(themes__contains=[self.theme])

    def _by_tier(self) -> Exists:
        """With an organisation of this tier in it, then."""
        ties = Partnership.objects.visible_to(AnonymousUser()).during(*self.days)
        return Exists(ties.filter(network=OuterRef("pk"), organisation__tier=self.tier))

    def _by_province(self) -> Q:
        return Q(place__province__code=self.province)

    def _by_region(self) -> Q:
        return Q(place__region__code=self.region)

    def _by_partners(self) -> Q:
        return Q(accepts_partners=True)

    def _by_box(self) -> Q:
        assert self.box is not None  # noqa: S101 - asked for only when there is one
        return Q(
            longitude__gte=self.box.west,
            longitude__lte=self.box.east,
            latitude__gte=self.box.south,
            latitude__lte=self.box.north,
        )

    @property
    def here(self) -> Region | None:
        """The region or else the province that was chosen."""
        known = atlas()
        return known.regions.get(self.region) or known.provinces.get(self.province)

    @property
    def is_refined(self) -> bool:
        """Is more chosen than kinds and a part of the map?"""
        return self.changed(kind=(), box=None, left_out=()) != Selection()

    def changed(self, **values: Any) -> "Selection":
        return dataclasses.replace(self, **values)

    @property
    def query(self) -> str:
        """The same selection as the query of an address, "" for everything."""
        return urlencode(
            [(name, text) for name in NAMES for text in as_texts(getattr(self, name)) if text], safe=","
        )


def as_texts(value: Any) -> list[str]:
    if isinstance(value, Box):
        return [",".join(f"{side:.4f}" for side in (value.west, value.south, value.east, value.north))]
    if isinstance(value, bool):
        return ["yes"] if value else []
    return list(value) if isinstance(value, tuple) else [value]


def understood(data: QueryDict) -> Selection:
    """The selection that an address asks for."""
    known, typed = atlas(), {name: visible(data.get(name, ""))[:LONGEST] for name in NAMES}
    kinds = [visible(kind) for kind in data.getlist("kind")]
    checked = {
        "kind": tuple(kind for kind in Network.Kind.values if kind in kinds),
        "province": typed["province"] if typed["province"] in known.provinces else "",
        "region": typed["region"] if typed["region"] in known.regions else "",
        "month": typed["month"] if is_month(typed["month"]) else "",
        "box": box_in(typed["box"]),
        **{name: typed[name] if typed[name] in values else "" for name, values in CHOICES.items()},
    }
    lost = [(name, typed[name]) for name, value in checked.items() if typed[name] and not value]
    switches = {name: typed[name].lower() in YES for name in ("partners", "stale")}
    return Selection(q=typed["q"], left_out=tuple(lost), **checked, **switches)  # type: ignore[arg-type]


def is_month(text: str) -> bool:
    found = MONTH.fullmatch(text)
    return bool(found) and 1900 <= int(found[1]) <= 2200 and 1 <= int(found[2]) <= 12  # type: ignore[index]


def box_in(text: str) -> Box | None:
    """West, south, east, north in degrees, as in "4.1,51.9,4.6,52.2"."""
    sides = text.split(",")
    if len(sides) != 4 or not all(re.fullmatch(r"\d{1,2}(\.\d{1,6})?", side) for side in sides):
        return None
    west, south, east, north = map(float, sides)
    return Box(west, south, east, north) if west <= east and south <= north else None
