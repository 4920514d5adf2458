import datetime
from fractions import Fraction
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Impersonal, Keep, Personal
from bwob.workflow import Workflow, guard
from pitch.models.editions import Edition
from pitch.models.entries import NAMED_EDITIONS, Entry

OBJECTION_MOVES: dict[str, set[str]] = {
    "open": {"upheld", "dismissed"},
    "upheld": set(),
    "dismissed": set(),
}


class ResultQuerySet(models.QuerySet["Result"]):
    def visible_to(self, user: Any) -> "ResultQuerySet":
        """Everybody once published; from the opening on chair, secretary and programme office."""
        public = Q(edition__state__in=NAMED_EDITIONS)
        return self.filter(public | Q(edition__in=Edition.objects.managed_by(user)))


@pghistory.track(exclude=["ballots_file"])
class Result(models.Model):
    """What the count gave, and what the jury decided beside it; none before the ballots are opened."""

    privacy = Impersonal("the count of an edition; ballots carry a letter, no name")

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="result", verbose_name=_("edition"))
    ballots_file = models.BinaryField(_("ballots file"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    steps = models.JSONField(_("steps of the count"), default=list)
    counted_at = models.DateTimeField(_("counted at"), default=timezone.now)
    deviation = models.TextField(_("why the jury decides otherwise"), max_length=2000, blank=True)
    words = models.TextField(_("words of the jury"), max_length=2000, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")

    def __str__(self) -> str:
        return str(self.edition)

    def get_absolute_url(self) -> str:
        return reverse("pitch:result", args=[self.edition.slug])


class StandingQuerySet(models.QuerySet["Standing"]):
    def visible_to(self, user: Any) -> "StandingQuerySet":
        return self.filter(result__in=Result.objects.visible_to(user))


@pghistory.track()
class Standing(models.Model):
    """The place of one plan: as counted, and the prize that the jury gave it."""

    class Prize(models.TextChoices):
        NONE = "none", _("no prize")
        WINNER = "winner", _("winner")
        HONOURABLE = "honourable", _("honourable mention")

    privacy = Impersonal("the result of a plan")

    result = models.ForeignKey(Result, models.CASCADE, related_name="standings", verbose_name=_("result"))
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="standing", verbose_name=_("plan"))
    rank = models.PositiveSmallIntegerField(_("place"))
    numerator = models.DecimalField(_("numerator"), max_digits=60, decimal_places=0)
    denominator = models.DecimalField(_("denominator"), max_digits=60, decimal_places=0)
    prize = models.CharField(_("prize"), max_length=12, choices=Prize, default=Prize.NONE)

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["result", "rank", "entry"]
        verbose_name = _("place of a plan")
        verbose_name_plural = _("places of plans")

    def __str__(self) -> str:
        return f"{self.rank}. {self.entry}"

    @property
    def total(self) -> Fraction:
        return Fraction(int(self.numerator), int(self.denominator))


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, user: Any) -> "FeedbackQuerySet":
        """The own team once the result is public, and who manages the edition. Without names of members."""
        own = Q(entry__edition__state__in=NAMED_EDITIONS, entry__in=Entry.objects.of(user))
        return self.filter(own | Q(entry__edition__in=Edition.objects.managed_by(user)))

    def of_edition(self, edition: Edition) -> "FeedbackQuerySet":
        """Only the scores, for the drawing of how they spread, which is public with the ballots file."""
        return self.filter(entry__edition=edition).defer("motivation")


class Feedback(models.Model):
    """The scores and the motivation of one ballot, for the team; nothing in it tells whose ballot it was."""

    privacy = Impersonal("scores and motivation without a name")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="feedback", verbose_name=_("plan"))
    scores = models.JSONField(_("scores"))
    motivation = models.TextField(_("motivation"), blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["entry", "pk"]
        verbose_name = _("scores for a team")
        verbose_name_plural = _("scores for teams")

    def __str__(self) -> str:
        return str(self.entry)


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, user: Any) -> "ObjectionQuerySet":
        own = Q(entry__in=Entry.objects.of(user))
        return self.filter(own | Q(entry__edition__in=Edition.objects.managed_by(user)))

    def open(self) -> "ObjectionQuerySet":
        return self.filter(state=Objection.State.OPEN)

    def upheld_in(self, edition: Edition) -> "ObjectionQuerySet":
        """Those that changed something, with their answers, which are public; who objected is not."""
        return self.filter(state=Objection.State.UPHELD, entry__edition=edition).select_related("entry")


@pghistory.track()
class Objection(Workflow):
    """A team that does not agree with the result, and the answer of the chair."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Not upheld")

    MOVES = OBJECTION_MOVES
    TERMS: ClassVar = {State.OPEN: datetime.timedelta(days=28)}
    privacy = Personal(
        person="raised_by",
        purpose=_("Answering an objection to a result of PITCH"),
        keep=Keep.ACCOUNT,
        work={"entry"},
        words={"text", "answer"},
        trail={"state", "moved_at", "due_at", "raised_at"},
        technical={"id", "raised_by"},
    )

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="objections", verbose_name=_("plan"))
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pitch_objections", verbose_name=_("by")
    )
    raised_at = models.DateTimeField(_("raised at"), default=timezone.now, editable=False)
    text = models.TextField(
        _("what went wrong"),
        max_length=2000,
        help_text=_("Which rule was not followed, and where you see it."),
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True, editable=False)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["raised_at"]
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        triggers: ClassVar = [guard(OBJECTION_MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(state="open"), name="objection_one_open_per_entry"
            )
        ]

    def __str__(self) -> str:
        return str(self.entry)

    def get_absolute_url(self) -> str:
        return reverse("pitch:answer_objection", args=[self.pk])
