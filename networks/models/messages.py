import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Keep, Personal
from networks.models.networks import Network


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Any) -> "MessageQuerySet":
        """The one who wrote it; the network has it by mail."""
        return self.filter(sender=user)

    def delivered_before(self, moment: datetime.datetime) -> "MessageQuerySet":
        return self.filter(sent_at__lt=moment)


class Message(models.Model):
    """What somebody wrote to a network through the form; kept only until the mail has surely gone."""

    privacy = Personal(
        person="sender",
        purpose=_("Passing on what you write to a network"),
        keep=Keep.BRIEF,
        work={"network"},
        words={"text"},
        trail={"sent_at"},
        technical={"id", "sender"},
    )

    network = models.ForeignKey(Network, models.CASCADE, related_name="+", verbose_name=_("network"))
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("sender")
    )
    text = models.TextField(_("your message"), max_length=3000)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-sent_at"]
        verbose_name = _("message to a network")
        verbose_name_plural = _("messages to networks")

    def __str__(self) -> str:
        return f"{self.network}, {self.sent_at:%Y-%m-%d}"
