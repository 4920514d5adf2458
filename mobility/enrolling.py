"""Signing up for a career day and off again, its waiting list, and being there.

Every act that gives or frees a place begins with `hold`: one at a time for each day, so that no place is
given twice and no two people get one number.
"""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused
from mobility.day_rules import closed_because, may_attend, signup_obstacle
from mobility.day_tasks import announce_signup
from mobility.ending import kept_after
from mobility.models import CareerDay, Signup

State = Signup.State


def hold(day: CareerDay) -> CareerDay:
    """The day, read anew and locked until the transaction ends."""
    return CareerDay.objects.select_for_update(of=("self",)).get(pk=day.pk)


@transaction.atomic
def sign_up(day: CareerDay, *, by: User) -> Signup:
    """A place while there are any, else the end of the waiting list; who waits already goes first."""
    held = hold(day)
    obstacle = signup_obstacle(by, held)
    if obstacle:
        raise Refused(obstacle, held)
    running = held.signups.filter(person=by).running().first()
    if running:
        raise Refused(_("You have signed up already."), running)
    has_place = held.seats_left > 0 and not held.signups.queued().exists()
    signup = Signup(day=held, person=by, employer=by.employer, number=next_number(held))
    signup.state = State.SEATED if has_place else State.WAITING
    signup.due_at = signup.due_in(signup.state, timezone.now())
    signup.keep_until = kept_after(held.organisation, held.held_on)
    with history.because(by=by):
        signup.save()
    announce_signup("day_seated" if has_place else "day_waiting", signup)
    serve(held)
    return signup


def next_number(day: CareerDay) -> int:
    return (day.signups.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def sign_off(signup: Signup, *, by: User) -> None:
    """Give the place back, or leave the list; the first in line is offered what comes free."""
    held = hold(signup.day)
    reason = closed_because(held)
    if reason:
        raise Refused(reason, held)
    signup.move_to(State.WITHDRAWN, by=by, due_at=None, keep_until=kept_after(held.organisation))
    serve(held)


@transaction.atomic
def take(signup: Signup, *, by: User) -> None:
    """Take the place on offer, while the offer stands."""
    held = hold(signup.day)
    stands = signup.due_at is not None and timezone.now() < signup.due_at
    if signup.state != State.OFFERED or not stands or not held.is_open:
        raise Refused(_("This place is no longer on offer."), signup)
    signup.move_to(State.SEATED, by=by, due_at=None)
    announce_signup("day_seated", signup)


def serve(day: CareerDay) -> None:
    """Offer each place that is free to the next in line. The day is held."""
    if not day.is_open:
        return
    for signup in day.signups.queued().select_related("day")[: day.seats_left]:
        signup.move_to(State.OFFERED, by=None)
        announce_signup("day_offered", signup)


def serve_all() -> None:
    """Serve every list on which a place came free otherwise, as when somebody closed the account."""
    for day in CareerDay.objects.with_a_queue():
        with transaction.atomic():
            serve(hold(day))


def lapse_overdue() -> None:
    """Offers that nobody took, and places on the list of a day that has begun. Each on its own."""
    for signup in Signup.objects.overdue(timezone.now()).select_related("day__organisation"):
        with transaction.atomic():
            held = hold(signup.day)
            found = Signup.objects.overdue(timezone.now()).filter(pk=signup.pk).first()
            if found:
                until = kept_after(signup.day.organisation, held.held_on)
                found.move_to(State.LAPSED, by=None, due_at=None, keep_until=until)
                announce_signup("day_lapsed", found)
                serve(held)


@transaction.atomic
def tick(day: CareerDay, present: set[int], *, by: User) -> None:
    """By hand, from the organiser's own list: these were there, the others with a place were not."""
    if not (day.is_today or day.is_held):
        raise Refused(_("This is possible from the day itself on."), day)
    seated = day.signups.seated()
    with history.because(by=by, reason="by hand"):
        seated.filter(pk__in=present, attended_at=None).update(attended_at=timezone.now())
        seated.exclude(pk__in=present).exclude(attended_at=None).update(attended_at=None)


@transaction.atomic
def attend(signup: Signup, *, code: str) -> bool:
    """Note that somebody is there, by the code that is shown in the room; False when it is another code."""
    locked = Signup.objects.select_for_update(of=("self",)).select_related("day").get(pk=signup.pk)
    if not may_attend(locked):
        raise Refused(_("You can do this on the day itself, once, when you have a place."), locked)
    if code.strip().upper() != locked.day.code:
        return False
    with history.because(by=locked.person):
        locked.attended_at = timezone.now()
        locked.save(update_fields=["attended_at"])
    return True
