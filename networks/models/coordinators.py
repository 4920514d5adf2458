from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Place, Region
from bwob.people.models import Role
from bwob.privacy.labels import Keep, Personal


class CoordinatorQuerySet(models.QuerySet["Coordinator"]):
    def visible_to(self, user: Any) -> "CoordinatorQuerySet":
        if user.has_role(Role.PROGRAMME, Role.PRIVACY_OFFICER):
            return self.all()
        return self.filter(user=user)

    def of(self, place: Place) -> "CoordinatorQuerySet":
        """Who coordinates the region or the province in which this place lies, and can still sign in."""
        return self.filter(
            Q(region=place.region_id) | Q(region=place.province_id), user__is_active=True
        ).select_related("user")


@pghistory.track()
class Coordinator(models.Model):
    """Somebody who decides on the networks of one region or province; the programme office appoints."""

    privacy = Personal(
        person="user",
        purpose=_("Knowing who decides on the networks of a region"),
        keep=Keep.ACCOUNT,
        work={"region"},
        trail={"since"},
        technical={"id", "user"},
    )

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="coordinates", verbose_name=_("person")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="coordinators", verbose_name=_("region or province")
    )
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = CoordinatorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["region", "user"]
        verbose_name = _("coordinator")
        verbose_name_plural = _("coordinators")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "region"], name="coordinator_once_per_region")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.region}"
