"""Facets of the exchanges: their options, what an option selects, and how many hits each option has.

A facet counts what its options would give with all other filters on and its own off, so that one sees
what a further choice would add. All counts come from one statement in one pass over the hits.
"""

import dataclasses
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.lookups import GreaterThan
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Tier
from mobility import bands
from mobility.models import Exchange
from mobility.nearby import gazetteer

type Label = str | Promise
type Chosen = Mapping[str, tuple[str, ...]]


@dataclasses.dataclass(frozen=True)
class Facet:
    """One group of options, of which an exchange has exactly one."""

    name: str
    label: Label
    column: str
    choices: Callable[[], Iterable[tuple[str, Label]]]

    def condition(self, values: tuple[str, ...]) -> Q:
        return Q(**{f"{self.column}__in": self.stored(values)})

    def sql(self, values: tuple[str, ...]) -> tuple[str, Any]:
        """The condition as SQL with one parameter, on the column of this facet."""
        return f"{self.column} = ANY(%s)", self.stored(values)

    def stored(self, values: tuple[str, ...]) -> list[Any]:
        return list(values)

    def read(self, stored: Any) -> Iterable[str]:
        """The options that a stored value stands for."""
        return (stored,)


class RegionFacet(Facet):
    """Regions are chosen by code and stored by key."""

    def stored(self, values: tuple[str, ...]) -> list[Any]:
        return [gazetteer().regions[code].pk for code in values]

    def read(self, stored: Any) -> Iterable[str]:
        return [code for code, region in gazetteer().regions.items() if region.pk == stored]


class BandFacet(Facet):
    """Options that overlap: an exchange has each band that it touches, a bit for each."""

    def condition(self, values: tuple[str, ...]) -> Q:
        return Q(GreaterThan(F(self.column).bitand(self.mask(values)), 0))

    def sql(self, values: tuple[str, ...]) -> tuple[str, Any]:
        return f"{self.column} & %s > 0", self.mask(values)

    def mask(self, values: tuple[str, ...]) -> int:
        return bands.mask(self.names, values)

    def read(self, stored: Any) -> Iterable[str]:
        return [name for position, name in enumerate(self.names) if stored >> position & 1]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _label in self.choices())


HOURS: dict[str, Label] = {
    "1-8": _("Up to 8 hours"),
    "9-16": _("9–16 hours"),
    "17-24": _("17–24 hours"),
    "25-32": _("25–32 hours"),
    "33-40": _("33 hours or more"),
}
DURATIONS: dict[str, Label] = {
    "day": _("One day to a week"),
    "weeks": _("Weeks, up to 3 months"),
    "half_year": _("About half a year"),
    "year": _("A year or longer"),
    "good": _("For good"),
}
SCALES: dict[str, Label] = {
    "1-5": _("Scale 1–5"),
    "6-8": _("Scale 6–8"),
    "9-10": _("Scale 9–10"),
    "11-12": _("Scale 11–12"),
    "13-14": _("Scale 13–14"),
    "15-18": _("Scale 15–18"),
}


def region_choices() -> list[tuple[str, Label]]:
    return [(code, region.name) for code, region in gazetteer().regions.items()]


FACETS = {
    facet.name: facet
    for facet in (
        Facet("kind", _("Kind of exchange"), "kind", lambda: Exchange.Kind.choices),
        Facet("tier", _("Tier of government"), "tier", lambda: Tier.choices),
        RegionFacet("region", _("Labour-market region"), "region_id", region_choices),
        Facet("field", _("Field of work"), "field", lambda: Exchange.Field.choices),
        BandFacet("hours", _("Hours a week"), "hours_bands", HOURS.items),
        BandFacet("duration", _("How long"), "duration_bands", DURATIONS.items),
        BandFacet("scale", _("Scale"), "scale_bands", SCALES.items),
    )
}
COLUMNS = [facet.column for facet in FACETS.values()]


@dataclasses.dataclass
class Counts:
    """Hits of a search: in all, without the filter of one facet, and for each option of each facet."""

    total: int = 0
    without: dict[str, int] = dataclasses.field(default_factory=lambda: dict.fromkeys(FACETS, 0))
    options: dict[str, dict[str, int]] = dataclasses.field(
        default_factory=lambda: {name: {} for name in FACETS}
    )


def count(hits: QuerySet[Exchange], chosen: Chosen) -> Counts:
    """Count in one statement. `hits` are the exchanges before the choices in facets are applied."""
    counts = Counts()
    for missed, values, number in _rows(hits, chosen):
        _add(counts, missed, values, number)
    for name in FACETS:
        counts.without[name] += counts.total
    return counts


def _add(counts: Counts, missed: int, values: tuple[Any, ...], number: int) -> None:
    """Take in one row: how many hits have this value and miss the choice in this facet (a bit), or none
    (0).
    """
    position = next((at for at, value in enumerate(values) if value is not None), None)
    if position is None and missed == 0:
        counts.total = number
        return
    name = list(FACETS)[missed.bit_length() - 1 if position is None else position]
    if position is None:
        counts.without[name] = number
    elif missed in (0, 1 << position):
        options = counts.options[name]
        for option in FACETS[name].read(values[position]):
            options[option] = options.get(option, 0) + number


def _rows(hits: QuerySet[Exchange], chosen: Chosen) -> Iterator[tuple[int, tuple[Any, ...], int]]:
    """A hit that misses the choice of two facets counts nowhere; of one, only among the options of that
    facet.
    """
    sql, params = hits.order_by().values(*COLUMNS).query.sql_with_params()
    missed, choices = _missed(chosen)
    with connection.cursor() as cursor:
        if missed:
            cursor.execute(SOME_CHOSEN.format(missed=missed, hits=sql), [*choices, *params])
        else:
            cursor.execute(NONE_CHOSEN.format(hits=sql), params)
        for bits, *values, number in cursor.fetchall():
            yield bits, tuple(values), number


def _missed(chosen: Chosen) -> tuple[str, list[Any]]:
    """SQL for a bit per facet whose choice a hit misses, with its parameters; empty without choices."""
    misses, choices = [], []
    for position, (name, facet) in enumerate(FACETS.items()):
        if chosen.get(name):
            condition, choice = facet.sql(chosen[name])
            misses.append(f"CASE WHEN {condition} THEN 0 ELSE {1 << position} END")
            choices.append(choice)
    return " | ".join(misses), choices


LISTED_COLUMNS = ", ".join(COLUMNS)
NONE_CHOSEN = f"""
    SELECT 0, {LISTED_COLUMNS}, count(*) FROM ({{hits}}) AS hit
    GROUP BY GROUPING SETS ((), {", ".join(f"({column})" for column in COLUMNS)})
"""  # noqa: S608 - the names of our own columns
# At most one bit may be set. "< 1" and not "= 0": of an equality the planner expects a few rows only, and
# then takes a plan that is slow for many.
SOME_CHOSEN = f"""
    SELECT missed, {LISTED_COLUMNS}, count(*)
    FROM (SELECT {LISTED_COLUMNS}, {{missed}} AS missed FROM ({{hits}}) AS hit) AS tried
    WHERE missed & (missed - 1) < 1
    GROUP BY GROUPING SETS ((missed), {", ".join(f"(missed, {column})" for column in COLUMNS)})
"""  # noqa: S608 - the same


KEEP_SECONDS = 60
KEEP_AT_MOST = 200
LARGE = 1_000
_kept: dict[Hashable, tuple[float, Counts]] = {}


def remembered(key: Hashable, counting: Callable[[], Counts]) -> Counts:
    """Counts of a large result may be a minute old: they cost most, and move least for who looks at them.

    `key` says what was asked, and from whose sight: here always that of a visitor. Kept per process.
    """
    until, counts = _kept.get(key, (0.0, None))
    if counts is None or until < time.monotonic():
        counts = counting()
        if max(counts.total, *counts.without.values()) >= LARGE:
            if len(_kept) >= KEEP_AT_MOST:
                _kept.clear()
            _kept[key] = (time.monotonic() + KEEP_SECONDS, counts)
    return counts


def forget() -> None:
    """Count anew at the next question; for tests."""
    _kept.clear()
