import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.organisations.models import Organisation, Place, Tier
from bwob.people.models import Role
from bwob.privacy.labels import Impersonal, Keep, Personal
from bwob.workflow import Workflow, guard
from mobility import wording
from mobility.models.applications import Application
from mobility.models.exchanges import Exchange

WISH_MOVES: dict[str, set[str]] = {
    "open": {"placed", "stopped", "lapsed"},
    "placed": {"open"},
    "stopped": set(),
    "lapsed": set(),
}
RING_MOVES: dict[str, set[str]] = {
    "proposed": {"managers", "lapsed"},
    "managers": {"confirmed", "lapsed"},
    "confirmed": {"done", "lapsed"},
    "done": set(),
    "lapsed": set(),
}
HOURS = [MinValueValidator(1), MaxValueValidator(40)]
SCALES = [MinValueValidator(1), MaxValueValidator(18)]


class SwapWishQuerySet(models.QuerySet["SwapWish"]):
    def visible_to(self, user: Any) -> "SwapWishQuerySet":
        """One's own; others see of it what a ring shows them."""
        return self.filter(person=user)

    def open(self) -> "SwapWishQuerySet":
        return self.filter(state=SwapWish.State.OPEN)

    def free(self) -> "SwapWishQuerySet":
        """Open, and in no ring that still goes on."""
        return self.open().exclude(places__is_live=True)

    def overdue(self, moment: datetime.datetime) -> "SwapWishQuerySet":
        return self.open().filter(due_at__lt=moment)

    def to_remind(self, moment: datetime.datetime) -> "SwapWishQuerySet":
        """Of which the term ends within two weeks, and not reminded since it was last confirmed."""
        soon = self.open().filter(due_at__lt=moment + SwapWish.REMIND_BEFORE)
        return soon.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("renewed_at")))

    def with_names(self) -> "SwapWishQuerySet":
        return self.select_related("person", "employer", "place", "near")


@pghistory.track()
class SwapWish(Workflow):
    """What somebody offers (the own workplace, for some months) and seeks in return."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        PLACED = "placed", _("In a confirmed ring")
        STOPPED = "stopped", _("Stopped")
        LAPSED = "lapsed", _("Lapsed")

    class Months(models.IntegerChoices):
        THREE = 3, _("three months")
        SIX = 6, _("six months")
        TWELVE = 12, _("a year")

    MOVES = WISH_MOVES
    TERMS: ClassVar = {State.OPEN: datetime.timedelta(days=180)}
    REMIND_BEFORE = datetime.timedelta(days=14)
    privacy = Personal(
        person="person",
        purpose=_("Finding a swap of workplaces"),
        keep=Keep.APPLICATION,
        work={
            *("employer", "title", "field", "scale", "hours", "place", "remote", "months"),
            *("starts_from", "starts_until", "fields", "tiers", "scale_min", "scale_max"),
            *("hours_min", "hours_max", "near", "within_km"),
        },
        words={"tasks", "motivation"},
        trail={"state", "moved_at", "due_at", "renewed_at", "reminded_at", "keep_until"},
        technical={"id", "person"},
    )

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="swap_wishes", verbose_name=_("person")
    )
    employer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", editable=False, verbose_name=_("employer")
    )
    title = models.CharField(_("your function"), max_length=120)
    tasks = models.TextField(
        _("what one does at your workplace"),
        max_length=1500,
        help_text=_("Who may take your place reads this, and nobody else before all have agreed."),
    )
    field = models.CharField(_("field of work"), max_length=20, choices=Exchange.Field)
    scale = models.PositiveSmallIntegerField(_("scale"), validators=SCALES)
    hours = models.PositiveSmallIntegerField(_("hours a week"), validators=HOURS)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    remote = models.CharField(
        _("where you work"), max_length=6, choices=Exchange.Remote, default=Exchange.Remote.PARTLY
    )
    months = models.PositiveSmallIntegerField(_("for how long"), choices=Months, default=Months.SIX)
    starts_from = models.DateField(_("first day, at the earliest"))
    starts_until = models.DateField(_("first day, at the latest"))
    fields = ArrayField(
        models.CharField(max_length=20, choices=Exchange.Field),
        verbose_name=_("fields of work"),
        default=list,
        blank=True,
        help_text=_("Choose none if any field is good."),
    )
    tiers = ArrayField(
        models.CharField(max_length=20, choices=Tier),
        verbose_name=_("kinds of organisation"),
        default=list,
        blank=True,
        help_text=_("A preference: other kinds are proposed too, and the ring says so."),
    )
    scale_min = models.PositiveSmallIntegerField(_("scale, from"), validators=SCALES)
    scale_max = models.PositiveSmallIntegerField(_("scale, to"), validators=SCALES)
    hours_min = models.PositiveSmallIntegerField(_("hours a week, from"), validators=HOURS)
    hours_max = models.PositiveSmallIntegerField(_("hours a week, to"), validators=HOURS)
    near = models.ForeignKey(
        Place,
        models.PROTECT,
        related_name="+",
        verbose_name=_("measured from"),
        help_text=_("Where you live."),
    )
    within_km = models.PositiveSmallIntegerField(
        _("at most so many kilometres away"),
        default=40,
        validators=[MinValueValidator(1), MaxValueValidator(400)],
    )
    motivation = models.TextField(
        _("why you want to swap"),
        max_length=1500,
        help_text=_("The organisation that receives you reads this, once all have agreed."),
    )
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)
    renewed_at = models.DateTimeField(_("confirmed at"), default=timezone.now, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    keep_until = models.DateField(_("kept until"), null=True, blank=True, editable=False)

    objects = SwapWishQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("swap wish")
        verbose_name_plural = _("swap wishes")
        triggers: ClassVar = [guard(WISH_MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=Q(state="open"), name="swap_wish_one_open"),
            models.CheckConstraint(
                condition=Q(starts_until__gte=F("starts_from")),
                name="swap_wish_start",
                violation_error_code="starts_until",
                violation_error_message=_("The latest first day lies before the earliest."),
            ),
            models.CheckConstraint(
                condition=Q(scale_max__gte=F("scale_min")),
                name="swap_wish_scale",
                violation_error_code="scale_max",
                violation_error_message=_("Scales run from low to high."),
            ),
            models.CheckConstraint(
                condition=Q(hours_max__gte=F("hours_min")),
                name="swap_wish_hours",
                violation_error_code="hours_max",
                violation_error_message=_("The hours run from low to high, between 1 and 40."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.employer}"

    def get_absolute_url(self) -> str:
        return reverse("mobility:swap")

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        due_at = super().due_in(state, moment)
        return dutch.end_of_day(due_at) if due_at else None

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    scale_text = property(lambda self: wording.scale(self.scale, self.scale))
    hours_text = property(lambda self: wording.hours(self.hours, self.hours))
    place_text = property(lambda self: wording.place(str(self.place), self.remote))


class SwapRingQuerySet(models.QuerySet["SwapRing"]):
    def visible_to(self, user: Any) -> "SwapRingQuerySet":
        """Its members; once confirmed also HR of their employers and the programme office."""
        own = Q(pk__in=RingPlace.objects.filter(person=user).values("ring"))
        agreed = Q(state__in=[SwapRing.State.CONFIRMED, SwapRing.State.DONE])
        if user.has_role(Role.PROGRAMME):
            return self.filter(own | agreed)
        hr = RingPlace.objects.filter(wish__employer__in=user.organisations(Role.HR)).values("ring")
        return self.filter(own | (agreed & Q(pk__in=hr)))

    def waiting(self) -> "SwapRingQuerySet":
        """Somebody still has to answer."""
        return self.filter(state__in=[SwapRing.State.PROPOSED, SwapRing.State.MANAGERS])

    def overdue(self, moment: datetime.datetime) -> "SwapRingQuerySet":
        return self.waiting().filter(due_at__lt=moment)

    def to_remind(self, moment: datetime.datetime) -> "SwapRingQuerySet":
        soon = self.waiting().filter(due_at__lt=moment + SwapRing.REMIND_BEFORE)
        return soon.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("moved_at")))

    def over(self, day: datetime.date) -> "SwapRingQuerySet":
        """Confirmed, and the last day has passed."""
        return self.filter(state=SwapRing.State.CONFIRMED, ends_on__lt=day)


@pghistory.track()
class SwapRing(Workflow):
    """Two to four people who each take the workplace of the next. It goes on only if everybody agrees."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        MANAGERS = "managers", _("All agree, the managers answer")
        CONFIRMED = "confirmed", _("Confirmed")
        DONE = "done", _("Done")
        LAPSED = "lapsed", _("Lapsed")

    MOVES = RING_MOVES
    TERMS: ClassVar = {
        State.PROPOSED: datetime.timedelta(days=10),
        State.MANAGERS: datetime.timedelta(days=14),
    }
    REMIND_BEFORE = datetime.timedelta(days=2)
    privacy = Impersonal("who is in it stands in its places")

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PROPOSED, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    signature = models.CharField(max_length=60, unique=True, editable=False)
    """The wishes in their order, so that no ring is proposed twice."""
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    keep_until = models.DateField(_("kept until"), null=True, blank=True, editable=False)

    objects = SwapRingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-moved_at"]
        verbose_name = _("swap ring")
        verbose_name_plural = _("swap rings")
        triggers: ClassVar = [guard(RING_MOVES)]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="swap_ring_period")
        ]

    def __str__(self) -> str:
        return str(_("Swap ring"))

    def get_absolute_url(self) -> str:
        return reverse("mobility:ring", args=[self.key])

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        due_at = super().due_in(state, moment)
        return dutch.end_of_day(due_at) if due_at else None

    @property
    def period_text(self) -> str:
        return wording.from_until(self.starts_on, self.ends_on)

    @property
    def is_waiting(self) -> bool:
        return self.state in (self.State.PROPOSED, self.State.MANAGERS)

    @property
    def shows_names(self) -> bool:
        """Names are known once everybody in the ring has agreed; of a lapsed one never."""
        return self.state in (self.State.MANAGERS, self.State.CONFIRMED, self.State.DONE)

    @property
    def can_be_left(self) -> bool:
        """Before it begins, one member's no ends it for all."""
        is_ahead = self.state == self.State.CONFIRMED and self.starts_on > timezone.localdate()
        return self.is_waiting or is_ahead

    @property
    def days_left(self) -> int:
        return (timezone.localtime(self.due_at).date() - timezone.localdate()).days if self.due_at else 0


class RingPlaceQuerySet(models.QuerySet["RingPlace"]):
    def visible_to(self, user: Any) -> "RingPlaceQuerySet":
        """The places of the rings that this person may see."""
        return self.filter(ring__in=SwapRing.objects.visible_to(user))

    def with_names(self) -> "RingPlaceQuerySet":
        return self.select_related(
            "ring", "person", "wish__person", "wish__employer", "wish__place", "wish__near"
        )


@pghistory.track()
class RingPlace(models.Model):
    """One member of a ring, who goes to the workplace of the next. What was said no to is not kept: nobody
    learns who declined.
    """

    privacy = Personal(
        person="person",
        purpose=_("Agreeing on a swap of workplaces"),
        keep=Keep.APPLICATION,
        contact={"manager_name", "manager_email"},
        work={"wish", "application"},
        trail={"number", "agreed_at", "asked_manager_at", "manager_agreed_at", "is_live"},
        technical={"id", "ring", "person"},
    )

    ring = models.ForeignKey(SwapRing, models.CASCADE, related_name="places", verbose_name=_("swap ring"))
    number = models.PositiveSmallIntegerField(_("number in the ring"))
    wish = models.ForeignKey(SwapWish, models.CASCADE, related_name="places", verbose_name=_("swap wish"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="ring_places", verbose_name=_("person")
    )
    application = models.OneToOneField(
        Application,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="ring_place",
        verbose_name=_("application"),
    )
    is_live = models.BooleanField(_("the ring still goes on"), default=True, editable=False)
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True, editable=False)
    manager_name = models.CharField(_("name of your manager"), max_length=200, blank=True)
    manager_email = models.EmailField(_("work address of your manager"), max_length=254, blank=True)
    asked_manager_at = models.DateTimeField(_("manager asked at"), null=True, blank=True, editable=False)
    manager_agreed_at = models.DateTimeField(_("manager agreed at"), null=True, blank=True, editable=False)

    objects = RingPlaceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["ring", "number"]
        verbose_name = _("place in a swap ring")
        verbose_name_plural = _("places in swap rings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ring", "number"], name="ring_place_number"),
            models.UniqueConstraint(
                fields=["wish"], condition=Q(is_live=True), name="ring_place_one_live_ring_per_wish"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ring}, {self.number + 1}"

    def get_absolute_url(self) -> str:
        return self.ring.get_absolute_url()
