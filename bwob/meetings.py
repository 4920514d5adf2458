"""A meeting with a number of places, and somebody who has one or waits for one: what lines share of both.

A line makes its own models of the two abstract ones, adds who may come, and draws the triggers. The acts are
in `seating`.
"""

import datetime
import uuid
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bwob.numbers import FEW
from bwob.workflow import Workflow

MEETING_MOVES: dict[str, set[str]] = {
    "draft": {"published", "cancelled"},
    "published": {"cancelled"},
    "cancelled": set(),
}
SEAT_MOVES: dict[str, set[str]] = {
    "seated": {"withdrawn", "cancelled"},
    "waiting": {"offered", "withdrawn", "lapsed", "cancelled"},
    "offered": {"seated", "withdrawn", "lapsed", "cancelled"},
    "withdrawn": set(),
    "lapsed": set(),
    "cancelled": set(),
}
HOLDS_A_SEAT = ["seated", "offered"]
RUNNING = ["seated", "waiting", "offered"]
LEGIBLE = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_code() -> str:
    return get_random_string(6, LEGIBLE)


def hours_of(starts_at: datetime.time, ends_at: datetime.time) -> str:
    return f"{starts_at:%H:%M}–{ends_at:%H:%M}"


def where(place: str, venue: str, is_online: bool) -> str:
    there = ", ".join(part for part in (venue, place) if part)
    if not is_online:
        return there
    return gettext("%s, and online") % there if there else gettext("Online")


def seats(left: int) -> str:
    if not left:
        return gettext("Full, with a waiting list")
    return gettext("The last places") if left < FEW else gettext("Places free")


class MeetingQuerySet[M: models.Model](models.QuerySet[M]):
    def published(self) -> Self:
        return self.filter(state=Meeting.State.PUBLISHED)

    def coming(self) -> Self:
        """Today or later, the first first."""
        return (
            self.published().filter(held_on__gte=timezone.localdate()).order_by("held_on", "starts_at", "pk")
        )

    def past(self) -> Self:
        return self.published().filter(held_on__lt=timezone.localdate()).order_by("-held_on", "pk")

    def with_a_queue(self) -> Self:
        """Coming ones on which somebody waits for a place."""
        return self.coming().filter(signups__state="waiting").distinct()

    def with_seats(self) -> Self:
        """With the number of places that are given or on offer, as `taken`."""
        return self.annotate(taken=Count("signups", filter=Q(signups__state__in=HOLDS_A_SEAT)))


class Meeting(Workflow):
    """It is held by its date. A subclass has `title`, `place` (or None) and sign-ups as `signups`."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = MEETING_MOVES
    place: Any
    signups: Any

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("begins at"), default=datetime.time(9, 30))
    ends_at = models.TimeField(_("ends at"), default=datetime.time(16, 0))
    is_online = models.BooleanField(_("online"), default=False)
    venue = models.CharField(_("building or address"), max_length=200, blank=True)
    online_url = models.URLField(
        _("link to take part online"),
        max_length=300,
        blank=True,
        help_text=_("Only people with a place see this."),
    )
    capacity = models.PositiveSmallIntegerField(
        _("places"), default=30, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    code = models.CharField(_("code of the day"), max_length=6, default=new_code, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def begins(self) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(self.held_on, self.starts_at))

    @property
    def ends(self) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(self.held_on, self.ends_at))

    @property
    def is_open(self) -> bool:
        """One can sign up, for a place or for the waiting list, until it begins."""
        return self.state == self.State.PUBLISHED and timezone.now() < self.begins

    @property
    def is_today(self) -> bool:
        return self.state == self.State.PUBLISHED and self.held_on == timezone.localdate()

    @property
    def is_held(self) -> bool:
        return self.state == self.State.PUBLISHED and self.ends <= timezone.now()

    @property
    def seats_left(self) -> int:
        """Places neither given nor on offer; one query, or none after `with_seats`."""
        taken = getattr(self, "taken", None)
        if taken is None:
            taken = self.signups.filter(state__in=HOLDS_A_SEAT).count()
        return max(0, self.capacity - taken)

    @property
    def seats_text(self) -> str:
        """In words: the exact number would tell how many people came, also when that is very few."""
        return seats(self.seats_left)

    @property
    def where_text(self) -> str:
        return where(str(self.place or ""), self.venue, self.is_online)

    @property
    def when_text(self) -> str:
        return f"{date_format(self.held_on, 'l j F Y')}, {hours_of(self.starts_at, self.ends_at)}"


def meeting_constraints(name: str) -> list[models.BaseConstraint]:
    """What must hold of every meeting; names of constraints begin with that of the table."""
    return [
        models.CheckConstraint(
            condition=Q(ends_at__gt=F("starts_at")),
            name=f"{name}_times",
            violation_error_code="ends_at",
            violation_error_message=_("The end lies before the beginning."),
        ),
        models.CheckConstraint(
            condition=Q(place__isnull=False) | Q(is_online=True),
            name=f"{name}_somewhere",
            violation_error_code="place",
            violation_error_message=_("Choose a place, or say that it is online."),
        ),
        models.CheckConstraint(
            condition=~Q(state="published") | Q(published_at__isnull=False),
            name=f"{name}_published_at",
        ),
    ]


class SeatQuerySet[S: models.Model](models.QuerySet[S]):
    def running(self) -> Self:
        """Has a place, waits for one, or has one on offer. At most one per person and meeting."""
        return self.filter(state__in=RUNNING)

    def seated(self) -> Self:
        return self.filter(state=Seat.State.SEATED)

    def queued(self) -> Self:
        """On the waiting list, the first in line first."""
        return self.filter(state=Seat.State.WAITING).order_by("number")

    def attended(self) -> Self:
        return self.filter(attended_at__isnull=False)

    def overdue(self, moment: datetime.datetime) -> Self:
        return self.filter(due_at__lt=moment, state__in=[Seat.State.WAITING, Seat.State.OFFERED])


class Seat(Workflow):
    """Somebody who comes to a meeting, or waits for a place there. `MEETING` names the key to the meeting."""

    class State(models.TextChoices):
        SEATED = "seated", _("Has a place")
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("Place on offer")
        WITHDRAWN = "withdrawn", _("Signed off")
        LAPSED = "lapsed", _("Lapsed")
        CANCELLED = "cancelled", _("The day was cancelled")

    MOVES = SEAT_MOVES
    TERMS: ClassVar = {
        State.WAITING: datetime.timedelta(days=730),
        State.OFFERED: datetime.timedelta(days=2),
    }
    MEETING: ClassVar[str]
    TRAIL: ClassVar = {
        *("state", "moved_at", "due_at", "number", "signed_up_at", "attended_at", "reminded", "keep_until")
    }

    state = models.CharField(_("state"), max_length=20, choices=State, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(_("number in order of signing up"), editable=False)
    signed_up_at = models.DateTimeField(_("signed up at"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)
    attended_at = models.DateTimeField(_("attended at"), null=True, blank=True, editable=False)
    reminded = models.BooleanField(_("reminded"), default=False, editable=False)
    keep_until = models.DateField(_("kept until"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def meeting(self) -> Any:
        return getattr(self, self.MEETING)

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        """An offer stands for two days, a place on the list until the meeting begins; neither any longer."""
        due_at = super().due_in(state, moment)
        return min(due_at, self.meeting.begins) if due_at else None

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def may_attend(self) -> bool:
        """Can still show, on the day itself, to be there."""
        return self.state == self.State.SEATED and self.meeting.is_today and not self.attended_at

    @property
    def position(self) -> int:
        """The place on the waiting list, from 1. One query."""
        return int(self.meeting.signups.queued().filter(number__lt=self.number).count()) + 1
