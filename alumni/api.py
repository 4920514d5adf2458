"""Alumni networks in the open API: the public ones, and nothing about the people in them."""

from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Schema

from alumni.models import AlumniNetwork
from bwob import api
from bwob.api import Listing, Resource, answers

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


class Asked(Schema):
    after: str = Field("", max_length=160, description="The slug where the last page ended")
    limit: int = Field(api.PAGE, ge=1, le=api.MOST_IN_CSV)
    format: Literal["json", "csv"] = "json"


@router.get("/alumni-networks", response=answers(Listing[NetworkShown]), operation_id="listAlumniNetworks")
def alumni_networks(request: HttpRequest, asked: Query[Asked]) -> Any:
    """The networks that are open, by slug."""
    api.only(request, list(Asked.model_fields))
    rows = AlumniNetwork.objects.open().select_related("organisation").filter(slug__gt=asked.after)
    found = list(rows.order_by("slug")[: asked.limit + 1])
    page = found[: asked.limit]
    following = api.address_with(request, after=page[-1].slug) if len(found) > asked.limit else None
    if asked.format == "csv":
        return api.as_csv("alumni-networks", [NetworkShown.from_orm(one) for one in page], following)
    return {"items": page, "next": following}


@router.get("/alumni-networks/{slug}", response=answers(NetworkShown, 404), operation_id="readAlumniNetwork")
def alumni_network(request: HttpRequest, slug: str) -> Any:
    """One open network."""
    api.only(request, [])
    return get_object_or_404(AlumniNetwork.objects.open().select_related("organisation"), slug=slug)
