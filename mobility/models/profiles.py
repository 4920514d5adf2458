"""What somebody brings and looks for, in blocks that each have their own circle of readers."""

import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation, Tier
from bwob.people.models import Role, WorkAddress
from bwob.privacy.labels import Keep, Personal
from mobility.models.exchanges import Exchange


class Step(models.TextChoices):
    """The circles of readers, from the narrowest to the widest; each takes in those before it."""

    ME = "me", _("only me")
    EMPLOYER = "employer", _("HR and managers of my employer")
    REGION = "region", _("HR and managers in my region")
    GOVERNMENTS = "governments", _("HR and managers of all governments")
    PUBLIC = "public", _("everybody with the address of my page")


BLOCKS: dict[str, Q] = {
    "skills": ~Q(skills=[]),
    "work_fields": ~Q(work_fields=[]),
    "wishes": ~Q(wishes="") | ~Q(kinds=[]),
    "regions": ~Q(regions=[]),
    "hours": Q(hours_min__isnull=False),
    "scale": Q(scale__isnull=False),
}
"""The blocks of a profile, each with what makes that something stands in it."""


class ProfileQuerySet(models.QuerySet["Profile"]):
    def visible_to(self, user: Any) -> "ProfileQuerySet":
        """The own one; of others those who want to be found and opened at least one block to this reader."""
        anything = Q(pk__in=[])
        for block in BLOCKS:
            anything |= self.opened(block, user)
        others = self.to_be_found() & anything
        return self.filter(Q(user=user) | others if user.is_authenticated else others)

    @staticmethod
    def to_be_found() -> Q:
        """Who says so, confirmed the profile within a year, and of whom we know where he or she works."""
        now = timezone.now()
        return Q(
            is_findable=True,
            confirmed_at__gt=now - Profile.FRESH,
            user__is_active=True,
            user__work_address__verified_at__gt=now - WorkAddress.VALID,
        )

    def ageing(self) -> "ProfileQuerySet":
        """To be found for two weeks more at most, and not asked about since it was confirmed."""
        since = timezone.now() - Profile.FRESH
        soon = self.filter(
            is_findable=True, confirmed_at__gt=since, confirmed_at__lt=since + Profile.ASK_BEFORE
        )
        return soon.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("confirmed_at")), user__is_active=True)

    @staticmethod
    def opened(block: str, user: Any) -> Q:
        """Something stands in this block, and this reader is in the circle it was opened to."""
        circle = Q(**{f"{block}_for": Step.PUBLIC})
        readers = user.organisations(Role.HR, Role.MANAGER) if user.is_authenticated else []
        if readers:
            same = Q(user__work_address__organisation__in=readers)
            regions = Organisation.objects.filter(pk__in=[one.pk for one in readers]).values("place__region")
            near = same | Q(user__work_address__organisation__place__region__in=regions)
            circle |= Q(**{f"{block}_for": Step.EMPLOYER}) & same
            circle |= Q(**{f"{block}_for": Step.REGION}) & near
        if any(one.tier != Tier.PRIVATE_PARTNER for one in readers):
            circle |= Q(**{f"{block}_for": Step.GOVERNMENTS})
        return circle & BLOCKS[block]

    def with_opened(self, user: Any) -> "ProfileQuerySet":
        """Each with `opens_<block>`: may this reader see the block? One's own are all open."""
        own = Q(user=user) if user.is_authenticated else Q(pk__in=[])
        opens: dict[str, Any] = {
            f"opens_{block}": ExpressionWrapper(
                self.opened(block, user) | own & filled, output_field=BooleanField()
            )
            for block, filled in BLOCKS.items()
        }
        return self.annotate(**opens)


@pghistory.track()
class Profile(models.Model):
    """What somebody brings and looks for. It says why an exchange fits; others see what is opened to them.

    Nothing in it is about health, belief, union or descent, and the free words are never used to match.
    """

    FRESH = datetime.timedelta(days=365)
    ASK_BEFORE = datetime.timedelta(days=14)
    Step = Step
    privacy = Personal(
        person="user",
        purpose=_("Showing you what fits you, and others what you open to them"),
        keep=Keep.ACCOUNT,
        work={"skills", "work_fields", "kinds", "regions", "hours_min", "hours_max", "scale"},
        words={"wishes"},
        trail={"is_findable", "confirmed_at", "reminded_at", *(f"{block}_for" for block in BLOCKS)},
        technical={"id", "key", "user"},
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile")
    skills = ArrayField(
        models.CharField(max_length=60), verbose_name=_("skills"), default=list, blank=True, size=20
    )
    work_fields = ArrayField(
        models.CharField(max_length=20, choices=Exchange.Field),
        verbose_name=_("fields of work"),
        default=list,
        blank=True,
    )
    kinds = ArrayField(
        models.CharField(max_length=12, choices=Exchange.Kind),
        verbose_name=_("kinds of exchange"),
        default=list,
        blank=True,
    )
    wishes = models.TextField(
        _("what you look for"),
        max_length=600,
        blank=True,
        help_text=_("In a few sentences. Write nothing about your health, belief or family."),
    )
    regions = ArrayField(models.CharField(max_length=60), verbose_name=_("regions"), default=list, blank=True)
    hours_min = models.PositiveSmallIntegerField(
        _("hours a week, from"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(40)],
    )
    hours_max = models.PositiveSmallIntegerField(
        _("hours a week, to"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(40)],
    )
    scale = models.PositiveSmallIntegerField(
        _("your scale"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(18)]
    )
    skills_for = models.CharField(_("who sees your skills"), max_length=12, choices=Step, default=Step.ME)
    work_fields_for = models.CharField(
        _("who sees your fields"), max_length=12, choices=Step, default=Step.ME
    )
    wishes_for = models.CharField(_("who sees your wishes"), max_length=12, choices=Step, default=Step.ME)
    regions_for = models.CharField(_("who sees your regions"), max_length=12, choices=Step, default=Step.ME)
    hours_for = models.CharField(_("who sees your hours"), max_length=12, choices=Step, default=Step.ME)
    scale_for = models.CharField(_("who sees your scale"), max_length=12, choices=Step, default=Step.ME)
    is_findable = models.BooleanField(_("I want to be found"), default=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("work profile")
        verbose_name_plural = _("work profiles")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hours_min=None, hours_max=None)
                | Q(
                    hours_min__isnull=False,
                    hours_max__isnull=False,
                    hours_min__gte=1,
                    hours_max__lte=40,
                    hours_max__gte=F("hours_min"),
                ),
                name="profile_hours",
                violation_error_code="hours_max",
                violation_error_message=_(
                    "The hours run from low to high, between 1 and 40. Fill in both, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(scale=None) | Q(scale__gte=1, scale__lte=18),
                name="profile_scale",
                violation_error_code="scale",
                violation_error_message=_("A scale is a number from 1 to 18."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-confirmed_at"], name="profile_to_be_found", condition=Q(is_findable=True))
        ]

    def __str__(self) -> str:
        return f"{self.user}"

    def get_absolute_url(self) -> str:
        return reverse("mobility:person", args=[self.key])

    @property
    def is_empty(self) -> bool:
        return not any(
            (self.skills, self.work_fields, self.kinds, self.regions, self.hours_min, self.scale, self.wishes)
        )

    @property
    def is_fresh(self) -> bool:
        return timezone.now() - self.confirmed_at < self.FRESH

    @property
    def has_public_page(self) -> bool:
        return self.is_findable and any(getattr(self, f"{block}_for") == Step.PUBLIC for block in BLOCKS)

    @property
    def field_labels(self) -> list[str | Promise]:
        return [label for value, label in Exchange.Field.choices if value in self.work_fields]

    @property
    def kind_labels(self) -> list[str | Promise]:
        return [label for value, label in Exchange.Kind.choices if value in self.kinds]
