import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation
from bwob.privacy.labels import Keep, Personal
from bwob.workflow import Workflow, guard
from mobility.models.days import CareerDay

MOVES: dict[str, set[str]] = {
    "seated": {"withdrawn", "cancelled"},
    "waiting": {"offered", "withdrawn", "lapsed", "cancelled"},
    "offered": {"seated", "withdrawn", "lapsed", "cancelled"},
    "withdrawn": set(),
    "lapsed": set(),
    "cancelled": set(),
}
RUNNING = ["seated", "waiting", "offered"]


class DaySignupQuerySet(models.QuerySet["Signup"]):
    def visible_to(self, user: Any) -> "DaySignupQuerySet":
        """The person, and those who manage the day. Nobody else: not the own employer, not the programme."""
        return self.filter(Q(person=user) | Q(day__in=CareerDay.objects.manageable_by(user)))

    def running(self) -> "DaySignupQuerySet":
        """Has a place, waits for one, or has one on offer. At most one per person and day."""
        return self.filter(state__in=RUNNING)

    def seated(self) -> "DaySignupQuerySet":
        return self.filter(state=Signup.State.SEATED)

    def queued(self) -> "DaySignupQuerySet":
        """On the waiting list, the first in line first."""
        return self.filter(state=Signup.State.WAITING).order_by("number")

    def attended(self) -> "DaySignupQuerySet":
        return self.filter(attended_at__isnull=False)

    def overdue(self, moment: datetime.datetime) -> "DaySignupQuerySet":
        return self.filter(due_at__lt=moment, state__in=[Signup.State.WAITING, Signup.State.OFFERED])

    def of_employer(self, organisations: list[Organisation]) -> "DaySignupQuerySet":
        return self.filter(employer__in=organisations)

    def with_names(self) -> "DaySignupQuerySet":
        return self.select_related("day__organisation", "day__place", "person", "employer")


@pghistory.track()
class Signup(Workflow):
    """Somebody who comes to a career day, or waits for a place there."""

    class State(models.TextChoices):
        SEATED = "seated", _("Has a place")
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("Place on offer")
        WITHDRAWN = "withdrawn", _("Signed off")
        LAPSED = "lapsed", _("Lapsed")
        CANCELLED = "cancelled", _("The day was cancelled")

    MOVES = MOVES
    TERMS: ClassVar = {
        State.WAITING: datetime.timedelta(days=730),
        State.OFFERED: datetime.timedelta(days=2),
    }
    privacy = Personal(
        person="person",
        purpose=_("Organising a career day"),
        keep=Keep.APPLICATION,
        work={"day", "employer"},
        trail={
            *("state", "moved_at", "due_at", "number", "signed_up_at"),
            *("attended_at", "feedback_asked", "feedback_given", "reminded", "keep_until"),
        },
        technical={"id", "key", "person"},
    )

    state = models.CharField(_("state"), max_length=20, choices=State, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    day = models.ForeignKey(CareerDay, models.PROTECT, related_name="signups", verbose_name=_("career day"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="signups", verbose_name=_("person")
    )
    employer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="signups_of_staff", verbose_name=_("employer")
    )
    number = models.PositiveIntegerField(_("number in order of signing up"), editable=False)
    signed_up_at = models.DateTimeField(_("signed up at"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)
    attended_at = models.DateTimeField(_("attended at"), null=True, blank=True, editable=False)
    reminded = models.BooleanField(_("reminded"), default=False, editable=False)
    feedback_asked = models.BooleanField(_("feedback asked"), default=False, editable=False)
    feedback_given = models.BooleanField(_("feedback given"), default=False, editable=False)
    keep_until = models.DateField(_("kept until"), null=True, blank=True, editable=False)

    objects = DaySignupQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["day", "number"]
        verbose_name = _("sign-up for a career day")
        verbose_name_plural = _("sign-ups for career days")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "person"], condition=Q(state__in=RUNNING), name="signup_once_per_day"
            ),
            models.UniqueConstraint(fields=["day", "number"], name="signup_one_per_number"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["day", "state", "number"], name="signup_of_day"),
            models.Index(fields=["due_at"], name="signup_due", condition=Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("mobility:career_day", args=[self.day.slug])

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        """An offer stands for two days, a place on the list until the day begins; neither any longer."""
        due_at = super().due_in(state, moment)
        return min(due_at, self.day.begins) if due_at else None

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def position(self) -> int:
        """The place on the waiting list, from 1. One query."""
        return Signup.objects.filter(day=self.day_id, number__lt=self.number).queued().count() + 1


class DayFeedbackQuerySet(models.QuerySet["DayFeedback"]):
    def visible_to(self, user: Any) -> "DayFeedbackQuerySet":
        """Only who manages the day reads what was written."""
        return self.filter(day__in=CareerDay.objects.manageable_by(user))

    def in_words(self) -> "DayFeedbackQuerySet":
        return self.exclude(learned="", better="")


class DayFeedback(models.Model):
    """What somebody who was there found of it, without who; the order by key tells nothing."""

    privacy = Personal(
        person=None,
        purpose=_("Making the next career day better"),
        keep=Keep.APPLICATION,
        words={"grade", "learned", "better"},
        trail={"keep_until"},
        technical={"id", "key", "day"},
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    day = models.ForeignKey(CareerDay, models.CASCADE, related_name="feedback", verbose_name=_("career day"))
    grade = models.PositiveSmallIntegerField(
        _("your grade"), validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    learned = models.TextField(_("what will you do with it?"), max_length=1000, blank=True)
    better = models.TextField(_("what could be better?"), max_length=1000, blank=True)
    keep_until = models.DateField(_("kept until"), editable=False)

    objects = DayFeedbackQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["key"]
        verbose_name = _("feedback on a career day")
        verbose_name_plural = _("feedback on career days")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=10), name="day_feedback_grade")
        ]

    def __str__(self) -> str:
        return f"{self.grade}: {self.day}"
