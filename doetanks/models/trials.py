import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.privacy.labels import Impersonal
from bwob.workflow import Workflow, guard
from doetanks.models.challenges import Challenge

MOVES: dict[str, set[str]] = {
    "running": {"finished", "unreported"},
    "unreported": {"finished"},
    "finished": set(),
}


class TrialQuerySet(models.QuerySet["Trial"]):
    def visible_to(self, user: Any) -> "TrialQuerySet":
        """What is over is as public as its Doetank, also when it failed; what runs is for the team."""
        over = ~Q(state=Trial.State.RUNNING) & Q(challenge__in=Challenge.objects.visible_to(user))
        if not user.is_authenticated:
            return self.filter(over)
        return self.filter(over | Q(challenge__in=Challenge.objects.worked_on_by(user)))

    def running(self) -> "TrialQuerySet":
        return self.filter(state=Trial.State.RUNNING)

    def overdue(self, moment: datetime.datetime) -> "TrialQuerySet":
        return self.running().filter(due_at__lt=moment)

    def to_remind(self, day: datetime.date) -> "TrialQuerySet":
        """Over by its own date, without a result, and nobody was reminded yet."""
        return self.running().filter(ends_on__lt=day, reminded_at=None)


@pghistory.track()
class Trial(Workflow):
    """One idea tried out. A stop rule is fixed beforehand; the result is published, also a failure."""

    class State(models.TextChoices):
        RUNNING = "running", _("Runs")
        UNREPORTED = "unreported", _("Result not told")
        FINISHED = "finished", _("Finished")

    class Outcome(models.TextChoices):
        WORKED = "worked", _("It works")
        PARTLY = "partly", _("It works in part")
        FAILED = "failed", _("It does not work")
        STOPPED = "stopped", _("Stopped by the stop rule")

    MOVES = MOVES
    REPORT_WITHIN = datetime.timedelta(days=28)
    TERMS: ClassVar = {State.RUNNING: REPORT_WITHIN}
    privacy = Impersonal("an idea tried out by a team, not a person")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RUNNING, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="trials")
    title = models.CharField(_("title"), max_length=120)
    hypothesis = models.TextField(
        _("what you expect"), max_length=1000, help_text=_("As in: if we …, then …, which we see from …")
    )
    smallest_test = models.TextField(
        _("the smallest test"), max_length=1000, help_text=_("The least work that could prove you wrong.")
    )
    stop_rule = models.TextField(
        _("stop rule"), max_length=500, help_text=_("When you stop before the end, whatever you hope.")
    )
    ends_on = models.DateField(_("last day"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    result = models.TextField(_("what you saw"), max_length=2000, blank=True)
    learned = models.TextField(
        _("what you learnt"),
        max_length=2000,
        blank=True,
        help_text=_("So that nobody has to find it out again."),
    )
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)

    objects = TrialQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["ends_on", "pk"]
        verbose_name = _("trial")
        verbose_name_plural = _("trials")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(stop_rule=""), name="trial_has_a_stop_rule"),
            models.CheckConstraint(
                condition=~Q(state="finished") | (~Q(outcome="") & ~Q(result="") & ~Q(learned="")),
                name="trial_tells_what_was_learnt",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.challenge.get_absolute_url()}#proef-{self.pk}"

    @property
    def report_due_at(self) -> datetime.datetime:
        """Four weeks after its last day, Dutch time."""
        last = timezone.make_aware(datetime.datetime.combine(self.ends_on, datetime.time()))
        return dutch.end_of_day(last + self.REPORT_WITHIN)
