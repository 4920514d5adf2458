from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Impersonal
from pitch.models.editions import Edition
from pitch.models.jury import Assignment

GUARD = """
    SELECT state, judging_closes_at INTO edition_state, closes_at
        FROM pitch_edition WHERE id = NEW.edition_id FOR SHARE;
    IF edition_state IS DISTINCT FROM 'judging' OR closes_at IS NULL OR clock_timestamp() >= closes_at THEN
        RAISE EXCEPTION 'the jury is not judging now' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT recused_at INTO recused FROM pitch_assignment WHERE id = NEW.assignment_id FOR SHARE;
    IF recused IS NOT NULL THEN
        RAISE EXCEPTION 'this member stands aside for this plan' USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.cast_at = clock_timestamp();
    RETURN NEW;
"""
APPEND_ONLY = "RAISE EXCEPTION 'ballots are never changed or removed' USING ERRCODE = 'restrict_violation';"


def append_only() -> list[pgtrigger.Trigger]:
    """Row by row and, for TRUNCATE, the whole table."""
    return [
        pgtrigger.Trigger(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=APPEND_ONLY,
        ),
        pgtrigger.Trigger(
            name="no_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=APPEND_ONLY,
        ),
    ]


class EditionKeyQuerySet(models.QuerySet["EditionKey"]):
    def visible_to(self, user: Any) -> "EditionKeyQuerySet":
        """The public part is no secret."""
        return self.filter(edition__in=Edition.objects.visible_to(user))


class EditionKey(models.Model):
    """The lock on the ballots of an edition. Only its public part is here; nobody has the private part."""

    privacy = Impersonal("a public key")

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="lock", verbose_name=_("edition"))
    public = models.BinaryField(_("public key"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    rehearsed_at = models.DateTimeField(_("rehearsed at"), null=True, blank=True)

    objects = EditionKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("lock of an edition")
        verbose_name_plural = _("locks of editions")

    def __str__(self) -> str:
        return str(self.edition)


class KeyShareQuerySet(models.QuerySet["KeyShare"]):
    def visible_to(self, user: Any) -> "KeyShareQuerySet":
        """That it exists, for whose it is and who manages the edition; what is in it is nobody's to read."""
        return self.filter(part__in=user.pitch_parts.all()) if user.is_authenticated else self.none()


class KeyShare(models.Model):
    """A key holder's share of the private key, sealed with the holder's own key, which only the holder has.

    `handed_in` is the opened share between the first and the second holder's act; alone it opens nothing.
    """

    privacy = Impersonal("sealed numbers; whose they are stands in Part")

    part = models.OneToOneField(
        "pitch.Part", models.CASCADE, related_name="share", verbose_name=_("key holder")
    )
    public = models.BinaryField(_("public key of the holder"))
    sealed = models.BinaryField(_("sealed share"), null=True)
    taken_at = models.DateTimeField(_("key taken at"), default=timezone.now)
    handed_in = models.BinaryField(_("share handed in"), null=True)
    handed_in_at = models.DateTimeField(_("handed in at"), null=True)

    objects = KeyShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("share of a key")
        verbose_name_plural = _("shares of keys")

    def __str__(self) -> str:
        return str(self.part_id)


class BallotDraftQuerySet(models.QuerySet["BallotDraft"]):
    def visible_to(self, user: Any) -> "BallotDraftQuerySet":
        """Only who writes it, as long as the plan may be judged."""
        return self.filter(assignment__in=Assignment.objects.of(user).counting())


class BallotDraft(models.Model):
    """What a member of the jury has filled in so far, encrypted with a key that is not in the database.

    It goes when the ballot is cast: what is cast cannot be read back, not even by who cast it.
    """

    privacy = Impersonal("encrypted; goes when the ballot is cast or the jury is done")

    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="draft")
    content = models.BinaryField(_("content"))
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)

    objects = BallotDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a ballot")
        verbose_name_plural = _("drafts of ballots")

    def __str__(self) -> str:
        return str(self.assignment_id)


class BallotQuerySet(models.QuerySet["Ballot"]):
    def visible_to(self, user: Any) -> "BallotQuerySet":
        """That they were cast, for who cast them; what is in them stands in the published file."""
        return self.filter(assignment__in=Assignment.objects.of(user))

    def last_ones(self) -> "BallotQuerySet":
        """The last of each member and plan. Those of a member who stood aside do not count."""
        return self.order_by("assignment_id", "-revision").distinct("assignment_id")


class Ballot(models.Model):
    """A ballot as it was cast: sealed, and never changed. A revision is a new row; the last one counts.

    The database itself refuses a ballot outside the time for judging, or of a member who stands aside.
    """

    privacy = Impersonal("sealed scores of a place in the jury; who sits there stands in Juror")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="ballots", verbose_name=_("edition"))
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="ballots", verbose_name=_("plan to judge")
    )
    revision = models.PositiveSmallIntegerField(_("version"), default=1)
    content = models.BinaryField(_("content"))
    cast_at = models.DateTimeField(_("cast at"), default=timezone.now)

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["edition", "assignment", "revision"]
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="guard",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[
                    ("edition_state", "TEXT"),
                    ("closes_at", "TIMESTAMPTZ"),
                    ("recused", "TIMESTAMPTZ"),
                ],
                func=GUARD,
            ),
            *append_only(),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "revision"], name="ballot_revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}.{self.revision}"


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def visible_to(self, user: Any) -> "ReceiptQuerySet":
        return self.filter(ballot__in=Ballot.objects.visible_to(user))


class Receipt(models.Model):
    """The code with which a member finds the own ballot in the published file. It tells no score."""

    privacy = Impersonal("a code that belongs to a ballot")

    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="receipt")
    code = models.CharField(_("code"), max_length=64)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return self.code

    @property
    def in_groups(self) -> list[str]:
        return [self.code[start : start + 4] for start in range(0, len(self.code), 4)]


class ReceiptMailQuerySet(models.QuerySet["ReceiptMail"]):
    def visible_to(self, user: Any) -> "ReceiptMailQuerySet":
        return self.filter(receipt__in=Receipt.objects.visible_to(user))


class ReceiptMail(models.Model):
    """A receipt that has still to be mailed. Written with the ballot; the clock makes a task of each and
    removes it, so that many ballots at once need not wait for one another in the queue of tasks.
    """

    privacy = Impersonal("a number of a receipt, until its mail is under way")

    receipt = models.OneToOneField(Receipt, models.CASCADE, primary_key=True, related_name="mail")

    objects = ReceiptMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt to mail")
        verbose_name_plural = _("receipts to mail")

    def __str__(self) -> str:
        return str(self.receipt_id)
