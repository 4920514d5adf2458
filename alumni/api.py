"""Alumni networks in the open API: the public ones, and nothing about the people in them."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query

from alumni.models import AlumniNetwork
from bwob import api
from bwob.api import Listing, Paged, Resource, answers, paged

router = api.router("alumniNetworks")


class NetworkShown(Resource):
    """A network of an employer for who left it; `organisation` is its code."""

    slug: str
    name: str
    organisation: str
    summary: str
    url: str

    @staticmethod
    def resolve_name(network: Any) -> str:
        return str(network)

    @staticmethod
    def resolve_organisation(network: Any) -> str:
        return str(network.organisation.code)

    @staticmethod
    def resolve_url(network: Any) -> str:
        return api.page_of(network)


@router.get("/alumni-networks", response=answers(Listing[NetworkShown]), operation_id="listAlumniNetworks")
def alumni_networks(request: HttpRequest, asked: Query[Paged]) -> Any:
    """The networks that are open, by slug."""
    api.only(request, list(Paged.model_fields))
    rows = AlumniNetwork.objects.open().select_related("organisation").filter(slug__gt=asked.after)
    rows = rows.order_by("slug")
    return paged(request, asked, rows, shown=NetworkShown, place=lambda network: network.slug)


@router.get("/alumni-networks/{slug}", response=answers(NetworkShown, 404), operation_id="readAlumniNetwork")
def alumni_network(request: HttpRequest, slug: str) -> Any:
    """One open network."""
    api.only(request, [])
    return get_object_or_404(AlumniNetwork.objects.open().select_related("organisation"), slug=slug)
