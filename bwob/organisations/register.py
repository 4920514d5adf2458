"""Loading the register of bodies, regions and places from the fixture in `data/`; running it again
changes nothing.

Facts and their certainty: municipalities with CBS code, labour-market region of 2015 carried over
mergers, and a place inside them (GeoNames, CC BY 4.0); water authorities and provinces with the codes of
the register; police units and ministries by name only, so their address is our own.
"""

import csv
import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import models, transaction
from django.utils.text import slugify

from bwob.organisations.models import Organisation, Place, Region, Tier

DATA = Path(__file__).parent / "data"
TOOI = "https://identifier.overheid.nl/tooi/id"
KNOWN_SINCE = datetime.date(2026, 1, 1)
ALSO_CALLED = {"'s-Gravenhage": "Den Haag", "’s-Gravenhage": "Den Haag", "'s-Hertogenbosch": "Den Bosch"}
TOOI_KINDS = {Tier.PROVINCE: "provincie", Tier.WATER_AUTHORITY: "waterschap"}


@transaction.atomic
def load() -> None:
    """Bring regions, places and organisations in line with the fixture, matched on their natural keys."""
    municipalities, others = list(_rows("municipalities.csv")), list(_rows("other_bodies.csv"))
    provinces = {
        row["code"]: row["name"].removeprefix("Provincie ") for row in others if row["tier"] == Tier.PROVINCE
    }
    _save(Region, _regions(provinces, municipalities), ["kind", "code"])
    regions = {(region.kind, region.code): region for region in Region.objects.all()}
    _save(Place, [_place(row, regions) for row in municipalities], ["code"])
    places = {place.code: place for place in Place.objects.all()}
    bodies = [_municipality(row, places) for row in municipalities] + [_other(row) for row in others]
    _save(Organisation, bodies, ["uri"])


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _save(model: type[models.Model], records: Iterable[models.Model], key: list[str]) -> None:
    facts = [f.name for f in model._meta.concrete_fields if not f.primary_key and f.name not in key]
    model._default_manager.bulk_create(records, update_conflicts=True, unique_fields=key, update_fields=facts)


def _regions(provinces: dict[str, str], municipalities: list[dict[str, str]]) -> Iterator[Region]:
    for code, name in provinces.items():
        yield Region(kind=Region.Kind.PROVINCE, code=code, name=name)
    for name in sorted({row["labour_market_region"] for row in municipalities}):
        yield Region(kind=Region.Kind.LABOUR_MARKET, code=slugify(name), name=name)


def _place(row: dict[str, str], regions: dict[tuple[str, str], Region]) -> Place:
    return Place(
        code=row["code"],
        name=row["name"],
        also_called=ALSO_CALLED.get(row["name"], ""),
        province=regions[Region.Kind.PROVINCE, row["province"]],
        region=regions[Region.Kind.LABOUR_MARKET, slugify(row["labour_market_region"])],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
    )


def _municipality(row: dict[str, str], places: dict[str, Place]) -> Organisation:
    return Organisation(
        uri=f"{TOOI}/gemeente/{row['code']}",
        code=row["code"],
        name=f"Gemeente {row['name']}",
        tier=Tier.MUNICIPALITY,
        place=places[row["code"]],
        valid_from=KNOWN_SINCE,
    )


def _other(row: dict[str, str]) -> Organisation:
    code = row["code"] or slugify(row["name"].removeprefix("Politie-eenheid "), allow_unicode=False)
    if row["tier"] == Tier.POLICE:
        code = f"politie-{code}"
    kind = TOOI_KINDS.get(Tier(row["tier"]))
    uri = f"{TOOI}/{kind}/{code}" if kind else f"urn:bwob:{row['tier']}:{code}"
    return Organisation(uri=uri, code=code, name=row["name"], tier=row["tier"], valid_from=KNOWN_SINCE)
