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
from mobility import progress, rules
from mobility.inbox import WAITS_FOR_HR
from mobility.models import Application, Exchange

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
    """The own applications, and for whoever offers workplaces those that wait. One query, or two."""
    own = list(Application.objects.filter(applicant=user).with_names().order_by("due_at", "-moved_at"))
    offered = managed(user) if rules.may_write(user) else []
    return {
        "applications": own,
        "yours": [turn(one) for one in own if one.waits_for_applicant],
        "others": [turn(one) for one in own if one.is_live and not one.waits_for_applicant],
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
    """What lies with this person, and until when; `asked` counts what waits beside the own applications."""
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
