import datetime
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation
from bwob.privacy.labels import Impersonal
from bwob.workflow import Workflow, guard
from pitch.models.entries import Entry

MOVES: dict[str, set[str]] = {"running": {"done", "stopped"}, "done": set(), "stopped": set()}


class RealisationQuerySet(models.QuerySet["Realisation"]):
    def visible_to(self, user: Any) -> "RealisationQuerySet":
        """Public: what becomes of a plan that won is the point of it."""
        return self.all()

    def silent(self, moment: datetime.datetime) -> "RealisationQuerySet":
        """Running, and nothing was told for a quarter of a year."""
        return self.filter(state=Realisation.State.RUNNING, due_at__lt=moment)

    def with_names(self) -> "RealisationQuerySet":
        return self.select_related("entry__edition", "sponsor")


@pghistory.track()
class Realisation(Workflow):
    """What becomes of a plan after the win: who pays and helps, the milestones, a word each quarter."""

    class State(models.TextChoices):
        RUNNING = "running", _("Being carried out")
        DONE = "done", _("Carried out")
        STOPPED = "stopped", _("Stopped")

    MOVES = MOVES
    TERMS: ClassVar = {State.RUNNING: datetime.timedelta(days=92)}
    privacy = Impersonal("what becomes of a plan; the sponsor is an organisation")

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RUNNING, editable=False)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="realisation", verbose_name=_("plan"))
    sponsor = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        verbose_name=_("sponsor"),
        help_text=_("The organisation that makes time and money free."),
    )
    promise = models.TextField(_("what the sponsor gives"), max_length=600)
    started_on = models.DateField(_("since"), default=datetime.date.today)
    due_at = models.DateTimeField(_("next word due"), null=True, blank=True, editable=False)

    objects = RealisationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-started_on"]
        verbose_name = _("realisation")
        verbose_name_plural = _("realisations")
        triggers: ClassVar = [guard(MOVES)]

    def __str__(self) -> str:
        return str(self.entry)

    def get_absolute_url(self) -> str:
        return reverse("pitch:realisation", args=[self.entry.key])


class Milestone(models.Model):
    """Something that will be there on a day, or is."""

    privacy = Impersonal("a step of a plan")

    realisation = models.ForeignKey(Realisation, models.CASCADE, related_name="milestones")
    title = models.CharField(_("what will be there"), max_length=120)
    due_on = models.DateField(_("on"))
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self) -> str:
        return self.title


class StatusReport(models.Model):
    """How it goes, in a few words; at least each quarter."""

    class Course(models.TextChoices):
        GOOD = "good", _("as planned")
        SLOW = "slow", _("slower")
        STUCK = "stuck", _("stuck: help is needed")

    privacy = Impersonal("how a plan goes; `written_by` is emptied with the account")

    realisation = models.ForeignKey(Realisation, models.CASCADE, related_name="reports")
    course = models.CharField(_("how does it go?"), max_length=8, choices=Course)
    text = models.TextField(_("what happened, and what comes"), max_length=1500)
    written_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering: ClassVar = ["-written_at"]
        verbose_name = _("word on a realisation")
        verbose_name_plural = _("words on realisations")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="status_report_says_something")
        ]

    def __str__(self) -> str:
        return self.get_course_display()
