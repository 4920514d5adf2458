"""Networks in the open API: the same selection as on the site, as JSON, CSV or GeoJSON."""

import datetime
from typing import Any, Literal

from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Schema

from bwob import api
from bwob.api import MOST, Listing, Resource, Unknown, answers
from bwob.organisations.api import PlaceShown
from bwob.organisations.models import Tier
from networks import feeds
from networks.filters import LONGEST, understood
from networks.models import Network, NetworkQuerySet, Partnership

router = api.router("networks")
# As plain values: the description keeps classes by their names, and other lines have a Kind too.
Kind = Literal[*Network.Kind.values]  # type: ignore[valid-type]
Theme = Literal[*Network.Theme.values]  # type: ignore[valid-type]
State = Literal[*Network.State.values]  # type: ignore[valid-type]
TieKind = Literal[*Partnership.Kind.values]  # type: ignore[valid-type]


class Search(Schema):
    """The keys of the site's own list."""

    q: str = Field("", max_length=LONGEST, description="Part of the name")
    kind: list[Kind] = Field([])
    theme: Theme | Literal[""] = ""
    tier: Tier | Literal[""] = Field("", description="Tier of an organisation that takes part")
    province: str = Field("", description="Code of a province, as in pv26")
    region: str = Field("", description="Code of a labour-market region")
    partners: bool = Field(False, description="Only those that welcome new partners")
    month: str = Field("", description="As it was in this month, as in 2026-11; empty: today")
    stale: bool = Field(False, description="Also those that nobody confirmed in time")
    box: str = Field("", description="West, south, east, north in degrees (WGS84), with commas")
    after: str = Field("", max_length=120, description="The id where the last page ended")
    limit: int = Field(api.PAGE, ge=1, le=MOST, description="Items on a page")
    format: Literal["json", "csv", "geojson"] = Field("json", description="CSV and GeoJSON: up to 1,000")


class NetworkShown(Resource):
    """A network as lists show it. Who to write to is not told."""

    id: str = Field(alias="slug", serialization_alias="id")
    url: str = Field(description="Its page on the site")
    name: str
    kind: Kind
    summary: str
    themes: list[str]
    place: PlaceShown
    region: str = Field(description="Code of the labour-market region")
    latitude: float
    longitude: float
    working_area: list[str] = Field(description="Codes of municipalities")
    accepts_partners: bool
    website: str
    language: str
    state: State
    starts_on: datetime.date
    ends_on: datetime.date | None
    confirmed_on: datetime.date
    source: str

    @staticmethod
    def resolve_url(network: Network) -> str:
        return api.page_of(network)

    @staticmethod
    def resolve_region(network: Network) -> str:
        return network.place.region.code

    @staticmethod
    def resolve_working_area(network: Network) -> list[str]:
        return [place.code for place in network.area.all()]


class TieShown(Resource):
    """A tie with an organisation or another network; confirmed when both sides have said so."""

    partner: str
    kind: TieKind
    is_confirmed: bool
    starts_on: datetime.date

    @staticmethod
    def resolve_partner(tie: Partnership) -> str:
        return str(tie.partner)


class NetworkInFull(NetworkShown):
    """With its long text, which is Markdown, and the ties it has laid."""

    text: str
    ties: list[TieShown]

    @staticmethod
    def resolve_ties(network: Network) -> list[Partnership]:
        return list(network.partnerships.running().with_names())


@router.get("/networks", response=answers(Listing[NetworkShown]), operation_id="listNetworks")
def networks(request: HttpRequest, asked: Query[Search]) -> Any:
    """Networks by name."""
    api.only(request, list(Search.model_fields))
    size = asked.limit if "limit" in request.GET or asked.format == "json" else api.MOST_IN_CSV
    found = list(feeds.whole(selected(request, asked.after))[: size + 1])
    page = found[:size]
    following = api.address_with(request, after=page[-1].slug) if len(found) > size else None
    if asked.format == "geojson":
        return as_geojson(page, following)
    return api.listed(request, asked, page, following, NetworkShown)


def selected(request: HttpRequest, after: str) -> NetworkQuerySet:
    """The site leaves out what it does not understand and says so; a program is told that it is wrong."""
    selection = understood(request.GET)
    errors = [(name, _("This value is not known here: %s") % text) for name, text in selection.left_out]
    last = Network.objects.visible_to(request.user).filter(slug=after).first() if after else None
    if after and last is None:
        errors.append(("after", _("This is no place in the list. Use the address that `next` gave.")))
    if errors:
        raise Unknown(errors)
    rows = selection.rows()
    if last is None:
        return rows
    return rows.filter(Q(sort_name__gt=last.sort_name) | Q(sort_name=last.sort_name, pk__gt=last.pk))


def as_geojson(page: list[Network], following: str | None) -> JsonResponse:
    response = JsonResponse(feeds.collection(page), content_type="application/geo+json")
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


@router.get("/networks/{slug}", response=answers(NetworkInFull, 404), operation_id="readNetwork")
def network(request: HttpRequest, slug: str) -> Any:
    """One network, also one that has ended."""
    api.only(request, [])
    return get_object_or_404(feeds.whole(Network.objects.visible_to(request.user)), slug=slug)
