import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.organisations.models import Place
from bwob.people.models import Role
from bwob.privacy.labels import Keep, Personal
from bwob.workflow import Workflow, guard
from networks.models.coordinators import Coordinator
from networks.models.networks import Network

DECIDED = ["accepted", "adapted", "rejected"]
MOVES: dict[str, set[str]] = {
    "proposed": {"office", "withdrawn", *DECIDED},
    "office": {"withdrawn", "lapsed", *DECIDED},
    "accepted": set(),
    "adapted": set(),
    "rejected": set(),
    "withdrawn": set(),
    "lapsed": set(),
}


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: Any) -> "ProposalQuerySet":
        """Who proposed it, who coordinates the region or province it lies in, and the programme office."""
        if user.has_role(Role.PROGRAMME):
            return self.all()
        return self.filter(Q(proposer=user) | self.coordinated(user))

    @staticmethod
    def coordinated(user: Any) -> Q:
        regions = Coordinator.objects.filter(user=user).values("region")
        return Q(place__region__in=regions) | Q(place__province__in=regions)

    def to_decide(self, user: Any) -> "ProposalQuerySet":
        """What waits for this person's decision."""
        if user.has_role(Role.PROGRAMME):
            return self.open()
        return self.open().filter(self.coordinated(user))

    def open(self) -> "ProposalQuerySet":
        return self.filter(state__in=[Proposal.State.PROPOSED, Proposal.State.OFFICE])

    def overdue(self, moment: datetime.datetime) -> "ProposalQuerySet":
        return self.open().filter(due_at__lt=moment)

    def with_names(self) -> "ProposalQuerySet":
        return self.select_related("proposer", "network", "place__region", "place__province")


@pghistory.track()
class Proposal(Workflow):
    """What somebody would like to see of a network: a new one, or a change of one.

    `changes` holds the proposed value of each field that differs, as JSON. The coordinator of the region
    decides; after three weeks the programme office does.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("With the coordinator")
        OFFICE = "office", _("With the programme office")
        ACCEPTED = "accepted", _("Accepted")
        ADAPTED = "adapted", _("Accepted with changes")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Lapsed")

    MOVES = MOVES
    TERMS: ClassVar = {
        State.PROPOSED: datetime.timedelta(days=21),
        State.OFFICE: datetime.timedelta(days=42),
    }
    privacy = Personal(
        person="proposer",
        purpose=_("Deciding on a proposal for a network"),
        keep=Keep.APPLICATION,
        work={"network", "place"},
        words={"changes", "note"},
        trail={"state", "moved_at", "due_at", "proposed_at", "keep_until"},
        technical={"id", "key", "proposer"},
    )

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PROPOSED, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("network"),
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("municipality"))
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="proposals", verbose_name=_("proposed by")
    )
    changes = models.JSONField(_("changes"), default=dict)
    note = models.TextField(
        _("why"),
        max_length=1000,
        blank=True,
        help_text=_("For the coordinator. It does not become public."),
    )
    proposed_at = models.DateTimeField(_("proposed at"), auto_now_add=True)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)
    keep_until = models.DateField(_("kept until"), null=True, blank=True, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-proposed_at"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        triggers: ClassVar = [guard(MOVES)]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="proposal_due", condition=Q(due_at__isnull=False))
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("networks:proposal", args=[self.key])

    @property
    def title(self) -> str:
        if self.network:
            return gettext("Change of %s") % self.network
        return gettext("New: %s") % self.changes.get("name", "")

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PROPOSED, self.State.OFFICE)

    @property
    def due_text(self) -> str:
        return dutch.date_text(self.due_at.date()) if self.due_at else ""
