"""Does this network exist already? Asked before anything is stored, and answered with the reason."""

import dataclasses
from collections.abc import Iterable

from django.utils.translation import gettext as _

from bwob import dutch
from networks.atlas import kilometres
from networks.models import Network

NEAR_KM = 0.1
PART_OF_NAME = 0.3  # of its letters may differ
DEGREES = 0.002  # a square of more than 100 metres around a point
MOST = 5


@dataclasses.dataclass(frozen=True)
class Likeness:
    network: Network
    reason: str


def alike(network: Network, area: Iterable[int] = ()) -> list[Likeness]:
    """Existing networks on the same spot, with nearly the same name, or with just the same working area."""
    others = Network.objects.existing().exclude(pk=network.pk).with_names()
    latitude, longitude = network.latitude, network.longitude
    around = others.filter(
        latitude__range=(latitude - DEGREES, latitude + DEGREES),
        longitude__range=(longitude - DEGREES, longitude + DEGREES),
    )[:50]
    named = others.filter(sort_name__trigram_similar=dutch.fold(network.name))[:50]
    found = {one.pk: Likeness(one, _("stands on the same spot")) for one in around if is_near(one, network)}
    found |= {
        one.pk: Likeness(one, _("has nearly the same name")) for one in named if same_name(one, network)
    }
    for one in same_area(network, set(area)):
        found.setdefault(one.pk, Likeness(one, _("works in the same municipalities")))
    return list(found.values())[:MOST]


def is_near(one: Network, other: Network) -> bool:
    return kilometres((one.latitude, one.longitude), (other.latitude, other.longitude)) <= NEAR_KM


def same_name(one: Network, other: Network) -> bool:
    """Nearly the same letters, the last word too: in "Alumninetwerk Twente" that word is what matters."""
    first, second = dutch.fold(one.name), dutch.fold(other.name)
    pairs = [(first, second), (first.split()[-1:], second.split()[-1:])]
    texts = [("".join(mine), "".join(its)) for mine, its in pairs]
    return all(edits(mine, its) <= PART_OF_NAME * max(len(mine), len(its)) for mine, its in texts)


def edits(first: str, second: str) -> int:
    """How many letters to add, leave out or change to get from one to the other (Levenshtein)."""
    before = list(range(len(second) + 1))
    for number, letter in enumerate(first, 1):
        row = [number]
        for place, other in enumerate(second, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != other)))
        before = row
    return before[-1]


def same_area(network: Network, area: set[int]) -> list[Network]:
    """Of the same kind and with exactly these municipalities, two at least."""
    if len(area) < 2:
        return []
    candidates = Network.objects.existing().exclude(pk=network.pk).filter(kind=network.kind, area__in=area)
    near = candidates.distinct().prefetch_related("area")[:50]
    return [one for one in near if {place.pk for place in one.area.all()} == area]
