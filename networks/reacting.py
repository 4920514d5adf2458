"""Reacting to a call for partners, and answering who reacted; only the two sides see it."""

from django.db import transaction
from django.utils.translation import gettext as _

from bwob.people.models import User
from bwob.workflow import Refused
from networks.calling import keep_until
from networks.models import PartnerCall, Reaction
from networks.tasks import tell_reaction

State = Reaction.State


@transaction.atomic
def react(reaction: Reaction, *, by: User) -> None:
    """Once each, while the call is open; the side that asks gets a mail."""
    call = PartnerCall.objects.select_for_update(of=("self",)).get(pk=reaction.call_id)
    if not call.is_open:
        raise Refused(_("This call takes no reactions any more."), call)
    if by.employer is None:
        raise Refused(_("First show where you work: verify your work address in your profile."))
    if call.reactions.exclude(state=State.WITHDRAWN).filter(author=by).exists():
        raise Refused(_("You have reacted to this call already."), call)
    reaction.author, reaction.organisation = by, by.employer
    reaction.save()
    tell_reaction.defer(message="reaction_sent", reaction_id=reaction.pk)


@transaction.atomic
def withdraw(reaction: Reaction, *, by: User) -> None:
    reaction.move_to(State.WITHDRAWN, by=by, keep_until=keep_until())


@transaction.atomic
def answer(reaction: Reaction, state: str, *, message: str, by: User) -> None:
    """Join in, or not this time; the message goes along with the mail."""
    reaction.move_to(state, by=by, reason=message)
    tell_reaction.defer(message=f"reaction_{state}", reaction_id=reaction.pk)
