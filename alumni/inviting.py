"""Coming into a network: invited by HR or asked on the site; only one's own answer makes one a member."""

import uuid
from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alumni import consenting
from alumni.models import Alumnus, Consent
from alumni.tasks import announce
from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused

State = Alumnus.State
MOST_REQUESTS = 100
"""Requests that may wait at one network; more would be a machine, and would flood HR."""


@transaction.atomic
def invite(alumnus: Alumnus, *, by: User) -> None:
    """Store somebody as invited, and mail the invitation. HR can do no more than invite."""
    alumnus.state, alumnus.origin = State.INVITED, Alumnus.Origin.INVITATION
    with history.because(by=by):
        alumnus.save()
    announce("invited", alumnus)


@transaction.atomic
def ask(alumnus: Alumnus) -> None:
    """Somebody asks on the site to join. Nobody learns here whether an address is known already.

    Who is in the network gets a link by mail; who is invited gets the invitation again.
    """
    network = alumnus.network
    present = network.alumni.exclude(state=State.LEFT)
    known = present.filter(email__iexact=alumnus.email).first()
    if known:
        send_link(known)
    elif present.filter(state=State.ASKED).count() < MOST_REQUESTS:
        alumnus.state, alumnus.origin = State.ASKED, Alumnus.Origin.REQUEST
        alumnus.save()
        announce("asked", alumnus)


@transaction.atomic
def accept(alumnus: Alumnus, *, by: User) -> None:
    """HR knows this person: invite. The address is proven by the answer to that mail."""
    alumnus.move_to(State.INVITED, by=by)
    announce("invited", alumnus)


@transaction.atomic
def refuse(alumnus: Alumnus, *, by: User) -> None:
    """HR does not know this person. The request is erased; no mail, as the address was never proven."""
    if alumnus.state != State.ASKED:
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), alumnus)
    alumnus.move_to(State.LEFT, by=by)


@transaction.atomic
def answer(alumnus: Alumnus, purposes: Collection[str]) -> None:
    """The invited person says yes, for at least one purpose. The link in the invitation is used up."""
    user = account_of(alumnus.email)
    alumnus.move_to(
        State.ACTIVE, by=user, confirmed_at=timezone.now(), link_stamp=uuid.uuid4(), user_id=user and user.pk
    )
    consenting.choose(alumnus, purposes, how=Consent.How.INVITATION)
    announce("welcomed", alumnus)


def account_of(email: str) -> User | None:
    """Who has proven this address in an account, so that the record is found there too."""
    proven = EmailAddress.objects.filter(email__iexact=email, verified=True, user__is_active=True)
    found = proven.select_related("user").first()
    return found.user if found else None


@transaction.atomic
def send_link(alumnus: Alumnus) -> None:
    """Mail a fresh link; earlier ones no longer count."""
    alumnus.link_stamp = uuid.uuid4()
    Alumnus.objects.filter(pk=alumnus.pk).update(link_stamp=alumnus.link_stamp)
    if alumnus.state != State.ASKED:
        announce("invited" if alumnus.state == State.INVITED else "link_asked", alumnus)
