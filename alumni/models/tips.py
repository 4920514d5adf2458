from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alumni.models.members import Alumnus
from bwob.privacy.labels import Keep, Personal
from mobility.models import Exchange


class TipQuerySet(models.QuerySet["Tip"]):
    def visible_to(self, user: Any) -> "TipQuerySet":
        return self.filter(alumnus__in=Alumnus.objects.own(user))


class Tip(models.Model):
    """That an alumnus was mailed about a place, so that each is told once."""

    privacy = Personal(
        person="alumnus__user",
        purpose=_("Telling former colleagues once of each place"),
        keep=Keep.ALUMNUS,
        trail={"at", "exchange"},
        technical={"id", "alumnus"},
    )

    alumnus = models.ForeignKey(Alumnus, models.CASCADE, related_name="tips")
    exchange = models.ForeignKey(
        Exchange, models.CASCADE, related_name="tips", verbose_name=_("exchange"), db_index=False
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = TipQuerySet.as_manager()

    class Meta:
        verbose_name = _("place told to an alumnus")
        verbose_name_plural = _("places told to alumni")
        constraints: ClassVar = [models.UniqueConstraint(fields=["exchange", "alumnus"], name="tip_once")]

    def __str__(self) -> str:
        return f"{self.exchange}, {self.at:%Y-%m-%d}"
