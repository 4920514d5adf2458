import datetime
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alumni.models.members import Alumnus
from alumni.models.networks import AlumniNetwork, Purpose
from bwob.privacy.labels import Impersonal, Keep, Personal
from bwob.workflow import Workflow, guard

MOVES: dict[str, set[str]] = {
    "draft": {"checking", "stopped"},
    "checking": {"draft", "approved", "stopped"},
    "approved": {"draft", "sending", "stopped"},
    "sending": {"sent", "stopped"},
    "sent": set(),
    "stopped": set(),
}


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, user: Any) -> "CampaignQuerySet":
        """HR of the employer."""
        return self.filter(network__in=AlumniNetwork.objects.of_hr(user))

    def to_start(self, moment: datetime.datetime) -> "CampaignQuerySet":
        """Approved, and the planned moment has come."""
        come = Q(planned_for=None) | Q(planned_for__lte=moment)
        return self.filter(come, state=Campaign.State.APPROVED)

    def overdue(self, moment: datetime.datetime) -> "CampaignQuerySet":
        return self.filter(state__in=Campaign.TERMS, due_at__lt=moment)


@pghistory.track()
class Campaign(Workflow):
    """A mail to alumni who agreed to its purpose. One writes it, a colleague approves it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CHECKING = "checking", _("Waits for a colleague")
        APPROVED = "approved", _("Approved")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        STOPPED = "stopped", _("Stopped")

    MOVES = MOVES
    TERMS: ClassVar = {
        State.DRAFT: datetime.timedelta(days=180),
        State.CHECKING: datetime.timedelta(days=14),
    }
    privacy = Impersonal("a mail of an organisation; who wrote and approved it did so as part of the job")

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT, editable=False)
    due_at = models.DateTimeField(_("until"), null=True, blank=True, editable=False)
    network = models.ForeignKey(
        AlumniNetwork, models.CASCADE, related_name="campaigns", verbose_name=_("alumni network")
    )
    purpose = models.CharField(
        _("purpose"), max_length=8, choices=Purpose, help_text=_("Only who agreed to this gets the mail.")
    )
    tag = models.CharField(
        _("only with this tag"), max_length=40, blank=True, help_text=_("Empty: everybody who agreed.")
    )
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("text"), max_length=5000, help_text=_("You can use Markdown."))
    planned_for = models.DateTimeField(
        _("send at"), null=True, blank=True, help_text=_("Empty: as soon as a colleague approves.")
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved by"),
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-moved_at"]
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(written_by=None) | ~Q(approved_by=F("written_by")),
                name="campaign_second_pair_of_eyes",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and self.due_at is None:
            self.due_at = self.due_in(self.state, timezone.now())
        super().save(*args, **kwargs)

    def audience(self) -> models.QuerySet[Alumnus]:
        """Who agreed to the purpose, at this moment."""
        found = Alumnus.objects.open_to(self.purpose).filter(network=self.network_id)
        return found.filter(tags__contains=[self.tag]) if self.tag else found

    def waiting(self) -> models.QuerySet[Alumnus]:
        """Of the audience, who did not get it yet."""
        done = Delivery.objects.filter(campaign=self.pk, alumnus=OuterRef("pk"))
        return self.audience().filter(~Exists(done)).order_by("pk")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: Any) -> "DeliveryQuerySet":
        return self.filter(alumnus__in=Alumnus.objects.own(user))


class Delivery(models.Model):
    """That a mailing went to somebody, or that the address refused it. Whether it was read, is not known."""

    privacy = Personal(
        person="alumnus__user",
        purpose=_("Sending a mailing to everybody once"),
        keep=Keep.ALUMNUS,
        trail={"at", "is_refused", "campaign"},
        technical={"id", "alumnus"},
    )

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="deliveries", verbose_name=_("mailing")
    )
    alumnus = models.ForeignKey(Alumnus, models.CASCADE, related_name="deliveries")
    at = models.DateTimeField(_("when"), default=timezone.now)
    is_refused = models.BooleanField(_("address refused"), default=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of a mailing")
        verbose_name_plural = _("deliveries of mailings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "alumnus"], name="delivery_once")
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.at:%Y-%m-%d}"
