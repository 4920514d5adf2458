import datetime
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Keep, Personal


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def visible_to(self, user: Any) -> "SubscriptionQuerySet":
        """Nobody sees who follows what; the links in the mails open the own one."""
        return self.none()

    def confirmed(self) -> "SubscriptionQuerySet":
        return self.exclude(confirmed_at=None)

    def due(self, today: datetime.date) -> "SubscriptionQuerySet":
        """Confirmed, and without mail in the last seven days."""
        rested = Q(mailed_on=None) | Q(mailed_on__lte=today - Subscription.EVERY)
        return self.confirmed().filter(rested)

    def unconfirmed_before(self, moment: datetime.datetime) -> "SubscriptionQuerySet":
        return self.filter(confirmed_at=None, asked_at__lt=moment)

    def of_addresses(self, addresses: list[str]) -> "SubscriptionQuerySet":
        return self.filter(email__in=addresses)


class Subscription(models.Model):
    """Somebody who gets a mail, once a week at most, on what changes in a selection; no account is needed.

    It has no history: who stops leaves no trace.
    """

    EVERY = datetime.timedelta(days=7)
    privacy = Personal(
        person=None,  # an address without an account; erasing an account looks for its addresses
        purpose=_("Telling you what changes in the networks of an area"),
        keep=Keep.BRIEF,
        contact={"email"},
        words={"query", "language"},
        trail={"asked_at", "confirmed_at", "told_until", "mailed_on"},
        technical={"id", "key"},
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    query = models.CharField(_("selection"), max_length=1000, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    told_until = models.DateTimeField(_("told until"), default=timezone.now, editable=False)
    mailed_on = models.DateField(_("last mail"), null=True, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("subscription to an area")
        verbose_name_plural = _("subscriptions to areas")
        constraints: ClassVar = [models.UniqueConstraint(fields=["email", "query"], name="subscription_once")]

    def __str__(self) -> str:
        return self.query
