"""Networks as data for other programs: CSV for a spreadsheet, GeoJSON (RFC 7946) for a map."""

from collections.abc import Iterable
from typing import Any

from bwob import mail
from networks.models import Network, NetworkQuerySet

COLUMNS = (
    "slug",
    "name",
    "kind",
    "summary",
    "themes",
    "municipality",
    "municipality_code",
    "labour_market_region",
    "province",
    "latitude",
    "longitude",
    "working_area",
    "accepts_partners",
    "language",
    "website",
    "state",
    "starts_on",
    "ends_on",
    "confirmed_on",
    "source",
    "url",
)


def facts(network: Network) -> dict[str, Any]:
    """What may leave the portal about one network: no names or addresses of people."""
    return {
        "slug": network.slug,
        "name": network.name,
        "kind": network.kind,
        "summary": network.summary,
        "themes": network.themes,
        "municipality": network.place.name,
        "municipality_code": network.place.code,
        "labour_market_region": network.place.region.code,
        "province": network.place.province.code,
        "latitude": network.latitude,
        "longitude": network.longitude,
        "working_area": [place.code for place in network.area.all()],
        "accepts_partners": network.accepts_partners,
        "language": network.language,
        "website": network.website,
        "state": network.state,
        "starts_on": network.starts_on.isoformat(),
        "ends_on": network.ends_on.isoformat() if network.ends_on else None,
        "confirmed_on": network.confirmed_on.isoformat(),
        "source": network.source,
        "url": mail.absolute(network.get_absolute_url()),
    }


def table(networks: NetworkQuerySet) -> Iterable[list[object]]:
    """Rows in the order of `COLUMNS`; lists with a blank between their parts."""
    for network in whole(networks):
        values = facts(network)
        yield [" ".join(value) if isinstance(value, list) else value for value in values.values()]


def geojson(networks: NetworkQuerySet) -> dict[str, Any]:
    return collection(whole(networks))


def collection(networks: Iterable[Network]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [feature(network) for network in networks]}


def feature(network: Network) -> dict[str, Any]:
    """Longitude first, WGS84, as the standard has it."""
    return {
        "type": "Feature",
        "id": network.slug,
        "geometry": {"type": "Point", "coordinates": [network.longitude, network.latitude]},
        "properties": {
            name: value for name, value in facts(network).items() if name not in ("latitude", "longitude")
        },
    }


def whole(networks: NetworkQuerySet) -> NetworkQuerySet:
    return networks.with_names().prefetch_related("area")
