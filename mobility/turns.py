"""*Mijn overzicht*: the own applications by whose turn it is, and what waits for those who offer
workplaces.
"""

import dataclasses
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob.turns import Act, Turn
from mobility import contracting, progress, ring_page, rules
from mobility.inbox import WAITS_FOR_HR
from mobility.models import Agreement, Application, ContactRequest, Exchange, RingPlace, SwapRing

State = Application.State


@dataclasses.dataclass(frozen=True)
class Finished:
    title: str
    url: str
    result: str
    when: str


@dataclasses.dataclass(frozen=True)
class Managed:
    """An exchange this person manages on which applications wait."""

    label: str
    count: int
    url: str


def of(user: Any) -> dict[str, Any]:
    """The context of the overview. Five queries for whoever offers workplaces, four for everybody else, and
    two more for each swap ring that goes on.
    """
    own = list(Application.objects.filter(applicant=user).with_names().order_by("due_at", "-moved_at"))
    offered = managed(user) if rules.may_write(user) else []
    asked = [asked_turn(one) for one in ContactRequest.objects.waiting().filter(person=user).with_names()]
    rings = ring_places(user)
    ours = [ring_turn(one, user) for one in rings if waits_for_member(one)]
    ours += [agreement_turn(one) for one in agreements(user)]
    theirs = [ring_turn(one, user) for one in rings if not waits_for_member(one)]
    return {
        "lead": lead(own, offered, asked=len(asked) + len(ours)),
        "yours": [*asked, *(turn(one) for one in own if one.waits_for_applicant), *ours],
        "others": [*(turn(one) for one in own if one.is_live and not one.waits_for_applicant), *theirs],
        "agreed": [turn(one) for one in own if is_ahead(one)],
        "finished": [finished(one) for one in own if is_over(one)],
        "managed": offered,
    }


def is_ahead(application: Application) -> bool:
    """Is this a confirmed place that is still to come, or goes on?"""
    last = application.ends_on
    is_given = application.state in (State.CONFIRMED, State.STARTED)
    return is_given and (last is None or last >= timezone.localdate())


def is_over(application: Application) -> bool:
    return application.is_ended or (application.has_a_place and not is_ahead(application))


def lead(own: list[Application], managed: list[Managed], *, asked: int = 0) -> str:
    """What lies with this person, and until when; `asked` counts rings, agreements and contacts asked."""
    waiting = [one for one in own if one.waits_for_applicant]
    total = len(waiting) + asked
    if managed and not total:
        number = sum(one.count for one in managed)
        sentence = ngettext(
            "%d application waits for your answer.", "%d applications wait for your answer.", number
        )
        return sentence % number
    if not total:
        return _("Nothing waits for you right now.")
    count = ngettext("%d thing waits for you.", "%d things wait for you.", total) % total
    offered = next((one for one in waiting if one.state == State.OFFERED), None)
    return f"{count} {_('The first answer is due by %s.') % day(offered)}" if offered else count


def turn(application: Application) -> Turn:
    return Turn(
        tag=application.get_state_display(),
        tag_kind=application.exchange.kind,
        title=application.exchange.title,
        url=application.get_absolute_url(),
        text=text(application),
        due_text=due_text(application),
        is_urgent=application.days_left is not None and application.days_left < 7,
        steps=progress.steps(application) if application.is_live else [],
        meaning=progress.outcome(application),
        acts=acts(application),
    )


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
    asked = Agreement.objects.visible_to(user).asked().with_names().prefetch_related("consents")
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


def ring_places(user: Any) -> list[RingPlace]:
    """The own places in rings that still wait for answers."""
    own = RingPlace.objects.filter(person=user, ring__in=SwapRing.objects.waiting())
    return list(own.with_names().order_by("ring__due_at"))


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


def text(application: Application) -> str:
    organisation = application.exchange.organisation
    if application.state == State.OFFERED:
        facts = {"who": organisation, "hours": application.hours, "period": application.period_text}
        return _("%(who)s offers you this place: %(hours)s hours a week, %(period)s.") % facts
    if application.state == State.TAKEN:
        return _("%s offered it, you took it. Your manager answers now.") % organisation
    if application.has_a_place:
        return f"{organisation}, {application.period_text}"
    if application.is_queued:
        facts = {"position": application.position, "organisation": organisation}
        return _("You are number %(position)s on the waiting list of %(organisation)s.") % facts
    return (
        _("At %s.") % organisation if application.state == State.DRAFT else progress.whose_turn(application)
    )


def acts(application: Application) -> list[Act]:
    """What the applicant can do now, straight from the overview."""
    if application.state == State.OFFERED:
        return [
            Act(_("Take the offer"), reverse("mobility:take", args=[application.key]), is_primary=True),
            Act(_("No, thank you"), reverse("mobility:withdraw_application", args=[application.key])),
        ]
    if application.state == State.DRAFT:
        return [
            Act(_("Finish and send"), reverse("mobility:apply", args=[application.exchange.slug])),
            Act(_("Throw away"), reverse("mobility:throw_draft", args=[application.key])),
        ]
    return []


def due_text(application: Application) -> str:
    """ "4 days left, until Friday 27 November"; "" when nothing waits."""
    if application.days_left is None:
        return ""
    if application.days_left < 1:
        return _("Today is the last day")
    left = ngettext("%d day left", "%d days left", application.days_left) % application.days_left
    return _("%(left)s, until %(day)s") % {"left": left, "day": day(application)}


def day(application: Application) -> str:
    return date_format(timezone.localtime(application.due_at), "l j F")


def finished(application: Application) -> Finished:
    reason = application.get_code_display()
    return Finished(
        title=application.exchange.title,
        url=application.get_absolute_url(),
        result=", ".join(part for part in (application.get_state_display(), reason) if part),
        when=date_format(timezone.localtime(application.moved_at), "j F Y"),
    )


def managed(user: Any) -> list[Managed]:
    return [
        Managed(exchange.title, exchange.waiting, reverse("mobility:inbox", args=[exchange.slug]))
        for exchange in waiting_for(user)
    ]


def waiting_for(user: Any) -> Any:
    waiting = Exchange.objects.manageable_by(user).filter(applications__state__in=WAITS_FOR_HR)
    return waiting.annotate(waiting=Count("applications")).order_by("-waiting", "title")[:20]
