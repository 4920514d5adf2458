"""Who answers for a network: asking somebody to be its contact, and what follows when that person leaves."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob import history
from bwob.people.models import User, WorkAddress
from bwob.workflow import Refused
from networks import emails
from networks.models import Coordinator, Network, PartnerCall
from networks.tasks import tell_network, tell_region


@transaction.atomic
def ask(network: Network, email: str, *, by: User) -> None:
    """Whoever has shown this work address is asked by mail. Who asks does not learn whether there is one."""
    found = (
        WorkAddress.objects.filter(email__iexact=email, user__is_active=True).select_related("user").first()
    )
    person = found.user if found and found.is_current else None
    Network.objects.filter(pk=network.pk).update(invited=person, invited_at=timezone.now())
    if person:
        tell_network.defer(message="contact_asked", network_id=network.pk)


@transaction.atomic
def answer(network: Network, *, accepts: bool, by: User) -> None:
    """Only who was asked last; of a yes and a newer question at once, one wins."""
    changes: dict[str, Any] = {"contact": by} if accepts else {}
    with history.because(by=by):
        done = Network.objects.filter(pk=network.pk, invited=by).update(
            invited=None, invited_at=None, **changes
        )
    if not done:
        raise Refused(_("Somebody else has been asked in the meantime."))


@transaction.atomic
def step_down(network: Network, *, by: User) -> None:
    """The others hear that this network has no contact any more."""
    with history.because(by=by):
        Network.objects.filter(pk=network.pk, contact=by).update(contact=None)
    hand_over(by, PartnerCall.objects.filter(network=network))
    tell_network.defer(message="contact_left", network_id=network.pk)


@transaction.atomic
def leave(coordinator: Coordinator, *, by: User) -> None:
    """Networks and waiting proposals go to the others of the region, or to the programme office."""
    region, user = coordinator.region, coordinator.user
    with history.because(by=by):
        coordinator.delete()
    hand_over(user, PartnerCall.objects.filter(network__place__region=region))
    hand_over(user, PartnerCall.objects.filter(network__place__province=region))
    tell_region.defer(region_id=region.pk)


def hand_over(user: User, calls: Any) -> None:
    """Calls that this person wrote go to who answers for the network now: somebody must read reactions."""
    for call in calls.running().filter(written_by=user).select_related("network__contact", "network__place"):
        others = [one for one in emails.keepers(call.network) if one.pk != user.pk]
        PartnerCall.objects.filter(pk=call.pk).update(written_by=others[0] if others else None)


def leave_all(user: User) -> None:
    """Before an account is erased: nobody waits for an answer of somebody who has gone."""
    for coordinator in Coordinator.objects.filter(user=user).select_related("region", "user"):
        leave(coordinator, by=user)
    for network in Network.objects.existing().filter(contact=user):
        step_down(network, by=user)
    hand_over(user, PartnerCall.objects.filter(network__isnull=False))


def lapse_questions(moment: datetime.datetime) -> int:
    """Who did not answer within a month will not be the contact; how many that were."""
    return Network.objects.unanswered(moment).update(invited=None, invited_at=None)
