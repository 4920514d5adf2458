import uuid
from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation
from bwob.people.models import Role
from bwob.privacy.labels import Impersonal
from mobility import wording
from mobility.models.days import CareerDay

ORGANISERS = (Role.HR, Role.MANAGER, Role.PROGRAMME)


class ScriptQuerySet(models.QuerySet["Script"]):
    def visible_to(self, user: Any) -> "ScriptQuerySet":
        """What is shared is public; the rest is for those who organise at the same organisation."""
        shared = Q(shared_at__isnull=False)
        return self.filter(shared | self.managed(user)) if user.is_authenticated else self.filter(shared)

    def manageable_by(self, user: Any) -> "ScriptQuerySet":
        return self.filter(self.managed(user))

    @staticmethod
    def managed(user: Any) -> Q:
        return Q(organisation__in=user.organisations(*ORGANISERS))

    def shared(self) -> "ScriptQuerySet":
        return self.filter(shared_at__isnull=False).order_by("-shared_at", "pk")

    def with_names(self) -> "ScriptQuerySet":
        return self.select_related("organisation", "origin__organisation", "day")


@pghistory.track()
class Script(models.Model):
    """A *draaiboek*: what to do and when, to be ticked off; another organisation takes a copy of it."""

    privacy = Impersonal("how an organisation prepares an event")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="scripts", verbose_name=_("organisation")
    )
    title = models.CharField(_("title"), max_length=120)
    day = models.OneToOneField(
        CareerDay,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="script",
        verbose_name=_("for this career day"),
    )
    origin = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="copies",
        verbose_name=_("copied from"),
    )
    lessons = models.TextField(
        _("what you learned"),
        max_length=3000,
        blank=True,
        help_text=_("For whoever takes this over: what went well, and what you would do otherwise."),
    )
    shared_at = models.DateTimeField(_("shared at"), null=True, blank=True, editable=False)

    objects = ScriptQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title", "pk"]
        verbose_name = _("script")
        verbose_name_plural = _("scripts")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mobility:day_script", args=[self.key])


class ScriptStepQuerySet(models.QuerySet["ScriptStep"]):
    def visible_to(self, user: Any) -> "ScriptStepQuerySet":
        return self.filter(script__in=Script.objects.visible_to(user))


class ScriptStep(models.Model):
    """One thing to do, so many weeks before the day (or after it, below zero)."""

    privacy = Impersonal("how an organisation prepares an event")

    script = models.ForeignKey(Script, models.CASCADE, related_name="steps", verbose_name=_("script"))
    weeks = models.SmallIntegerField(_("weeks before the day"))
    text = models.CharField(_("what to do"), max_length=300)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    objects = ScriptStepQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-weeks", "pk"]
        verbose_name = _("step of a script")
        verbose_name_plural = _("steps of scripts")

    def __str__(self) -> str:
        return self.text

    when_text = property(lambda self: wording.weeks_before(self.weeks))
