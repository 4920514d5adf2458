import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation
from bwob.people.models import Role
from bwob.privacy.labels import Impersonal, Keep, Personal
from bwob.workflow import Workflow, guard
from pitch.models.editions import BEFORE_OPENING, Edition

MOVES: dict[str, set[str]] = {
    "draft": {"submitted", "lapsed"},
    "submitted": {"withdrawn", "admitted", "mending"},
    "withdrawn": {"submitted"},
    "mending": {"submitted", "rejected", "withdrawn"},
    "rejected": set(),
    "admitted": {"withdrawn", "winner", "honourable", "out"},
    "winner": set(),
    "honourable": set(),
    "out": set(),
    "lapsed": set(),
}
TEXTS = ["title", "summary", "problem", "idea", "beneficiaries", "needs", "first_step"]
TAKING_PART = ["admitted", "winner", "honourable", "out"]
"""States of a plan that the jury judges, or has judged."""
SENT = ["submitted", "withdrawn", "mending", "rejected", *TAKING_PART]
HIDDEN_EDITIONS = [*BEFORE_OPENING[:5], "cancelled"]
NAMED_EDITIONS = ["published", "realisation", "ended"]


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: Any) -> "EntryQuerySet":
        """The team; once sent, who manages the edition; once admitted and the jury judges, everybody.

        A member of the jury with an interest in a plan does not see it before the result.
        """
        public = Q(state__in=TAKING_PART) & ~Q(edition__state__in=HIDDEN_EDITIONS)
        if not user.is_authenticated:
            return self.filter(public)
        managed = Q(state__in=SENT, edition__in=Edition.objects.managed_by(user))
        return self.filter((public & ~Q(kept_from(user))) | Q(of_team(user)) | managed)

    def of(self, user: Any) -> "EntryQuerySet":
        """Plans of which this person is in the team."""
        return self.filter(of_team(user)) if user.is_authenticated else self.none()

    def managed_by(self, user: Any) -> "EntryQuerySet":
        """Plans that came in for an edition of which this person is chair or secretary."""
        return self.filter(state__in=SENT, edition__in=Edition.objects.managed_by(user))

    def taking_part(self) -> "EntryQuerySet":
        return self.filter(state__in=TAKING_PART)

    def public(self) -> "EntryQuerySet":
        return self.taking_part().exclude(edition__state__in=HIDDEN_EDITIONS)

    def not_won(self) -> "EntryQuerySet":
        """Took part to the end, and somebody else won."""
        return self.filter(state__in=[Entry.State.OUT, Entry.State.HONOURABLE])

    def waiting(self) -> "EntryQuerySet":
        """The secretary has to say whether they may take part."""
        return self.filter(state=Entry.State.SUBMITTED)

    def overdue(self, moment: datetime.datetime) -> "EntryQuerySet":
        return self.filter(due_at__lt=moment, state__in=[Entry.State.DRAFT, Entry.State.MENDING])

    def drafts_of_closed(self, moment: datetime.datetime) -> "EntryQuerySet":
        """Drafts that were never sent, of editions that take no plans any more."""
        late = ~Q(edition__state__in=["draft", "fixed", "open"]) | Q(edition__entries_close_at__lt=moment)
        return self.filter(late, state=Entry.State.DRAFT)

    def with_names(self) -> "EntryQuerySet":
        return self.select_related("edition__rules", "organisation")


def of_team(user: Any) -> Exists:
    return Exists(TeamMember.objects.filter(entry=OuterRef("pk"), user=user))


def kept_from(user: Any) -> Exists:
    """An interest of this person as a member of the jury that is open or made it stand aside."""
    from pitch.models.jury import Conflict

    conflicts = Conflict.objects.filter(entry=OuterRef("pk"), juror__user=user).blocking()
    return Exists(conflicts.exclude(entry__edition__state__in=NAMED_EDITIONS))


@pghistory.track()
class Entry(Workflow):
    """A plan of a team, from draft to winner or not. Who is in the team stands in TeamMember."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Sent in")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MENDING = "mending", _("To be mended")
        ADMITTED = "admitted", _("Takes part")
        REJECTED = "rejected", _("Not admitted")
        WINNER = "winner", _("Winner")
        HONOURABLE = "honourable", _("Honourable mention")
        OUT = "out", _("No prize")
        LAPSED = "lapsed", _("Never sent in")

    class Theme(models.TextChoices):
        FEWER_RULES = "fewer_rules", _("Fewer rules")
        EXCHANGE = "exchange", _("Exchange")
        SERVICE = "service", _("Service")
        TOGETHER = "together", _("Working together")
        KNOWLEDGE = "knowledge", _("Knowledge")

    MOVES = MOVES
    TERMS: ClassVar = {State.MENDING: datetime.timedelta(days=3)}
    privacy = Impersonal("a plan; who made it stands in TeamMember, and `lead` is emptied with the account")

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="entries", verbose_name=_("edition"), editable=False
    )
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True, editable=False)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("leads the team"),
        editable=False,
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="pitch_entries",
        verbose_name=_("organisation"),
        editable=False,
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    theme = models.CharField(_("theme"), max_length=12, choices=Theme, default=Theme.TOGETHER)
    title = models.CharField(
        _("name of your plan"),
        max_length=80,
        help_text=_("A few words. No names of people or organisations."),
    )
    summary = models.CharField(
        _("in short"), max_length=240, help_text=_("Two sentences that a colleague understands at once.")
    )
    problem = models.TextField(_("what is the problem?"), max_length=1500)
    idea = models.TextField(_("what is your idea?"), max_length=2500)
    beneficiaries = models.TextField(_("who does it help?"), max_length=1000)
    needs = models.TextField(_("what does it take?"), max_length=1000, help_text=_("People, time, money."))
    first_step = models.TextField(_("what is the first step?"), max_length=1000)
    submitted_at = models.DateTimeField(_("sent in at"), null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)
    offered_at = models.DateTimeField(_("offered on at"), null=True, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["edition", "number", "pk"]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        triggers: ClassVar = [guard(MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "number"], name="entry_number_once_per_edition"),
            models.UniqueConstraint(fields=["id", "edition"], name="entry_of_edition"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "lapsed"]) | Q(number__isnull=False),
                name="entry_sent_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return self.title or gettext("Plan without a name")

    def get_absolute_url(self) -> str:
        return reverse("pitch:entry", args=[self.key])

    @property
    def label(self) -> str:
        return gettext("Plan %d") % self.number if self.number else gettext("Draft")

    @property
    def can_be_edited(self) -> bool:
        """The team writes until the close; after that only what the secretary sent back, for three days."""
        is_open = self.state in (self.State.DRAFT, self.State.SUBMITTED, self.State.WITHDRAWN)
        return self.is_being_mended or (is_open and self.edition.takes_entries)

    @property
    def is_being_mended(self) -> bool:
        in_time = self.due_at is None or timezone.now() < self.due_at
        return self.state == self.State.MENDING and in_time

    @property
    def takes_part(self) -> bool:
        return self.state in TAKING_PART

    @property
    def can_be_offered(self) -> bool:
        """To who wants to take it up elsewhere: what took part and did not win."""
        return self.state in (self.State.OUT, self.State.HONOURABLE)

    @property
    def has_prize(self) -> bool:
        return self.state in (self.State.WINNER, self.State.HONOURABLE)


class BlindVersionQuerySet(models.QuerySet["BlindVersion"]):
    def visible_to(self, user: Any) -> "BlindVersionQuerySet":
        return self.filter(entry__in=Entry.objects.visible_to(user))


@pghistory.track()
class BlindVersion(models.Model):
    """The text of a plan without names, as the jury and the public read it until the result."""

    privacy = Impersonal("a plan from which the names were taken")

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="blind", verbose_name=_("plan"))
    title = models.CharField(_("name of the plan"), max_length=80)
    summary = models.CharField(_("in short"), max_length=240)
    problem = models.TextField(_("the problem"), max_length=1500)
    idea = models.TextField(_("the idea"), max_length=2500)
    beneficiaries = models.TextField(_("who it helps"), max_length=1000)
    needs = models.TextField(_("what it takes"), max_length=1000)
    first_step = models.TextField(_("the first step"), max_length=1000)
    made_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)

    objects = BlindVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version without names")
        verbose_name_plural = _("versions without names")

    def __str__(self) -> str:
        return self.title


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def visible_to(self, user: Any) -> "TeamMemberQuerySet":
        """The own team, and the teams of plans in editions that one manages."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.PROGRAMME):
            return self.filter(Q(entry__state__in=SENT) | Q(user=user))
        own = TeamMember.objects.filter(user=user).values("entry")
        return self.filter(Q(entry__in=own) | Q(entry__in=Entry.objects.managed_by(user)))

    def joined(self) -> "TeamMemberQuerySet":
        return self.filter(joined_at__isnull=False)

    def invited(self) -> "TeamMemberQuerySet":
        return self.filter(joined_at=None)

    def invited_with(self, key: str) -> "TeamMemberQuerySet":
        """The invitation that this key, which only its mail holds, opens."""
        return self.invited().filter(key=key).select_related("entry__edition__rules", "entry__lead")

    def unanswered(self, moment: datetime.datetime) -> "TeamMemberQuerySet":
        """Invitations that nobody took, of editions that no longer take plans, or older than a month."""
        closed = ~Q(entry__edition__state__in=["draft", "fixed", "open"])
        return self.invited().filter(closed | Q(invited_at__lt=moment - TeamMember.VALID))

    def with_names(self) -> "TeamMemberQuerySet":
        return self.select_related("user", "entry__edition")


@pghistory.track()
class TeamMember(models.Model):
    """Somebody in the team of a plan, or invited to it."""

    VALID = datetime.timedelta(days=30)
    privacy = Personal(
        person="user",
        purpose=_("Knowing who made a plan for PITCH"),
        keep=Keep.ACCOUNT,
        contact={"email"},
        work={"entry"},
        trail={"invited_at", "joined_at"},
        technical={"id", "key", "user"},
    )

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="team", verbose_name=_("plan"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="pitch_teams",
        verbose_name=_("person"),
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now, editable=False)
    joined_at = models.DateTimeField(_("joined at"), null=True, blank=True, editable=False)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["entry", "pk"]
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "user"], condition=Q(user__isnull=False), name="team_member_once_per_entry"
            ),
            models.CheckConstraint(
                condition=Q(joined_at=None) | Q(user__isnull=False), name="team_member_joined_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user) if self.user else self.email


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: Any) -> "AttachmentQuerySet":
        """With the plan; but files may hold names, so until the result only the team and who manages it."""
        named = Q(entry__edition__state__in=NAMED_EDITIONS, entry__in=Entry.objects.public())
        if not user.is_authenticated:
            return self.filter(named)
        own, managed = Entry.objects.of(user), Entry.objects.managed_by(user)
        return self.filter(named | Q(entry__in=own) | Q(entry__in=managed))


class Attachment(models.Model):
    """A picture or a PDF that belongs to a plan; its kind is read from its content, not from its name."""

    class Kind(models.TextChoices):
        PNG = "png", _("picture (PNG)")
        JPEG = "jpeg", _("picture (JPEG)")
        WEBP = "webp", _("picture (WebP)")
        PDF = "pdf", _("PDF")

    MAX_BYTES = 5_000_000
    TYPES: ClassVar = {
        Kind.PNG: "image/png",
        Kind.JPEG: "image/jpeg",
        Kind.WEBP: "image/webp",
        Kind.PDF: "application/pdf",
    }
    privacy = Impersonal("a file of a plan; goes with the plan")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="attachments", verbose_name=_("plan"))
    is_picture = models.BooleanField(_("picture"))
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    name = models.CharField(_("file name"), max_length=120)
    content = models.BinaryField(_("content"))
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a plan")
        verbose_name_plural = _("files of plans")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "is_picture"], name="attachment_one_of_each")
        ]

    def __str__(self) -> str:
        return self.name
