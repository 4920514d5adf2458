import datetime
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Impersonal, Keep, Personal
from pitch.models.ballots import append_only
from pitch.models.editions import Edition
from pitch.models.entries import Entry

OPEN_NOW = """
    SELECT opens_at, closes_at, ticket INTO opened, closed, asked FROM pitch_audienceround
        WHERE id = NEW.round_id FOR SHARE;
    IF opened IS NULL OR clock_timestamp() < opened OR clock_timestamp() >= closed THEN
        RAISE EXCEPTION 'the audience is not voting now' USING ERRCODE = 'restrict_violation';
    END IF;
"""
WITH_TICKET = """
    IF asked <> '{ticket}' THEN
        RAISE EXCEPTION 'the audience votes in another way' USING ERRCODE = 'restrict_violation';
    END IF;
"""
UNUSED = """
    IF OLD.used_at IS NOT NULL THEN
        RAISE EXCEPTION 'this code was used already' USING ERRCODE = 'restrict_violation';
    END IF;
"""


def only_while_open(func: str = "", **facts: Any) -> pgtrigger.Trigger:
    """By the clock of the database; the round is held, so that it cannot change under a vote."""
    return pgtrigger.Trigger(
        name="open_now",
        when=pgtrigger.Before,
        operation=facts.pop("operation", pgtrigger.Insert),
        declare=[("opened", "TIMESTAMPTZ"), ("closed", "TIMESTAMPTZ"), ("asked", "TEXT")],
        func=f"{func}{OPEN_NOW}{facts.pop('then', '')}RETURN NEW;",
        **facts,
    )


class AudienceRoundQuerySet(models.QuerySet["AudienceRound"]):
    def visible_to(self, user: Any) -> "AudienceRoundQuerySet":
        return self.filter(edition__in=Edition.objects.visible_to(user))

    def running(self) -> "AudienceRoundQuerySet":
        """Prepared, and not over yet."""
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=timezone.now()))

    def to_count(self, moment: datetime.datetime) -> "AudienceRoundQuerySet":
        return self.filter(closes_at__lte=moment, counted_at=None)

    def locked(self) -> "AudienceRoundQuerySet":
        return self.select_for_update(of=("self",))


class AudienceRound(models.Model):
    """The vote of the audience at the final of an edition. Its two moments say whether it is open.

    A vote is given with a card or with an account, never with either: so nobody has one of both.
    """

    class Ticket(models.TextChoices):
        CARD = "card", _("A card. Give one to everybody in the hall.")
        ACCOUNT = "account", _("An account with a verified work address. At home too.")

    privacy = Impersonal("when the audience votes, and for what; who voted stands in AudienceVoter")

    edition = models.OneToOneField(
        Edition, models.CASCADE, related_name="audience", verbose_name=_("edition")
    )
    finalists = models.ManyToManyField(Entry, related_name="+", verbose_name=_("plans in the final"))
    ticket = models.CharField(_("what gives a vote"), max_length=8, choices=Ticket, default=Ticket.CARD)
    opens_at = models.DateTimeField(_("opened at"), null=True, blank=True, editable=False)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True, editable=False)
    counts = models.JSONField(_("votes for each plan"), default=dict, editable=False)
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True, editable=False)

    objects = AudienceRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote of the audience")
        verbose_name_plural = _("votes of the audience")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(opens_at=None, closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="audience_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(counted_at=None) | Q(counted_at__gte=F("closes_at")),
                name="audience_counted_after_closing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.edition)

    @property
    def is_by_card(self) -> bool:
        return self.ticket == self.Ticket.CARD

    @property
    def is_open(self) -> bool:
        return self.time_left is not None

    @property
    def is_over(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def time_left(self) -> float | None:
        """Seconds until the vote closes; None when it is not open."""
        now = timezone.now()
        if self.opens_at is None or self.closes_at is None or not self.opens_at <= now < self.closes_at:
            return None
        return (self.closes_at - now).total_seconds()

    @property
    def time_in_all(self) -> float:
        """Seconds from opening to close; 0 before it opened."""
        return (self.closes_at - self.opens_at).total_seconds() if self.closes_at and self.opens_at else 0


class AudienceCodeQuerySet(models.QuerySet["AudienceCode"]):
    def visible_to(self, user: Any) -> "AudienceCodeQuerySet":
        """The secretary prints them; nobody else needs to know which there are."""
        return self.filter(round__edition__parts__user=user.pk, round__edition__parts__role="secretary")

    def free(self) -> "AudienceCodeQuerySet":
        return self.filter(used_at=None)


class AudienceCode(models.Model):
    """A code for one vote, handed out at the door. The code itself is not in the database, only its hash."""

    privacy = Impersonal("a code on a card; nobody keeps who got it")

    round = models.ForeignKey(
        AudienceRound, models.CASCADE, related_name="codes", verbose_name=_("vote of the audience")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    digest = models.CharField(_("hash"), max_length=64, unique=True)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    objects = AudienceCodeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["round", "number"]
        verbose_name = _("code of the audience")
        verbose_name_plural = _("codes of the audience")
        triggers: ClassVar = [
            only_while_open(
                UNUSED,
                then=WITH_TICKET.format(ticket="card"),
                operation=pgtrigger.UpdateOf("used_at"),
                condition=pgtrigger.Q(old__used_at__df=pgtrigger.F("new__used_at")),
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="audience_code_once"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class AudienceVoterQuerySet(models.QuerySet["AudienceVoter"]):
    def visible_to(self, user: Any) -> "AudienceVoterQuerySet":
        """Only oneself."""
        return self.filter(user=user) if user.is_authenticated else self.none()


@pghistory.track()
class AudienceVoter(models.Model):
    """That somebody with an account voted; for what stands nowhere beside it."""

    privacy = Personal(
        person="user",
        purpose=_("Letting everybody vote once for the prize of the audience"),
        keep=Keep.ACCOUNT,
        work={"round"},
        trail={"voted_at"},
        technical={"id", "user"},
    )

    round = models.ForeignKey(
        AudienceRound, models.CASCADE, related_name="voters", verbose_name=_("vote of the audience")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pitch_votes", verbose_name=_("person")
    )
    voted_at = models.DateTimeField(_("voted at"), default=timezone.now, editable=False)

    objects = AudienceVoterQuerySet.as_manager()

    class Meta:
        verbose_name = _("voter in the audience")
        verbose_name_plural = _("voters in the audience")
        triggers: ClassVar = [only_while_open(then=WITH_TICKET.format(ticket="account"))]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "user"], name="audience_one_vote_each"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.round}"


class AudienceVoteQuerySet(models.QuerySet["AudienceVote"]):
    def visible_to(self, user: Any) -> "AudienceVoteQuerySet":
        """Nobody reads a vote; how many there are is public."""
        return self.none()

    def of(self, audience_round: AudienceRound) -> "AudienceVoteQuerySet":
        return self.filter(round=audience_round)


class AudienceVote(models.Model):
    """One vote, encrypted, without a moment and without whose it is.

    The database refuses it outside the time for voting, by its own clock, and lets nobody change it.
    """

    privacy = Impersonal("an encrypted vote that belongs to nobody")

    round = models.ForeignKey(
        AudienceRound, models.PROTECT, related_name="votes", verbose_name=_("vote of the audience")
    )
    content = models.BinaryField(_("content"))

    objects = AudienceVoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote in the audience")
        verbose_name_plural = _("votes in the audience")
        triggers: ClassVar = [only_while_open(), *append_only()]

    def __str__(self) -> str:
        return str(self.pk)
