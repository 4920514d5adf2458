"""What waits for somebody at the networks, for *Mijn overzicht*."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob.people.models import Role
from bwob.turns import Act, Turn
from networks.models import Network, PartnerCall, Partnership, Proposal, Reaction


def concerns(user: Any) -> list[QuerySet[Any]]:
    """Without rows in one of these there is nothing to tell."""
    asked = [ties_to_confirm(user), calls_to_answer(user), reactions_that_wait(user)]
    return [proposals_to_decide(user), user.asked_for_networks.existing(), *asked]


def of(user: Any) -> dict[str, list[Turn]]:
    """Five queries."""
    proposals = proposals_to_decide(user).count()
    decisions = ngettext("Decide on %d proposal", "Decide on %d proposals", proposals) % proposals
    first = [card(decisions, reverse("networks:proposals"))] if proposals else []
    return {
        "yours": first
        + [card(title(tie), reverse("networks:confirm_tie", args=[tie.key])) for tie in ties_to_confirm(user)]
        + [of_call(call) for call in calls_to_answer(user)]
        + [of_question(network) for network in user.asked_for_networks.existing()],
        "others": [of_reaction(one) for one in reactions_that_wait(user)],
    }


def card(title: str, url: str) -> Turn:
    return Turn(_("Networks"), "networks", title, url)


def title(tie: Partnership) -> str:
    facts = {"network": tie.network, "partner": tie.partner}
    return _("Confirm the tie of %(network)s and %(partner)s") % facts


def proposals_to_decide(user: Any) -> QuerySet[Proposal]:
    return Proposal.objects.visible_to(user).to_decide(user)


def ties_to_confirm(user: Any) -> Any:
    """Where this person's own side has not answered: as HR of the organisation or as contact of a network."""
    ours = Q(confirmed_by_network_at=None, network__contact=user)
    theirs = Q(organisation__in=user.organisations(Role.HR)) | Q(other__contact=user)
    waiting = Partnership.objects.visible_to(user).running().unconfirmed().with_names()
    return waiting.filter(ours | Q(theirs, confirmed_by_partner_at=None)).order_by("asked_at")[:20]


def calls_to_answer(user: Any) -> Any:
    """Calls of the own side with reactions to answer, or of which the outcome is due."""
    waiting = Count("reactions", filter=Q(reactions__state=Reaction.State.SENT))
    calls = PartnerCall.objects.visible_to(user).running().asked_by_side_of(user).annotate(waiting=waiting)
    return calls.filter(Q(waiting__gt=0) | Q(state=PartnerCall.State.OVER)).order_by("due_at")[:20]


def of_call(call: Any) -> Turn:
    text = ngettext("%d reaction waits for your answer.", "%d reactions wait for your answer.", call.waiting)
    page, is_over = call.get_absolute_url(), call.state == PartnerCall.State.OVER
    outcome = Act(_("Tell what came of it"), reverse("networks:tell_outcome", args=[call.key]), True)
    return Turn(
        _("Networks"),
        "networks",
        call.title,
        page,
        text=text % call.waiting if call.waiting else _("Your call has ended."),
        due_text=_("until %s") % call.due_text,
        acts=[outcome] if is_over else [Act(_("Read the reactions"), page, True)],
        meaning=_("Without an outcome the page says that you told none.") if is_over else "",
    )


def reactions_that_wait(user: Any) -> Any:
    return Reaction.objects.visible_to(user).filter(author=user).waiting().select_related("call")[:20]


def of_reaction(reaction: Reaction) -> Turn:
    call = reaction.call
    until = _("until %s") % call.due_text
    return Turn(
        _("Networks"),
        "networks",
        call.title,
        call.get_absolute_url(),
        text=str(reaction.get_state_display()),
        due_text=until,
    )


def of_question(network: Network) -> Turn:
    title = _("Be the contact of %s?") % network
    return card(title, reverse("networks:be_contact", args=[network.slug]))
