import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.organisations.models import Organisation
from bwob.people.models import Role
from bwob.privacy.labels import Keep, Personal
from bwob.workflow import Workflow, guard
from mobility import wording
from mobility.models.exchanges import Exchange

ENDED = ["declined", "withdrawn", "lapsed"]
PLACED = ["confirmed", "started", "completed", "evaluated"]
"""A place was given; its period counts, whether it is to come, goes on or has passed."""
BESIDE = {Exchange.Kind.GIG: "hours", Exchange.Kind.SHADOWING: "day"}
"""A gig takes a few hours beside the job, a shadowing day one day; every other kind is the job itself."""
MOVES: dict[str, set[str]] = {
    "draft": {"submitted", "waiting", "lapsed"},
    "submitted": {"conversation", "offered", "waiting", *ENDED},
    "conversation": {"offered", "waiting", *ENDED},
    "offered": {"taken", "waiting", *ENDED},
    "taken": {"agreed", "waiting", *ENDED},
    "agreed": {"confirmed", "waiting", *ENDED},
    "waiting": {"conversation", "offered", *ENDED},
    "confirmed": {"started", "withdrawn"},
    "started": {"completed"},
    "completed": {"evaluated"},
    "evaluated": set(),
    "declined": set(),
    "withdrawn": set(),
    "lapsed": set(),
}


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """The applicant; once sent, those who manage the exchange and the programme office. Nobody else."""
        sent = Q(submitted_at__isnull=False)
        if user.has_role(Role.PROGRAMME):
            return self.filter(sent | Q(applicant=user))
        managed = Exchange.objects.managed(user, "exchange__")
        return self.filter(Q(applicant=user) | (sent & managed))

    def sent(self) -> "ApplicationQuerySet":
        """A draft that lapsed was never sent."""
        return self.filter(submitted_at__isnull=False)

    def live(self) -> "ApplicationQuerySet":
        """Sent, and somebody still has to do something."""
        return self.exclude(state__in=[Application.State.DRAFT, *PLACED, *ENDED])

    def running(self) -> "ApplicationQuerySet":
        """Not ended: a draft, a live one or a confirmed one. At most one per person and exchange."""
        return self.exclude(state__in=ENDED)

    def ended(self) -> "ApplicationQuerySet":
        return self.filter(state__in=ENDED)

    def confirmed(self) -> "ApplicationQuerySet":
        """Given a place, whether it is to come, goes on or has passed."""
        return self.filter(state__in=PLACED)

    def queued(self) -> "ApplicationQuerySet":
        """On the waiting list, the first in line first."""
        return self.filter(state=Application.State.WAITING).order_by("waiting_number")

    def unqueued(self) -> "ApplicationQuerySet":
        """Live ones that are not on the waiting list: each may yet take a place."""
        return self.live().exclude(state=Application.State.WAITING)

    def to_come(self) -> "ApplicationQuerySet":
        """Of which the period has not begun."""
        return self.filter(state=Application.State.CONFIRMED, starts_on__gt=timezone.localdate())

    def in_the_way_of(
        self, kind: str, starts_on: datetime.date | None, ends_on: datetime.date | None
    ) -> "ApplicationQuerySet":
        """That take the same of the week as this kind, in a period that shares a day with this one.

        A period without a last day is for good. A gig is never in the way: it is done beside the job.
        """
        takes = taken_by(kind)
        if starts_on is None or takes == Application.Takes.HOURS:
            return self.none()
        alike = self.filter(takes=takes)
        begun = alike if ends_on is None else alike.filter(starts_on__lte=ends_on)
        return begun.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on)).order_by("starts_on")

    def overdue(self, moment: datetime.datetime) -> "ApplicationQuerySet":
        return self.filter(due_at__lt=moment).exclude(state__in=[*PLACED, *ENDED])

    def to_remind(self) -> "ApplicationQuerySet":
        """Not reminded since the last move."""
        return self.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("moved_at")))

    def locked(self) -> "ApplicationQuerySet":
        """Held until the transaction ends; what somebody else is moving is waited for, and left out if
        it left.
        """
        return self.select_for_update(of=("self",))

    def with_names(self) -> "ApplicationQuerySet":
        """With all that a row of a list names, in the same query."""
        return self.select_related("exchange__organisation", "exchange__place", "applicant", "employer")


@pghistory.track()
class Application(Workflow):
    """A person's wish to take an exchange, from draft to confirmed or ended."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Sent")
        CONVERSATION = "conversation", _("In conversation")
        OFFERED = "offered", _("Offered")
        TAKEN = "taken", _("Offer taken")
        AGREED = "agreed", _("Manager agrees")
        WAITING = "waiting", _("On the waiting list")
        CONFIRMED = "confirmed", _("Confirmed")
        STARTED = "started", _("Under way")
        COMPLETED = "completed", _("Done: look back")
        EVALUATED = "evaluated", _("Finished")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Lapsed")

    class Code(models.TextChoices):
        """Why an application was declined: by HR, or by the applicant's manager (the last four)."""

        PROFILE = "profile", _("Other experience needed")
        HOURS = "hours", _("Hours or period do not fit")
        SCALE = "scale", _("Scale does not fit")
        CHOSEN = "chosen", _("Somebody else was chosen")
        FILLED = "filled", _("All places have been given")
        CANCELLED = "cancelled", _("The exchange does not take place")
        RULES = "rules", _("A rule stands in the way")
        TOO_BUSY = "too_busy", _("Cannot be missed now")
        NO_REPLACEMENT = "no_replacement", _("No replacement found")
        OTHER_PERIOD = "other_period", _("Possible in another period")
        COSTS = "costs", _("No agreement on costs")

    class Takes(models.TextChoices):
        """What a given place takes of somebody's week; set when it is given. See `BESIDE`."""

        JOB = "job", _("The job itself")
        DAY = "day", _("A day")
        HOURS = "hours", _("A few hours beside the job")

    HR_CODES = (Code.PROFILE, Code.HOURS, Code.SCALE, Code.CHOSEN, Code.FILLED, Code.CANCELLED, Code.RULES)
    MANAGER_CODES = (Code.TOO_BUSY, Code.NO_REPLACEMENT, Code.OTHER_PERIOD, Code.COSTS, Code.RULES)

    MOVES = MOVES
    TERMS: ClassVar = {
        State.DRAFT: datetime.timedelta(days=90),
        State.SUBMITTED: datetime.timedelta(days=28),
        State.CONVERSATION: datetime.timedelta(days=42),
        State.OFFERED: datetime.timedelta(days=7),
        State.TAKEN: datetime.timedelta(days=7),
        State.AGREED: datetime.timedelta(days=14),
        State.WAITING: datetime.timedelta(days=90),
        State.COMPLETED: datetime.timedelta(days=21),
    }
    OFFER_WORKING_DAYS = 5
    privacy = Personal(
        person="applicant",
        purpose=_("Deciding on an application"),
        keep=Keep.APPLICATION,
        contact={"manager_name", "manager_email"},
        work={"exchange", "employer", "hours", "takes", "starts_on", "ends_on"},
        words={"motivation", "offer_note"},
        trail={
            "state",
            "moved_at",
            "due_at",
            "code",
            "submitted_at",
            "asked_manager_at",
            "talk_asked",
            "is_returning",
            "keep_until",
            "reminded_at",
            "waiting_number",
            "proposed_ends_on",
            "proposed_by",
            "proposal_due_at",
        },
        technical={"id", "key", "applicant"},
    )

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    exchange = models.ForeignKey(
        Exchange, models.PROTECT, related_name="applications", verbose_name=_("exchange")
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="applications", verbose_name=_("applicant")
    )
    employer = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="applications_of_staff",
        verbose_name=_("employer"),
        editable=False,
    )
    is_returning = models.BooleanField(
        _("worked here before"),
        default=False,
        editable=False,
        help_text=_("A former colleague who chose to be known as one."),
    )
    motivation = models.TextField(
        _("why you, and why here"),
        max_length=1500,
        help_text=_("In plain words, at most 1,500 characters. The offering organisation reads this."),
    )
    hours = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    takes = models.CharField(
        _("takes"), max_length=5, choices=Takes, default=Takes.JOB, db_default=Takes.JOB, editable=False
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    offer_note = models.TextField(_("what we agreed"), max_length=2000, blank=True)
    manager_name = models.CharField(_("name of your manager"), max_length=200, blank=True)
    manager_email = models.EmailField(_("work address of your manager"), max_length=254, blank=True)
    asked_manager_at = models.DateTimeField(_("manager asked at"), null=True, blank=True, editable=False)
    talk_asked = models.BooleanField(_("manager wants to talk"), default=False, editable=False)
    code = models.CharField(_("reason"), max_length=16, choices=Code, blank=True)
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    waiting_number = models.PositiveIntegerField(
        _("number on the waiting list"), null=True, blank=True, editable=False
    )
    """Given once, in the order of the list; the position is how many before it still wait, plus one."""
    proposed_ends_on = models.DateField(_("proposed last day"), null=True, blank=True, editable=False)
    proposed_by = models.CharField(_("proposed by"), max_length=10, blank=True, editable=False)
    proposal_due_at = models.DateTimeField(_("answer due at"), null=True, blank=True, editable=False)
    keep_until = models.DateField(_("kept until"), null=True, blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-moved_at"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["exchange", "applicant"],
                condition=~Q(state__in=ENDED),
                name="application_once_per_exchange",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="application_period",
                violation_error_code="ends_on",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["offered", "taken", "agreed", *PLACED]) | Q(starts_on__isnull=False),
                name="application_offer_has_a_start",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(waiting_number__isnull=False),
                name="application_waiting_has_a_number",
            ),
            models.UniqueConstraint(fields=["exchange", "waiting_number"], name="application_one_per_number"),
            ExclusionConstraint(
                name="application_confirmed_periods_apart",
                expressions=[
                    ("applicant", RangeOperators.EQUAL),
                    ("takes", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=PLACED) & ~Q(takes="hours"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["exchange", "state"], name="application_of_exchange"),
            models.Index(fields=["due_at"], name="application_due", condition=Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.applicant}: {self.exchange}"

    def get_absolute_url(self) -> str:
        return reverse("mobility:application", args=[self.key])

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        """The end of the last day: an offer stands for five working days, other terms count calendar days."""
        if state == self.State.OFFERED:
            return dutch.working_days_after(moment, self.OFFER_WORKING_DAYS)
        due_at = super().due_in(state, moment)
        return dutch.end_of_day(due_at) if due_at else None

    @property
    def period_text(self) -> str:
        """The offered or confirmed period, from the state offered on."""
        return wording.from_until(self.starts_on, self.ends_on)

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def is_live(self) -> bool:
        return not self.is_ended and self.state not in (self.State.DRAFT, *PLACED)

    def is_visible_to(self, user: Any) -> bool:
        return Application.objects.visible_to(user).filter(pk=self.pk).exists()

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED

    @property
    def has_a_place(self) -> bool:
        return self.state in PLACED

    @property
    def is_under_way(self) -> bool:
        return self.state == self.State.STARTED

    @property
    def is_completed(self) -> bool:
        return self.state == self.State.COMPLETED

    @property
    def is_queued(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def has_begun(self) -> bool:
        return self.starts_on is not None and self.starts_on <= timezone.localdate()

    @property
    def decides_alone(self) -> bool:
        """A former colleague who works for no public body now: no manager has to agree."""
        return self.is_returning and self.employer_id is None

    @property
    def waits_for_applicant(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.OFFERED)

    @property
    def waits_for_hr(self) -> bool:
        return self.state in (self.State.SUBMITTED, self.State.CONVERSATION, self.State.AGREED)

    @property
    def waits_for_manager(self) -> bool:
        return self.state == self.State.TAKEN

    @property
    def position(self) -> int:
        """The place on the waiting list, from 1. One query."""
        queue = Application.objects.filter(exchange=self.exchange_id).queued()
        return queue.filter(waiting_number__lt=self.waiting_number).count() + 1

    @property
    def days_left(self) -> int | None:
        """Whole days until the term ends, 0 on its last day; None when nothing waits."""
        waits = self.due_at and (self.is_live or self.state == self.State.DRAFT)
        return (timezone.localtime(self.due_at).date() - timezone.localdate()).days if waits else None


def taken_by(kind: str) -> str:
    """What a place of this kind of exchange takes of somebody's week."""
    return BESIDE.get(Exchange.Kind(kind), Application.Takes.JOB)
