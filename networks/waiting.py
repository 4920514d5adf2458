"""Nothing waits for ever: networks are asked to confirm, proposals go on, each with a named outcome."""

import datetime
from typing import Any

from django.db import transaction

from bwob.workflow import Refused
from networks.models import Network, Proposal
from networks.proposing import keep_until
from networks.tasks import tell_network, tell_proposal

NEXT: dict[str, str] = {"published": "unconfirmed", "unconfirmed": "stale", "stale": "archived"}


def age_all(moment: datetime.datetime) -> int:
    """Move on every network whose term has passed; how many did. Safe to run twice and side by side."""
    return sum(age(network) for network in Network.objects.overdue(moment))


@transaction.atomic
def age(network: Network) -> bool:
    """Published: ask to confirm. Not answered: hide from the default view. For two years: it has ended."""
    state = NEXT[network.state]
    ended: dict[str, Any] = (
        {"ends_on": network.confirmed_on} if state == "archived" and is_open(network) else {}
    )
    try:
        network.move_to(state, by=None, **ended)
    except Refused:
        return False
    if state != "archived":
        tell_network.defer(message=f"network_{state}", network_id=network.pk)
    return True


def is_open(network: Network) -> bool:
    return network.ends_on is None and network.confirmed_on >= network.starts_on


def pass_on_all(moment: datetime.datetime) -> int:
    """Move on every proposal that nobody decided in time; how many that were."""
    return sum(pass_on(proposal) for proposal in Proposal.objects.overdue(moment))


@transaction.atomic
def pass_on(proposal: Proposal) -> bool:
    """From the coordinator to the programme office; from there it lapses, and the proposer hears that."""
    is_first = proposal.state == Proposal.State.PROPOSED
    state = Proposal.State.OFFICE if is_first else Proposal.State.LAPSED
    ended: dict[str, Any] = {} if is_first else {"keep_until": keep_until()}
    try:
        proposal.move_to(state, by=None, **ended)
    except Refused:
        return False
    tell_proposal.defer(message="passed_on" if is_first else "lapsed", proposal_id=proposal.pk)
    return True
