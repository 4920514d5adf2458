import datetime
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.people.models import Role
from bwob.privacy.labels import Impersonal, Keep, Personal
from bwob.workflow import Workflow, guard

MOVES: dict[str, set[str]] = {
    "draft": {"fixed", "cancelled"},
    "fixed": {"draft", "open", "cancelled"},
    "open": {"admission", "cancelled"},
    "admission": {"rehearsal", "cancelled"},
    "rehearsal": {"judging", "cancelled"},
    "judging": {"closed"},
    "closed": {"opened"},
    "opened": {"deliberation"},
    "deliberation": {"decided"},
    "decided": {"published"},
    "published": {"deliberation", "realisation"},
    "realisation": {"ended"},
    "ended": set(),
    "cancelled": set(),
}
BEFORE_OPENING = ["draft", "fixed", "open", "admission", "rehearsal", "judging", "closed"]
"""States in which nobody may know a score; a cancelled edition stays that way."""


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: Any) -> "EditionQuerySet":
        """Everybody, once its rules are fixed; before that the programme office and who has a part in it."""
        public = ~Q(state=Edition.State.DRAFT)
        if not user.is_authenticated:
            return self.filter(public)
        if user.has_role(Role.PROGRAMME):
            return self.all()
        return self.filter(public | Q(pk__in=Part.objects.filter(user=user).values("edition")))

    def managed_by(self, user: Any) -> "EditionQuerySet":
        """Where this person is chair or secretary; all for the programme office."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.PROGRAMME):
            return self.all()
        own = Part.objects.filter(user=user, role__in=[Part.Role.CHAIR, Part.Role.SECRETARY])
        return self.filter(pk__in=own.values("edition"))

    def running(self) -> "EditionQuerySet":
        return self.exclude(state__in=[Edition.State.DRAFT, Edition.State.ENDED, Edition.State.CANCELLED])

    def past(self) -> "EditionQuerySet":
        return self.filter(state=Edition.State.ENDED)

    def closed_for_entries(self, moment: datetime.datetime) -> "EditionQuerySet":
        return self.filter(state=Edition.State.OPEN, entries_close_at__lte=moment)

    def done_judging(self, moment: datetime.datetime) -> "EditionQuerySet":
        return self.filter(state=Edition.State.JUDGING, judging_closes_at__lte=moment)

    def locked(self) -> "EditionQuerySet":
        """Held until the transaction ends: nothing is cast, closed or ruled on meanwhile."""
        return self.select_for_update(of=("self",))


@pghistory.track()
class Edition(Workflow):
    """One round of PITCH, from its rules to the plan that is carried out."""

    class State(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        FIXED = "fixed", _("Rules fixed")
        OPEN = "open", _("Open for plans")
        ADMISSION = "admission", _("Admission")
        REHEARSAL = "rehearsal", _("Jury prepares")
        JUDGING = "judging", _("Jury judges")
        CLOSED = "closed", _("Judging closed")
        OPENED = "opened", _("Ballots opened")
        DELIBERATION = "deliberation", _("Jury deliberates")
        DECIDED = "decided", _("Result fixed")
        PUBLISHED = "published", _("Result published")
        REALISATION = "realisation", _("Winner is carried out")
        ENDED = "ended", _("Ended")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = MOVES
    privacy = Impersonal("a round of the competition; who has a part in it stands in Part")

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    slug = models.SlugField(_("web address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80, help_text=_("As in PITCH 2026."))
    year = models.PositiveSmallIntegerField(_("year"))
    heading = models.CharField(
        _("heading"), max_length=90, help_text=_("The first words on its page. Short, and in plain words.")
    )
    summary = models.TextField(_("in short"), max_length=400)
    prizes = models.TextField(
        _("prizes"),
        max_length=2000,
        blank=True,
        help_text=_("One prize on a line: its name, a colon, what it is."),
    )
    story = models.TextField(
        _("how it ended"), max_length=1000, blank=True, help_text=_("For the archive: which plan won.")
    )
    entries_open_on = models.DateField(_("plans from"), null=True, blank=True)
    entries_close_at = models.DateTimeField(_("plans until"), null=True, blank=True)
    admission_until = models.DateField(_("admission until"), null=True, blank=True)
    judging_closes_at = models.DateTimeField(_("judging until"), null=True, blank=True)
    final_at = models.DateTimeField(_("final"), null=True, blank=True)
    final_place = models.CharField(_("place of the final"), max_length=120, blank=True)
    realisation_until = models.DateField(_("carried out until"), null=True, blank=True)
    seal = models.CharField(_("seal"), max_length=64, blank=True, editable=False)
    objections_until = models.DateField(_("objections until"), null=True, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-year", "slug"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(entries_close_at=None)
                | Q(judging_closes_at=None)
                | Q(judging_closes_at__gt=F("entries_close_at")),
                name="edition_judging_after_entries",
                violation_error_code="judging_closes_at",
                violation_error_message=_("The jury judges after the plans have come in."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("pitch:edition", args=[self.slug])

    @property
    def title(self) -> str:
        return self.name

    @property
    def takes_entries(self) -> bool:
        """May plans come in now? The date decides, not the moment at which the clock moves the edition."""
        is_before = self.entries_close_at is None or timezone.now() < self.entries_close_at
        return self.state == self.State.OPEN and is_before

    @property
    def takes_ballots(self) -> bool:
        is_before = self.judging_closes_at is None or timezone.now() < self.judging_closes_at
        return self.state == self.State.JUDGING and is_before

    @property
    def takes_objections(self) -> bool:
        is_in_time = self.objections_until is not None and timezone.localdate() <= self.objections_until
        return self.state == self.State.PUBLISHED and is_in_time

    @property
    def shows_entries(self) -> bool:
        """Are the admitted plans public? From the moment that the jury starts, without names of teams."""
        hidden = [*BEFORE_OPENING[:5], self.State.CANCELLED]
        return self.state not in hidden

    @property
    def shows_scores(self) -> bool:
        """May the page of the result be seen by everybody?"""
        return self.state in (self.State.PUBLISHED, self.State.REALISATION, self.State.ENDED)

    @property
    def is_secret(self) -> bool:
        """Before the ballots are opened nobody may know a score."""
        return self.state in [*BEFORE_OPENING, self.State.CANCELLED]


class PartQuerySet(models.QuerySet["Part"]):
    def visible_to(self, user: Any) -> "PartQuerySet":
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.PROGRAMME):
            return self.all()
        managed = Edition.objects.managed_by(user)
        return self.filter(Q(user=user) | Q(edition__in=managed))

    def key_holders(self) -> "PartQuerySet":
        return self.filter(role=Part.Role.KEY_HOLDER)

    def with_names(self) -> "PartQuerySet":
        return self.select_related("user", "edition")


@pghistory.track()
class Part(models.Model):
    """What somebody does in one edition beside judging: chair, secretary or holder of a key."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair of the jury")
        SECRETARY = "secretary", _("Secretary of the jury")
        KEY_HOLDER = "key_holder", _("Key holder")

    privacy = Personal(
        person="user",
        purpose=_("Knowing who leads an edition of PITCH"),
        keep=Keep.ACCOUNT,
        work={"edition", "role"},
        trail={"since"},
        technical={"id", "user"},
    )

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="parts", verbose_name=_("edition"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pitch_parts", verbose_name=_("person")
    )
    role = models.CharField(_("part"), max_length=12, choices=Role)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["edition", "role", "pk"]
        verbose_name = _("part in an edition")
        verbose_name_plural = _("parts in an edition")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "user", "role"], name="part_once_per_edition"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(role="chair"), name="part_one_chair_per_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.edition}"
