"""Two ways to look around for a short time: 'Maak contact' days, and a week in someone else's kitchen."""

import dataclasses
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Tier
from mobility.models import CareerDay, CareerDayQuerySet, Exchange, ExchangeQuerySet

CARRYING_OUT = (Tier.AGENCY, Tier.POLICE, Tier.WATER_AUTHORITY, Tier.JOINT_ARRANGEMENT)
"""Bodies that carry out what policy officers think up."""


@dataclasses.dataclass(frozen=True)
class Campaign:
    """`name` stands in the address; `kind` is that of its days; `places` which exchanges belong to it."""

    name: str
    kind: CareerDay.Kind
    title: str | Promise
    lead: str | Promise
    for_whom: str | Promise
    how: str | Promise
    places: Q


SHORT = Q(duration_unit=Exchange.Unit.DAY, duration__lte=5) | Q(
    duration_unit=Exchange.Unit.WEEK, duration__lte=1
)
CAMPAIGNS = (
    Campaign(
        name="maak-contact",
        kind=CareerDay.Kind.CONTACT,
        title=_("'Maak contact': a day at where it is carried out"),
        lead=_("Every policy officer goes along for one day with the people who carry the policy out."),
        for_whom=_("You make policy, and you want to see what becomes of it at a counter or on a dike."),
        how=_("Choose a day, or a place to shadow somebody at a body that carries policy out."),
        places=Q(kind=Exchange.Kind.SHADOWING, tier__in=CARRYING_OUT),
    ),
    Campaign(
        name="andermans-keuken",
        kind=CareerDay.Kind.KITCHEN,
        title=_("A week in someone else's kitchen"),
        lead=_("Work along for a day or a week at another organisation, and take home how they do it."),
        for_whom=_("You are curious how others do your work. Your own job simply goes on after that week."),
        how=_("Choose a day, or one of the places of at most a week."),
        places=SHORT & ~Q(kind=Exchange.Kind.VACANCY),
    ),
)


def named(name: str) -> Campaign | None:
    return next((campaign for campaign in CAMPAIGNS if campaign.name == name), None)


def days_of(campaign: Campaign, user: Any) -> CareerDayQuerySet:
    days = CareerDay.objects.visible_to(user).filter(kind=campaign.kind)
    return days.coming().with_names().with_seats()[:50]


def places_of(campaign: Campaign, user: Any) -> ExchangeQuerySet:
    """Open exchanges that belong to it, the newest first."""
    places = Exchange.objects.visible_to(user).open().filter(campaign.places)
    return places.cards().order_by("-published_at", "-id")[:24]
