"""The country as a process remembers it: regions, provinces, and where they lie on the drawing."""

import dataclasses
import functools
import math
import time

from bwob import dutch
from bwob.organisations.models import Place, Region

FRESH_SECONDS = 300
WIDTH, HEIGHT = 613, 724
"""Of the drawing of the whole country, in its own units."""


@dataclasses.dataclass(frozen=True)
class Box:
    """A part of the country in degrees (WGS84)."""

    west: float
    south: float
    east: float
    north: float

    def around(self, part: float) -> "Box":
        """With a margin on each side, as a part of its own size, and never thinner than some kilometres."""
        wide = max((self.east - self.west) * part, 0.05)
        high = max((self.north - self.south) * part, 0.03)
        return Box(self.west - wide, self.south - high, self.east + wide, self.north + high)


@dataclasses.dataclass(frozen=True)
class Atlas:
    """The places by key, and the regions and provinces by code, in the order of their names."""

    places: dict[int, Place]
    provinces: dict[str, Region]
    regions: dict[str, Region]
    boxes: dict[int, Box]

    def place_by_code(self, code: str) -> Place | None:
        return next((place for place in self.places.values() if place.code == code), None)


def atlas() -> Atlas:
    """The atlas, at most five minutes old."""
    return _read(int(time.monotonic() // FRESH_SECONDS))


@functools.lru_cache(maxsize=1)
def _read(_period: int) -> Atlas:
    places = list(Place.objects.select_related("region", "province").order_by("name"))
    parts: dict[int, list[Place]] = {}
    for place in places:
        parts.setdefault(place.province_id, []).append(place)
        parts.setdefault(place.region_id, []).append(place)
    return Atlas(
        {place.pk: place for place in places},
        _by_code({place.province for place in places}),
        _by_code({place.region for place in places}),
        {pk: box_of(inside) for pk, inside in parts.items()},
    )


def forget() -> None:
    """Read the places anew at the next question; for tests and imports of the register."""
    _read.cache_clear()


def _by_code(regions: set[Region]) -> dict[str, Region]:
    return {region.code: region for region in sorted(regions, key=lambda region: dutch.fold(region.name))}


def box_of(places: list[Place]) -> Box:
    longitudes = [place.longitude for place in places]
    latitudes = [place.latitude for place in places]
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def x_of(longitude: float) -> float:
    return 159.19267654 * longitude - 535.647


def y_of(latitude: float) -> float:
    """Mercator, as the drawing of the provinces has it; about a kilometre off."""
    stretched = math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))
    return -157.54199494 * stretched + 10030.497


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Along a great circle, between two pairs of latitude and longitude."""
    south, north = math.radians(one[0]), math.radians(other[0])
    east = math.radians(other[1] - one[1])
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))
