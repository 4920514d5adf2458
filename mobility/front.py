"""What the front page tells of exchanges: how many are open, the newest, and what became of applications."""

import dataclasses
import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob import dutch
from bwob.numbers import FEW
from mobility import bands
from mobility.models import Application, Exchange, ExchangeQuerySet

COHORT = datetime.timedelta(days=90)


@dataclasses.dataclass(frozen=True)
class Entrance:
    """A way into the search, with the number of exchanges behind it."""

    label: str
    count: int
    url: str


@dataclasses.dataclass(frozen=True)
class Cohort:
    """What became of all applications of one period, the ended ones included."""

    total: int
    agreed: int
    talking: int
    ended: int
    period: str
    counted_on: str


def facts() -> dict[str, Any]:
    """The context of the front page, but for the cohort. Two queries."""
    counts = visible().aggregate(
        total=Count("pk"),
        **{kind.value: Count("pk", filter=Q(kind=kind)) for kind in Exchange.Kind},
        **{f"stay_{value}": Count("pk", filter=condition) for value, _label, condition in stays()},
    )
    total = counts["total"]
    return {
        "rings": [
            Entrance(label, counts[f"stay_{value}"], link(duration=value)) for value, label, _q in stays()
        ],
        "open_text": ngettext("%d exchange open", "%d exchanges open", total) % total,
        "fresh": visible().with_names().order_by("-published_at", "-id")[:3],
        "kinds": [
            Entrance(str(kind.label), counts[kind.value], link(kind=kind.value)) for kind in Exchange.Kind
        ],
    }


def visible() -> ExchangeQuerySet:
    return Exchange.objects.visible_to(AnonymousUser()).open()


def link(**query: str) -> str:
    return f"{reverse('mobility:exchanges')}?{urlencode(query)}"


def cohort(now: datetime.datetime | None = None) -> Cohort | None:
    """The applications sent in the last 90 days; None while one of the numbers is too small to show."""
    today = timezone.localdate(now)
    sent = Application.objects.sent().filter(submitted_at__date__gt=today - COHORT)
    counts = sent.aggregate(
        total=Count("pk"),
        agreed=Count("pk", filter=Q(pk__in=Application.objects.confirmed())),
        ended=Count("pk", filter=Q(pk__in=Application.objects.ended())),
    )
    talking = counts["total"] - counts["agreed"] - counts["ended"]
    if min(counts["agreed"], counts["ended"], talking) < FEW:
        return None
    period = _("the last 90 days")
    return Cohort(**counts, talking=talking, period=period, counted_on=dutch.date_text(today))


def stays() -> list[tuple[str, str, Q]]:
    """How long one goes, as (band in addresses, label, condition): the rings of the front page."""
    labels = {
        "day": _("A day"),
        "weeks": _("A few weeks"),
        "half_year": _("Half a year"),
        "year": _("A year"),
        "good": _("For good"),
    }
    return [(name, labels[name], Q(duration_bands=1 << bit)) for bit, name in enumerate(bands.DURATIONS)]
