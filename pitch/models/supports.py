from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Keep, Personal
from pitch.models.entries import Entry


class SupportQuerySet(models.QuerySet["Support"]):
    def visible_to(self, user: Any) -> "SupportQuerySet":
        """One's own; of others only how many there are."""
        return self.filter(user=user) if user.is_authenticated else self.none()


@pghistory.track()
class Support(models.Model):
    """ "I recognise this", said of a plan by somebody who is not in its team."""

    privacy = Personal(
        person="user",
        purpose=_("Showing how many people recognise a plan"),
        keep=Keep.ACCOUNT,
        work={"entry"},
        trail={"given_at"},
        technical={"id", "user"},
    )

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="supports", verbose_name=_("plan"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pitch_supports", verbose_name=_("person")
    )
    given_at = models.DateTimeField(_("given at"), default=timezone.now, editable=False)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition of a plan")
        verbose_name_plural = _("recognitions of plans")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "user"], name="support_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.entry}"
