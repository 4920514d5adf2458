import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Impersonal


class Tier(models.TextChoices):
    STATE = "state", _("State")
    PROVINCE = "province", _("Province")
    MUNICIPALITY = "municipality", _("Municipality")
    WATER_AUTHORITY = "water_authority", _("Water authority")
    POLICE = "police", _("Police")
    JOINT_ARRANGEMENT = "joint_arrangement", _("Joint arrangement")
    AGENCY = "agency", _("Agency")
    PRIVATE_PARTNER = "private_partner", _("Private partner")


class PublicQuerySet(models.QuerySet):
    """Rows that everybody may see, in the admin too."""

    def visible_to(self, user: object) -> Self:
        return self.all()


class Region(models.Model):
    """A labour-market region or a province."""

    class Kind(models.TextChoices):
        LABOUR_MARKET = "labour_market", _("labour-market region")
        PROVINCE = "province", _("province")

    privacy = Impersonal("public geography")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=100)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "code"], name="region_once_per_kind")
        ]

    def __str__(self) -> str:
        return self.name


class PlaceQuerySet(PublicQuerySet):
    def named(self, name: str) -> "PlaceQuerySet":
        """Places with exactly this name or other name, whatever its capitals."""
        return self.filter(Q(name__iexact=name) | Q(also_called__iexact=name))


class Place(models.Model):
    """A municipality as a place on the map: where work is done. Coordinates: GeoNames (CC BY 4.0), WGS84
    degrees.
    """

    privacy = Impersonal("public geography")

    code = models.CharField(_("code"), max_length=10, unique=True)
    name = models.CharField(_("name"), max_length=100)
    also_called = models.CharField(_("also called"), max_length=100, blank=True)
    province = models.ForeignKey(
        Region, models.PROTECT, related_name="places_in_province", verbose_name=_("province")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="places", verbose_name=_("labour-market region")
    )
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("place on the map")
        verbose_name_plural = _("places on the map")

    def __str__(self) -> str:
        return self.also_called or self.name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def current(self, on: datetime.date | None = None) -> "OrganisationQuerySet":
        """Bodies that exist on this day (today)."""
        day = on or timezone.localdate()
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def visible_to(self, user: object) -> "OrganisationQuerySet":
        """Everybody may know which public bodies there are."""
        return self.all()


class Organisation(models.Model):
    """A public body, or a private partner of one. Dated: bodies merge and ministries are renamed."""

    privacy = Impersonal("public register of public bodies")

    uri = models.CharField(
        _("register address"),
        max_length=200,
        unique=True,
        help_text=_("The TOOI address of the body, or an address of our own where the register has none."),
    )
    code = models.CharField(_("code"), max_length=80, unique=True, help_text=_("As in gm0344 or pv26."))
    name = models.CharField(_("name"), max_length=150)
    tier = models.CharField(_("tier"), max_length=20, choices=Tier)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, verbose_name=_("place"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("successor"))

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="organisation_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class EmailDomain(models.Model):
    """A mail domain that belongs to one organisation: who has an address there works there."""

    privacy = Impersonal("domains of organisations, not of people")

    name = models.CharField(_("domain"), max_length=190, help_text=_("As in utrecht.example, without @."))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="email_domains", verbose_name=_("organisation")
    )

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("mail domain")
        verbose_name_plural = _("mail domains")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("name"),
                name="email_domain_once",
                violation_error_message=_("This domain already belongs to an organisation."),
            )
        ]

    def __str__(self) -> str:
        return self.name
