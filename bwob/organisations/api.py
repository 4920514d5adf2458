"""Public bodies in the open API."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query

from bwob import api
from bwob.api import Listing, Paged, Resource, answers, paged
from bwob.organisations.models import Organisation, Tier

router = api.router("organisations")


class PlaceShown(Resource):
    """A municipality on the map, in WGS84 degrees."""

    code: str
    name: str
    province: str
    latitude: float
    longitude: float

    @staticmethod
    def resolve_province(place: Any) -> str:
        return str(place.province)


class BodyShown(Resource):
    """A public body; `uri` is its address in the register TOOI."""

    code: str
    uri: str
    name: str
    tier: Tier


class Bodies(Paged):
    q: str = Field("", max_length=200, description="Part of the name")
    tier: list[Tier] = Field([])


@router.get("/organisations", response=answers(Listing[BodyShown]), operation_id="listOrganisations")
def organisations(request: HttpRequest, asked: Query[Bodies]) -> Any:
    """The public bodies of today, by code."""
    api.only(request, list(Bodies.model_fields))
    bodies = Organisation.objects.visible_to(request.user).current()
    rows = bodies.filter(code__gt=asked.after, name__icontains=asked.q)
    if asked.tier:
        rows = rows.filter(tier__in=asked.tier)
    return paged(request, asked, rows.order_by("code"), shown=BodyShown, place=lambda body: body.code)


@router.get("/organisations/{code}", response=answers(BodyShown, 404), operation_id="readOrganisation")
def organisation(request: HttpRequest, code: str) -> Any:
    """One public body, also one that exists no longer."""
    api.only(request, [])
    return get_object_or_404(Organisation.objects.visible_to(request.user), code=code)
