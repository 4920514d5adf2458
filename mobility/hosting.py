"""Organising a career day: write, publish, change, cancel, and tell who comes."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob import history, seating
from bwob.people.models import User
from bwob.seating import hold, require_enough
from bwob.workflow import Refused
from mobility.day_rules import can_change_day
from mobility.enrolling import SEATS
from mobility.models import CareerDay, Session, Signup

Programme = list[tuple[datetime.time, datetime.time, str]]


@transaction.atomic
def write(day: CareerDay, programme: Programme, *, by: User) -> None:
    """A new day, as a draft."""
    with history.because(by=by):
        day.contact = by
        day.save()
    _store(day, programme)


@transaction.atomic
def change(day: CareerDay, programme: Programme, *, by: User) -> None:
    """Store what was typed. Who signed up hears of another date or place; more places serve the list."""
    stored = hold(day)
    if not can_change_day(stored):
        raise Refused(_("This day can no longer be changed."), stored)
    require_enough(stored, day.capacity)
    day.state, day.moved_at, day.published_at = stored.state, stored.moved_at, stored.published_at
    with history.because(by=by):
        day.save()
    _store(day, programme)
    SEATS.follow(day, stored)


def _store(day: CareerDay, programme: Programme) -> None:
    day.sessions.all().delete()
    Session.objects.bulk_create(
        Session(day=day, starts_at=first, ends_at=last, title=title) for first, last, title in programme
    )


@transaction.atomic
def publish(day: CareerDay, *, by: User) -> None:
    seating.publish(day, by=by)


def cancel(day: CareerDay, *, by: User, reason: str) -> None:
    SEATS.cancel(day, by=by, reason=reason)


def remind() -> None:
    SEATS.remind(Signup.objects.all())


def ask_feedback() -> None:
    """The days after, to who was there and has not said anything yet."""
    since = timezone.localdate() - datetime.timedelta(days=7)
    there = Signup.objects.attended().filter(
        day__state=CareerDay.State.PUBLISHED, day__held_on__gte=since, day__held_on__lt=timezone.localdate()
    )
    waiting = there.filter(feedback_asked=False, feedback_given=False)
    SEATS.tell_once(waiting, "how_was_it", feedback_asked=True)
