import datetime
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.organisations.models import Place
from bwob.privacy.labels import Impersonal
from bwob.workflow import Workflow, guard

MOVES: dict[str, set[str]] = {
    "published": {"unconfirmed", "archived"},
    "unconfirmed": {"published", "stale", "archived"},
    "stale": {"published", "archived"},
    "archived": set(),
}
COUNTRY = {"south": 50.7, "north": 53.6, "west": 3.3, "east": 7.3}
"""Degrees (WGS84) around the European part of the Netherlands."""


class NetworkQuerySet(models.QuerySet["Network"]):
    def visible_to(self, user: Any) -> "NetworkQuerySet":
        """Networks are public, those of the past too; what somebody only proposed is a `Proposal`."""
        return self.all()

    def current(self) -> "NetworkQuerySet":
        """Confirmed, or asked to confirm and not silent for too long."""
        return self.filter(state__in=[Network.State.PUBLISHED, Network.State.UNCONFIRMED])

    def existing(self) -> "NetworkQuerySet":
        """Not known to have ended; nobody may have confirmed some of them for a long time."""
        return self.exclude(state=Network.State.ARCHIVED)

    def during(self, first: datetime.date, last: datetime.date) -> "NetworkQuerySet":
        """In existence on one of these days at least."""
        return self.filter(starts_on__lte=last).filter(Q(ends_on=None) | Q(ends_on__gte=first))

    def unsure(self) -> "NetworkQuerySet":
        """Of which somebody has to say that it is still so."""
        return self.filter(state__in=[Network.State.UNCONFIRMED, Network.State.STALE])

    def overdue(self, moment: datetime.datetime) -> "NetworkQuerySet":
        return self.existing().filter(due_at__lt=moment)

    def answered_for_by(self, user: Any) -> "NetworkQuerySet":
        """Where this person is the contact, or coordinates the region or province."""
        regions = user.coordinates.values("region")
        ours = Q(place__region__in=regions) | Q(place__province__in=regions)
        return self.filter(Q(contact=user) | ours)

    def unanswered(self, moment: datetime.datetime) -> "NetworkQuerySet":
        """Somebody was asked to be the contact, and the time to answer has passed."""
        return self.filter(invited_at__lt=moment - Network.ANSWER_WITHIN)

    def with_names(self) -> "NetworkQuerySet":
        """With the place and region that every row shows, in the same query."""
        return self.select_related("place__region", "place__province")


@pghistory.track(exclude=["sort_name", "invited", "invited_at"])
class Network(Workflow):
    """Organisations in one area that work together, such as on moving staff from job to job."""

    class State(models.TextChoices):
        PUBLISHED = "published", _("Published")
        UNCONFIRMED = "unconfirmed", _("To be confirmed")
        STALE = "stale", _("Not confirmed")
        ARCHIVED = "archived", _("Ended")

    class Kind(models.TextChoices):
        MOBILITY = "mobility", _("Regional mobility network")
        WORK_TO_WORK = "work_to_work", _("Work-to-work network")
        ALUMNI = "alumni", _("Alumni network")
        LEARNING = "learning", _("Learning network")
        ALLIANCE = "alliance", _("Partnership of organisations")

    class Theme(models.TextChoices):
        CAREER = "career", _("Career and mobility")
        LEARNING = "learning", _("Learning together")
        DIGITAL = "digital", _("Digital work")
        CARE = "care", _("Care and social work")
        SPACE = "space", _("Space and environment")
        SAFETY = "safety", _("Safety")
        STARTERS = "starters", _("Young staff and starters")
        EXPERTISE = "expertise", _("Sharing scarce expertise")

    ANSWER_WITHIN = datetime.timedelta(days=30)
    MOVES = MOVES
    TERMS: ClassVar = {
        State.PUBLISHED: datetime.timedelta(days=365),
        State.UNCONFIRMED: datetime.timedelta(days=30),
        State.STALE: datetime.timedelta(days=730),
    }
    privacy = Impersonal(
        "what organisations do together; the contact gets mail, and no page names him or her"
    )

    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.PUBLISHED, editable=False
    )
    slug = models.SlugField(max_length=110, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=150)
    sort_name = models.CharField(max_length=200, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    summary = models.CharField(
        _("in one or two sentences"),
        max_length=300,
        help_text=_("What do you do together, and for whom?"),
    )
    text = models.TextField(
        _("what you do"),
        max_length=4000,
        blank=True,
        help_text=_("A line that begins with a dash becomes a list."),
    )
    themes = ArrayField(
        models.CharField(max_length=20, choices=Theme), verbose_name=_("themes"), default=list, blank=True
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        related_name="networks",
        verbose_name=_("municipality"),
        help_text=_("Where the network has its centre."),
    )
    latitude = models.FloatField(_("latitude"), help_text=_("Degrees, WGS84."))
    longitude = models.FloatField(_("longitude"), help_text=_("Degrees, WGS84."))
    area = models.ManyToManyField(Place, related_name="served_by", verbose_name=_("working area"), blank=True)
    accepts_partners = models.BooleanField(_("welcomes new partners"), default=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="networks",
        verbose_name=_("contact"),
    )
    invited = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="asked_for_networks",
        verbose_name=_("asked to be the contact"),
    )
    invited_at = models.DateTimeField(_("asked at"), null=True, blank=True, editable=False)
    source = models.CharField(_("source"), max_length=200, help_text=_("Where do we know this from?"))
    starts_on = models.DateField(_("exists since"))
    ends_on = models.DateField(_("existed until"), null=True, blank=True)
    confirmed_on = models.DateField(_("last confirmed"), default=timezone.localdate)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sort_name", "pk"]
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        triggers: ClassVar = [guard(MOVES)]
        indexes: ClassVar = [
            GinIndex(fields=["sort_name"], opclasses=["gin_trgm_ops"], name="network_by_part_of_name"),
            models.Index(fields=["sort_name", "id"], name="network_by_name"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="network_period",
                violation_error_code="ends_on",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(
                    latitude__range=(COUNTRY["south"], COUNTRY["north"]),
                    longitude__range=(COUNTRY["west"], COUNTRY["east"]),
                ),
                name="network_inside_the_country",
                violation_error_code="latitude",
                violation_error_message=_("This lies outside the Netherlands."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A network starts at its municipality unless somebody says where exactly; its year starts now."""
        self.sort_name = dutch.fold(self.name)[:200]
        if not self.slug:
            tail = get_random_string(6, "abcdefghjkmnpqrstuvwxyz23456789")
            self.slug = f"{slugify(self.name)[:95] or 'netwerk'}-{tail}"
        if self._state.adding and self.due_at is None:
            self.due_at = self.due_in(self.state, timezone.now())
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("networks:network", args=[self.slug])

    @property
    def theme_labels(self) -> list[str]:
        known = dict(self.Theme.choices)
        return [str(known[theme]) for theme in self.themes if theme in known]

    @property
    def is_stale(self) -> bool:
        return self.state == self.State.STALE

    @property
    def is_unsure(self) -> bool:
        return self.state in (self.State.UNCONFIRMED, self.State.STALE)

    @property
    def is_ended(self) -> bool:
        return self.state == self.State.ARCHIVED

    @property
    def confirmed_text(self) -> str:
        return dutch.date_text(self.confirmed_on)
