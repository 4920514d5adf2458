"""Asking who joins in: the call, its last day, and what came of it, told to everybody who reacted."""

import datetime

from django.db import transaction
from django.utils import timezone

from bwob import history
from bwob.organisations.models import Place
from bwob.people.models import User
from bwob.privacy import retention
from bwob.privacy.labels import Keep
from bwob.workflow import Refused
from networks.models import PartnerCall, Reaction
from networks.tasks import tell_call, tell_reaction

State = PartnerCall.State


@transaction.atomic
def ask(call: PartnerCall, *, area: list[Place], by: User) -> None:
    """Put it on the site; it takes reactions until the end of its last day."""
    call.written_by = by
    change(call, area=area, by=by)


@transaction.atomic
def change(call: PartnerCall, *, area: list[Place], by: User) -> None:
    """Other words, or another last day, while it is open."""
    call.due_at = call.due_in(State.OPEN, timezone.now())
    with history.because(by=by):
        call.save()
        call.area.set(area)


@transaction.atomic
def tell_outcome(call: PartnerCall, state: str, *, text: str, by: User) -> None:
    """Partners found, or nobody. Whoever still waited for an answer hears it."""
    call.move_to(state, by=by, outcome=text)
    end_reactions(call)


@transaction.atomic
def withdraw(call: PartnerCall, *, reason: str, by: User) -> None:
    """The reason goes to who reacted, and stays with the call."""
    call.move_to(State.WITHDRAWN, by=by, reason=reason, outcome=reason)
    end_reactions(call)


def end_reactions(call: PartnerCall) -> None:
    """The call's row is locked by its move, so no reaction can come in meanwhile."""
    for reaction in call.reactions.waiting():
        reaction.move_to(Reaction.State.UNANSWERED, by=None)
        tell_reaction.defer(message="reaction_unanswered", reaction_id=reaction.pk)
    call.reactions.filter(keep_until=None).update(keep_until=keep_until())


def keep_until() -> datetime.date:
    return timezone.localdate() + retention.term(Keep.APPLICATION)


def end_overdue(moment: datetime.datetime) -> int:
    """Move on every call of which the time has passed; how many did. Safe to run twice and side by side."""
    return sum(end(call) for call in PartnerCall.objects.overdue(moment))


@transaction.atomic
def end(call: PartnerCall) -> bool:
    """After its last day a call waits for its outcome; nobody told that either: everybody hears so."""
    is_first = call.state == State.OPEN
    try:
        call.move_to(State.OVER if is_first else State.UNTOLD, by=None)
    except Refused:
        return False
    if is_first:
        tell_call.defer(message="call_over", call_id=call.pk)
    else:
        end_reactions(call)
    return True
