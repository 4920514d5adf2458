import datetime
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alumni.models.networks import AlumniNetwork, Purpose
from bwob.privacy.labels import Keep, Personal
from bwob.workflow import Workflow, guard

MOVES: dict[str, set[str]] = {"planned": {"moved", "cancelled"}, "moved": set(), "cancelled": set()}


class DepartureQuerySet(models.QuerySet["Departure"]):
    def visible_to(self, user: Any) -> "DepartureQuerySet":
        """Nobody but the person: that somebody thinks of leaving is no business of the employer."""
        return self.filter(person=user)

    def planned(self) -> "DepartureQuerySet":
        return self.filter(state=Departure.State.PLANNED)

    def due(self, day: datetime.date) -> "DepartureQuerySet":
        """The last day is over."""
        return self.planned().filter(last_day__lt=day)


@pghistory.track()
class Departure(Workflow):
    """What an employee records before leaving; after the last day it becomes an `Alumnus` by itself.

    There is no field for the reason to leave.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        MOVED = "moved", _("Moved to the network")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = MOVES
    privacy = Personal(
        person="person",
        purpose=_("Staying in touch with a former employer"),
        keep=Keep.BRIEF,
        contact={"email"},
        work={"network", "last_day", "department", "expertise"},
        trail={"state", "moved_at", "purposes", "is_shown"},
        technical={"id", "person"},
    )

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="departures", verbose_name=_("person")
    )
    network = models.ForeignKey(
        AlumniNetwork, models.PROTECT, related_name="departures", verbose_name=_("alumni network")
    )
    last_day = models.DateField(_("your last working day"))
    email = models.EmailField(
        _("your private e-mail address"),
        max_length=254,
        help_text=_("Used for this network from the day after your last working day."),
    )
    department = models.CharField(_("your department"), max_length=120, blank=True)
    expertise = ArrayField(
        models.CharField(max_length=60), verbose_name=_("what you know a lot about"), default=list, blank=True
    )
    purposes = ArrayField(
        models.CharField(max_length=8, choices=Purpose), verbose_name=_("what we may approach you for")
    )
    is_shown = models.BooleanField(
        _("fellow alumni may see my name and expertise"), default=False, blank=True
    )

    objects = DepartureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["last_day"]
        verbose_name = _("departure")
        verbose_name_plural = _("departures")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "network"],
                condition=Q(state="planned"),
                name="departure_once_at_a_time",
                violation_error_message=_("You have planned this already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.network}, {self.last_day}"

    def get_absolute_url(self) -> str:
        return reverse("alumni:departure")

    @property
    def is_due(self) -> bool:
        return self.last_day < timezone.localdate()
