"""A request for contact with somebody who wants to be found, about one exchange."""

import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.privacy.labels import Keep, Personal
from bwob.workflow import Workflow, guard
from mobility.models.exchanges import Exchange

MOVES: dict[str, set[str]] = {
    "asked": {"agreed", "refused", "lapsed", "withdrawn"},
    "agreed": {"ended"},
    "refused": set(),
    "lapsed": set(),
    "withdrawn": set(),
    "ended": set(),
}


class ContactRequestQuerySet(models.QuerySet["ContactRequest"]):
    def visible_to(self, user: Any) -> "ContactRequestQuerySet":
        """Who is asked, and those who manage the exchange. Nobody else, the programme office included."""
        return self.filter(Q(person=user) | Exchange.objects.managed(user, "exchange__"))

    def waiting(self) -> "ContactRequestQuerySet":
        return self.filter(state=ContactRequest.State.ASKED)

    def overdue(self, moment: datetime.datetime) -> "ContactRequestQuerySet":
        """Not answered in time, or of which the two weeks of a yes are over."""
        return self.filter(due_at__lt=moment, state__in=[State.ASKED, State.AGREED])

    def with_names(self) -> "ContactRequestQuerySet":
        return self.select_related("exchange__organisation", "exchange__place", "person", "asked_by")


class State(models.TextChoices):
    ASKED = "asked", _("Asked")
    AGREED = "agreed", _("Yes")
    REFUSED = "refused", _("No")
    LAPSED = "lapsed", _("Not answered")
    WITHDRAWN = "withdrawn", _("Taken back")
    ENDED = "ended", _("Ended")


@pghistory.track()
class ContactRequest(Workflow):
    """An organisation asks somebody it found for contact; a yes opens profile and name for two weeks."""

    State = State
    MOVES = MOVES
    TERMS: ClassVar = {State.ASKED: datetime.timedelta(days=14), State.AGREED: datetime.timedelta(days=14)}
    AT_MOST = 10
    privacy = Personal(
        person="person",
        purpose=_("Asking you for contact about an exchange"),
        keep=Keep.APPLICATION,
        work={"exchange"},
        words={"message"},
        trail={"state", "moved_at", "asked_at", "due_at", "keep_until"},
        technical={"id", "key", "person", "asked_by"},
    )

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ASKED, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="contact_requests",
        verbose_name=_("person"),
        editable=False,
    )
    exchange = models.ForeignKey(
        Exchange, models.PROTECT, related_name="contact_requests", verbose_name=_("exchange")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
        editable=False,
    )
    message = models.TextField(
        _("your message"),
        max_length=600,
        help_text=_("Why this person, and why this exchange? At most 600 characters."),
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)
    keep_until = models.DateField(_("kept until"), null=True, blank=True, editable=False)

    objects = ContactRequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-moved_at"]
        verbose_name = _("request for contact")
        verbose_name_plural = _("requests for contact")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "exchange"], name="contact_asked_once_per_exchange")
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="contact_due", condition=Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.exchange}"

    def get_absolute_url(self) -> str:
        return reverse("mobility:contact_request", args=[self.key])

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        due_at = super().due_in(state, moment)
        return dutch.end_of_day(due_at) if due_at else None

    @property
    def waits_for_person(self) -> bool:
        return self.state == State.ASKED

    @property
    def shows_person(self) -> bool:
        """A yes that still counts; the clock need not have been here yet."""
        return self.state == State.AGREED and self.due_at is not None and timezone.now() < self.due_at
