import datetime
import uuid
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.people.models import Role
from bwob.privacy.labels import Impersonal, Keep, Personal
from bwob.workflow import Workflow, guard
from pitch.models.editions import Edition
from pitch.models.entries import Entry

JUROR_MOVES: dict[str, set[str]] = {
    "proposed": {"invited", "dropped"},
    "invited": {"accepted", "declined", "lapsed", "dropped"},
    "accepted": {"left"},
    "declined": set(),
    "lapsed": {"invited"},
    "left": set(),
    "dropped": set(),
}
CONFLICT_MOVES: dict[str, set[str]] = {
    "open": {"recused", "dismissed"},
    "recused": set(),
    "dismissed": {"recused"},
}

SETTLED = """
    SELECT state INTO edition_state FROM pitch_edition
        WHERE id = COALESCE(NEW.edition_id, OLD.edition_id) FOR SHARE;
    IF edition_state NOT IN ('admission', 'rehearsal', 'judging') THEN
        RAISE EXCEPTION 'who judges what stays as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: Any) -> "SeatQuerySet":
        return self.filter(edition__in=Edition.objects.managed_by(user))


class Seat(models.Model):
    """A place in the jury. Ballots belong to the seat, so that they stay when a person's account goes."""

    privacy = Impersonal("a place in the jury under a letter; who sits there stands in Juror")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="seats", verbose_name=_("edition"))
    code = models.CharField(_("code"), max_length=12, help_text=_("How the published ballots name it."))

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["edition", "pk"]
        verbose_name = _("place in the jury")
        verbose_name_plural = _("places in the jury")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "code"], name="seat_code_once_per_edition"),
            models.UniqueConstraint(fields=["id", "edition"], name="seat_of_edition"),
        ]

    def __str__(self) -> str:
        return self.code


class JurorQuerySet(models.QuerySet["Juror"]):
    def visible_to(self, user: Any) -> "JurorQuerySet":
        """Oneself, and who manages the edition."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.PROGRAMME):
            return self.all()
        return self.filter(Q(user=user) | Q(edition__in=Edition.objects.managed_by(user)))

    def seated(self) -> "JurorQuerySet":
        return self.filter(state=Juror.State.ACCEPTED)

    def invited_with(self, key: str) -> "JurorQuerySet":
        """The invitation that this key, which only its mail holds, opens."""
        return self.filter(state=Juror.State.INVITED, key=key).select_related("edition__rules")

    def of(self, user: Any) -> "JurorQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()

    def overdue(self, moment: datetime.datetime) -> "JurorQuerySet":
        return self.filter(state=Juror.State.INVITED, due_at__lt=moment)

    def with_names(self) -> "JurorQuerySet":
        return self.select_related("user__work_address__organisation", "seat", "edition")


@pghistory.track()
class Juror(Workflow):
    """Somebody in the jury of an edition, from proposal to acceptance."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("In the jury")
        DECLINED = "declined", _("Declined")
        LAPSED = "lapsed", _("Did not answer")
        LEFT = "left", _("Left the jury")
        DROPPED = "dropped", _("Not invited")

    MOVES = JUROR_MOVES
    TERMS: ClassVar = {State.INVITED: datetime.timedelta(days=14)}
    privacy = Personal(
        person="user",
        purpose=_("Knowing who is in the jury of PITCH"),
        keep=Keep.ACCOUNT,
        contact={"email"},
        work={"edition", "seat"},
        trail={"state", "moved_at", "due_at"},
        technical={"id", "key", "user"},
    )

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PROPOSED, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="jurors", verbose_name=_("edition"))
    seat = models.OneToOneField(
        Seat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="juror",
        verbose_name=_("place"),
        editable=False,
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="pitch_juries",
        verbose_name=_("person"),
    )
    email = models.EmailField(_("e-mail address"), max_length=254)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)

    objects = JurorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["edition", "pk"]
        verbose_name = _("member of the jury")
        verbose_name_plural = _("members of the jury")
        triggers: ClassVar = [guard(JUROR_MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "user"], condition=Q(user__isnull=False), name="juror_once_per_edition"
            ),
            models.UniqueConstraint(fields=["edition", "email"], name="juror_address_once_per_edition"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(user__isnull=False, seat__isnull=False),
                name="juror_accepted_is_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user) if self.user else self.email

    def get_absolute_url(self) -> str:
        return reverse("pitch:invitation", args=[self.key])


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def visible_to(self, user: Any) -> "ConflictQuerySet":
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.PROGRAMME):
            return self.all()
        return self.filter(Q(juror__user=user) | Q(juror__edition__in=Edition.objects.managed_by(user)))

    def open(self) -> "ConflictQuerySet":
        return self.filter(state=Conflict.State.OPEN)

    def blocking(self) -> "ConflictQuerySet":
        """As long as nobody has ruled that the member may judge, the plan stays shut for this member."""
        return self.exclude(state=Conflict.State.DISMISSED)

    def overdue(self, moment: datetime.datetime) -> "ConflictQuerySet":
        return self.open().filter(due_at__lt=moment)

    def with_names(self) -> "ConflictQuerySet":
        return self.select_related("juror__user", "juror__edition", "entry__edition")


@pghistory.track()
class Conflict(Workflow):
    """An interest of a member of the jury in a plan: found in the data, or said by the member."""

    class Kind(models.TextChoices):
        TEAM = "team", _("in the team myself, now or before")
        DEPARTMENT = "department", _("same department")
        ORGANISATION = "organisation", _("same organisation")
        LINE = "line", _("one of us leads the other")
        COACH = "coach", _("coached or advised the team")
        FAMILY = "family", _("family or friend")
        FINANCIAL = "financial", _("money is involved")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        OPEN = "open", _("Waits for a ruling")
        RECUSED = "recused", _("Does not judge this plan")
        DISMISSED = "dismissed", _("May judge this plan")

    MOVES = CONFLICT_MOVES
    TERMS: ClassVar = {State.OPEN: datetime.timedelta(days=3)}
    privacy = Personal(
        person="juror__user",
        purpose=_("Keeping who has an interest away from judging"),
        keep=Keep.ACCOUNT,
        work={"entry", "kind"},
        words={"explanation", "ruling"},
        trail={"is_declared", "state", "moved_at", "due_at"},
        technical={"id", "juror"},
    )

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN, editable=False)
    juror = models.ForeignKey(
        Juror, models.CASCADE, related_name="conflicts", verbose_name=_("member of the jury")
    )
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="conflicts", verbose_name=_("plan"))
    kind = models.CharField(_("kind of interest"), max_length=12, choices=Kind)
    is_declared = models.BooleanField(_("said by the member"), default=False)
    explanation = models.CharField(_("explanation"), max_length=300, blank=True)
    ruling = models.CharField(_("reason of the ruling"), max_length=500, blank=True, editable=False)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["juror", "pk"]
        verbose_name = _("interest of a jury member")
        verbose_name_plural = _("interests of jury members")
        triggers: ClassVar = [guard(CONFLICT_MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["juror", "entry"], name="conflict_once_per_juror_and_entry")
        ]

    def __str__(self) -> str:
        return f"{self.juror}: {self.entry}"

    def get_absolute_url(self) -> str:
        return reverse("pitch:rule_on_conflict", args=[self.pk])


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: Any) -> "AssignmentQuerySet":
        """The own ones, and all for who manages the edition."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(seat__juror__user=user) | Q(edition__in=Edition.objects.managed_by(user)))

    def of(self, user: Any) -> "AssignmentQuerySet":
        """What this person judges, as long as he or she is in the jury."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(seat__juror__user=user, seat__juror__state=Juror.State.ACCEPTED)

    def counting(self) -> "AssignmentQuerySet":
        return self.filter(recused_at=None)


class Assignment(models.Model):
    """A plan for a place in the jury to judge. A ballot is cast on it; recusal takes it out of the count."""

    privacy = Impersonal("which place in the jury judges which plan")

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="assignments", verbose_name=_("edition")
    )
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="assignments", verbose_name=_("place"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="assignments", verbose_name=_("plan"))
    reason = models.JSONField(_("why this member"), default=dict, editable=False)
    made_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    recused_at = models.DateTimeField(_("stood aside at"), null=True, blank=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["edition", "seat", "entry"]
        verbose_name = _("plan to judge")
        verbose_name_plural = _("plans to judge")
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="settled",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("edition_state", "TEXT")],
                func=SETTLED,
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seat", "entry"], name="assignment_once"),
            models.UniqueConstraint(fields=["id", "edition"], name="assignment_of_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.entry}"
