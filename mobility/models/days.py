from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bwob.meetings import MEETING_MOVES, Meeting, MeetingQuerySet, hours_of, meeting_constraints
from bwob.organisations.models import Organisation, Place, PublicQuerySet
from bwob.people.models import Role
from bwob.privacy.labels import Impersonal
from bwob.workflow import guard


class CareerDayQuerySet(MeetingQuerySet["CareerDay"]):
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

    def with_names(self) -> "CareerDayQuerySet":
        return self.select_related("organisation", "place")


@pghistory.track(exclude=["code"])
class CareerDay(Meeting):
    """A day on which people of several organisations meet work that is not theirs. It is held by its date."""

    class Kind(models.TextChoices):
        CAREER = "career", _("Career day")
        CONTACT = "contact", _("'Maak contact' day")
        KITCHEN = "kitchen", _("In someone else's kitchen")

    privacy = Impersonal("an event of an organisation; the contact is shown by name only, as part of the job")

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
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="career_days", verbose_name=_("place")
    )
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="career_days_as_contact",
        verbose_name=_("contact"),
    )

    objects = CareerDayQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["held_on", "starts_at", "pk"]
        verbose_name = _("career day")
        verbose_name_plural = _("career days")
        triggers: ClassVar = [guard(MEETING_MOVES)]
        constraints: ClassVar = meeting_constraints("career_day")
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
        return f"{hours_of(self.starts_at, self.ends_at)} {self.title}"
