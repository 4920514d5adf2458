"""Cafés: planning one, coming or waiting for a place, being there, and the questions that are left."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob import history
from bwob.people.models import User
from bwob.privacy import retention
from bwob.privacy.labels import Keep
from bwob.seating import BY_HAND
from bwob.workflow import Refused
from doetanks.models import Cafe, CafeQuestion, Challenge, Signup
from doetanks.tasks import announce_signup

State = Signup.State


def plan(cafe: Cafe, *, by: User) -> None:
    cafe.organiser = by
    cafe.save()


@transaction.atomic
def cancel(cafe: Cafe, *, by: User, reason: str) -> None:
    """It does not take place; everybody who would come hears it, with the reason."""
    cafe.move_to(Cafe.State.CANCELLED, by=by, reason=reason)
    for signup in cafe.signups.running().select_for_update():
        signup.move_to(State.CANCELLED, by=by, reason=reason, keep_until=kept_until(cafe))
        announce_signup("cafe_cancelled", signup)


def kept_until(cafe: Cafe) -> datetime.date:
    return max(timezone.localdate(), timezone.localtime(cafe.ends_at).date()) + retention.term(Keep.TEAMWORK)


@transaction.atomic
def sign_up(cafe: Cafe, *, person: User) -> Signup:
    """Come, or wait for a place when it is full. The café is locked, so that its last place is given once."""
    cafe = Cafe.objects.locked().get(pk=cafe.pk)
    if not cafe.is_coming or cafe.has_begun:
        raise Refused(_("This café has begun already, or does not take place."), cafe)
    running = cafe.signups.filter(person=person).running().first()
    if running:
        return running
    is_full = cafe.signups.expected().count() >= cafe.capacity
    state = State.WAITING if is_full else State.COMING
    signup = Signup(cafe=cafe, person=person, state=state, keep_until=kept_until(cafe))
    signup.due_at = signup.due_in(state, timezone.now())
    signup.save()
    announce_signup("cafe_waiting" if is_full else "cafe_coming", signup)
    return signup


@transaction.atomic
def sign_off(cafe: Cafe, *, person: User) -> None:
    """Not come after all; who waits longest gets the place."""
    cafe = Cafe.objects.locked().get(pk=cafe.pk)
    signup = cafe.signups.filter(person=person).running().first()
    if signup is None or cafe.has_begun:
        raise Refused(_("You are not on the list, or it has begun already."), cafe)
    was_coming = signup.state == State.COMING
    signup.move_to(State.CANCELLED, by=person)
    following = cafe.signups.in_line().first() if was_coming else None
    if following:
        following.move_to(State.COMING, by=None)
        announce_signup("cafe_place_free", following)


@transaction.atomic
def attend(cafe: Cafe, *, person: User, code: str) -> None:
    """Show by the code on the wall that one is there, also without having signed up."""
    if not cafe.is_door_open:
        raise Refused(_("The code counts from half an hour before until two hours after the café."), cafe)
    if code.strip().lower() != cafe.code:
        raise Refused(_("This is not the code of this café. It hangs on the wall."), cafe)
    signup = cafe.signups.filter(person=person).running().first()
    if signup is None:
        signup = Signup(cafe=cafe, person=person, state=State.COMING, keep_until=kept_until(cafe))
        signup.save()
    elif signup.state == State.WAITING:
        signup.move_to(State.COMING, by=person)
    with history.because(by=person):
        cafe.signups.filter(pk=signup.pk, attended_at=None).update(attended_at=timezone.now())


@transaction.atomic
def tick(cafe: Cafe, present: set[int], *, by: User) -> None:
    """By hand, from the organiser's own list: these were there, the others on the list were not."""
    if not (cafe.is_door_open or cafe.has_begun):
        raise Refused(_("This is possible from half an hour before the café begins."), cafe)
    guests = cafe.signups.expected()
    with history.because(by=by, reason=BY_HAND):
        guests.filter(pk__in=present, attended_at=None).update(attended_at=timezone.now())
        guests.exclude(pk__in=present).exclude(attended_at=None).update(attended_at=None)


def leave_question(question: CafeQuestion, *, by: User) -> None:
    question.asked_by = by
    question.save()


def become(key: Any, challenge: Challenge) -> None:
    """A question of a café has become a challenge."""
    CafeQuestion.objects.filter(key=key, challenge=None).update(challenge=challenge)


def lapse_waiting() -> int:
    """Who still waits when it begins, has no place; no mail, since the list said so."""
    late = Signup.objects.overdue(timezone.now())
    return sum(lapse(signup) for signup in late)


@transaction.atomic
def lapse(signup: Signup) -> bool:
    still = Signup.objects.overdue(timezone.now()).select_for_update().filter(pk=signup.pk).first()
    if still is None:
        return False
    still.move_to(State.LAPSED, by=None)
    return True
