"""What waits for somebody in alumni networks, for *Mijn overzicht*."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alumni import departing
from alumni.models import Alumnus
from bwob import dutch
from bwob.turns import Turn


def of(user: Any) -> dict[str, list[Turn]]:
    """Whether somebody of whom nothing was heard wants to stay; and for HR, people who ask to join."""
    silent = (
        Alumnus.objects.own(user).filter(state=Alumnus.State.DORMANT).select_related("network__organisation")
    )
    text = _("Please confirm that you still want to be in it.")
    return {"yours": [card(name(one), page_of(one), text) for one in silent] + requests(user)}


def card(title: str, url: str, text: str) -> Turn:
    return Turn(_("Alumni"), "alumni", title, url, text)


def requests(user: Any) -> list[Turn]:
    if not user.has_role("hr"):
        return []
    waiting = Alumnus.objects.of_hr(user).filter(state=Alumnus.State.ASKED).count()
    if not waiting:
        return []
    text = ngettext("%d person asks to join.", "%d people ask to join.", waiting) % waiting
    return [
        card(_("Alumni network"), f"{reverse('admin:alumni_alumnus_changelist')}?state__exact=asked", text)
    ]


def memberships(user: Any) -> list[dict[str, Any]]:
    """The networks of this person, and a move to one that is planned: label, text and url. Two queries."""
    own = (
        Alumnus.objects.own(user).exclude(state=Alumnus.State.DORMANT).select_related("network__organisation")
    )
    lines = [{"label": name(one), "text": one.get_state_display(), "url": page_of(one)} for one in own]
    if departure := departing.planned_by(user):
        day = dutch.date_text(departure.last_day)
        text = _("Your last day is %s. After that you move to the network.") % day
        lines.append({"label": str(departure.network), "text": text, "url": departure.get_absolute_url()})
    return lines


def name(alumnus: Alumnus) -> str:
    return _("Alumni network of %s") % alumnus.network


def page_of(alumnus: Alumnus) -> str:
    return reverse("alumni:membership", args=[alumnus.key])
