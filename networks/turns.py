"""What waits for somebody at the networks, for *Mijn overzicht*."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob.people.models import Role
from networks.models import Partnership, Proposal


def of(user: Any) -> list[dict[str, Any]]:
    """Each with a label and the page where one answers."""
    proposals = Proposal.objects.visible_to(user).to_decide(user).count()
    decisions = ngettext("Decide on %d proposal", "Decide on %d proposals", proposals) % proposals
    first = [{"label": decisions, "url": reverse("networks:proposals")}] if proposals else []
    return first + [
        {
            "label": _("Confirm the tie of %(network)s and %(partner)s")
            % {"network": tie.network, "partner": tie.partner},
            "url": reverse("networks:confirm_tie", args=[tie.key]),
        }
        for tie in ties_to_confirm(user)
    ]


def ties_to_confirm(user: Any) -> Any:
    """Where this person's own side has not answered: as HR of the organisation or as contact of a network."""
    ours = Q(confirmed_by_network_at=None, network__contact=user)
    theirs = Q(organisation__in=user.organisations(Role.HR)) | Q(other__contact=user)
    waiting = Partnership.objects.visible_to(user).running().unconfirmed().with_names()
    return waiting.filter(ours | Q(theirs, confirmed_by_partner_at=None)).order_by("asked_at")[:20]
