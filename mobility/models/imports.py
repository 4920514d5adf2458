import datetime
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation
from bwob.privacy.labels import Keep, Personal


class OfferFileQuerySet(models.QuerySet["OfferFile"]):
    def visible_to(self, user: Any) -> "OfferFileQuerySet":
        """Only who uploaded it: the raw file may name people that the portal will not publish."""
        return self.filter(uploaded_by=user)

    def forgotten(self, moment: datetime.datetime) -> "OfferFileQuerySet":
        return self.filter(uploaded_at__lt=moment - OfferFile.KEPT)


class OfferFile(models.Model):
    """An uploaded file of offers between its preview and its confirmation; nothing of it is an exchange
    yet.
    """

    KEPT = datetime.timedelta(days=1)
    privacy = Personal(
        person="uploaded_by",
        purpose=_("Looking over an import before anything is stored"),
        keep=Keep.BRIEF,
        work={"organisation"},
        words={"name", "source", "content", "columns"},
        trail={"uploaded_at", "publish"},
        technical={"id", "key", "uploaded_by"},
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, verbose_name=_("organisation"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="offer_files")
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    name = models.CharField(_("file name"), max_length=200)
    source = models.CharField(
        _("source"),
        max_length=80,
        help_text=_(
            "Where the file comes from. The next file of the same source updates what this one brings."
        ),
    )
    content = models.BinaryField(_("content"))
    columns = models.JSONField(_("columns"), default=dict, blank=True)
    publish = models.BooleanField(
        _("publish at once"), default=False, help_text=_("Otherwise they come in as drafts.")
    )

    objects = OfferFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of offers")
        verbose_name_plural = _("files of offers")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("mobility:import_preview", args=[self.key])
