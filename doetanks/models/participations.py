import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.organisations.models import Organisation
from bwob.privacy.labels import Keep, Personal
from bwob.workflow import Workflow, guard
from doetanks.models.challenges import Challenge, WantedRole

ENDED = ["refused", "withdrawn", "left", "lapsed"]
MOVES: dict[str, set[str]] = {
    "asked": {"talk", "member", "waiting", "refused", "withdrawn", "lapsed"},
    "talk": {"member", "waiting", "refused", "withdrawn", "lapsed"},
    "waiting": {"member", "refused", "withdrawn", "lapsed"},
    "member": {"left"},
    **{state: set() for state in ENDED},
}


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, user: Any) -> "ParticipationQuerySet":
        """The person; the coach; and once a member, the others of the team. Nobody else, nor the office."""
        mine = self.model._base_manager.filter(person=user, state=Participation.State.MEMBER)
        team = Q(state=Participation.State.MEMBER, challenge__in=mine.values("challenge"))
        return self.filter(Q(person=user) | Q(challenge__coach=user) | team)

    def running(self) -> "ParticipationQuerySet":
        return self.exclude(state__in=ENDED)

    def members(self) -> "ParticipationQuerySet":
        return self.filter(state=Participation.State.MEMBER)

    def live(self) -> "ParticipationQuerySet":
        """Somebody still has to answer, or a place may come free."""
        return self.filter(state__in=Participation.TERMS)

    def in_line(self) -> "ParticipationQuerySet":
        """The waiting list, who was put on it first in front."""
        return self.filter(state=Participation.State.WAITING).order_by("moved_at", "pk")

    def overdue(self, moment: datetime.datetime) -> "ParticipationQuerySet":
        return self.live().filter(due_at__lt=moment)

    def to_remind(self) -> "ParticipationQuerySet":
        return self.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("moved_at")))

    def locked(self) -> "ParticipationQuerySet":
        return self.select_for_update(of=("self",))

    def with_names(self) -> "ParticipationQuerySet":
        return self.select_related(
            "challenge__organisation", "challenge__coach", "person", "employer", "role"
        )


@pghistory.track()
class Participation(Workflow):
    """A person in a Doetank, from the question whether one may join to the day one leaves."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked to join")
        TALK = "talk", _("Talk")
        WAITING = "waiting", _("On the waiting list")
        MEMBER = "member", _("Member")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LEFT = "left", _("Left")
        LAPSED = "lapsed", _("Lapsed")

    MOVES = MOVES
    TERMS: ClassVar = {
        State.ASKED: datetime.timedelta(days=14),
        State.TALK: datetime.timedelta(days=21),
        State.WAITING: datetime.timedelta(days=90),
    }
    privacy = Personal(
        person="person",
        purpose=_("Putting a Doetank together"),
        keep=Keep.TEAMWORK,
        work={"challenge", "role", "employer"},
        words={"motivation"},
        trail={"state", "moved_at", "due_at", "asked_at", "reminded_at", "keep_until"},
        technical={"id", "key", "person"},
    )

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    challenge = models.ForeignKey(
        Challenge, models.CASCADE, related_name="participations", verbose_name=_("challenge")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="participations", verbose_name=_("person")
    )
    role = models.ForeignKey(
        WantedRole,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("role"),
        help_text=_("Leave empty if you bring something else."),
    )
    employer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("employer"), editable=False
    )
    motivation = models.TextField(
        _("what you bring, and why this question"),
        max_length=1000,
        help_text=_("A few sentences, at most 1,000 characters. Only the coach reads this."),
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    keep_until = models.DateField(_("kept until"), null=True, blank=True, editable=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["asked_at"]
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["challenge", "person"],
                condition=~Q(state__in=ENDED),
                name="participation_once_per_challenge",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["challenge", "state"], name="participation_of_challenge"),
            models.Index(fields=["due_at"], name="participation_due", condition=Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.challenge}"

    def get_absolute_url(self) -> str:
        return reverse("doetanks:participation", args=[self.key])

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        due_at = super().due_in(state, moment)
        return dutch.end_of_day(due_at) if due_at else None

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def waits_for_coach(self) -> bool:
        return self.state in (self.State.ASKED, self.State.TALK)

    @property
    def days_left(self) -> int | None:
        waits = self.due_at and self.state in self.TERMS
        return (timezone.localtime(self.due_at).date() - timezone.localdate()).days if waits else None
