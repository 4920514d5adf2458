"""What waits for somebody at the networks, for *Mijn overzicht*."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob.people.models import Role
from bwob.turns import Turn
from networks.models import Partnership, Proposal


def of(user: Any) -> dict[str, list[Turn]]:
    """Two queries."""
    proposals = Proposal.objects.visible_to(user).to_decide(user).count()
    decisions = ngettext("Decide on %d proposal", "Decide on %d proposals", proposals) % proposals
    first = [card(decisions, reverse("networks:proposals"))] if proposals else []
    return {
        "yours": first
        + [card(title(tie), reverse("networks:confirm_tie", args=[tie.key])) for tie in ties_to_confirm(user)]
    }


def card(title: str, url: str) -> Turn:
    return Turn(_("Networks"), "networks", title, url)


def title(tie: Partnership) -> str:
    facts = {"network": tie.network, "partner": tie.partner}
    return _("Confirm the tie of %(network)s and %(partner)s") % facts


def ties_to_confirm(user: Any) -> Any:
    """Where this person's own side has not answered: as HR of the organisation or as contact of a network."""
    ours = Q(confirmed_by_network_at=None, network__contact=user)
    theirs = Q(organisation__in=user.organisations(Role.HR)) | Q(other__contact=user)
    waiting = Partnership.objects.visible_to(user).running().unconfirmed().with_names()
    return waiting.filter(ours | Q(theirs, confirmed_by_partner_at=None)).order_by("asked_at")[:20]
