"""Giving the places of a meeting: signing up and off, the waiting list, and being there; for every line.

Every act that gives or frees a place begins with `hold`: one at a time for each meeting, so that no place is
given twice and no two people get one number.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bwob import history
from bwob.meetings import HOLDS_A_SEAT, Meeting, Seat
from bwob.workflow import Refused

State = Seat.State
BY_HAND = gettext_lazy("Ticked by hand.")
"""Why it is in the history that somebody was there."""
TOLD = ("held_on", "starts_at", "ends_at", "place_id", "venue", "is_online", "online_url")
"""A change of one of these is told to everybody who signed up."""


def hold[M: Meeting](meeting: M) -> M:
    """The meeting, read anew and locked until the transaction ends."""
    rows: Any = type(meeting)._base_manager.select_for_update(of=("self",))
    found: M = rows.get(pk=meeting.pk)
    return found


def closed_because(meeting: Meeting) -> str:
    """Why one cannot sign up; "" while one can."""
    if meeting.is_open:
        return ""
    if meeting.state == Meeting.State.CANCELLED:
        return _("This day was cancelled.")
    if meeting.state == Meeting.State.DRAFT:
        return _("This has not been published yet.")
    return _("This day is over.") if meeting.is_held else _("This day has begun.")


def next_number(meeting: Meeting) -> int:
    return (meeting.signups.aggregate(last=Max("number"))["last"] or 0) + 1


def standing_text(signup: Seat) -> str:
    """What somebody reads who just signed up, or took the place on offer."""
    if signup.state == State.SEATED:
        return _("You have a place. You get a mail with everything you need to know.")
    return _("It is full. You are number %d on the waiting list.") % signup.position


def publish(meeting: Meeting, *, by: models.Model) -> None:
    stored = hold(meeting)
    if stored.begins <= timezone.now():
        raise Refused(_("This day has passed. Choose another date first."), stored)
    stored.move_to(Meeting.State.PUBLISHED, by=by, published_at=timezone.now())


def require_enough(meeting: Meeting, capacity: int) -> None:
    """Places that were given are not taken away again. The meeting is held."""
    given = meeting.signups.filter(state__in=HOLDS_A_SEAT).count()
    if capacity < given:
        sentence = ngettext("%d place has been given.", "%d places have been given.", given)
        raise Refused(sentence % given, meeting)


@dataclass(frozen=True)
class Seating:
    """The acts of one line. `tell` has a worker send "seated", "waiting", "offered", "lapsed", "changed",
    "cancelled" or "tomorrow" to whom a sign-up belongs; `kept` says until which day a sign-up is kept that
    ended today, or on a day that is still to come.
    """

    tell: Callable[[str, Any], None]
    kept: Callable[[Any, datetime.date | None], datetime.date]

    def enter(self, meeting: Meeting, signup: Seat, *, by: models.Model | None) -> None:
        """A place while there are any, else the end of the waiting list; who waits already goes first.

        The meeting is held, and the line has looked whether this person may come and is not in already.
        """
        has_place = meeting.seats_left > 0 and not meeting.signups.queued().exists()
        signup.number = next_number(meeting)
        signup.state = State.SEATED if has_place else State.WAITING
        signup.due_at = signup.due_in(signup.state, timezone.now())
        signup.keep_until = self.kept(meeting, meeting.held_on)
        with history.because(by=by):
            signup.save()
        self.tell("seated" if has_place else "waiting", signup)
        self.serve(meeting)

    @transaction.atomic
    def leave(self, signup: Seat, *, by: models.Model | None) -> None:
        """Give the place back, or leave the list; the first in line is offered what comes free."""
        held = hold(signup.meeting)
        reason = closed_because(held)
        if reason:
            raise Refused(reason, held)
        signup.move_to(State.WITHDRAWN, by=by, due_at=None, keep_until=self.kept(held, None))
        self.serve(held)

    @transaction.atomic
    def take(self, signup: Seat, *, by: models.Model | None) -> None:
        """Take the place on offer, while the offer stands."""
        held = hold(signup.meeting)
        stands = signup.due_at is not None and timezone.now() < signup.due_at
        if signup.state != State.OFFERED or not stands or not held.is_open:
            raise Refused(_("This place is no longer on offer."), signup)
        signup.move_to(State.SEATED, by=by, due_at=None)
        self.tell("seated", signup)

    def serve(self, meeting: Meeting) -> None:
        """Offer each place that is free to the next in line. The meeting is held."""
        if not meeting.is_open:
            return
        for signup in meeting.signups.queued()[: meeting.seats_left]:
            signup.move_to(State.OFFERED, by=None)
            self.tell("offered", signup)

    def serve_all(self, meetings: models.QuerySet[Any]) -> None:
        """Serve every list on which a place came free otherwise, as when somebody closed the account."""
        for meeting in meetings:
            with transaction.atomic():
                self.serve(hold(meeting))

    def lapse_overdue(self, signups: Any) -> None:
        """Offers that nobody took, and places on the list of a meeting that has begun. Each on its own."""
        for signup in signups.overdue(timezone.now()).select_related(signups.model.MEETING):
            with transaction.atomic():
                held = hold(signup.meeting)
                found = signups.overdue(timezone.now()).filter(pk=signup.pk).first()
                if found:
                    until = self.kept(held, held.held_on)
                    found.move_to(State.LAPSED, by=None, due_at=None, keep_until=until)
                    self.tell("lapsed", found)
                    self.serve(held)

    @transaction.atomic
    def cancel(self, meeting: Meeting, *, by: models.Model, reason: str) -> None:
        """Everybody who has a place, or waits for one, gets a mail with the reason."""
        stored = hold(meeting)
        if stored.is_held:
            raise Refused(_("This day is over."), stored)
        stored.move_to(Meeting.State.CANCELLED, by=by, reason=reason)
        until = self.kept(stored, None)
        for signup in stored.signups.running():
            signup.move_to(State.CANCELLED, by=by, due_at=None, keep_until=until)
            self.tell("cancelled", signup)

    def follow(self, meeting: Meeting, before: Meeting) -> None:
        """After a change: who signed up hears of another date or place; more places serve the list."""
        if any(getattr(before, name) != getattr(meeting, name) for name in TOLD):
            self._tell_of_change(meeting)
        self.serve(meeting)

    def _tell_of_change(self, meeting: Meeting) -> None:
        """Also their terms follow the new date."""
        until = self.kept(meeting, meeting.held_on)
        for signup in meeting.signups.running():
            due_at = min(signup.due_at, meeting.begins) if signup.due_at else None
            if signup.state == State.WAITING:
                due_at = signup.due_in(signup.state, timezone.now())
            with history.because(by=None):
                meeting.signups.filter(pk=signup.pk).update(due_at=due_at, keep_until=until, reminded=False)
            self.tell("changed", signup)

    def remind(self, signups: Any) -> None:
        """The day before, to who has a place: where to be."""
        key = signups.model.MEETING
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        when = {f"{key}__state": Meeting.State.PUBLISHED, f"{key}__held_on": tomorrow}
        self.tell_once(signups.seated().filter(reminded=False, **when), "tomorrow", reminded=True)

    def tell_once(self, signups: models.QuerySet[Any], message: str, **mark: bool) -> None:
        """Each in a transaction of its own: marked and told, or neither."""
        for signup in signups:
            with transaction.atomic():
                if signups.filter(pk=signup.pk).update(**mark):
                    self.tell(message, signup)


@transaction.atomic
def tick(meeting: Meeting, present: set[int], *, by: models.Model) -> None:
    """By hand, from the organiser's own list: these were there, the others with a place were not."""
    if not (meeting.is_today or meeting.is_held):
        raise Refused(_("This is possible from the day itself on."), meeting)
    seated = meeting.signups.seated()
    with history.because(by=by, reason=BY_HAND):
        seated.filter(pk__in=present, attended_at=None).update(attended_at=timezone.now())
        seated.exclude(pk__in=present).exclude(attended_at=None).update(attended_at=None)


@transaction.atomic
def attend(signup: Seat, *, code: str, by: models.Model | None) -> bool:
    """Note that somebody is there, by the code that is shown in the room; False when it is another code."""
    rows: Any = type(signup)._base_manager.select_for_update(of=("self",))
    locked = rows.select_related(signup.MEETING).get(pk=signup.pk)
    if not locked.may_attend:
        raise Refused(_("You can do this on the day itself, once, when you have a place."), locked)
    if code.strip().upper() != locked.meeting.code:
        return False
    with history.because(by=by):
        locked.attended_at = timezone.now()
        locked.save(update_fields=["attended_at"])
    return True
