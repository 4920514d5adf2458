"""Signing up for a career day and off again, its waiting list, and being there.

The acts are those of every meeting (`bwob.seating`); here stands who may come to a career day, and what its
people hear.
"""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bwob import seating
from bwob.people.models import User
from bwob.seating import Seating, hold
from bwob.workflow import Refused
from mobility.day_rules import signup_obstacle
from mobility.day_tasks import announce_signup
from mobility.ending import kept_after
from mobility.models import CareerDay, Signup


def kept(day: CareerDay, last_day: datetime.date | None) -> datetime.date:
    """By the term of the organisation that holds it."""
    return kept_after(day.organisation, last_day)


SEATS = Seating(tell=lambda word, signup: announce_signup(f"day_{word}", signup), kept=kept)


@transaction.atomic
def sign_up(day: CareerDay, *, by: User) -> Signup:
    held = hold(day)
    obstacle = signup_obstacle(by, held)
    if obstacle:
        raise Refused(obstacle, held)
    running = held.signups.filter(person=by).running().first()
    if running:
        raise Refused(_("You have signed up already."), running)
    signup = Signup(day=held, person=by, employer=by.employer)
    SEATS.enter(held, signup, by=by)
    return signup


def sign_off(signup: Signup, *, by: User) -> None:
    SEATS.leave(signup, by=by)


def take(signup: Signup, *, by: User) -> None:
    SEATS.take(signup, by=by)


def serve_all() -> None:
    SEATS.serve_all(CareerDay.objects.with_a_queue())


def lapse_overdue() -> None:
    SEATS.lapse_overdue(Signup.objects.select_related("day__organisation"))


def attend(signup: Signup, *, code: str) -> bool:
    return seating.attend(signup, code=code, by=signup.person)
