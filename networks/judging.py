"""Deciding on a proposal: accept, accept with changes, or reject with a reason."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob import history
from bwob.organisations.models import Place
from bwob.people.models import User
from bwob.workflow import Refused
from networks.models import Network, Proposal
from networks.proposing import keep_until
from networks.tasks import tell_proposal

State = Proposal.State
DATES = ("starts_on", "ends_on")


def reason_of(proposal: Proposal) -> str:
    """Why it was rejected, "" when it was not."""
    return history.last_change(proposal).reason if proposal.state == State.REJECTED else ""


def carried_out(proposal: Proposal) -> Network:
    """The network as it would be, not stored."""
    network = proposal.network or Network()
    for name, value in proposal.changes.items():
        if name == "place":
            network.place = Place.objects.get(pk=value)
        elif name in DATES:
            setattr(network, name, datetime.date.fromisoformat(value) if value else None)
        elif name != "area":
            setattr(network, name, value)
    return network


@transaction.atomic
def accept(proposal: Proposal, *, by: User, changes: dict[str, Any] | None = None) -> Network:
    """Carry it out, perhaps with other `changes` than were proposed. A decision counts as a confirmation.

    Of two who decide at once one wins: the proposal moves first, the network is written after that.
    """
    target = State.ACCEPTED if changes is None or changes == proposal.changes else State.ADAPTED
    proposal.changes = proposal.changes if changes is None else changes
    proposal.move_to(target, by=by, keep_until=keep_until())
    if proposal.network_id:
        proposal.network = Network.objects.select_for_update().get(pk=proposal.network_id)
    network = store(carried_out(proposal), area=proposal.changes.get("area"), by=by, about=proposal)
    Proposal.objects.filter(pk=proposal.pk).update(network=network)
    tell_proposal.defer(message="accepted", proposal_id=proposal.pk)
    return network


def store(network: Network, *, area: list[int] | None, by: User, about: Proposal | None = None) -> Network:
    """Write it down as confirmed today; no `area` leaves the municipalities as they are."""
    if network.is_ended:
        raise Refused(_("This network has ended, so it cannot be changed."), about)
    network.confirmed_on = timezone.localdate()
    try:
        network.full_clean(exclude=["slug", "sort_name"])
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages), about) from problem
    with history.because(by=by):
        if network.pk and network.state != Network.State.PUBLISHED:
            network.move_to(Network.State.PUBLISHED, by=by)
        network.due_at = network.due_in(network.state, timezone.now())
        network.save()
        if area is not None:
            network.area.set(area)
    return network


@transaction.atomic
def reject(proposal: Proposal, *, by: User, reason: str) -> None:
    """The proposer reads the reason."""
    proposal.move_to(State.REJECTED, by=by, reason=reason, keep_until=keep_until())
    tell_proposal.defer(message="rejected", proposal_id=proposal.pk)
