"""What alumni do with their own record: choose, confirm, correct, take a break, leave."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alumni import consenting
from alumni.models import Alumnus, Consent
from bwob import history
from bwob.workflow import Refused

State = Alumnus.State


@transaction.atomic
def choose(alumnus: Alumnus, purposes: Collection[str]) -> None:
    """Set the switches. Nothing left on: the last ground is gone, and the record ends."""
    require_member(alumnus)
    consenting.choose(alumnus, purposes, how=Consent.How.PAGE)
    if not purposes:
        consenting.end(alumnus)


@transaction.atomic
def confirm(alumnus: Alumnus) -> None:
    """Everything is still right: the year begins again, also for who was dormant."""
    require_member(alumnus)
    if alumnus.state == State.DORMANT:
        alumnus.move_to(State.ACTIVE, by=alumnus.user, confirmed_at=timezone.now())
        return
    now = timezone.now()
    with history.because(by=alumnus.user):
        Alumnus.objects.filter(pk=alumnus.pk, state=alumnus.state).update(
            confirmed_at=now, due_at=alumnus.due_in(alumnus.state, now), reminded_at=None
        )


@transaction.atomic
def pause(alumnus: Alumnus) -> None:
    """No mail for a while; the consents stay as they are."""
    alumnus.move_to(State.PAUSED, by=alumnus.user)


@transaction.atomic
def resume(alumnus: Alumnus) -> None:
    alumnus.move_to(State.ACTIVE, by=alumnus.user, confirmed_at=timezone.now())


@transaction.atomic
def correct(alumnus: Alumnus, *, has_new_address: bool) -> None:
    """Store what the alumnus corrected. After a new address, links in older mails no longer count."""
    require_member(alumnus)
    if has_new_address:
        alumnus.link_stamp = uuid.uuid4()
    with history.because(by=alumnus.user):
        alumnus.save()


@transaction.atomic
def leave(alumnus: Alumnus) -> None:
    """Go. Every consent is withdrawn in the ledger first; within a day nothing is left of the record."""
    if alumnus.is_member:
        consenting.choose(alumnus, (), how=Consent.How.PAGE)
    alumnus.move_to(State.LEFT, by=alumnus.user)


def require_member(alumnus: Alumnus) -> None:
    if not alumnus.is_member:
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), alumnus)
