import datetime
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation, Place, PublicQuerySet
from bwob.people.models import Role
from bwob.privacy.labels import Impersonal
from bwob.workflow import Workflow, guard
from mobility import wording

MOVES: dict[str, set[str]] = {
    "draft": {"published", "cancelled"},
    "published": {"cancelled"},
    "cancelled": set(),
}
HOLDS_A_SEAT = ["seated", "offered"]
LEGIBLE = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_code() -> str:
    return get_random_string(6, LEGIBLE)


class CareerDayQuerySet(models.QuerySet["CareerDay"]):
    def visible_to(self, user: Any) -> "CareerDayQuerySet":
        """What was ever published is public, also when it was cancelled; drafts are for who manages them."""
        public = Q(published_at__isnull=False)
        if not user.is_authenticated:
            return self.filter(public)
        if user.has_role(Role.PROGRAMME):
            return self.all()
        return self.filter(public | self.managed(user))

    def manageable_by(self, user: Any) -> "CareerDayQuerySet":
        """HR and the programme office manage all of their organisation, a manager the own ones."""
        return self.filter(self.managed(user))

    @staticmethod
    def managed(user: Any) -> Q:
        all_of = user.organisations(Role.HR, Role.PROGRAMME)
        return Q(organisation__in=all_of) | Q(organisation__in=user.organisations(Role.MANAGER), contact=user)

    def published(self) -> "CareerDayQuerySet":
        return self.filter(state=CareerDay.State.PUBLISHED)

    def coming(self) -> "CareerDayQuerySet":
        """Today or later, the first first."""
        return (
            self.published().filter(held_on__gte=timezone.localdate()).order_by("held_on", "starts_at", "pk")
        )

    def past(self) -> "CareerDayQuerySet":
        return self.published().filter(held_on__lt=timezone.localdate()).order_by("-held_on", "pk")

    def with_a_queue(self) -> "CareerDayQuerySet":
        """Coming ones on which somebody waits for a place."""
        return self.coming().filter(signups__state="waiting").distinct()

    def with_names(self) -> "CareerDayQuerySet":
        return self.select_related("organisation", "place")

    def with_seats(self) -> "CareerDayQuerySet":
        """With the number of places that are given or on offer, as `taken`."""
        return self.annotate(taken=Count("signups", filter=Q(signups__state__in=HOLDS_A_SEAT)))


@pghistory.track(exclude=["code"])
class CareerDay(Workflow):
    """A day on which people of several organisations meet work that is not theirs. It is held by its date."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")

    class Kind(models.TextChoices):
        CAREER = "career", _("Career day")
        CONTACT = "contact", _("'Maak contact' day")
        KITCHEN = "kitchen", _("In someone else's kitchen")

    MOVES = MOVES
    privacy = Impersonal("an event of an organisation; the contact is shown by name only, as part of the job")

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="career_days", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.CAREER)
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(max_length=110, unique=True, editable=False)
    summary = models.CharField(
        _("in short"),
        max_length=300,
        help_text=_("One or two sentences, at most 300 characters. Shown in lists."),
    )
    about = models.TextField(_("what happens that day"), max_length=6000)
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("begins at"), default=datetime.time(9, 30))
    ends_at = models.TimeField(_("ends at"), default=datetime.time(16, 0))
    is_online = models.BooleanField(_("online"), default=False)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="career_days", verbose_name=_("place")
    )
    venue = models.CharField(_("building or address"), max_length=200, blank=True)
    online_url = models.URLField(
        _("link to take part online"),
        max_length=300,
        blank=True,
        help_text=_("Only people with a place see this."),
    )
    capacity = models.PositiveSmallIntegerField(
        _("places"), default=30, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="career_days_as_contact",
        verbose_name=_("contact"),
    )
    code = models.CharField(_("code of the day"), max_length=6, default=new_code, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    objects = CareerDayQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["held_on", "starts_at", "pk"]
        verbose_name = _("career day")
        verbose_name_plural = _("career days")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="career_day_times",
                violation_error_code="ends_at",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=False) | Q(is_online=True),
                name="career_day_somewhere",
                violation_error_code="place",
                violation_error_message=_("Choose a place, or say that it is online."),
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="career_day_published_at",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "held_on"], name="career_day_coming")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            tail = get_random_string(6, "abcdefghjkmnpqrstuvwxyz23456789")
            self.slug = f"{slugify(self.title)[:95] or 'dag'}-{tail}"
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("mobility:career_day", args=[self.slug])

    @property
    def begins(self) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(self.held_on, self.starts_at))

    @property
    def ends(self) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(self.held_on, self.ends_at))

    @property
    def is_open(self) -> bool:
        """One can sign up, for a place or for the waiting list, until it begins."""
        return self.state == self.State.PUBLISHED and timezone.now() < self.begins

    @property
    def is_today(self) -> bool:
        return self.state == self.State.PUBLISHED and self.held_on == timezone.localdate()

    @property
    def is_held(self) -> bool:
        return self.state == self.State.PUBLISHED and self.ends <= timezone.now()

    @property
    def seats_left(self) -> int:
        """Places neither given nor on offer; one query, or none after `with_seats`."""
        taken = getattr(self, "taken", None)
        if taken is None:
            taken = self.signups.filter(state__in=HOLDS_A_SEAT).count()
        return max(0, self.capacity - taken)

    @property
    def seats_text(self) -> str:
        """In words: the exact number would tell how many people came, also when that is very few."""
        return wording.seats(self.seats_left)

    @property
    def where_text(self) -> str:
        return wording.where(str(self.place or ""), self.venue, self.is_online)

    when_text = property(lambda self: wording.day_and_times(self.held_on, self.starts_at, self.ends_at))


class Session(models.Model):
    """A part of the programme of a day."""

    privacy = Impersonal("the programme of an event")

    day = models.ForeignKey(CareerDay, models.CASCADE, related_name="sessions", verbose_name=_("career day"))
    starts_at = models.TimeField(_("begins at"))
    ends_at = models.TimeField(_("ends at"))
    title = models.CharField(_("title"), max_length=200)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_at", "pk"]
        verbose_name = _("part of a career day")
        verbose_name_plural = _("parts of career days")

    def __str__(self) -> str:
        return wording.session(self.starts_at, self.ends_at, self.title)
