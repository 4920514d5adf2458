"""A swap wish from its first writing until it is placed, stopped or too old."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused
from mobility.ending import kept_after
from mobility.models import SwapWish
from mobility.ring_tasks import announce_wish

State = SwapWish.State


def current(user: User) -> SwapWish | None:
    """The wish that is open now."""
    return SwapWish.objects.visible_to(user).open().with_names().first()


def begun_by(user: User) -> SwapWish:
    """The open wish, to be changed, or a new one that is not stored yet."""
    return current(user) or SwapWish(person=user, employer=user.employer, state=State.OPEN)


@transaction.atomic
def save(wish: SwapWish) -> None:
    """Store it. While a ring waits for answers it stays as it is: the others answered to what it said."""
    User.objects.select_for_update(no_key=True).get(pk=wish.person_id)
    require_no_ring(wish)
    wish.employer = wish.person.employer or wish.employer
    wish.renewed_at = timezone.now()
    wish.due_at = wish.due_in(State.OPEN, wish.renewed_at)
    with history.because(by=wish.person):
        wish.save()


@transaction.atomic
def renew(wish: SwapWish) -> None:
    """It is still right: it stands for another 180 days."""
    now = timezone.now()
    facts = {"renewed_at": now, "due_at": wish.due_in(State.OPEN, now)}
    with history.because(by=wish.person, reason=gettext_lazy("Still right.")):
        renewed = SwapWish.objects.open().filter(pk=wish.pk).update(**facts)
    if not renewed:
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), wish)


@transaction.atomic
def stop(wish: SwapWish) -> None:
    """Take it back; who is in a ring leaves that first."""
    User.objects.select_for_update(no_key=True).get(pk=wish.person_id)
    require_no_ring(wish)
    wish.move_to(State.STOPPED, by=wish.person, keep_until=kept_after(wish.employer))


def require_no_ring(wish: SwapWish) -> None:
    if wish.pk and wish.places.filter(is_live=True).exists():
        raise Refused(_("A ring is waiting for you. Answer that first."))


def lapse_overdue() -> None:
    """A wish that nobody confirmed for 180 days ends, and its writer hears it; not while it is in a ring."""
    for wish in SwapWish.objects.free().overdue(timezone.now()):
        with transaction.atomic():
            found = SwapWish.objects.overdue(timezone.now()).select_for_update().filter(pk=wish.pk).first()
            if found:
                found.move_to(State.LAPSED, by=None, keep_until=kept_after(found.employer))
                announce_wish("wish_lapsed", found)


def remind() -> None:
    """Ask once, two weeks before the term ends, whether it is still right."""
    for wish in SwapWish.objects.to_remind(timezone.now()):
        with transaction.atomic():
            unchanged = SwapWish.objects.to_remind(timezone.now()).filter(pk=wish.pk)
            if unchanged.update(reminded_at=timezone.now()):
                announce_wish("wish_reminded", wish)
