"""Who may what about networks. Each rule is about one person and one record; sight is another matter."""

from typing import Any

from bwob.people.models import Role
from networks.models import Coordinator, Network, PartnerCall, Partnership, Proposal, Reaction


def coordinates(user: Any, thing: Network | Proposal) -> bool:
    """The coordinator of the region or province; the programme office everywhere."""
    if not user.is_authenticated:
        return False
    if user.has_role(Role.PROGRAMME):
        return True
    return Coordinator.objects.of(thing.place).filter(user=user).exists()


def may_propose(user: Any) -> bool:
    """Whoever has shown where he or she works, not too long ago."""
    return user.is_authenticated and bool(user.employer) and user.work.is_current


def may_decide(user: Any, proposal: Proposal) -> bool:
    """On the own proposal as well: a coordinator keeps the region up to date, and history says who did."""
    return coordinates(user, proposal)


def may_import(user: Any) -> bool:
    """Whoever coordinates somewhere, for that part of the country; the programme office for all of it."""
    if not user.is_authenticated:
        return False
    return user.has_role(Role.PROGRAMME) or Coordinator.objects.visible_to(user).filter(user=user).exists()


def may_withdraw(user: Any, proposal: Proposal) -> bool:
    return proposal.proposer_id == user.pk


def may_speak_for(user: Any, network: Network) -> bool:
    """The contact of the network, and who coordinates its region."""
    if not user.is_authenticated:
        return False
    return network.contact_id == user.pk or coordinates(user, network)


def may_name_contact(user: Any, network: Network) -> bool:
    """Who coordinates there, and the contact; without one also HR of an organisation that takes part."""
    if not user.is_authenticated or network.is_ended:
        return False
    if may_speak_for(user, network):
        return True
    has_one = network.contact is not None and network.contact.is_active
    members = network.partnerships.running().confirmed()
    return not has_one and members.filter(organisation__in=user.organisations(Role.HR)).exists()


def may_tie(user: Any, network: Network) -> bool:
    """Whoever speaks for the network, and HR of any organisation that wants to take part."""
    return user.is_authenticated and (user.has_role(Role.HR) or may_speak_for(user, network))


def speaks_for_partner(user: Any, partnership: Partnership) -> bool:
    """HR of the organisation at the other end, or whoever speaks for the network there."""
    if partnership.other:
        return may_speak_for(user, partnership.other)
    return user.is_authenticated and partnership.organisation in user.organisations(Role.HR)


def may_confirm(user: Any, partnership: Partnership) -> bool:
    """The side that has not answered yet."""
    if partnership.ends_on or partnership.is_confirmed:
        return False
    if partnership.confirmed_by_network_at is None:
        return may_speak_for(user, partnership.network)
    return speaks_for_partner(user, partnership)


def may_end(user: Any, partnership: Partnership) -> bool:
    """Each of the two sides can end it alone."""
    if partnership.ends_on:
        return False
    return may_speak_for(user, partnership.network) or speaks_for_partner(user, partnership)


def may_ask(user: Any) -> bool:
    """For a network that one answers for, or as HR for an organisation."""
    if not user.is_authenticated:
        return False
    return user.has_role(Role.HR) or Network.objects.existing().answered_for_by(user).exists()


def asks(user: Any, call: PartnerCall) -> bool:
    """Does this person answer for the side that asks? As `side_of` says it in a query."""
    if not user.is_authenticated:
        return False
    if call.network:
        return user.pk in (call.written_by_id, call.network.contact_id)
    return call.organisation in user.organisations(Role.HR)


def may_withdraw_call(user: Any, call: PartnerCall) -> bool:
    """The programme office too, for what does not belong here."""
    return asks(user, call) or (user.is_authenticated and user.has_role(Role.PROGRAMME))


def may_react(user: Any, call: PartnerCall) -> bool:
    """Whoever has shown where he or she works, and does not ask it."""
    return may_propose(user) and not asks(user, call)


def may_answer(user: Any, reaction: Reaction) -> bool:
    return asks(user, reaction.call)
