import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Impersonal, Keep, Personal
from bwob.workflow import Workflow, guard
from doetanks.models.challenges import Challenge

CAFE_MOVES: dict[str, set[str]] = {"planned": {"cancelled"}, "cancelled": set()}
SIGNUP_MOVES: dict[str, set[str]] = {
    "coming": {"cancelled"},
    "waiting": {"coming", "cancelled", "lapsed"},
    "cancelled": set(),
    "lapsed": set(),
}
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


class CafeQuerySet(models.QuerySet["Cafe"]):
    def visible_to(self, user: Any) -> "CafeQuerySet":
        """Cafés are public; where the call is, and the code, stand on no public page."""
        return self.all()

    def coming(self) -> "CafeQuerySet":
        return self.filter(ends_at__gte=timezone.now()).order_by("starts_at")

    def past(self) -> "CafeQuerySet":
        return self.filter(ends_at__lt=timezone.now(), state=Cafe.State.PLANNED).order_by("-starts_at")

    def locked(self) -> "CafeQuerySet":
        return self.select_for_update(of=("self",))


@pghistory.track(exclude=["code"])
class Cafe(Workflow):
    """A morning on which innovators meet, somewhere or online; what is asked there can become a challenge."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = CAFE_MOVES
    DOOR_OPENS = datetime.timedelta(minutes=30)
    DOOR_CLOSES = datetime.timedelta(hours=2)
    privacy = Impersonal("a public meeting; who organises it is named as part of the job")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED, editable=False)
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(max_length=110, unique=True, editable=False)
    text = models.TextField(_("what happens there"), max_length=3000)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    where = models.CharField(
        _("where"),
        max_length=200,
        blank=True,
        help_text=_("Address and room. Leave empty if it is online only."),
    )
    call = models.URLField(
        _("address of the call"),
        blank=True,
        help_text=_("Only who comes sees it. Leave empty if it is on site only."),
    )
    capacity = models.PositiveSmallIntegerField(
        _("places"), default=60, validators=[MinValueValidator(5), MaxValueValidator(500)]
    )
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="cafes",
        verbose_name=_("organiser"),
    )
    code = models.CharField(max_length=6, editable=False)

    objects = CafeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_at"]
        verbose_name = _("café")
        verbose_name_plural = _("cafés")
        triggers: ClassVar = [guard(CAFE_MOVES)]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="cafe_period",
                violation_error_code="ends_at",
                violation_error_message=_("It ends before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(where="") | ~Q(call=""),
                name="cafe_is_somewhere",
                violation_error_code="where",
                violation_error_message=_("Say where it is: a place, a call, or both."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or f"{slugify(self.title)[:95] or 'cafe'}-{get_random_string(6, SIGNS)}"
        self.code = self.code or get_random_string(6, SIGNS)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("doetanks:cafe", args=[self.slug])

    @property
    def is_coming(self) -> bool:
        return self.state == self.State.PLANNED and self.ends_at >= timezone.now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def is_door_open(self) -> bool:
        """May somebody show by the code that he or she is there?"""
        opens, closes = self.starts_at - self.DOOR_OPENS, self.ends_at + self.DOOR_CLOSES
        return self.state == self.State.PLANNED and opens <= timezone.now() <= closes

    @property
    def where_text(self) -> str:
        return self.where or str(_("Online"))


class SignupQuerySet(models.QuerySet["Signup"]):
    def visible_to(self, user: Any) -> "SignupQuerySet":
        """The person, and who organises the café."""
        return self.filter(Q(person=user) | Q(cafe__organiser=user))

    def running(self) -> "SignupQuerySet":
        return self.filter(state__in=["coming", "waiting"])

    def expected(self) -> "SignupQuerySet":
        return self.filter(state=Signup.State.COMING)

    def in_line(self) -> "SignupQuerySet":
        return self.filter(state=Signup.State.WAITING).order_by("moved_at", "pk")

    def overdue(self, moment: datetime.datetime) -> "SignupQuerySet":
        return self.filter(state=Signup.State.WAITING, due_at__lt=moment)


@pghistory.track()
class Signup(Workflow):
    """Somebody comes to a café, or waits for a place."""

    class State(models.TextChoices):
        COMING = "coming", _("You come")
        WAITING = "waiting", _("On the waiting list")
        CANCELLED = "cancelled", _("Cancelled")
        LAPSED = "lapsed", _("Lapsed")

    MOVES = SIGNUP_MOVES
    TERMS: ClassVar = {State.WAITING: datetime.timedelta(0)}
    privacy = Personal(
        person="person",
        purpose=_("Knowing who comes to a café"),
        keep=Keep.TEAMWORK,
        work={"cafe"},
        trail={"state", "moved_at", "due_at", "attended_at", "keep_until"},
        technical={"id", "person"},
    )

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.COMING, editable=False)
    cafe = models.ForeignKey(Cafe, models.CASCADE, related_name="signups", verbose_name=_("café"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="cafe_signups", verbose_name=_("person")
    )
    due_at = models.DateTimeField(_("due at"), null=True, editable=False)
    attended_at = models.DateTimeField(_("was there at"), null=True, editable=False)
    keep_until = models.DateField(_("kept until"), null=True, editable=False)

    objects = SignupQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["moved_at"]
        verbose_name = _("sign-up for a café")
        verbose_name_plural = _("sign-ups for cafés")
        triggers: ClassVar = [guard(SIGNUP_MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cafe", "person"], condition=Q(state__in=["coming", "waiting"]), name="signup_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.cafe}"

    def get_absolute_url(self) -> str:
        return self.cafe.get_absolute_url()

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        """Who waits, waits until it begins."""
        return self.cafe.starts_at if state == self.State.WAITING else None


class CafeQuestionQuerySet(models.QuerySet["CafeQuestion"]):
    def visible_to(self, user: Any) -> "CafeQuestionQuerySet":
        """The questions of a café are public, without a name."""
        return self.all()


class CafeQuestion(models.Model):
    """A question that was left at a café; somebody who decides on it can make it a challenge."""

    privacy = Impersonal("a question in public, without a name; who asked is taken off when the account goes")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cafe = models.ForeignKey(Cafe, models.CASCADE, related_name="questions")
    text = models.CharField(_("your question"), max_length=300)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    challenge = models.ForeignKey(
        Challenge, models.SET_NULL, null=True, editable=False, related_name="from_cafes"
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)

    objects = CafeQuestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        verbose_name = _("question of a café")
        verbose_name_plural = _("questions of cafés")

    def __str__(self) -> str:
        return self.text
