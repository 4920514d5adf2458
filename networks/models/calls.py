import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.organisations.models import Organisation, Place
from bwob.people.models import Role
from bwob.privacy.labels import Impersonal, Keep, Personal
from bwob.workflow import Workflow, guard
from networks.models.networks import Network

MOVES: dict[str, set[str]] = {
    "open": {"over", "found", "nobody", "withdrawn"},
    "over": {"found", "nobody", "untold"},
    "found": set(),
    "nobody": set(),
    "withdrawn": set(),
    "untold": set(),
}
REACTION_MOVES: dict[str, set[str]] = {
    "sent": {"joins", "declined", "withdrawn", "unanswered"},
    "joins": set(),
    "declined": set(),
    "withdrawn": set(),
    "unanswered": set(),
}


class PartnerCallQuerySet(models.QuerySet["PartnerCall"]):
    def visible_to(self, user: Any) -> "PartnerCallQuerySet":
        """Public, also when it has ended: what became of it is part of the answer."""
        return self.all()

    def open(self) -> "PartnerCallQuerySet":
        """Taking reactions: what has ended by the clock only waits for the clock to say so."""
        return self.filter(state=PartnerCall.State.OPEN, closes_on__gte=timezone.localdate())

    def running(self) -> "PartnerCallQuerySet":
        return self.filter(state__in=[PartnerCall.State.OPEN, PartnerCall.State.OVER])

    def ended(self) -> "PartnerCallQuerySet":
        """With an outcome, or without one because nobody told it."""
        return self.exclude(
            state__in=[PartnerCall.State.OPEN, PartnerCall.State.OVER, PartnerCall.State.WITHDRAWN]
        )

    def overdue(self, moment: datetime.datetime) -> "PartnerCallQuerySet":
        return self.running().filter(due_at__lt=moment)

    def asked_by_side_of(self, user: Any) -> "PartnerCallQuerySet":
        """Where this person answers for the side that asks."""
        return self.filter(side_of(user))

    def with_names(self) -> "PartnerCallQuerySet":
        return self.select_related("network__place__region", "organisation__place__region")


def side_of(user: Any, path: str = "") -> Q:
    """Who answers for the side that asks: HR of the organisation, or a network's contact and who wrote it."""
    wrote = Q(**{f"{path}written_by": user.pk, f"{path}organisation": None})
    answers_for = Q(**{f"{path}network__contact": user.pk})
    return wrote | answers_for | Q(**{f"{path}organisation__in": user.organisations(Role.HR)})


@pghistory.track()
class PartnerCall(Workflow):
    """*Opgave*: a network or an organisation asks who joins it for something, until a day."""

    LONGEST = datetime.timedelta(days=183)

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        OVER = "over", _("Waits for the outcome")
        FOUND = "found", _("Partners found")
        NOBODY = "nobody", _("Nobody found")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        UNTOLD = "untold", _("Outcome not told")

    MOVES = MOVES
    TERMS: ClassVar = {State.OVER: datetime.timedelta(days=28)}
    privacy = Impersonal("what a network or an organisation asks; no page names who wrote it")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.CASCADE, null=True, blank=True, related_name="calls", verbose_name=_("network")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partner_calls",
        verbose_name=_("organisation"),
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="partner_calls"
    )
    title = models.CharField(
        _("who joins us for …"), max_length=120, help_text=_("A few words, such as “a joint summer school”.")
    )
    text = models.TextField(
        _("what you want to do together"),
        max_length=3000,
        help_text=_("What do you bring, what do you ask, and what does it cost in time?"),
    )
    themes = ArrayField(
        models.CharField(max_length=20, choices=Network.Theme),
        verbose_name=_("themes"),
        default=list,
        blank=True,
    )
    area = models.ManyToManyField(Place, related_name="+", verbose_name=_("where"), blank=True)
    closes_on = models.DateField(_("react until"))
    outcome = models.TextField(_("what came of it"), max_length=1000, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("due at"), null=True, editable=False)

    objects = PartnerCallQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        verbose_name = _("partner call")
        verbose_name_plural = _("partner calls")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation=None, network__isnull=False)
                | Q(organisation__isnull=False, network=None),
                name="call_of_one_asker",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("networks:call", args=[self.key])

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        """An open call ends with its last day, the time for the outcome with the end of a day."""
        if state == self.State.OPEN:
            noon = datetime.datetime.combine(self.closes_on, datetime.time(12))
            return dutch.end_of_day(timezone.make_aware(noon))
        due_at = super().due_in(state, moment)
        return dutch.end_of_day(due_at) if due_at else None

    @property
    def asker(self) -> Network | Organisation:
        found = self.network or self.organisation
        assert found is not None  # noqa: S101 - a constraint holds it
        return found

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN and self.closes_on >= timezone.localdate()

    @property
    def is_running(self) -> bool:
        return self.state in (self.State.OPEN, self.State.OVER)

    @property
    def closes_text(self) -> str:
        return dutch.date_text(self.closes_on)

    @property
    def due_text(self) -> str:
        return dutch.date_text(timezone.localtime(self.due_at).date()) if self.due_at else ""

    @property
    def theme_labels(self) -> list[str]:
        known = dict(Network.Theme.choices)
        return [str(known[theme]) for theme in self.themes if theme in known]


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def visible_to(self, user: Any) -> "ReactionQuerySet":
        """Who wrote it, and the side that asked; nobody else learns how many there are."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(author=user) | side_of(user, "call__"))

    def waiting(self) -> "ReactionQuerySet":
        return self.filter(state=Reaction.State.SENT)

    def with_names(self) -> "ReactionQuerySet":
        return self.select_related(
            "author__work_address", "organisation", "network", "call__network", "call__organisation"
        )


@pghistory.track()
class Reaction(Workflow):
    """Somebody wants to join on behalf of an employer, or of a network. It waits no longer than its call."""

    class State(models.TextChoices):
        SENT = "sent", _("Waits for an answer")
        JOINS = "joins", _("Joins in")
        DECLINED = "declined", _("Not this time")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        UNANSWERED = "unanswered", _("Not answered before the call ended")

    MOVES = REACTION_MOVES
    privacy = Personal(
        person="author",
        purpose=_("Finding partners for a call"),
        keep=Keep.APPLICATION,
        work={"organisation", "network"},
        words={"text"},
        trail={"state", "moved_at", "sent_at", "keep_until"},
        technical={"id", "key", "call", "author"},
    )

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SENT, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(PartnerCall, models.CASCADE, related_name="reactions", verbose_name=_("call"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions", verbose_name=_("written by")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("employer"), editable=False
    )
    network = models.ForeignKey(
        Network,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for this network"),
        help_text=_("Leave it open if you write for your employer."),
    )
    text = models.TextField(
        _("why you want to join"),
        max_length=1500,
        help_text=_("Only the side that asks reads this, with your name, employer and work address."),
    )
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now, editable=False)
    keep_until = models.DateField(_("kept until"), null=True, editable=False)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sent_at", "pk"]
        verbose_name = _("reaction to a call")
        verbose_name_plural = _("reactions to calls")
        triggers: ClassVar = [guard(REACTION_MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["call", "author"],
                condition=~Q(state="withdrawn"),
                name="reaction_once_per_call",
                violation_error_message=_("You have reacted to this call already."),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("networks:call", args=[self.call.key])
