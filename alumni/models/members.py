import datetime
import uuid
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alumni.models.networks import AlumniNetwork
from bwob import dutch
from bwob.organisations.models import Region
from bwob.people.models import Role
from bwob.privacy import retention
from bwob.privacy.labels import Keep, Personal
from bwob.workflow import Workflow, guard

MOVES: dict[str, set[str]] = {
    "asked": {"invited", "left"},
    "invited": {"active", "left"},
    "active": {"paused", "dormant", "left"},
    "paused": {"active", "dormant", "left"},
    "dormant": {"active", "left"},
    "left": set(),
}


class AlumnusQuerySet(models.QuerySet["Alumnus"]):
    def visible_to(self, user: Any) -> "AlumnusQuerySet":
        """HR of the network's employer, and the alumnus with an account. Who left is nobody's any more."""
        if not user.is_authenticated:
            return self.none()
        own = Q(user=user) | Q(network__organisation__in=user.organisations(Role.HR))
        return self.exclude(state=Alumnus.State.LEFT).filter(own)

    def of_hr(self, user: Any) -> "AlumnusQuerySet":
        """As `visible_to`, but one's own record elsewhere stays out of the administration."""
        return self.visible_to(user).filter(network__organisation__in=user.organisations(Role.HR))

    def own(self, user: Any) -> "AlumnusQuerySet":
        return self.visible_to(user).filter(user=user) if user.is_authenticated else self.none()

    def active(self) -> "AlumnusQuerySet":
        return self.filter(state=Alumnus.State.ACTIVE)

    def open_to(self, purpose: str) -> "AlumnusQuerySet":
        """Active, and with a consent in force that covers this purpose."""
        from alumni.models.consents import Consent

        given = Consent.objects.in_force().filter(alumnus=OuterRef("pk"), purpose=purpose)
        return self.active().filter(Exists(given))

    def showing_themselves(self) -> "AlumnusQuerySet":
        """Who chose to be seen by fellow alumni."""
        return self.active().filter(is_shown=True, network__peers=AlumniNetwork.Peers.NAMES)

    def overdue(self, moment: datetime.datetime) -> "AlumnusQuerySet":
        return self.filter(due_at__lt=moment).exclude(state=Alumnus.State.LEFT)

    def to_remind(self, moment: datetime.datetime) -> "AlumnusQuerySet":
        """The term ends within two weeks, and nobody reminded since the last move."""
        soon = self.exclude(state__in=["asked", "left"]).filter(due_at__lt=moment + Alumnus.REMIND_BEFORE)
        return soon.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("moved_at")))


@pghistory.track()
class Alumnus(Workflow):
    """A former colleague in the network of one employer. Two employers: two records that know nothing of
    each other.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked to join")
        INVITED = "invited", _("Invited")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("On a break")
        DORMANT = "dormant", _("Dormant")
        LEFT = "left", _("Left")

    class Origin(models.TextChoices):
        DEPARTURE = "departure", _("handed over before leaving")
        INVITATION = "invitation", _("invited by HR")
        IMPORT = "import", _("from a file")
        REQUEST = "request", _("asked on the site")

    MOVES = MOVES
    TERMS: ClassVar = {
        State.ASKED: datetime.timedelta(days=30),
        State.INVITED: datetime.timedelta(days=30),
        State.ACTIVE: datetime.timedelta(days=365),
        State.PAUSED: datetime.timedelta(days=365),
        State.DORMANT: datetime.timedelta(days=365),
        State.LEFT: datetime.timedelta(hours=24),
    }
    REMIND_BEFORE = datetime.timedelta(days=14)
    privacy = Personal(
        person="user",
        purpose=_("Staying in touch with a former employer"),
        keep=Keep.ALUMNUS,
        identity={"given_name", "name_prefix", "family_name", "sort_name"},
        contact={"email", "language", "region"},
        work={"network", "department", "expertise", "left_on", "tags"},
        trail={"state", "moved_at", "due_at", "reminded_at", "confirmed_at", "origin", "is_shown"},
        technical={"id", "key", "user"},
        secret={"link_stamp"},
    )

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.INVITED, editable=False)
    network = models.ForeignKey(
        AlumniNetwork, models.PROTECT, related_name="alumni", verbose_name=_("alumni network")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="alumni_records",
        verbose_name=_("account"),
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    link_stamp = models.UUIDField(default=uuid.uuid4, editable=False)
    given_name = models.CharField(_("given name"), max_length=197)
    name_prefix = models.CharField(
        _("name prefix"), max_length=40, blank=True, help_text=_("As in “van der”.")
    )
    family_name = models.CharField(
        _("family name"), max_length=197, blank=True, help_text=_("Leave empty for somebody with one name.")
    )
    sort_name = models.CharField(_("name in sorting order"), max_length=600, editable=False)
    email = models.EmailField(_("private e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    department = models.CharField(_("worked at the department"), max_length=120, blank=True)
    expertise = ArrayField(
        models.CharField(max_length=60), verbose_name=_("expertise"), default=list, blank=True, size=10
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": Region.Kind.LABOUR_MARKET},
        verbose_name=_("region"),
    )
    left_on = models.DateField(_("last working day"), null=True, blank=True)
    tags = ArrayField(
        models.CharField(max_length=40), verbose_name=_("tags of HR"), default=list, blank=True, size=10
    )
    is_shown = models.BooleanField(
        _("fellow alumni may see my name and expertise"), default=False, blank=True
    )
    origin = models.CharField(
        _("came in"), max_length=10, choices=Origin, default=Origin.INVITATION, editable=False
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("until"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)

    objects = AlumnusQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sort_name", "pk"]
        verbose_name = _("alumnus")
        verbose_name_plural = _("alumni")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "network",
                Lower("email"),
                condition=~Q(state="left"),
                name="alumnus_once_per_network",
                violation_error_message=_("Somebody with this address is in the network already."),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["network", "state"], name="alumnus_of_network")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.given_name, self.name_prefix, self.family_name) if part)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.complete()
        super().save(*args, **kwargs)

    def complete(self) -> None:
        """What follows from the other fields; who stores many at once calls this for each."""
        self.sort_name = dutch.sort_key(self.family_name, self.given_name, self.name_prefix)
        if self._state.adding and self.due_at is None:
            self.due_at = self.due_in(self.state, timezone.now())

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        """A dormant record goes when the employer's term since the last confirmation is over, and never
        within a month.
        """
        if state == self.State.DORMANT:
            term = retention.term(Keep.ALUMNUS, self.network.organisation)
            return max((self.confirmed_at or moment) + term, moment + datetime.timedelta(days=30))
        return super().due_in(state, moment)

    @property
    def name_in_order(self) -> str:
        """As a list sorted by name writes it: "Berg, Joost van der"."""
        first = " ".join(part for part in (self.given_name, self.name_prefix) if part)
        return f"{self.family_name}, {first}" if self.family_name else first

    @property
    def is_member(self) -> bool:
        """Said yes, and has not left."""
        return self.state in (self.State.ACTIVE, self.State.PAUSED, self.State.DORMANT)


class LookQuerySet(models.QuerySet["Look"]):
    def visible_to(self, user: Any) -> "LookQuerySet":
        return self.filter(alumnus__in=Alumnus.objects.own(user))


class Look(models.Model):
    """Somebody of HR saw this record (rule R4), also of an alumnus without an account. Append-only."""

    privacy = Personal(
        person="alumnus__user",
        purpose=_("Showing you who saw your data"),
        keep=Keep.ALUMNUS,
        identity={"viewer", "viewer_name"},
        trail={"seen_on"},
        technical={"id", "alumnus"},
        beside={"viewer": "viewer_name"},
    )

    alumnus = models.ForeignKey(Alumnus, models.CASCADE, related_name="looks")
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    viewer_name = models.CharField(_("name"), max_length=450)
    seen_on = models.DateField(_("seen on"), default=timezone.localdate)

    objects = LookQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-seen_on", "-pk"]
        verbose_name = _("view of an alumnus")
        verbose_name_plural = _("views of alumni")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alumnus", "viewer", "seen_on"], name="look_once_a_day")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.viewer_name}, {self.seen_on}"


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: Any) -> "NoteQuerySet":
        return self.filter(alumnus__in=Alumnus.objects.visible_to(user))


@pghistory.track()
class Note(models.Model):
    """What HR wrote down about a talk. The alumnus reads it too."""

    privacy = Personal(
        person="alumnus__user",
        purpose=_("Staying in touch with a former employer"),
        keep=Keep.ALUMNUS,
        identity={"writer"},
        words={"text"},
        trail={"made_at"},
        technical={"id", "alumnus"},
    )

    alumnus = models.ForeignKey(Alumnus, models.CASCADE, related_name="notes", verbose_name=_("alumnus"))
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )
    text = models.TextField(_("note"), max_length=1000, help_text=_("The alumnus reads this too."))
    made_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at"]
        verbose_name = _("note about an alumnus")
        verbose_name_plural = _("notes about alumni")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
