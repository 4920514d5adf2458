import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alumni.models.networks import AlumniNetwork
from bwob.privacy.labels import Keep, Personal
from bwob.workflow import Workflow, guard

MOVES: dict[str, set[str]] = {"read": {"storing"}, "storing": {"stored"}, "stored": set()}


class AlumniFileQuerySet(models.QuerySet["AlumniFile"]):
    def visible_to(self, user: Any) -> "AlumniFileQuerySet":
        """Only who uploaded it, as long as that is HR of the employer."""
        own = AlumniNetwork.objects.visible_to(user).of_hr(user)
        return self.filter(uploaded_by_id=user.pk, network__in=own)

    def forgotten(self, moment: datetime.datetime) -> "AlumniFileQuerySet":
        return self.filter(uploaded_at__lt=moment - AlumniFile.KEPT).exclude(state=AlumniFile.State.STORING)


class AlumniFile(Workflow):
    """A file of former colleagues between its upload and its import. Its cells are kept for a day."""

    class State(models.TextChoices):
        READ = "read", _("Read")
        STORING = "storing", _("Being stored")
        STORED = "stored", _("Stored")

    MOVES = MOVES
    KEPT = datetime.timedelta(days=1)
    privacy = Personal(
        person="uploaded_by",
        purpose=_("Looking over an import before anything is stored"),
        keep=Keep.BRIEF,
        work={"network"},
        words={"name", "headers", "rows", "columns", "twins"},
        trail={"state", "moved_at", "uploaded_at", "done", "invited", "consented"},
        technical={"id", "uploaded_by"},
    )

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.READ, editable=False)
    network = models.ForeignKey(AlumniNetwork, models.CASCADE, verbose_name=_("alumni network"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    name = models.CharField(_("file name"), max_length=200)
    headers = models.JSONField(_("headers"), default=list)
    rows = models.JSONField(_("rows"), default=list)
    columns = models.JSONField(_("columns"), default=dict)
    twins = models.JSONField(_("rows that are other people"), default=list)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    invited = models.PositiveIntegerField(_("invited"), default=0)
    consented = models.PositiveIntegerField(_("active at once"), default=0)

    objects = AlumniFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of alumni")
        verbose_name_plural = _("files of alumni")
        triggers: ClassVar = [guard(MOVES)]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:alumni_alumnus_import_check", args=[self.pk])

    @property
    def percent(self) -> int:
        return 100 * self.done // len(self.rows) if self.rows else 100
