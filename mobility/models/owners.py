from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Keep, Personal
from mobility.models.exchanges import Exchange


class CoOwnerQuerySet(models.QuerySet["CoOwner"]):
    def visible_to(self, user: Any) -> "CoOwnerQuerySet":
        """Who manages the exchange; and oneself."""
        managed = Exchange.objects.manageable_by(user).values("pk")
        return self.filter(Q(person=user) | Q(exchange__in=managed))

    def in_force(self) -> "CoOwnerQuerySet":
        """Of people who still act for the organisation; who changed jobs stays on the list without effect."""
        there = Q(person__memberships__organisation=models.F("exchange__organisation"))
        active = Q(person__is_active=True, person__memberships__role__in=CoOwner.ROLES)
        return self.filter(there & active).distinct()


@pghistory.track()
class CoOwner(models.Model):
    """Somebody beside the contact who works an exchange, and gets its mails."""

    ROLES = ("hr", "manager")
    privacy = Personal(
        person="person",
        purpose=_("Working an exchange together"),
        keep=Keep.ACCOUNT,
        work={"exchange"},
        trail={"since"},
        technical={"id", "person"},
    )

    exchange = models.ForeignKey(
        Exchange, models.CASCADE, related_name="co_owners", verbose_name=_("exchange")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="exchanges_as_owner",
        verbose_name=_("person"),
    )
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = CoOwnerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["since", "id"]
        verbose_name = _("co-owner")
        verbose_name_plural = _("co-owners")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exchange", "person"], name="co_owner_once_per_exchange")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.exchange}"
