"""Handing over before leaving: recorded while still signed in, moved by itself after the last day."""

import datetime

from django.db import transaction
from django.utils import timezone

from alumni import consenting
from alumni.models import Alumnus, Consent, Departure
from alumni.tasks import announce
from bwob import history
from bwob.people.models import User

State = Departure.State


def planned_by(user: User) -> Departure | None:
    """What this person recorded, and has not happened yet."""
    return Departure.objects.visible_to(user).planned().select_related("network__organisation").first()


@transaction.atomic
def plan(departure: Departure) -> None:
    """Store it, or store it anew. Nobody is told."""
    with history.because(by=departure.person):
        departure.save()


@transaction.atomic
def cancel(departure: Departure) -> None:
    departure.move_to(State.CANCELLED, by=departure.person)


def move_due(day: datetime.date | None = None) -> int:
    """Move whose last day is over; how many did. Safe to run twice and side by side."""
    due = Departure.objects.due(day or timezone.localdate()).values_list("pk", flat=True)
    return sum(move(pk) for pk in list(due))


@transaction.atomic
def move(pk: int) -> bool:
    """Make the alumnus, with the consents as they were chosen."""
    departure = Departure.objects.planned().select_for_update(of=("self",)).filter(pk=pk).first()
    if departure is None:
        return False
    alumnus = _arrive(departure)
    departure.move_to(State.MOVED, by=None)
    consenting.choose(alumnus, departure.purposes, how=Consent.How.DEPARTURE)
    announce("welcomed", alumnus)
    return True


def _arrive(departure: Departure) -> Alumnus:
    """The record of this person in the network: a new one, or one that HR had invited already."""
    person, now = departure.person, timezone.now()
    present = departure.network.alumni.exclude(state=Alumnus.State.LEFT)
    known = present.filter(email__iexact=departure.email).first()
    if known and known.state in (Alumnus.State.ASKED, Alumnus.State.INVITED):
        if known.state == Alumnus.State.ASKED:
            known.move_to(Alumnus.State.INVITED, by=None)
        known.move_to(Alumnus.State.ACTIVE, by=None, confirmed_at=now, user_id=person.pk)
    return known or Alumnus.objects.create(
        network=departure.network,
        user=person,
        state=Alumnus.State.ACTIVE,
        origin=Alumnus.Origin.DEPARTURE,
        given_name=person.given_name,
        name_prefix=person.name_prefix,
        family_name=person.family_name,
        email=departure.email,
        language=person.language,
        department=departure.department,
        expertise=departure.expertise,
        left_on=departure.last_day,
        is_shown=departure.is_shown,
        confirmed_at=now,
    )
