"""Organising a career day: write, publish, change, cancel, and tell who comes."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused
from mobility import enrolling
from mobility.day_rules import can_change_day
from mobility.day_tasks import announce_signup
from mobility.ending import kept_after
from mobility.models import CareerDay, DaySignupQuerySet, Session, Signup
from mobility.models.days import HOLDS_A_SEAT

Programme = list[tuple[datetime.time, datetime.time, str]]
TOLD = ("held_on", "starts_at", "ends_at", "place_id", "venue", "is_online", "online_url")
"""A change of one of these is told to everybody who signed up."""


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
    stored = enrolling.hold(day)
    if not can_change_day(stored):
        raise Refused(_("This day can no longer be changed."), stored)
    given = stored.signups.filter(state__in=HOLDS_A_SEAT).count()
    if day.capacity < given:
        sentence = ngettext("%d place has been given.", "%d places have been given.", given)
        raise Refused(sentence % given, stored)
    is_moved = any(getattr(stored, name) != getattr(day, name) for name in TOLD)
    day.state, day.moved_at, day.published_at = stored.state, stored.moved_at, stored.published_at
    with history.because(by=by):
        day.save()
    _store(day, programme)
    if is_moved:
        _tell_of_change(day)
    enrolling.serve(day)


def _store(day: CareerDay, programme: Programme) -> None:
    day.sessions.all().delete()
    Session.objects.bulk_create(
        Session(day=day, starts_at=first, ends_at=last, title=title) for first, last, title in programme
    )


def _tell_of_change(day: CareerDay) -> None:
    """Also their terms follow the new date."""
    until = kept_after(day.organisation, day.held_on)
    for signup in day.signups.running().select_related("day"):
        due_at = min(signup.due_at, day.begins) if signup.due_at else None
        if signup.state == Signup.State.WAITING:
            due_at = signup.due_in(signup.state, timezone.now())
        with history.because(by=None):
            Signup.objects.filter(pk=signup.pk).update(due_at=due_at, keep_until=until, reminded=False)
        announce_signup("day_changed", signup)


@transaction.atomic
def publish(day: CareerDay, *, by: User) -> None:
    stored = enrolling.hold(day)
    if stored.begins <= timezone.now():
        raise Refused(_("This day has passed. Choose another date first."), stored)
    stored.move_to(CareerDay.State.PUBLISHED, by=by, published_at=timezone.now())


@transaction.atomic
def cancel(day: CareerDay, *, by: User, reason: str) -> None:
    """Everybody who has a place, or waits for one, gets a mail with the reason."""
    stored = enrolling.hold(day)
    if stored.is_held:
        raise Refused(_("This day is over."), stored)
    stored.move_to(CareerDay.State.CANCELLED, by=by, reason=reason)
    until = kept_after(stored.organisation)
    for signup in stored.signups.running():
        signup.move_to(Signup.State.CANCELLED, by=by, due_at=None, keep_until=until)
        announce_signup("day_cancelled", signup)


def remind() -> None:
    """The day before: where to be."""
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    coming = Signup.objects.seated().filter(day__state=CareerDay.State.PUBLISHED, day__held_on=tomorrow)
    _tell_once(coming.filter(reminded=False), "day_tomorrow", reminded=True)


def ask_feedback() -> None:
    """The days after, to who was there and has not said anything yet."""
    since = timezone.localdate() - datetime.timedelta(days=7)
    there = Signup.objects.attended().filter(
        day__state=CareerDay.State.PUBLISHED, day__held_on__gte=since, day__held_on__lt=timezone.localdate()
    )
    waiting = there.filter(feedback_asked=False, feedback_given=False)
    _tell_once(waiting, "day_how_was_it", feedback_asked=True)


def _tell_once(signups: DaySignupQuerySet, message: str, **mark: bool) -> None:
    """Each in a transaction of its own: marked and told, or neither."""
    for signup in signups:
        with transaction.atomic():
            if signups.filter(pk=signup.pk).update(**mark):
                announce_signup(message, signup)
