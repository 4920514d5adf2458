"""*Mijn overzicht*: the own applications by whose turn it is, and what waits for those who offer workplaces."""

import dataclasses
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility import progress, rules
from mobility.inbox import WAITS_FOR_HR
from mobility.models import Application, Exchange
from mobility.progress import Step


@dataclasses.dataclass(frozen=True)
class Card:
    """One application as the overview shows it."""

    application: Application
    steps: list[Step]
    whose_turn: str
    due_text: str
    due_soon: bool
    outcome: str


@dataclasses.dataclass(frozen=True)
class Turns:
    """`waiting` are the exchanges this person manages on which an application waits, with `.waiting`."""

    mine: list[Card]
    theirs: list[Card]
    finished: list[Card]
    waiting: list[Exchange]


def of(user: Any) -> Turns:
    """Two queries for whoever offers workplaces, one for everybody else."""
    cards = [card(application) for application in own(user)]
    return Turns(
        mine=[one for one in cards if one.application.waits_for_applicant],
        theirs=[one for one in cards if one.application.is_live and not one.application.waits_for_applicant],
        finished=[
            one for one in cards if not one.application.is_live and not one.application.waits_for_applicant
        ],
        waiting=list(waiting_for(user)) if rules.may_write(user) else [],
    )


def own(user: Any) -> Any:
    return Application.objects.filter(applicant=user).with_names().order_by("due_at", "-moved_at")


def waiting_for(user: Any) -> Any:
    waiting = Exchange.objects.manageable_by(user).filter(applications__state__in=WAITS_FOR_HR)
    return waiting.annotate(waiting=Count("applications")).order_by("-waiting", "title")[:20]


def card(application: Application) -> Card:
    return Card(
        application=application,
        steps=progress.steps(application),
        whose_turn=progress.whose_turn(application),
        due_text=due_text(application),
        due_soon=application.days_left is not None and application.days_left < 7,
        outcome=progress.outcome(application),
    )


def due_text(application: Application) -> str:
    """ "4 days left, until Friday 27 November"; "" when nothing waits."""
    if (
        application.due_at is None
        or application.days_left is None
        or not (application.is_live or application.waits_for_applicant)
    ):
        return ""
    day = date_format(timezone.localtime(application.due_at), "l j F")
    if application.days_left < 1:
        return _("Today is the last day")
    left = ngettext("%d day left", "%d days left", application.days_left) % application.days_left
    return _("%(left)s, until %(day)s") % {"left": left, "day": day}
