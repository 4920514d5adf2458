"""Proposing a network or a change of one: what differs is kept, and whoever decides is told."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bwob import history
from bwob.organisations.models import Place
from bwob.people.models import User
from bwob.privacy import retention
from bwob.privacy.labels import Keep
from networks.models import Network, Proposal
from networks.tasks import tell_proposal

State = Proposal.State
FIELDS = (
    "name",
    "kind",
    "summary",
    "text",
    "themes",
    "place",
    "latitude",
    "longitude",
    "area",
    "accepts_partners",
    "website",
    "language",
    "source",
    "starts_on",
    "ends_on",
)


def values_of(network: Network) -> dict[str, Any]:
    """What a network holds now, as a form has it."""
    return {
        name: [place.pk for place in network.area.all()] if name == "area" else getattr(network, name)
        for name in FIELDS
    }


def as_json(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Place):
        return value.pk
    return sorted(as_json(part) for part in value) if isinstance(value, list | tuple) else value


def differences(network: Network | None, typed: dict[str, Any]) -> dict[str, Any]:
    """Of what was typed, what is not so yet; for a new network all of it."""
    wanted = {name: as_json(typed[name]) for name in FIELDS if name in typed}
    if network is None:
        return wanted
    now = {name: as_json(value) for name, value in values_of(network).items()}
    return {name: value for name, value in wanted.items() if value != now[name]}


@transaction.atomic
def submit(proposal: Proposal, *, by: User) -> None:
    """Store it and tell whoever coordinates there; the programme office where nobody does."""
    proposal.proposer = by
    proposal.due_at = proposal.due_in(State.PROPOSED, timezone.now())
    with history.because(by=by):
        proposal.save()
    tell_proposal.defer(message="proposed", proposal_id=proposal.pk)


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User) -> None:
    proposal.move_to(State.WITHDRAWN, by=by, keep_until=keep_until())


def keep_until() -> datetime.date:
    """Until when a proposal is kept that has ended today."""
    return timezone.localdate() + retention.term(Keep.APPLICATION)
