import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation
from bwob.privacy.labels import Impersonal
from networks.models.networks import Network


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: Any) -> "PartnershipQuerySet":
        """Who works with whom is public, also when only one of the two has said so: the page says which."""
        return self.all()

    def running(self) -> "PartnershipQuerySet":
        return self.filter(ends_on=None)

    def during(self, first: datetime.date, last: datetime.date) -> "PartnershipQuerySet":
        return self.filter(starts_on__lte=last).filter(Q(ends_on=None) | Q(ends_on__gt=first))

    def unconfirmed(self) -> "PartnershipQuerySet":
        """One side has said so, the other not (yet)."""
        return self.filter(Q(confirmed_by_network_at=None) | Q(confirmed_by_partner_at=None))

    def confirmed(self) -> "PartnershipQuerySet":
        return self.exclude(Q(confirmed_by_network_at=None) | Q(confirmed_by_partner_at=None))

    def of(self, network: Network) -> "PartnershipQuerySet":
        return self.filter(Q(network=network) | Q(other=network))

    def with_names(self) -> "PartnershipQuerySet":
        return self.select_related(
            "network__place", "other__place", "organisation__place", "network__contact", "other__contact"
        )


@pghistory.track()
class Partnership(models.Model):
    """A tie of a network with an organisation or another network, which counts once both have confirmed it.

    What nobody answers within `PATIENCE` ends by itself.
    """

    PATIENCE = datetime.timedelta(days=90)

    class Kind(models.TextChoices):
        MEMBER = "member", _("takes part")
        PARTNER = "partner", _("works together")
        PART = "part", _("is a part of it")

    privacy = Impersonal("ties between organisations")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.CASCADE, related_name="partnerships", verbose_name=_("network")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partnerships",
        verbose_name=_("organisation"),
    )
    other = models.ForeignKey(
        Network,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="partnerships_of_others",
        verbose_name=_("other network"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MEMBER)
    confirmed_by_network_at = models.DateTimeField(_("confirmed by the network"), null=True, blank=True)
    confirmed_by_partner_at = models.DateTimeField(_("confirmed by the partner"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    starts_on = models.DateField(_("first day"), default=timezone.localdate)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation=None, other__isnull=False)
                | Q(organisation__isnull=False, other=None),
                name="partnership_with_one_partner",
                violation_error_message=_("Choose an organisation or another network, not both."),
            ),
            models.CheckConstraint(
                condition=Q(other=None) | ~Q(other=F("network")),
                name="partnership_not_with_itself",
                violation_error_code="other",
                violation_error_message=_("A network cannot be tied to itself."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by_network_at__isnull=False) | Q(confirmed_by_partner_at__isnull=False),
                name="partnership_said_by_one_side_at_least",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="partnership_period",
                violation_error_code="ends_on",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.UniqueConstraint(
                fields=["network", "organisation"],
                condition=Q(ends_on=None, organisation__isnull=False),
                name="partnership_once_per_organisation",
                violation_error_code="organisation",
                violation_error_message=_("This tie exists already."),
            ),
            models.UniqueConstraint(
                Least("network", "other"),
                Greatest("network", "other"),
                name="partnership_once_per_pair",
                condition=Q(ends_on=None, other__isnull=False),
                violation_error_code="other",
                violation_error_message=_("This tie exists already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network} – {self.partner}"

    def get_absolute_url(self) -> str:
        return reverse("networks:network", args=[self.network.slug])

    @property
    def partner(self) -> Organisation | Network:
        """The other end, seen from `network`."""
        found = self.organisation or self.other
        assert found is not None  # noqa: S101 - a constraint holds it
        return found

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_by_network_at is not None and self.confirmed_by_partner_at is not None

    @property
    def waits_for(self) -> Organisation | Network | None:
        """Who has not said yes yet."""
        if self.is_confirmed:
            return None
        return self.network if self.confirmed_by_network_at is None else self.partner
