"""The messages about calls for partners: a function for each, whose docstring says to whom and when."""

from collections.abc import Callable

from bwob import history
from bwob.people.models import Membership, User
from networks.emails import deciders, one_line, quoted, send
from networks.models import PartnerCall, Reaction


def call_over(call: PartnerCall) -> None:
    """To the side that asked, after its last day: what came of it?"""
    for person in askers(call):
        send("call_over", person, call, about=about(call), title=one_line(call), until=call.due_at)


CALLS: dict[str, Callable[[PartnerCall], None]] = {"call_over": call_over}


def reaction_sent(reaction: Reaction) -> None:
    """To the side that asks, when somebody wants to join in."""
    facts = {"title": one_line(reaction.call), "who": one_line(reaction.network or reaction.organisation)}
    for person in askers(reaction.call):
        send("reaction_sent", person, reaction.call, about=f"reaction {reaction.pk}", **facts)


def reaction_joins(reaction: Reaction) -> None:
    """To who reacted, when the side that asks says yes."""
    _to_author("reaction_joins", reaction)


def reaction_declined(reaction: Reaction) -> None:
    """To who reacted, when it is not this time, with the reason."""
    _to_author("reaction_declined", reaction)


def reaction_unanswered(reaction: Reaction) -> None:
    """To who reacted, when the call ended before an answer came, with its outcome."""
    _to_author("reaction_unanswered", reaction)


REACTIONS: dict[str, Callable[[Reaction], None]] = {
    message.__name__: message
    for message in (reaction_sent, reaction_joins, reaction_declined, reaction_unanswered)
}


def askers(call: PartnerCall) -> list[User]:
    """HR of the organisation; of a network its contact and who wrote the call, or else who decides there."""
    if call.organisation:
        return [member.user for member in Membership.objects.hr_of(call.organisation)]
    assert call.network is not None  # noqa: S101 - a constraint holds it
    people = {one.pk: one for one in (call.network.contact, call.written_by) if one and one.is_active}
    return list(people.values()) or deciders(call.network)


def about(record: PartnerCall | Reaction) -> str:
    return f"{record._meta.model_name} {record.pk} {record.moved_at}"


def _to_author(template: str, reaction: Reaction) -> None:
    call = reaction.call
    facts = {
        "title": one_line(call),
        "asker": one_line(call.asker),
        "outcome": str(call.get_state_display()),
        "words": quoted(call.outcome),
        "reason": quoted(history.last_change(reaction).reason),
    }
    send(template, reaction.author, call, about=about(reaction), **facts)
