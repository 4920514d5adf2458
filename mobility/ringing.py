"""A swap ring from proposal to the last day. It goes on only if all agree, and nobody learns who did not.

Every act holds the people of the ring first, always in the same order, then the ring; so two acts wait for
each other instead of crossing. A no leaves no trace but the end of the ring, which names nobody.
"""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused
from mobility import arranging, fitting, rings, rules
from mobility.ending import kept_after
from mobility.models import Exchange, RingPlace, SwapRing, SwapWish
from mobility.ring_tasks import announce_ring

State = SwapRing.State


def propose_all() -> int:
    """Search all wishes that are free, and propose what was found; how many rings. Safe to run twice."""
    wishes = list(SwapWish.objects.free().with_names())
    found = rings.choose(rings.cycles(rings.graph_of(wishes)), refused=proposed_before())
    return sum(propose(ring) for ring in found)


def proposed_before() -> set[rings.Ring]:
    signatures = SwapRing.objects.values_list("signature", flat=True)
    return {tuple(int(number) for number in one.split("-")) for one in signatures}


@transaction.atomic
def propose(ring: rings.Ring) -> bool:
    """Propose one ring, if its wishes still stand and fit when nobody else can change them; else nothing."""
    lock_people(SwapWish.objects.filter(pk__in=ring).values_list("person", flat=True))
    found = SwapWish.objects.free().with_names().in_bulk(ring)
    wishes = [found[number] for number in ring if number in found]
    starts_on = rings.first_day(wishes) if len(wishes) == len(ring) else None
    if starts_on is None or not may_go_on(wishes):
        return False
    ends_on = rings.last_day(starts_on, wishes[0].months)
    if any(rules.clash(wish.person, Exchange.Kind.SWAP, starts_on, ends_on) for wish in wishes):
        return False
    facts = {"signature": "-".join(map(str, ring)), "starts_on": starts_on, "ends_on": ends_on}
    made = SwapRing(**facts)
    made.due_at = made.due_in(State.PROPOSED, timezone.now())
    with history.because(by=None):
        made.save()
        for number, wish in enumerate(wishes):
            RingPlace.objects.create(ring=made, number=number, wish=wish, person=wish.person)
    announce_ring("ring_proposed", made)
    return True


def may_go_on(wishes: list[SwapWish]) -> bool:
    """Does each step still fit, and does each member still work where the wish says, by a fresh proof?"""
    steps = zip(wishes, [*wishes[1:], wishes[0]], strict=True)
    return all(
        wish.person.is_active
        and wish.person.employer == wish.employer
        and wish.person.work is not None
        and wish.person.work.is_current
        and fitting.fits(wish, to)
        for wish, to in steps
    )


def lock_people(people: Iterable[int]) -> None:
    list(User.objects.select_for_update(no_key=True).filter(pk__in=list(people)).order_by("pk"))


def hold(ring: SwapRing) -> SwapRing:
    """The ring with its people, locked and read anew."""
    lock_people(RingPlace.objects.filter(ring=ring).values_list("person", flat=True))
    return SwapRing.objects.select_for_update().get(pk=ring.pk)


def places_of(ring: SwapRing) -> list[RingPlace]:
    return list(ring.places.with_names().order_by("number"))


@transaction.atomic
def agree(place: RingPlace, *, manager_name: str, manager_email: str) -> bool:
    """A member agrees and names the manager, who is asked once all did. False if it no longer fits."""
    ring = hold(place.ring)
    require_state(ring, State.PROPOSED)
    if not stands(ring):
        lapse(ring)
        return False
    facts = {"agreed_at": timezone.now(), "manager_name": manager_name, "manager_email": manager_email}
    with history.because(by=place.person):
        ring.places.filter(pk=place.pk, agreed_at=None).update(**facts)
    if not ring.places.filter(agreed_at=None).exists():
        ring.move_to(State.MANAGERS, by=None)
        with history.because(by=None):
            ring.places.update(asked_manager_at=timezone.now())
        announce_ring("ring_managers_asked", ring)
    return True


@transaction.atomic
def leave(place: RingPlace) -> None:
    """A member says no, or takes a yes back: the ring ends for all, and nobody is told whose no it was."""
    ring = hold(place.ring)
    if not ring.can_be_left:
        raise Refused(_("This ring has ended, or has begun already."))
    lapse(ring)


@transaction.atomic
def answer_as_manager(place: RingPlace, *, agrees: bool) -> bool:
    """A manager answers by the signed link. After the last yes the ring is confirmed. False if it ended."""
    ring = hold(place.ring)
    current = ring.places.get(pk=place.pk)
    if agrees and current.manager_agreed_at:
        return True
    require_state(ring, State.MANAGERS)
    if not agrees or not stands(ring):
        lapse(ring)
        return False
    with history.because(by=None):
        ring.places.filter(pk=place.pk).update(manager_agreed_at=timezone.now())
    return ring.places.filter(manager_agreed_at=None).exists() or confirm(ring)


def confirm(ring: SwapRing) -> bool:
    """Give each member the place of the next. Two confirmed periods of one person never overlap: the database
    refuses that, and then the whole ring ends.
    """
    try:
        with transaction.atomic():
            ring.move_to(State.CONFIRMED, by=None, keep_until=kept_after(None, ring.ends_on))
            arranging.give_places(ring, places_of(ring))
    except IntegrityError:
        ring.refresh_from_db()
        lapse(ring)
        return False
    announce_ring("ring_confirmed", ring)
    return True


def stands(ring: SwapRing) -> bool:
    """Could the ring still be proposed today, with nobody placed elsewhere in its period?"""
    places = places_of(ring)
    wishes = [place.wish for place in places]
    are_open = all(wish.is_open for wish in wishes) and ring.starts_on > timezone.localdate()
    kind = Exchange.Kind.SWAP
    clashes = (rules.clash(place.person, kind, ring.starts_on, ring.ends_on) for place in places)
    return are_open and may_go_on(wishes) and not any(clashes)


def require_state(ring: SwapRing, state: str) -> None:
    """Refused without the record: its page of refusal would say who ended it."""
    if ring.state != state:
        raise Refused(_("This ring has changed in the meantime, so that is no longer possible."))


def lapse(ring: SwapRing) -> None:
    """End it for all, in the name of nobody. A place that was given is taken back, its wish opens again."""
    was_confirmed = ring.state == State.CONFIRMED
    ring.move_to(State.LAPSED, by=None, keep_until=kept_after(None))
    with history.because(by=None):
        ring.places.update(is_live=False)
    if was_confirmed:
        arranging.take_back(places_of(ring))
    announce_ring("ring_lapsed", ring)


def lapse_overdue() -> None:
    """End each ring of which somebody did not answer in time, and close those whose last day has passed."""
    for ring in SwapRing.objects.overdue(timezone.now()):
        with transaction.atomic():
            late = hold(ring)
            if SwapRing.objects.overdue(timezone.now()).filter(pk=late.pk).exists():
                lapse(late)
    for ring in SwapRing.objects.over(timezone.localdate()):
        with transaction.atomic():
            ring.move_to(State.DONE, by=None)
            ring.places.update(is_live=False)


def remind() -> None:
    """Remind once, two days before the term ends, whoever has not answered."""
    for ring in SwapRing.objects.to_remind(timezone.now()):
        with transaction.atomic():
            unchanged = SwapRing.objects.to_remind(timezone.now()).filter(pk=ring.pk)
            if unchanged.update(reminded_at=timezone.now()):
                announce_ring("ring_reminded", ring)


def leave_all(user: User) -> None:
    """End every ring of somebody whose account is erased; the person is locked already."""
    for ring in SwapRing.objects.filter(places__person=user):
        if ring.can_be_left:
            lapse(ring)
