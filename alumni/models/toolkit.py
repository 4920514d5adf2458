from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation
from bwob.people.models import Role
from bwob.privacy.labels import Impersonal
from bwob.workflow import Workflow, guard

STEPS = 12
MOVES: dict[str, set[str]] = {"todo": {"doing", "done"}, "doing": {"todo", "done"}, "done": {"todo", "doing"}}


class StepProgressQuerySet(models.QuerySet["StepProgress"]):
    def visible_to(self, user: Any) -> "StepProgressQuerySet":
        """HR of the organisation: how far it is, is its own business."""
        own = user.organisations(Role.HR) if user.is_authenticated else []
        return self.filter(organisation__in=own)


@pghistory.track()
class StepProgress(Workflow):
    """How far one organisation is with one step of the Toolkit."""

    class State(models.TextChoices):
        TODO = "todo", _("To do")
        DOING = "doing", _("Under way")
        DONE = "done", _("Done")

    MOVES = MOVES
    privacy = Impersonal("the work of an organisation; the owner is named as part of the job")

    state = models.CharField(_("state"), max_length=5, choices=State, default=State.TODO)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("organisation"), editable=False
    )
    number = models.PositiveSmallIntegerField(
        _("step"), validators=[MinValueValidator(1), MaxValueValidator(STEPS)], editable=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who does it"),
    )
    evidence = models.TextField(
        _("what shows it"),
        max_length=1000,
        blank=True,
        help_text=_("Where the text, the decision or the minutes are. No names of alumni."),
    )

    objects = StepProgressQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation", "number"]
        verbose_name = _("step of the Toolkit")
        verbose_name_plural = _("steps of the Toolkit")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="toolkit_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("alumni:toolkit_step", args=[self.number])
