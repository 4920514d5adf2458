"""Public bodies in the open API."""

from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Schema

from bwob import api
from bwob.api import Listing, Resource, answers
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


class Bodies(Schema):
    q: str = Field("", max_length=200, description="Part of the name")
    tier: list[Tier] = Field([])
    after: str = Field("", max_length=80, description="The code where the last page ended")
    limit: int = Field(api.PAGE, ge=1, le=api.MOST_IN_CSV)
    format: Literal["json", "csv"] = "json"


@router.get("/organisations", response=answers(Listing[BodyShown]), operation_id="listOrganisations")
def organisations(request: HttpRequest, asked: Query[Bodies]) -> Any:
    """The public bodies of today, by code."""
    api.only(request, list(Bodies.model_fields))
    bodies = Organisation.objects.visible_to(request.user).current()
    rows = bodies.filter(code__gt=asked.after, name__icontains=asked.q)
    if asked.tier:
        rows = rows.filter(tier__in=asked.tier)
    found = list(rows.order_by("code")[: asked.limit + 1])
    page = found[: asked.limit]
    following = api.address_with(request, after=page[-1].code) if len(found) > asked.limit else None
    if asked.format == "csv":
        return api.as_csv("organisations", [BodyShown.from_orm(one) for one in page], following)
    return {"items": page, "next": following}


@router.get("/organisations/{code}", response=answers(BodyShown, 404), operation_id="readOrganisation")
def organisation(request: HttpRequest, code: str) -> Any:
    """One public body, also one that exists no longer."""
    api.only(request, [])
    return get_object_or_404(Organisation.objects.visible_to(request.user), code=code)
