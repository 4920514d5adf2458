"""The page of one network: what it is, where, and with whom it has ties."""

import dataclasses
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bwob.organisations.models import Organisation, Place
from networks import drawing, fitting, rules, signing
from networks.atlas import Box, box_of, x_of, y_of
from networks.models import Network, Partnership


@dataclasses.dataclass(frozen=True)
class Tie:
    """A tie as the page lists it, seen from this network."""

    name: str
    url: str
    what: str
    is_confirmed: bool
    waits_for: str
    confirm_url: str
    end_url: str


def context(network: Network, user: Any) -> dict[str, Any]:
    """Five statements, and for whoever is signed in what the rules ask."""
    found = list(Partnership.objects.visible_to(user).of(network).running().with_names())
    fits = fitting.calls_for(network) if not network.is_ended else []
    area = sorted(network.area.all(), key=lambda place: str(place))
    return {
        "network": network,
        "ties": [tie(one, network, user) for one in found],
        "area": area,
        "drawing": picture(network, found, area),
        "confirm_url": confirm_url(network, user),
        "may_name_contact": rules.may_name_contact(user, network),
        "is_contact": user.is_authenticated and network.contact_id == user.pk,
        "is_asked": user.is_authenticated and network.invited_id == user.pk,
        "calls": list(network.calls.visible_to(user).open().order_by("closes_on")),
        "fits": fits,
    }


def confirm_url(network: Network, user: Any) -> str:
    """For whoever answers for a network that waits for its yearly confirmation."""
    if not network.is_unsure or not rules.may_speak_for(user, network):
        return ""
    return reverse("networks:confirm", args=[signing.token(network)])


def tie(partnership: Partnership, network: Network, user: Any) -> Tie:
    partner = partnership.partner if partnership.network_id == network.pk else partnership.network
    return Tie(
        name=str(partner),
        url=partner.get_absolute_url() if isinstance(partner, Network) else "",
        what=partnership.get_kind_display(),
        is_confirmed=partnership.is_confirmed,
        waits_for=str(partnership.waits_for or ""),
        confirm_url=address("confirm_tie", partnership) if rules.may_confirm(user, partnership) else "",
        end_url=address("end_tie", partnership) if rules.may_end(user, partnership) else "",
    )


def address(name: str, partnership: Partnership) -> str:
    return reverse(f"networks:{name}", args=[partnership.key])


def picture(network: Network, ties: list[Partnership], area: list[Place]) -> dict[str, Any]:
    """The network in the middle, lines to its partners, dots for the municipalities it works in."""
    ends = [(end_of(one, network), one) for one in ties]
    placed = [(where, one) for where, one in ends if where]
    seen = drawing.window(around(network, [where for where, _one in placed], area))
    unit = seen.scale
    return {
        "view_box": seen.view_box,
        "provinces": drawing.outlines(),
        "marks": [drawing.shown(alone(network), drawing.NO_SELECTION, seen)],
        "ties": drawing.paths(
            (network.longitude, network.latitude, where[1], where[0], ours(one), theirs(one))
            for where, one in placed
        ),
        "dots": [dot(place.longitude, place.latitude, 6 * unit) for place in area],
        "stroke": f"{max(0.5, 2.5 * unit):.1f}",
        "title": _("Where %s is, and with whom it has ties") % network.name,
    }


def alone(network: Network) -> drawing.Mark:
    longitude, latitude = network.longitude, network.latitude
    box = Box(longitude, latitude, longitude, latitude)
    return drawing.Mark(x_of(longitude), y_of(latitude), 1, box, network.name, network.slug, network.kind)


def ours(partnership: Partnership) -> Any:
    return partnership.confirmed_by_network_at


def theirs(partnership: Partnership) -> Any:
    return partnership.confirmed_by_partner_at


def end_of(partnership: Partnership, network: Network) -> tuple[float, float] | None:
    """Latitude and longitude of the other end; None for a body without a place, such as a ministry."""
    partner = partnership.partner if partnership.network_id == network.pk else partnership.network
    where = partner.place if isinstance(partner, Organisation) else partner
    return (where.latitude, where.longitude) if where else None


def around(network: Network, ends: list[tuple[float, float]], area: list[Place]) -> Box:
    corners = [Place(latitude=latitude, longitude=longitude) for latitude, longitude in ends]
    centre = Place(latitude=network.latitude, longitude=network.longitude)
    return box_of([centre, *corners, *area]).around(0.1)


def dot(longitude: float, latitude: float, radius: float) -> dict[str, str]:
    return {"x": f"{x_of(longitude):.1f}", "y": f"{y_of(latitude):.1f}", "radius": f"{radius:.1f}"}
