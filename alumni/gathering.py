"""Meetings of alumni: written and opened by HR, invited for by consent, and who comes.

Places and the waiting list go as at every meeting (`bwob.seating`).
"""

import datetime
from collections.abc import Collection

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alumni.models import Alumnus, Gathering, Guest
from alumni.tasks import announce_guest, invite_all
from bwob import history, seating
from bwob.people.models import User
from bwob.privacy import retention
from bwob.privacy.labels import Keep
from bwob.seating import Seating, closed_because, hold
from bwob.workflow import Refused

State = Guest.State


def kept(gathering: Gathering, last_day: datetime.date | None) -> datetime.date:
    today = timezone.localdate()
    return max(today, last_day or today) + retention.term(Keep.TEAMWORK, gathering.network.organisation)


SEATS = Seating(tell=announce_guest, kept=kept)


@transaction.atomic
def write(gathering: Gathering, *, by: User) -> None:
    """Store it. Once it is open, who signed up hears of another date or place, and more places serve
    the list.
    """
    if not gathering.pk:
        gathering.written_by = by
        with history.because(by=by):
            gathering.save()
        return
    stored = hold(gathering)
    if not stored.can_change:
        raise Refused(_("This day can no longer be changed."), stored)
    seating.require_enough(stored, gathering.capacity)
    for name in ("state", "moved_at", "published_at", "invited_at", "written_by_id"):
        setattr(gathering, name, getattr(stored, name))
    with history.because(by=by):
        gathering.save()
    SEATS.follow(gathering, stored)


@transaction.atomic
def publish(gathering: Gathering, *, by: User) -> None:
    """Open it for who is in the network. Nobody is mailed yet."""
    seating.publish(gathering, by=by)


@transaction.atomic
def invite(gathering: Gathering, *, by: User) -> None:
    """Mail everybody whose consent covers meetings, once; who comes already is left out."""
    held = hold(gathering)
    if reason := closed_because(held):
        raise Refused(reason, held)
    if held.invited_at:
        raise Refused(_("The invitations have gone already."), held)
    if not held.audience().exists():
        raise Refused(_("Nobody agreed to this purpose, so nobody would get it."), held)
    with history.because(by=by):
        Gathering.objects.filter(pk=held.pk).update(invited_at=timezone.now())
    invite_all(held)


def cancel(gathering: Gathering, *, by: User, reason: str) -> None:
    SEATS.cancel(gathering, by=by, reason=reason)


def guest_of(gathering: Gathering, alumnus: Alumnus) -> Guest | None:
    """The own sign-up that runs, or None."""
    found = gathering.signups.filter(alumnus=alumnus).running().first()
    if found:
        found.gathering, found.alumnus = gathering, alumnus
    return found


@transaction.atomic
def come(gathering: Gathering, alumnus: Alumnus) -> Guest:
    """Sign up, or take the place on offer; a second click changes nothing. The record is locked, so that
    who leaves the network at the same moment is not put on a list any more.
    """
    held = hold(gathering)
    Alumnus.objects.exclude(state=Alumnus.State.LEFT).select_for_update(of=("self",)).get(pk=alumnus.pk)
    running = guest_of(held, alumnus)
    if running and running.state == State.OFFERED:
        SEATS.take(running, by=alumnus.user)
    if running:
        return running
    if reason := closed_because(held):
        raise Refused(reason, held)
    guest = Guest(gathering=held, alumnus=alumnus)
    SEATS.enter(held, guest, by=alumnus.user)
    return guest


def stay_away(guest: Guest) -> None:
    """Give the place back; the next in line is offered it."""
    SEATS.leave(guest, by=guest.alumnus.user)


def attend(guest: Guest, *, code: str) -> bool:
    """By the code that is shown in the room; False when it is another one."""
    return seating.attend(guest, code=code, by=guest.alumnus.user)


@transaction.atomic
def note_present(gathering: Gathering, present: Collection[int], *, by: User) -> int:
    """HR ticks off by hand who was there, and mends a mistake; how many were there."""
    held = hold(gathering)
    seating.tick(held, set(present), by=by)
    return held.signups.seated().attended().count()


def keep_lists() -> None:
    """What the clock does: offers that lapse, and places that came free as somebody left the network."""
    SEATS.lapse_overdue(Guest.objects.select_related("gathering__network__organisation"))
    SEATS.serve_all(Gathering.objects.with_a_queue())


def remind() -> None:
    SEATS.remind(Guest.objects.all())


def past_their_term(moment: datetime.datetime) -> models.QuerySet:
    """The last day is counted from the meeting, or from the day of signing off."""
    return Guest.objects.filter(keep_until__lt=timezone.localdate(moment))
