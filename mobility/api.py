"""Exchanges in the open API: the same search as on the site, and a feed of what changes."""

import datetime
from decimal import Decimal
from typing import Any, Literal

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Schema

from bwob import api
from bwob.api import MOST, Gone, Listing, Resource, Unknown, answers
from bwob.organisations.api import BodyShown, PlaceShown
from bwob.organisations.models import Tier
from mobility import bands, paging
from mobility.criteria import WITHIN, WITHIN_DEFAULT, offered
from mobility.filters import LONGEST, ExchangeFilter
from mobility.models import Exchange, ExchangeChange, ExchangeChangeQuerySet, ExchangeQuerySet

router = api.router("exchanges")
LATEST = "latest"


class Search(Schema):
    """The keys of the site's own search; each facet may be given more than once."""

    q: str = Field("", max_length=LONGEST, description="Words, at most 200 characters")
    kind: list[Exchange.Kind] = Field([])
    tier: list[Tier] = Field([], description="Tier of government of the organisation")
    region: list[str] = Field([], description="Code of a labour-market region")
    field: list[Exchange.Field] = Field([], description="Field of work")
    hours: list[Literal[*[band.name for band in bands.HOURS]]] = Field([], description="Hours a week")  # type: ignore[valid-type]
    duration: list[Literal[*bands.DURATIONS]] = Field([], description="How long")  # type: ignore[valid-type]
    scale: list[Literal[*[band.name for band in bands.SCALES]]] = Field([], description="Salary scales")  # type: ignore[valid-type]
    near: str = Field("", description="Name of a municipality")
    within: Literal[*map(str, WITHIN)] = Field(str(WITHIN_DEFAULT), description="Kilometres")  # type: ignore[valid-type]
    sort: Literal["", *paging.SORTS] = Field("", description="Order of the list")  # type: ignore[valid-type]
    after: str = Field("", description="Where the last page ended, as `next` tells")
    limit: int = Field(api.PAGE, ge=1, le=MOST, description="Items on a page")
    format: Literal["json", "csv"] = "json"


class ExchangeShown(Resource):
    """An exchange as lists show it. Who to ask is not told: people write through the site."""

    id: str = Field(alias="slug", serialization_alias="id")
    url: str = Field(description="Its page on the site")
    kind: Exchange.Kind
    title: str
    summary: str
    organisation: BodyShown
    place: PlaceShown
    region: str | None = Field(description="Code of the labour-market region")
    field: Exchange.Field
    skills: list[str]
    hours_min: int
    hours_max: int
    starts_on: datetime.date | None = Field(description="null: by agreement")
    duration: int | None = Field(description="null: for good")
    duration_unit: Exchange.Unit
    scale_min: int | None
    scale_max: int | None
    pay_min: Decimal | None
    pay_max: Decimal | None
    pay_period: str
    places: int
    remote: Exchange.Remote
    closes_on: datetime.date | None = Field(description="Last day to apply; null: until filled")
    own_staff_welcome: bool
    alumni_welcome: bool = Field(description="true: people who once worked there can apply too")
    language: str
    published_at: datetime.datetime

    @staticmethod
    def resolve_url(exchange: Exchange) -> str:
        return api.page_of(exchange)

    @staticmethod
    def resolve_region(exchange: Exchange) -> str | None:
        return exchange.region.code if exchange.region else None


class ExchangeInFull(ExchangeShown):
    """With its long texts, which are Markdown."""

    tasks: str
    requirements: str
    benefits: str


class ChangeShown(Resource):
    """What happened to one exchange; `exchange` is how it is now, or null when it is on offer no longer."""

    id: str
    act: ExchangeChange.Act
    at: datetime.datetime
    exchange: ExchangeInFull | None


class Changes(Resource):
    """`cursor` is what to give as `after` next time; when `more` is true that may be at once."""

    items: list[ChangeShown]
    cursor: str
    more: bool


def in_list(rows: ExchangeQuerySet) -> ExchangeQuerySet:
    return rows.select_related("organisation", "place__province", "region").defer(
        "tasks", "requirements", "benefits", "search"
    )


def in_full(rows: ExchangeQuerySet) -> ExchangeQuerySet:
    return rows.select_related("organisation", "place__province", "region").defer("search")


@router.get("/exchanges", response=answers(Listing[ExchangeShown]), operation_id="listExchanges")
def exchanges(request: HttpRequest, asked: Query[Search]) -> Any:
    """Exchanges for which one can apply today."""
    api.only(request, list(Search.model_fields))
    filterset = understood(request)
    size = asked.limit if "limit" in request.GET or asked.format == "json" else api.MOST_IN_CSV
    found = paging.page(filterset.narrowed(), filterset.criteria, size=size, shown=in_list)
    following = api.address_with(request, after=found.after) if found.after else None
    return api.listed(request, asked, found.exchanges, following, ExchangeShown)


def understood(request: HttpRequest) -> ExchangeFilter:
    """The site leaves out what it does not understand and says so; a program is told that it is wrong."""
    filterset = ExchangeFilter(request.GET)
    criteria = filterset.criteria
    errors = filterset.problems
    if criteria.after and not paging.SORTS[criteria.sort].start(criteria.after):
        errors.append(("after", _("This is no place in the list. Use the address that `next` gave.")))
    if errors:
        raise Unknown(errors)
    return filterset


@router.get("/exchanges/{slug}", response=answers(ExchangeInFull, 404, 410), operation_id="readExchange")
def exchange(request: HttpRequest, slug: str) -> Any:
    """One exchange. What was on offer in the last 90 days and is no longer answers 410."""
    api.only(request, [])
    found = in_full(offered()).filter(slug=slug).first()
    if found:
        return found
    removed = ExchangeChange.objects.visible_to(request.user).kept().filter(slug=slug).order_by("-at").first()
    if removed is None and not once_offered(slug):
        raise Http404
    raise Gone(_("This exchange is on offer no longer."))


def once_offered(slug: str) -> bool:
    return Exchange.objects.visible_to(AnonymousUser()).filter(slug=slug).exists()


@router.get("/exchange-changes", response=answers(Changes, 410), operation_id="listExchangeChanges")
def exchange_changes(
    request: HttpRequest,
    after: str = Query("", description="The last `cursor`; `latest` for one that begins now"),
    limit: int = Query(MOST, ge=1, le=MOST),
) -> Any:
    """What came, changed and went, oldest first, of the last 90 days.

    To keep a copy: take the cursor of `latest`, read the whole list, then read the changes after that cursor
    from time to time.
    """
    api.only(request, ["after", "limit"])
    settled = ExchangeChange.objects.visible_to(request.user).settled()
    if after == LATEST:
        return {"items": [], "cursor": cursor_of(settled.last()), "more": False}
    notes = list(settled.after(*position(after, settled))[: limit + 1])
    shown = notes[:limit]
    now = {one.slug: one for one in in_full(offered()).filter(slug__in={note.slug for note in shown})}
    items = [
        {"id": note.slug, "act": note.act, "at": note.at, "exchange": now.get(note.slug)} for note in shown
    ]
    return {
        "items": items,
        "cursor": cursor_of(shown[-1]) if shown else after,
        "more": len(notes) > limit,
    }


def cursor_of(note: ExchangeChange | None) -> str:
    return f"{note.transaction}-{note.pk}" if note else ""


def position(cursor: str, settled: ExchangeChangeQuerySet) -> tuple[int, int]:
    """Where in the feed a cursor stands; 410 when what follows it is no longer complete."""
    if not cursor:
        return 0, 0
    parts = cursor.split("-")
    if len(parts) != 2 or not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts):
        raise Unknown([("after", _("This is no place in the feed. Use the last `cursor`."))])
    transaction, number = map(int, parts)
    oldest = settled.first()
    is_kept = settled.filter(pk=number, transaction=transaction).exists()
    if not is_kept and oldest and (transaction, number) < (oldest.transaction, oldest.pk):
        raise Gone(_("The changes after this place are kept no longer. Read the whole list again."))
    return transaction, number
