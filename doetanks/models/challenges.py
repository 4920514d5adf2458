import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.organisations.models import Organisation, Region
from bwob.people.models import Role
from bwob.privacy.labels import Impersonal
from bwob.workflow import Workflow, guard
from doetanks import wording
from doetanks.models.coaches import Coach

MOVES: dict[str, set[str]] = {
    "submitted": {"intake", "stopped"},
    "intake": {"open", "stopped"},
    "open": {"complete", "stopped"},
    "complete": {"explore", "open", "stopped"},
    "explore": {"ideas", "stopped"},
    "ideas": {"trying", "explore", "stopped"},
    "trying": {"deliver", "ideas", "stopped"},
    "deliver": {"decision", "trying", "stopped"},
    "decision": {"effect", "closed", "unanswered"},
    "unanswered": {"effect", "closed"},
    "effect": {"closed"},
    "closed": set(),
    "stopped": set(),
}
BEFORE = ["submitted", "intake"]
JOINABLE = ["open", "complete"]
PHASES = ["explore", "ideas", "trying", "deliver"]
ANSWERABLE = ["decision", "unanswered"]
AFTER = ["effect", "closed"]
ENDED = ["closed", "stopped"]


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def visible_to(self, user: Any) -> "ChallengeQuerySet":
        """What was opened is public, unless it is under the radar: then only who is in it knows of it.

        A new challenge is for its commissioner, the coaches (one of them takes it) and the programme office.
        """
        public = Q(opened_at__isnull=False, is_hidden=False)
        if not user.is_authenticated:
            return self.filter(public)
        inside = Q(commissioner=user) | Q(coach=user) | Q(Exists(self._running_part_of(user)))
        to_look_at = Q(opened_at__isnull=True, is_hidden=False)
        if not user.has_role(Role.PROGRAMME):
            to_look_at &= Q(state=Challenge.State.SUBMITTED) & Q(Exists(Coach.objects.filter(user=user)))
        return self.filter(public | inside | to_look_at)

    @staticmethod
    def _running_part_of(user: Any) -> models.QuerySet:
        parts = Challenge.participations.rel.related_model._base_manager
        return parts.filter(
            challenge=OuterRef("pk"), person=user, state__in=["asked", "talk", "waiting", "member"]
        )

    def worked_on_by(self, user: Any) -> "ChallengeQuerySet":
        """Of which this person is coach or member: whose workroom is open to him or her."""
        member = self._running_part_of(user).filter(state="member")
        return self.filter(Q(coach=user) | Q(Exists(member)))

    def open(self) -> "ChallengeQuerySet":
        """One can ask to join; public ones only."""
        return self.filter(state__in=JOINABLE, is_hidden=False, opened_at__isnull=False)

    def overdue(self, moment: datetime.datetime) -> "ChallengeQuerySet":
        return self.filter(due_at__lt=moment).exclude(state__in=ENDED)

    def to_remind(self) -> "ChallengeQuerySet":
        return self.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("moved_at")))

    def locked(self) -> "ChallengeQuerySet":
        return self.select_for_update(of=("self",))

    def with_names(self) -> "ChallengeQuerySet":
        return self.select_related("organisation", "region", "commissioner", "coach")


@pghistory.track()
class Challenge(Workflow):
    """A question of an organisation, from the day it is submitted to the effect of the answer.

    From the moment it is opened it is also the Doetank that works on it: one record, one history.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        INTAKE = "intake", _("Intake")
        OPEN = "open", _("Open to join")
        COMPLETE = "complete", _("Team complete")
        EXPLORE = "explore", _("Explore")
        IDEAS = "ideas", _("Ideas")
        TRYING = "trying", _("Try")
        DELIVER = "deliver", _("Deliver")
        DECISION = "decision", _("Waits for the decision")
        UNANSWERED = "unanswered", _("No answer in time")
        EFFECT = "effect", _("Put into practice")
        CLOSED = "closed", _("Closed")
        STOPPED = "stopped", _("Stopped")

    class Verdict(models.TextChoices):
        ADOPT = "adopt", _("Adopted")
        ADAPTED = "adapted", _("Adopted in another form")
        NO = "no", _("Not adopted")

    MOVES = MOVES
    TERMS: ClassVar = {
        State.SUBMITTED: datetime.timedelta(days=21),
        State.INTAKE: datetime.timedelta(days=42),
        State.OPEN: datetime.timedelta(days=120),
        State.COMPLETE: datetime.timedelta(days=28),
        State.EXPLORE: datetime.timedelta(days=56),
        State.IDEAS: datetime.timedelta(days=56),
        State.TRYING: datetime.timedelta(days=112),
        State.DELIVER: datetime.timedelta(days=56),
        State.DECISION: datetime.timedelta(weeks=6),
        State.EFFECT: datetime.timedelta(days=225),
    }
    EFFECT_AFTER = datetime.timedelta(days=183)
    privacy = Impersonal(
        "a question of an organisation; who decides on it and who guides it are named as part of their job"
    )

    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.SUBMITTED, editable=False
    )
    title = models.CharField(_("title"), max_length=120, help_text=_("The question in one line."))
    slug = models.SlugField(max_length=110, unique=True, editable=False)
    question = models.TextField(
        _("what is the matter"),
        max_length=3000,
        help_text=_("What happens now, who has trouble with it, and what was tried before."),
    )
    gain = models.TextField(
        _("what would be better"),
        max_length=1500,
        help_text=_("For whom, and how you would notice after half a year."),
    )
    bounds = models.TextField(
        _("what stands firm"),
        max_length=1500,
        blank=True,
        help_text=_("Law, money or choices that the team cannot change."),
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="challenges", verbose_name=_("organisation")
    )
    commissioner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="challenges_to_decide",
        verbose_name=_("commissioner"),
    )
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="challenges_to_coach",
        verbose_name=_("coach"),
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("region"),
        help_text=_("Where the team meets. Leave empty for the whole country."),
    )
    hours = models.PositiveSmallIntegerField(
        _("hours a week"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(16)],
        help_text=_("What it takes of each member, between 1 and 16."),
    )
    places = models.PositiveSmallIntegerField(
        _("places in the team"), default=6, validators=[MinValueValidator(3), MaxValueValidator(12)]
    )
    decide_on = models.DateField(
        _("you decide by"),
        help_text=_("The day on which you say yes or no to what the team brings. Everybody can see it."),
    )
    is_hidden = models.BooleanField(_("under the radar"), default=False, editable=False)
    invite_key = models.UUIDField(default=uuid.uuid4, editable=False)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True, editable=False)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True, editable=False)
    yields = models.TextField(_("what the team brings"), max_length=4000, blank=True)
    verdict = models.CharField(_("decision"), max_length=8, choices=Verdict, blank=True)
    verdict_text = models.TextField(_("why, and what happens now"), max_length=2000, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    effect = models.TextField(_("what it brought after half a year"), max_length=2000, blank=True)
    measured_at = models.DateTimeField(_("measured at"), null=True, blank=True, editable=False)
    came_from = models.CharField(_("where it began"), max_length=200, blank=True, editable=False)
    led_to = models.CharField(
        _("where it went on"),
        max_length=200,
        blank=True,
        help_text=_("The address of a page on this portal, as in /pitch/inzendingen/…"),
    )
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    keep_until = models.DateField(_("workroom kept until"), null=True, blank=True, editable=False)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-moved_at"]
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hours__gte=1, hours__lte=16, places__gte=3, places__lte=12),
                name="challenge_size",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AFTER) | ~Q(verdict=""), name="challenge_ends_with_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | ~Q(verdict_text=""), name="challenge_decision_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*BEFORE, "stopped"]) | Q(opened_at__isnull=False),
                name="challenge_opened_at",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decision", "unanswered", *AFTER])
                | (~Q(yields="") & Q(delivered_at__isnull=False)),
                name="challenge_delivered_something",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state"], name="challenge_by_state"),
            models.Index(fields=["due_at"], name="challenge_due", condition=Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            tail = get_random_string(6, "abcdefghjkmnpqrstuvwxyz23456789")
            self.slug = f"{slugify(self.title)[:95] or 'vraagstuk'}-{tail}"
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("doetanks:challenge", args=[self.slug])

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        due_at = super().due_in(state, moment)
        return dutch.end_of_day(due_at) if due_at else None

    @property
    def is_public(self) -> bool:
        return self.opened_at is not None and not self.is_hidden

    @property
    def is_joinable(self) -> bool:
        return self.state in JOINABLE

    @property
    def is_at_work(self) -> bool:
        return self.state in PHASES

    @property
    def is_answerable(self) -> bool:
        return self.state in ANSWERABLE

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def answer_due_at(self) -> datetime.datetime | None:
        """The end of the six weeks in which the commissioner must answer, also when they have passed."""
        if not self.delivered_at:
            return None
        return dutch.end_of_day(self.delivered_at + self.TERMS[self.State.DECISION])

    @property
    def effect_due_on(self) -> datetime.date | None:
        return timezone.localtime(self.decided_at + self.EFFECT_AFTER).date() if self.decided_at else None

    @property
    def days_left(self) -> int | None:
        """Whole days until the term of this state ends, 0 on its last day."""
        waits = self.due_at and not self.is_ended
        return (timezone.localtime(self.due_at).date() - timezone.localdate()).days if waits else None

    hours_text = property(lambda self: wording.hours(self.hours))
    places_text = property(lambda self: wording.places(self.places))
    region_text = property(lambda self: wording.region(self.region))


class Tick(models.Model):
    """A point of the coach's list that was ticked; the points themselves stand in `phases.py`."""

    privacy = Impersonal("points of a checklist")

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="ticks")
    point = models.CharField(_("point"), max_length=30)
    ticked_at = models.DateTimeField(_("ticked at"), default=timezone.now)

    class Meta:
        verbose_name = _("ticked point")
        verbose_name_plural = _("ticked points")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "point"], name="point_ticked_once")
        ]

    def __str__(self) -> str:
        return self.point


class WantedRole(models.Model):
    """Whom the team looks for: a role in words, so that people recognise themselves."""

    privacy = Impersonal("a role in a team, not a person")

    challenge = models.ForeignKey(
        Challenge, models.CASCADE, related_name="roles", verbose_name=_("challenge")
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("role"), max_length=80)
    brings = models.CharField(_("what this role brings"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("role wanted")
        verbose_name_plural = _("roles wanted")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "title"], name="role_once_per_challenge")
        ]

    def __str__(self) -> str:
        return self.title
