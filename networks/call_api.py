"""Calls for partners in the open API: who asks for what, until when, and what came of it. No reactions."""

import datetime
import uuid
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query

from bwob import api
from bwob.api import Listing, Paged, Resource, Unknown, answers, paged
from networks.models import Network, PartnerCall, PartnerCallQuerySet

router = api.router("partner-calls")
Theme = Literal[*Network.Theme.values]  # type: ignore[valid-type]
State = Literal[*PartnerCall.State.values]  # type: ignore[valid-type]


class Wanted(Paged):
    state: list[State] = Field([], description="How far it is")
    theme: Theme | Literal[""] = ""


class PartnerCallShown(Resource):
    """A call for partners. Who wrote it and who reacted is not told."""

    id: str
    url: str = Field(description="Its page on the site")
    title: str
    text: str
    asker: str = Field(description="The network or organisation that asks")
    network: str | None = Field(description="Id of the network that asks")
    organisation: str | None = Field(description="Code of the organisation that asks")
    themes: list[str]
    area: list[str] = Field(description="Codes of municipalities")
    closes_on: datetime.date = Field(description="The last day to react")
    state: State
    outcome: str
    asked_at: datetime.datetime

    @staticmethod
    def resolve_id(call: PartnerCall) -> str:
        return str(call.key)

    @staticmethod
    def resolve_url(call: PartnerCall) -> str:
        return api.page_of(call)

    @staticmethod
    def resolve_asker(call: PartnerCall) -> str:
        return str(call.asker)

    @staticmethod
    def resolve_network(call: PartnerCall) -> str | None:
        return call.network.slug if call.network else None

    @staticmethod
    def resolve_organisation(call: PartnerCall) -> str | None:
        return call.organisation.code if call.organisation else None

    @staticmethod
    def resolve_area(call: PartnerCall) -> list[str]:
        return [place.code for place in call.area.all()]


def public(request: HttpRequest) -> PartnerCallQuerySet:
    return PartnerCall.objects.visible_to(request.user).with_names().prefetch_related("area")


@router.get("/partner-calls", response=answers(Listing[PartnerCallShown]), operation_id="listPartnerCalls")
def partner_calls(request: HttpRequest, asked: Query[Wanted]) -> Any:
    """Calls for partners, the newest first, those that ended too."""
    api.only(request, list(Wanted.model_fields))
    rows = public(request).order_by("-pk")
    if asked.state:
        rows = rows.filter(state__in=asked.state)
    if asked.theme:
        rows = rows.filter(themes__contains=[asked.theme])
    if asked.after:
        rows = rows.filter(pk__lt=position(asked.after))
    return paged(request, asked, rows, shown=PartnerCallShown, place=lambda call: str(call.pk))


def position(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Unknown([("after", _("This is no place in the list. Use the address that `next` gave."))])
    return int(text)


@router.get("/partner-calls/{key}", response=answers(PartnerCallShown, 404), operation_id="readPartnerCall")
def partner_call(request: HttpRequest, key: uuid.UUID) -> Any:
    """One call for partners."""
    api.only(request, [])
    return get_object_or_404(public(request), key=key)
