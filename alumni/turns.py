"""What waits for somebody in alumni networks, for *Mijn overzicht*."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alumni import departing
from alumni.models import Alumnus
from bwob import dutch


def of(user: Any) -> list[dict[str, Any]]:
    """Lines with label, text and url. Two queries; one more for HR."""
    departure = departing.planned_by(user)
    lines = [line(alumnus) for alumnus in Alumnus.objects.own(user).select_related("network__organisation")]
    if departure:
        text = _("Your last day is %s. After that you move to the network.") % dutch.date_text(
            departure.last_day
        )
        lines.append({"label": str(departure.network), "text": text, "url": departure.get_absolute_url()})
    return lines + requests(user)


def line(alumnus: Alumnus) -> dict[str, Any]:
    state = alumnus.get_state_display()
    return {
        "label": _("Alumni network of %s") % alumnus.network,
        "text": _("Please confirm that you still want to be in it.") if alumnus.state == "dormant" else state,
        "url": reverse("alumni:membership", args=[alumnus.key]),
    }


def requests(user: Any) -> list[dict[str, Any]]:
    """For HR: people who ask to join."""
    if not user.has_role("hr"):
        return []
    waiting = Alumnus.objects.of_hr(user).filter(state=Alumnus.State.ASKED).count()
    if not waiting:
        return []
    text = ngettext("%d person asks to join.", "%d people ask to join.", waiting) % waiting
    url = f"{reverse('admin:alumni_alumnus_changelist')}?state__exact=asked"
    return [{"label": _("Alumni network"), "text": text, "url": url}]
