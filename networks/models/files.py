import datetime
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Keep, Personal


class NetworkFileQuerySet(models.QuerySet["NetworkFile"]):
    def visible_to(self, user: Any) -> "NetworkFileQuerySet":
        """Only who uploaded it."""
        return self.filter(uploaded_by=user)

    def forgotten(self, moment: datetime.datetime) -> "NetworkFileQuerySet":
        return self.filter(uploaded_at__lt=moment - NetworkFile.KEPT)


class NetworkFile(models.Model):
    """An uploaded file of networks between its preview and its confirmation; nothing of it is stored yet."""

    KEPT = datetime.timedelta(days=1)
    privacy = Personal(
        person="uploaded_by",
        purpose=_("Looking over an import before anything is stored"),
        keep=Keep.BRIEF,
        words={"name", "content"},
        trail={"uploaded_at"},
        technical={"id", "key", "uploaded_by"},
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(_("content"))

    objects = NetworkFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of networks")
        verbose_name_plural = _("files of networks")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("networks:import_preview", args=[self.key])
