from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation, PublicQuerySet
from bwob.privacy.labels import Impersonal, Keep, Personal
from mobility.models.applications import Application
from mobility.models.exchanges import Exchange


class Outcome(models.TextChoices):
    """What an exchange brought, as those who took part say themselves."""

    LEARNED = "learned", _("learned something that is of use every day")
    NETWORK = "network", _("people to call who were strangers before")
    IDEA = "idea", _("an idea taken home and used")
    STAYED = "stayed", _("a next step: a longer stay or another job")
    NOTHING = "nothing", _("nothing that lasts")


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, user: Any) -> "EvaluationQuerySet":
        """Who may see the application."""
        return self.filter(application__in=Application.objects.visible_to(user))

    def public(self) -> "EvaluationQuerySet":
        """Words of places of which both sides gave theirs and agreed to show them."""
        agreeing = Evaluation.objects.filter(may_publish=True).values("application")
        both = agreeing.annotate(sides=models.Count("pk")).filter(sides=len(Evaluation.Side))
        return self.filter(application__in=both.values("application"))


@pghistory.track()
class Evaluation(models.Model):
    """What one side says afterwards. Shown to others only if both sides agree, and without a name."""

    class Side(models.TextChoices):
        PERSON = "person", _("who went")
        BORROWER = "borrower", _("who received")

    privacy = Personal(
        person="application__applicant",
        purpose=_("Learning from an exchange"),
        keep=Keep.APPLICATION,
        words={"words", "outcomes"},
        trail={"side", "may_publish", "given_at"},
        technical={"id", "application"},
    )

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="evaluations", verbose_name=_("application")
    )
    side = models.CharField(_("side"), max_length=10, choices=Side, editable=False)
    outcomes = ArrayField(
        models.CharField(max_length=10, choices=Outcome), verbose_name=_("what it brought"), default=list
    )
    words = models.TextField(
        _("in your own words"),
        max_length=1000,
        blank=True,
        help_text=_("Without names. At most 1,000 characters."),
    )
    may_publish = models.BooleanField(
        _("others may read my words"),
        default=False,
        help_text=_("Without your name, and only if the other side agrees too."),
    )
    given_at = models.DateTimeField(_("given at"), default=timezone.now, editable=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["given_at"]
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "side"], name="evaluation_once_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.application}"


class GainQuerySet(PublicQuerySet):
    def count_in(self, organisation: Organisation, kind: str, outcomes: list[str]) -> None:
        """Add one for each outcome; the row is made when it is the first."""
        for outcome in outcomes:
            facts: dict[str, Any] = {"organisation": organisation, "kind": kind, "outcome": outcome}
            self.get_or_create(**facts)
            self.filter(**facts).update(number=F("number") + 1)


class Gain(models.Model):
    """How often an outcome was named, per organisation and kind. It stays when the evaluations have gone."""

    privacy = Impersonal("counts without people; pages show nothing exact below five")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Exchange.Kind)
    outcome = models.CharField(_("what it brought"), max_length=10, choices=Outcome)
    number = models.PositiveIntegerField(_("how often"), default=0)

    objects = GainQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation", "kind", "outcome"]
        verbose_name = _("gain of exchanges")
        verbose_name_plural = _("gains of exchanges")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind", "outcome"], name="gain_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.number}"
