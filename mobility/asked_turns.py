"""*Mijn overzicht*: what others ask of somebody: a talk, a place in a swap ring, a yes to an agreement."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob.turns import Act, Turn
from mobility import contracting, ring_page
from mobility.models import Agreement, ContactRequest, RingPlace, SwapRing


def concerns(user: Any) -> list[QuerySet[Any]]:
    """Without rows in one of these there is nothing to tell."""
    return [contacts(user), own_places(user), waiting_agreements(user)]


def of(user: Any) -> dict[str, list[Turn]]:
    """Four queries, and two more for each swap ring that goes on."""
    rings = list(own_places(user).with_names().order_by("ring__due_at"))
    ours = [ring_turn(one, user) for one in rings if waits_for_member(one)]
    return {
        "yours": [
            *(asked_turn(one) for one in contacts(user).with_names()),
            *ours,
            *(agreement_turn(one) for one in agreements(user)),
        ],
        "others": [ring_turn(one, user) for one in rings if not waits_for_member(one)],
    }


def contacts(user: Any) -> Any:
    return ContactRequest.objects.waiting().filter(person=user)


def own_places(user: Any) -> Any:
    """The own places in rings that still wait for answers."""
    return RingPlace.objects.filter(person=user, ring__in=SwapRing.objects.waiting())


def waiting_agreements(user: Any) -> Any:
    return Agreement.objects.visible_to(user).asked()


def asked_turn(asked: ContactRequest) -> Turn:
    """Somebody who wants to be found is asked for contact."""
    organisation = asked.exchange.organisation
    return Turn(
        tag=_("Request for contact"),
        tag_kind="good",
        title=_("%s would like to talk to you") % organisation,
        url=asked.get_absolute_url(),
        text=_("About: %s") % asked.exchange.title,
        due_text=_("until %s") % date_format(timezone.localtime(asked.due_at), "l j F"),
        meaning=_("They do not know who you are until you say yes."),
        acts=[Act(_("Say yes or no"), asked.get_absolute_url(), is_primary=True)],
    )


def agreements(user: Any) -> list[Agreement]:
    """Those to which this person has still to agree, for the own side."""
    asked = waiting_agreements(user).with_names().prefetch_related("consents")
    return [one for one in asked.order_by("due_at")[:50] if contracting.parties_for(user, one)]


def agreement_turn(agreement: Agreement) -> Turn:
    application = agreement.application
    facts = {"person": application.applicant, "organisation": application.exchange.organisation}
    left = ngettext("%d day left", "%d days left", agreement.days_left) % agreement.days_left
    until = date_format(timezone.localtime(agreement.due_at), "l j F")
    return Turn(
        tag=_("The agreement"),
        tag_kind=application.exchange.kind,
        title=application.exchange.title,
        url=agreement.get_absolute_url(),
        text=_("%(person)s goes to %(organisation)s. The text waits for your yes.") % facts,
        due_text=_("%(left)s, until %(day)s") % {"left": left, "day": until},
        is_urgent=agreement.days_left < 7,
        meaning=_("It counts when all three have agreed. Without that it lapses."),
        acts=[Act(_("Read and agree"), agreement.get_absolute_url(), is_primary=True)],
    )


def waits_for_member(place: RingPlace) -> bool:
    return place.ring.state == SwapRing.State.PROPOSED and not place.agreed_at


def ring_turn(place: RingPlace, user: Any) -> Turn:
    ring = place.ring
    legs = ring_page.legs(ring, user)
    facts = {"organisation": legs[0].to.employer, "period": ring.period_text}
    page = ring.get_absolute_url()
    is_asked = waits_for_member(place)
    left = _("%(left)s, until %(day)s") if is_asked else _("until %(day)s")
    days = ngettext("%d day left", "%d days left", ring.days_left) % ring.days_left
    return Turn(
        tag=ring_page.heading(legs),
        tag_kind="swap",
        title=_("You can go to %s") % legs[0].to.employer,
        url=page,
        text=_("At %(organisation)s, %(period)s. Everybody has to agree.") % facts,
        due_text=left % {"left": days, "day": date_format(timezone.localtime(ring.due_at), "l j F")},
        is_urgent=is_asked and ring.days_left < 3,
        steps=ring_page.progress(ring, legs),
        meaning=_("You see names after the last yes. Nobody hears who said no."),
        acts=ring_acts(place) if is_asked else [],
    )


def ring_acts(place: RingPlace) -> list[Act]:
    return [
        Act(_("Yes, I take part"), reverse("mobility:join_ring", args=[place.ring.key]), is_primary=True),
        Act(_("No, rather not"), reverse("mobility:leave_ring", args=[place.ring.key])),
        Act(_("Why does it fit?"), place.get_absolute_url()),
    ]
