import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bwob.meetings import RUNNING, SEAT_MOVES, Seat, SeatQuerySet
from bwob.organisations.models import Organisation
from bwob.privacy.labels import Keep, Personal
from bwob.workflow import guard
from mobility.models.days import CareerDay


class DaySignupQuerySet(SeatQuerySet["Signup"]):
    def visible_to(self, user: Any) -> "DaySignupQuerySet":
        """The person, and those who manage the day. Nobody else: not the own employer, not the programme."""
        return self.filter(Q(person=user) | Q(day__in=CareerDay.objects.manageable_by(user)))

    def of_employer(self, organisations: list[Organisation]) -> "DaySignupQuerySet":
        return self.filter(employer__in=organisations)

    def with_names(self) -> "DaySignupQuerySet":
        return self.select_related("day__organisation", "day__place", "person", "employer")


@pghistory.track()
class Signup(Seat):
    """Somebody who comes to a career day, or waits for a place there."""

    MEETING = "day"
    privacy = Personal(
        person="person",
        purpose=_("Organising a career day"),
        keep=Keep.APPLICATION,
        work={"day", "employer"},
        trail={*Seat.TRAIL, "feedback_asked", "feedback_given"},
        technical={"id", "key", "person"},
    )

    day = models.ForeignKey(CareerDay, models.PROTECT, related_name="signups", verbose_name=_("career day"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="signups", verbose_name=_("person")
    )
    employer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="signups_of_staff", verbose_name=_("employer")
    )
    feedback_asked = models.BooleanField(_("feedback asked"), default=False, editable=False)
    feedback_given = models.BooleanField(_("feedback given"), default=False, editable=False)

    objects = DaySignupQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["day", "number"]
        verbose_name = _("sign-up for a career day")
        verbose_name_plural = _("sign-ups for career days")
        triggers: ClassVar = [guard(SEAT_MOVES)]
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
