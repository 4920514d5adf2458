"""Owning an exchange together: who of the same organisation works it beside its contact."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bwob import history
from bwob.people.models import Membership, User
from bwob.workflow import Refused
from mobility.models import CoOwner, Exchange
from mobility.tasks import tell_owner


def candidates(exchange: Exchange) -> list[User]:
    """Who could be added: HR and managers of the organisation, without its contact and those who own it."""
    there = Membership.objects.filter(
        organisation=exchange.organisation, role__in=CoOwner.ROLES, user__is_active=True
    )
    owners = exchange.co_owners.values("person")
    rows: Any = User.objects.filter(pk__in=there.values("user")).exclude(pk__in=owners)
    return list(rows.exclude(pk=exchange.contact_id).order_by("sort_name"))


@transaction.atomic
def add(exchange: Exchange, person: User, *, by: User) -> None:
    """From now on this person may work the exchange and gets its mails; a second time changes nothing."""
    if person not in candidates(exchange):
        raise Refused(_("Only HR and managers of the organisation can be added, each once."), exchange)
    with history.because(by=by):
        owner, is_new = CoOwner.objects.get_or_create(exchange=exchange, person=person)
    if is_new:
        tell_owner.defer(owner_id=owner.pk)


@transaction.atomic
def remove(owner: CoOwner, *, by: User) -> None:
    with history.because(by=by):
        gone = CoOwner.objects.filter(pk=owner.pk).delete()[0]
    if not gone:
        raise Refused(_("This person no longer was a co-owner."), owner.exchange)
