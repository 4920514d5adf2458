"""Career days in the open API."""

import datetime
from typing import Any, Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query

from bwob import api
from bwob.api import Gone, Listing, Paged, Resource, Unknown, answers, paged
from bwob.organisations.api import BodyShown, PlaceShown
from mobility.models import CareerDay, CareerDayQuerySet

router = api.router("career-days")


class Days(Paged):
    kind: list[Literal[*CareerDay.Kind.values]] = Field([])  # type: ignore[valid-type]
    organisation: str = Field("", max_length=60, description="Code of the organisation")


class SessionShown(Resource):
    """A part of the programme, in Dutch time."""

    starts_at: datetime.time
    ends_at: datetime.time
    title: str


class DayShown(Resource):
    """A career day. Who organises it and how many people come is not told."""

    id: str = Field(alias="slug", serialization_alias="id")
    url: str = Field(description="Its page on the site, where one signs up")
    kind: Literal[*CareerDay.Kind.values]  # type: ignore[valid-type]
    title: str
    summary: str
    organisation: BodyShown
    begins: datetime.datetime
    ends: datetime.datetime
    place: PlaceShown | None
    venue: str
    is_online: bool
    has_places: bool = Field(description="false: one comes on the waiting list")

    @staticmethod
    def resolve_url(day: CareerDay) -> str:
        return api.page_of(day)

    @staticmethod
    def resolve_has_places(day: CareerDay) -> bool:
        return day.seats_left > 0


class DayInFull(DayShown):
    """With its text, which is Markdown, and its programme."""

    about: str
    programme: list[SessionShown]

    @staticmethod
    def resolve_programme(day: CareerDay) -> list[Any]:
        return list(day.sessions.all())


def published() -> CareerDayQuerySet:
    rows = CareerDay.objects.visible_to(AnonymousUser()).published()
    return rows.select_related("organisation", "place__province").with_seats()


@router.get("/career-days", response=answers(Listing[DayShown]), operation_id="listCareerDays")
def career_days(request: HttpRequest, asked: Query[Days]) -> Any:
    """Career days of today and later, the first first."""
    api.only(request, list(Days.model_fields))
    rows = published().coming().order_by("held_on", "pk")
    if asked.kind:
        rows = rows.filter(kind__in=asked.kind)
    if asked.organisation:
        rows = rows.filter(organisation__code=asked.organisation)
    return paged(request, asked, rows.filter(beyond(asked.after)), shown=DayShown, place=place_of)


def place_of(day: CareerDay) -> str:
    return f"{day.held_on.isoformat()}.{day.pk}"


def beyond(after: str) -> Q:
    """What comes after this place in the list."""
    if not after:
        return Q()
    day, _dot, number = after.partition(".")
    try:
        held_on = datetime.date.fromisoformat(day)
    except ValueError:
        held_on = None
    if held_on is None or not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Unknown([("after", _("This is no place in the list. Use the address that `next` gave."))])
    return Q(held_on__gt=held_on) | Q(held_on=held_on, pk__gt=int(number))


@router.get("/career-days/{slug}", response=answers(DayInFull, 404, 410), operation_id="readCareerDay")
def career_day(request: HttpRequest, slug: str) -> Any:
    """One career day, also one that is over. One that was cancelled answers 410."""
    api.only(request, [])
    found = published().filter(slug=slug).first()
    if found:
        return found
    if CareerDay.objects.visible_to(AnonymousUser()).filter(slug=slug).exists():
        raise Gone(_("This day was cancelled."))
    raise Http404
