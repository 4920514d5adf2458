"""What is new in a selection of networks: for the feed, and for who asked for it by mail."""

import dataclasses
import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from bwob import history
from bwob.organisations.models import Place
from networks.filters import Selection
from networks.models import Network, PartnerCall, PartnerCallQuerySet

NEWEST = 50
SHOWN = JSONObject(
    **{
        name: name
        for name in (
            *("state", "name", "kind", "summary", "text", "themes", "place", "latitude", "longitude"),
            *("accepts_partners", "website", "language", "source", "starts_on", "ends_on", "confirmed_on"),
        )
    }
)
"""What a version says of a network to everybody."""
NEW = "insert"  # as pghistory names the first version of a record


@dataclasses.dataclass(frozen=True)
class Change:
    """What became of a network on a day; `number` never changes. Nobody is named."""

    number: int
    at: datetime.datetime
    network: Network
    what: str


def changes(selection: Selection, *, since: datetime.datetime | None = None) -> list[Change]:
    """The newest first, one for each network and day. One statement."""
    events: Any = history.events_of(Network)._default_manager.filter(pgh_obj__in=selection.ever().order_by())
    if since:
        events = events.filter(pgh_created_at__gt=since)
    newest = noteworthy(events.exclude(state=Network.State.UNCONFIRMED)).select_related("pgh_obj__place")
    found: dict[Any, Change] = {}
    for event in newest.order_by("-pgh_id")[: 3 * NEWEST]:
        day = (event.pgh_obj_id, event.pgh_created_at.date())
        found.setdefault(day, Change(event.pgh_id, event.pgh_created_at, event.pgh_obj, what(event)))
    return list(found.values())[:NEWEST]


def noteworthy(events: Any) -> Any:
    """Without versions in which nothing changed that a page shows: who is the contact is nobody's news."""
    every = events.model._default_manager.annotate(now=SHOWN)
    before = every.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    compared = events.annotate(now=SHOWN, before=Subquery(before.values("now")[:1]))
    return compared.filter(Q(before__isnull=True) | ~Q(now=F("before")))


def what(event: Any) -> str:
    if event.state == Network.State.ARCHIVED:
        return _("has ended")
    if event.state == Network.State.STALE:
        return _("was not confirmed")
    return _("is new") if event.pgh_label == NEW else _("has changed, or was confirmed")


def calls(selection: Selection, *, since: datetime.datetime) -> PartnerCallQuerySet:
    """Open calls that came since then, of the chosen theme, in or for the chosen region or province."""
    rows = PartnerCall.objects.visible_to(None).open().with_names().filter(asked_at__gt=since)
    if selection.theme:
        rows = rows.filter(themes__contains=[selection.theme])
    if here := selection.here:
        places = Place.objects.visible_to(None).filter(Q(region=here) | Q(province=here))
        named = PartnerCall.area.through.objects.filter(place__in=places).values("partnercall")
        asker = Q(network__place__in=places) | Q(organisation__place__in=places)
        rows = rows.filter(asker | Q(pk__in=named))
    return rows.order_by("closes_on")
