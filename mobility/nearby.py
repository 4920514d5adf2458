"""Places and regions as a process remembers them: names looked up, distances computed, without a query
each time.
"""

import dataclasses
import difflib
import functools
import math
import time
from collections.abc import Iterable

from bwob import dutch
from bwob.organisations.models import Place, Region

FRESH_SECONDS = 300
EARTH_RADIUS_KM = 6371.0


@dataclasses.dataclass(frozen=True)
class Gazetteer:
    """All places by the names people type, and the labour-market regions by code."""

    places: tuple[Place, ...]
    by_name: dict[str, tuple[Place, ...]]
    regions: dict[str, Region]

    def named(self, name: str) -> tuple[Place, ...]:
        """The places with this name; more than one when a name is used twice, as "Bergen"."""
        return self.by_name.get(key(name), ())

    def alike(self, name: str) -> list[str]:
        """Up to three names that look like this one, for a misspelt place."""
        found = difflib.get_close_matches(key(name), self.by_name, n=3, cutoff=0.7)
        return list(dict.fromkeys(str(place) for close in found for place in self.by_name[close]))[:3]

    def within(self, centres: Iterable[Place], kilometres: int) -> list[int]:
        """Keys of the places at most so far, as the crow flies, from one of the centres; the nearest
        first.
        """
        distances = ((min(distance(centre, place) for centre in centres), place.pk) for place in self.places)
        return [pk for far, pk in sorted(distances) if far <= kilometres]


def gazetteer() -> Gazetteer:
    """The gazetteer, at most five minutes old."""
    return _read(int(time.monotonic() // FRESH_SECONDS))


@functools.lru_cache(maxsize=1)
def _read(_period: int) -> Gazetteer:
    places = tuple(Place.objects.select_related("region").order_by("name"))
    by_name: dict[str, tuple[Place, ...]] = {}
    for place in places:
        for name in _names(place):
            by_name[name] = (*by_name.get(name, ()), place)
    regions = sorted({place.region for place in places}, key=lambda region: dutch.fold(region.name))
    return Gazetteer(places, by_name, {region.code: region for region in regions})


def forget() -> None:
    """Read the places anew at the next question; for tests and imports of the register."""
    _read.cache_clear()


def _names(place: Place) -> set[str]:
    """With and without what tells namesakes apart: "Bergen (NH.)" is also found as "Bergen"."""
    return {key(name) for name in (place.name, place.name.split(" (")[0], place.also_called) if name}


def key(name: str) -> str:
    """A name without capitals, accents, blanks and signs: "'s-Gravenhage" → "sgravenhage"."""
    return "".join(letter for letter in dutch.fold(name) if letter.isalnum())


def distance(one: Place, other: Place) -> float:
    """Kilometres along a great circle."""
    return great_circle(one.latitude, one.longitude, other.latitude, other.longitude)


def great_circle(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Kilometres between two points in degrees."""
    south, north = math.radians(latitude), math.radians(to_latitude)
    east = math.radians(to_longitude - longitude)
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))
