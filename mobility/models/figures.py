from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation, Tier
from bwob.people.models import Role
from bwob.privacy.labels import Impersonal
from mobility.models.exchanges import Exchange


class MonthFigureQuerySet(models.QuerySet["MonthFigure"]):
    def visible_to(self, user: Any) -> "MonthFigureQuerySet":
        """HR of the organisation; pages show nothing exact below five."""
        return self.filter(organisation__in=user.organisations(Role.HR))


class MonthFigure(models.Model):
    """Something happened once (or, with -1, was undone) in a month at an organisation; not to whom.

    A row for each, instead of a number that is raised: two acts at once then never wait for each other. It
    stays when the application has gone, which is four weeks after the end.
    """

    class Measure(models.TextChoices):
        APPLIED = "applied", _("application received")
        ANSWERED = "answered", _("application answered")
        UNANSWERED = "unanswered", _("application lapsed without an answer")
        CAME = "came", _("place given to somebody from elsewhere")
        WENT = "went", _("place taken elsewhere")

    privacy = Impersonal("counts per month without people; pages show nothing exact below five")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("organisation")
    )
    month = models.DateField(_("month"))
    measure = models.CharField(_("what happened"), max_length=10, choices=Measure)
    kind = models.CharField(_("kind"), max_length=12, choices=Exchange.Kind)
    tier = models.CharField(_("tier of the other side"), max_length=20, choices=Tier, blank=True)
    number = models.SmallIntegerField(_("how often"), default=1)
    days = models.PositiveSmallIntegerField(_("days it took"), default=0)

    objects = MonthFigureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["month", "id"]
        verbose_name = _("figure of a month")
        verbose_name_plural = _("figures of months")
        indexes: ClassVar = [models.Index(fields=["organisation", "month"], name="month_figure_of")]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}: {self.number}"
