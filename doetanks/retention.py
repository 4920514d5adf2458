"""What goes of Doetanks by itself, and what happens before an account is erased."""

import datetime
import functools
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy import erasing, retention
from doetanks import joining
from doetanks.models import Action, Challenge, File, Meeting, Note, Notice, Participation, Signup
from doetanks.tasks import announce


def participations_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    """A request that came to nothing, and membership of a team that ended: the day was set then."""
    return Participation.objects.filter(keep_until__lt=timezone.localdate(moment))


def workrooms_past_their_term(model: Any, moment: datetime.datetime) -> models.QuerySet:
    """The team's own papers go half a year after the end; question, trials and answer stay."""
    return model.objects.past_their_term(timezone.localdate(moment))


def tell_of_departure(user: Any) -> None:
    """The programme office hears which Doetanks lose their coach or the one who decides."""
    for challenge in Challenge.objects.filter(models.Q(coach=user) | models.Q(commissioner=user)):
        if not challenge.is_ended:
            announce("orphaned", challenge)


retention.register(
    retention.Rule(_("Participations in Doetanks"), participations_past_their_term, "keep_until")
)


def signups_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    return Signup.objects.filter(keep_until__lt=timezone.localdate(moment))


def notices_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    """With the answers to them."""
    return Notice.objects.filter(keep_until__lt=timezone.localdate(moment))


retention.register(
    retention.Rule(_("Notices that were asked or offered"), notices_past_their_term, "keep_until")
)
retention.register(retention.Rule(_("Sign-ups for cafés"), signups_past_their_term, "keep_until"))
for paper in (Action, File, Meeting, Note):
    due = functools.partial(workrooms_past_their_term, paper)
    name = paper._meta.verbose_name_plural
    retention.register(retention.Rule(name or "", due, "challenge__keep_until", retention.delete))
erasing.before_erasure(joining.leave_all)
erasing.before_erasure(tell_of_departure)
erasing.STAYS.insert(
    1,
    (
        _("Challenges that you submitted or guided as a coach"),
        _("They belong to the organisation. Your name is taken off them."),
    ),
)
erasing.STAYS.insert(
    2,
    (
        _("What you wrote in the workroom of a Doetank"),
        _("It belongs to the team, and goes half a year after the end. Your name is taken off it."),
    ),
)
