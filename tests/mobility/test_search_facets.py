"""The list and every count, against a plain reading of the rules over the same rows, for whatever filters."""

import datetime
import math
from dataclasses import dataclass, field

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from mobility import bands, facets
from mobility.facets import DURATIONS, FACETS, HOURS, SCALES
from mobility.filters import ExchangeFilter
from mobility.models import Exchange
from mobility.results import Results
from tests import make

pytestmark = pytest.mark.django_db

TOWNS = {"Utrecht": (52.09, 5.12), "Zeist": (52.09, 5.23), "Amersfoort": (52.16, 5.39), "Goes": (51.50, 3.89)}
REGION_OF = {"Utrecht": "one", "Zeist": "one", "Amersfoort": "two", "Goes": "three"}
TIERS = {"Gemeente": "municipality", "Waterschap": "water_authority", "Politie": "police"}
WORDS = ["brief", "dijk", "jurist"]
KINDS = ["secondment", "gig", "vacancy"]
FIELDS = ["law", "policy"]


@dataclass(frozen=True)
class Row:
    """An exchange as the rules see it."""

    pk: int
    kind: str
    tier: str
    region: str
    field: str
    hours: tuple[int, int]
    duration: tuple[int, str] | None
    scale: tuple[int, int] | None
    words: frozenset[str]
    town: str


@dataclass
class Asked:
    words: list[str] = field(default_factory=list)
    chosen: dict[str, list[str]] = field(default_factory=dict)
    near: str = ""
    within: int = 30

    def query(self, **changes: list[str]) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, values in (self.chosen | changes).items():
            data.setlist(name, values)
        data["q"], data["near"], data["within"] = " ".join(self.words), self.near, str(self.within)
        return data


def spans_of(name: str) -> tuple[int, int]:
    low, high = name.split("-")
    return int(low), int(high)


def touches(span: tuple[int, int] | None, name: str) -> bool:
    low, high = spans_of(name)
    return span is None or (span[0] <= high and span[1] >= low)


def lasts(duration: tuple[int, str] | None) -> str:
    """A day (up to a week of days), weeks (under 3 months), half a year (3 to 8 months), longer, for good."""
    if duration is None:
        return "good"
    amount, unit = duration
    if unit == "day" and amount <= 7:
        return "day"
    months = {"day": amount / 30.42, "week": amount / 4.34, "month": amount}[unit]
    return "weeks" if months < 2.99 else "half_year" if months < 8.98 else "year"


def kilometres(one: str, other: str) -> float:
    (south, west), (north, east) = TOWNS[one], TOWNS[other]
    a, b, c = math.radians(south), math.radians(north), math.radians(east - west)
    return 6371 * math.acos(min(1, math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(c)))


def fits(row: Row, facet: str, values: list[str]) -> bool:
    if not values:
        return True
    if facet == "hours":
        return any(touches(row.hours, value) for value in values)
    if facet == "scale":
        return any(touches(row.scale, value) for value in values)
    if facet == "duration":
        return lasts(row.duration) in values
    return getattr(row, facet) in values


def selected(rows: list[Row], asked: Asked, **changes: list[str]) -> list[int]:
    chosen = asked.chosen | changes
    return [
        row.pk
        for row in rows
        if row.words >= set(asked.words)
        and all(fits(row, facet, values) for facet, values in chosen.items())
        and (not asked.near or kilometres(asked.near, row.town) <= asked.within)
    ]


def some_rows() -> list[Row]:
    """Fifty rows that lie on both sides of every border, and closed and filled ones that count nowhere."""
    spans = [(1, 8), (8, 9), (9, 16), (16, 17), (12, 36), (24, 32), (33, 40), (40, 40)]
    durations = [(1, "day"), (7, "day"), (8, "day"), (12, "week"), (13, "week"), (2, "month"), (3, "month")]
    durations += [(8, "month"), (9, "month"), (38, "week"), (39, "week"), (91, "day"), (90, "day"), None]
    scales = [None, (1, 5), (5, 6), (8, 8), (9, 12), (13, 13), (14, 15), (18, 18)]
    rows = []
    for number in range(50):
        town = list(TOWNS)[number % 4]
        tier = list(TIERS)[number % 3]
        duration = durations[number % len(durations)]
        kind = "vacancy" if duration is None else KINDS[number * 7 % 3]
        words = [word for position, word in enumerate(WORDS) if number >> position & 1]
        row = Row(
            0,
            kind,
            TIERS[tier],
            REGION_OF[town],
            FIELDS[number * 5 % 2],
            spans[number % 8],
            duration,
            scales[number * 3 % 8],
            frozenset(words),
            town,
        )
        rows.append(saved(row, f"{tier} Voorbeeld"))
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    make.exchange("brief dijk jurist", closes_on=yesterday)
    make.exchange("brief dijk jurist", state=Exchange.State.FILLED)
    return rows


def saved(row: Row, organisation: str) -> Row:
    latitude, longitude = TOWNS[row.town]
    amount, unit = row.duration or (None, "month")
    low, high = row.scale or (None, None)
    town = make.place(row.town, latitude=latitude, longitude=longitude, region=make.region(row.region))
    exchange = make.exchange(
        " ".join(row.words) or "taak",
        summary="Kort.",
        tasks="Werk.",
        kind=row.kind,
        field=row.field,
        hours_min=row.hours[0],
        hours_max=row.hours[1],
        duration=amount,
        duration_unit=unit,
        scale_min=low,
        scale_max=high,
        organisation=make.organisation(organisation, tier=row.tier),
        place=town,
    )
    return Row(**(vars(row) | {"pk": exchange.pk}))


OPTIONS = {
    "kind": [*KINDS, "swap"],
    "tier": [*TIERS.values(), "state"],
    "region": ["one", "two", "three"],
    "field": [*FIELDS, "safety"],
    "hours": list(HOURS),
    "duration": list(DURATIONS),
    "scale": list(SCALES),
}
some_asked = some.builds(
    Asked,
    words=some.lists(some.sampled_from(WORDS), unique=True, max_size=2),
    chosen=some.fixed_dictionaries(
        {},
        optional={
            name: some.lists(some.sampled_from(values), unique=True, min_size=1, max_size=3)
            for name, values in OPTIONS.items()
        },
    ),
    near=some.sampled_from(["", "", "Utrecht", "Goes", "Zeist"]),
    within=some.sampled_from([10, 20, 30, 50, 100]),
)


def all_pages(data: QueryDict) -> list[int]:
    """The keys of all hits, page by page."""
    found: list[int] = []
    while True:
        page = Results(ExchangeFilter(data)).page
        found += [exchange.pk for exchange in page.exchanges]
        if not page.after:
            return found
        data["after"] = page.after


def test_the_list_and_each_count_are_what_the_rules_say():
    rows = some_rows()
    newest_first = {row.pk: -position for position, row in enumerate(rows)}

    @settings(max_examples=60)
    @given(some_asked)
    def check(asked: Asked) -> None:
        results = Results(ExchangeFilter(asked.query()))
        expected = selected(rows, asked)

        assert all_pages(asked.query()) == sorted(expected, key=newest_first.__getitem__)
        assert results.counts.total == len(expected)
        for name, values in OPTIONS.items():
            counted = {value: results.counts.options[name].get(value, 0) for value in values}
            assert counted == {value: len(selected(rows, asked, **{name: [value]})) for value in values}
            assert results.counts.without[name] == len(selected(rows, asked, **{name: []}))

    check()


def test_a_count_is_what_choosing_the_option_gives():
    some_rows()
    asked = Asked(chosen={"hours": ["9-16"], "tier": ["police"], "scale": ["9-10"]})

    results = Results(ExchangeFilter(asked.query()))

    for facet in results.facets:
        for option in facet.options:
            chosen = Results(ExchangeFilter(asked.query(**{facet.name: [option.value]})))
            assert (facet.name, option.value, option.hits) == (facet.name, option.value, chosen.counts.total)


def test_what_to_loosen_gives_what_it_promises():
    rows = some_rows()
    asked = Asked(words=["brief"], chosen={"kind": ["swap"], "tier": ["police"]}, near="Goes")

    ways = {way.url: way.hits for way in Results(ExchangeFilter(asked.query())).loosen}

    assert list(ways.values()) == [len(selected(rows, asked, kind=[]))]
    [url] = ways
    assert Results(ExchangeFilter(QueryDict(url.split("?")[1]))).counts.total == ways[url]


def test_a_facet_lists_its_options_in_order_and_hides_empty_ones_of_the_long_facets():
    some_rows()

    shown = {facet.name: facet for facet in Results(ExchangeFilter(QueryDict("field=safety"))).facets}

    assert list(shown) == ["kind", "tier", "region", "field", "hours", "duration", "scale"]
    assert [option.value for option in shown["hours"].options] == list(HOURS)
    assert [option.value for option in shown["field"].options] == ["policy", "law", "safety"]
    assert [option.value for option in shown["field"].options if option.is_selected] == ["safety"]
    assert [name for name, facet in shown.items() if facet.is_open] == ["kind", "tier", "region", "field"]


def test_the_bands_in_the_database_are_those_of_the_facets():
    assert FACETS["hours"].names == tuple(band.name for band in bands.HOURS)
    assert FACETS["scale"].names == tuple(band.name for band in bands.SCALES)
    assert FACETS["duration"].names == bands.DURATIONS


def test_a_change_of_an_exchange_changes_its_bands():
    exchange = make.exchange(hours_min=8, hours_max=8)

    Exchange.objects.filter(pk=exchange.pk).update(hours_max=40, duration=1, duration_unit="day")
    exchange.refresh_from_db()

    assert (exchange.hours_bands, exchange.duration_bands) == (0b11111, 0b00001)


def test_counts_of_a_large_result_may_be_a_minute_old_and_others_never(monkeypatch):
    make.exchange()
    before = Results(ExchangeFilter(QueryDict())).counts.total
    make.exchange()
    after = Results(ExchangeFilter(QueryDict())).counts.total
    monkeypatch.setattr(facets, "LARGE", 2)
    kept = Results(ExchangeFilter(QueryDict())).counts.total
    make.exchange()
    still = Results(ExchangeFilter(QueryDict())).counts.total

    assert (before, after, kept, still) == (1, 2, 2, 2)
