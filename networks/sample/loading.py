"""The demo's networks: one for each labour-market region at least, with ties in both states."""

import datetime
import random
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from bwob.organisations.models import Organisation, Place, Region
from bwob.people.models import User
from networks import proposing
from networks.models import Coordinator, Network, Partnership, Proposal
from networks.sample import calls

FOLDER = Path(__file__).parent
TOTAL = 60
SEED = 6


@transaction.atomic
def load() -> None:
    words = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
    chance = random.Random(SEED)  # noqa: S311 - invented content, the same each time
    networks = [_network(place, number, words, chance) for number, place in enumerate(_places(chance))]
    _age(networks)
    _tie_members(networks, chance)
    _tie_neighbours(networks)
    user = User.objects.filter(email="coordinator@demo.example").first()
    if user:
        province = Region.objects.get(kind=Region.Kind.PROVINCE, code="pv26")
        Coordinator.objects.create(user=user, region=province)
    _propose(networks)
    calls.load(networks)


def _propose(networks: list[Network]) -> None:
    """Two proposals in the queue of the coordinator: a change, and a new network."""
    user = User.objects.filter(email="deelnemer@demo.example").first()
    nearby = [network for network in networks if network.place.province.code == "pv26"]
    if user is None or not nearby:
        return
    change = {
        "accepts_partners": not nearby[0].accepts_partners,
        "summary": "Voorbeeld: we zoeken nieuwe leden.",
    }
    proposing.submit(
        Proposal(
            network=nearby[0], place=nearby[0].place, changes=change, note="Dit hoorde ik in het overleg."
        ),
        by=user,
    )
    place = Place.objects.get(code="gm0344")
    new = Network(
        name="Leernetwerk Jong in de Domstad",
        kind=Network.Kind.LEARNING,
        summary="Voorbeeld: jonge ambtenaren in de stad laten elkaar hun werk zien.",
        themes=["learning", "starters"],
        place=place,
        latitude=place.latitude,
        longitude=place.longitude,
        source="Voorbeeld (demo)",
        starts_on=timezone.localdate(),
    )
    typed = {name: getattr(new, name) for name in proposing.FIELDS if name != "area"} | {"area": [place]}
    proposing.submit(Proposal(place=place, changes=proposing.differences(None, typed)), by=user)


def _places(chance: random.Random) -> list[Place]:
    """The first place of every region, then others, until there are enough."""
    places = list(Place.objects.select_related("region", "province").order_by("code"))
    chance.shuffle(places)
    first = {place.region_id: place for place in reversed(places)}
    others = [place for place in places if place not in first.values()]
    return [*first.values(), *others][:TOTAL]


def _network(place: Place, number: int, words: dict[str, Any], chance: random.Random) -> Network:
    kinds = list(Network.Kind.values)
    kind = kinds[(number + number // 35) % len(kinds)]
    of_kind = words[kind]
    since = timezone.localdate() - datetime.timedelta(days=chance.randrange(200, 2500))
    network = Network(
        name=f"{of_kind['name']} {place.region.name if number < 35 else place.name}",
        kind=kind,
        summary=of_kind["summary"],
        text=of_kind["text"].strip(),
        themes=[*of_kind["themes"], *(["starters"] if number % 4 == 0 else [])],
        place=place,
        latitude=place.latitude,
        longitude=place.longitude,
        accepts_partners=number % 5 != 3,
        source=words["source"],
        starts_on=since,
        confirmed_on=timezone.localdate() - datetime.timedelta(days=chance.randrange(5, 330)),
    )
    network.due_at = (
        timezone.now() + Network.TERMS["published"] - (timezone.localdate() - network.confirmed_on)
    )
    network.save()
    nearby = Place.objects.filter(region=place.region).order_by("code")
    network.area.set(nearby[: chance.randrange(2, 7)] if number < 35 else [place])
    network.area.add(place)
    return network


def _age(networks: list[Network]) -> None:
    """One that waits for its confirmation, one that nobody confirmed, and one that ended two years ago."""
    today = timezone.localdate()
    ages = {networks[40]: ("unconfirmed", 372), networks[44]: ("stale", 460), networks[48]: ("archived", 800)}
    for network, (state, days) in ages.items():
        network.confirmed_on = today - datetime.timedelta(days=days)
        network.starts_on = today - datetime.timedelta(days=days + 900)
        network.ends_on = network.confirmed_on if state == "archived" else None
        network.save()
        if state == "stale":
            network.move_to("unconfirmed", by=None)
        network.move_to(state, by=None)


def _tie_members(networks: list[Network], chance: random.Random) -> None:
    """Municipalities of the region take part; some of these ties one side has not confirmed yet."""
    now = timezone.now()
    for number, network in enumerate(networks):
        bodies = Organisation.objects.current().filter(place__region=network.place.region_id).order_by("code")
        for body in chance.sample(list(bodies), min(3, len(bodies))):
            Partnership.objects.create(
                network=network,
                organisation=body,
                confirmed_by_network_at=now,
                confirmed_by_partner_at=None if number % 6 == 1 else now,
                starts_on=network.starts_on,
                ends_on=network.ends_on,
            )


def _tie_neighbours(networks: list[Network]) -> None:
    """Networks of one kind that lie near each other work together; every third has said so alone."""
    now = timezone.now()
    running = [network for network in networks if network.state == Network.State.PUBLISHED]
    for number, network in enumerate(running[:28:2]):
        same = [other for other in running if other.kind == network.kind and other.pk > network.pk]
        near = min(same, key=lambda other: _apart(network, other), default=None)
        if near:
            Partnership.objects.create(
                network=network,
                other=near,
                kind=Partnership.Kind.PARTNER,
                confirmed_by_network_at=now,
                confirmed_by_partner_at=None if number % 3 == 1 else now,
            )


def _apart(one: Network, other: Network) -> float:
    return (one.latitude - other.latitude) ** 2 + (0.6 * (one.longitude - other.longitude)) ** 2
