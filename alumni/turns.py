"""What waits for somebody in alumni networks, for *Mijn overzicht*."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alumni import departing, links
from alumni.models import Alumnus, Departure, Guest
from bwob import dutch
from bwob.turns import Act, Turn


def concerns(user: Any) -> list[QuerySet[Any]]:
    """Without rows in one of these there is nothing to tell."""
    return [Alumnus.objects.own(user), asked_of(user), Departure.objects.visible_to(user).planned()]


def of(user: Any) -> dict[str, list[Turn]]:
    """Whether who was silent wants to stay, and the own meetings; for HR, people who ask to join."""
    silent = (
        Alumnus.objects.own(user).filter(state=Alumnus.State.DORMANT).select_related("network__organisation")
    )
    text = _("Please confirm that you still want to be in it.")
    guests = list(Guest.objects.with_names().filter(alumnus__in=Alumnus.objects.own(user)).running())
    ahead = [one for one in guests if one.gathering.ends > timezone.now()]
    offers = [invited(one) for one in ahead if one.state == Guest.State.OFFERED]
    return {
        "yours": [card(name(one), page_of(one), text) for one in silent] + requests(user) + offers,
        "others": [invited(one) for one in ahead if one.state == Guest.State.WAITING],
        "agreed": [invited(one) for one in ahead if one.state == Guest.State.SEATED],
    }


def invited(guest: Guest) -> Turn:
    """A meeting of alumni: a place on offer, a place on the list, or a place."""
    gathering, is_offered = guest.gathering, guest.state == Guest.State.OFFERED
    url = reverse("alumni:gathering", args=[links.gathering(guest.alumnus, gathering)])
    until = date_format(timezone.localtime(guest.due_at), "l j F, H:i") if guest.due_at else ""
    return Turn(
        tag=guest.get_state_display(),
        tag_kind="alumni",
        title=gathering.title,
        url=url,
        text=_("%(organisation)s, %(when)s")
        % {"organisation": gathering.network, "when": gathering.when_text},
        due_text=_("until %(day)s") % {"day": until} if is_offered else "",
        is_urgent=is_offered,
        meaning=gathering.where_text,
        acts=[Act(_("See the place on offer"), url, is_primary=True)] if is_offered else [],
    )


def card(title: str, url: str, text: str) -> Turn:
    return Turn(_("Alumni"), "alumni", title, url, text)


def asked_of(user: Any) -> QuerySet[Alumnus]:
    return Alumnus.objects.of_hr(user).filter(state=Alumnus.State.ASKED)


def requests(user: Any) -> list[Turn]:
    waiting = asked_of(user).count() if user.has_role("hr") else 0
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
