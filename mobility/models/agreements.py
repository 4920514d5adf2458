import datetime
import hashlib
import json
import uuid
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.people.models import Role
from bwob.privacy.labels import Keep, Personal
from bwob.workflow import Workflow, guard
from mobility.models.applications import Application
from mobility.models.exchanges import Exchange

MOVES: dict[str, set[str]] = {
    "draft": {"asked", "lapsed"},
    "asked": {"sealed", "refused", "lapsed"},
    "sealed": set(),
    "refused": set(),
    "lapsed": set(),
}


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: Any) -> "AgreementQuerySet":
        """Who may see the application; once the parties were asked also HR of the lender. A draft is the
        borrower's.
        """
        asked = ~Q(state=Agreement.State.DRAFT)
        if user.has_role(Role.PROGRAMME):
            return self.filter(asked)
        hr = user.organisations(Role.HR)
        borrower = Exchange.objects.managed(user, "application__exchange__")
        others = Q(application__applicant=user) | Q(application__employer__in=hr)
        return self.filter((borrower & ~Q(application__applicant=user)) | (asked & others))

    def asked(self) -> "AgreementQuerySet":
        return self.filter(state=Agreement.State.ASKED)

    def overdue(self, moment: datetime.datetime) -> "AgreementQuerySet":
        return self.filter(state__in=[Agreement.State.DRAFT, Agreement.State.ASKED], due_at__lt=moment)

    def to_remind(self, moment: datetime.datetime) -> "AgreementQuerySet":
        soon = self.asked().filter(due_at__lt=moment + Agreement.REMIND_BEFORE)
        return soon.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("moved_at")))

    def with_names(self) -> "AgreementQuerySet":
        """Without the PDF, which only its own page needs."""
        return self.select_related(
            "application__applicant",
            "application__employer",
            "application__exchange__organisation",
            "application__exchange__place",
            "application__exchange__contact",
        ).defer("pdf")


@pghistory.track(exclude=["pdf"])
class Agreement(Workflow):
    """What lender, borrower and person sign for one place. Its text stands still once they are asked."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ASKED = "asked", _("Waits for the three parties")
        SEALED = "sealed", _("Agreed by all three")
        REFUSED = "refused", _("Not agreed")
        LAPSED = "lapsed", _("Lapsed")

    MOVES = MOVES
    TERMS: ClassVar = {
        State.DRAFT: datetime.timedelta(days=60),
        State.ASKED: datetime.timedelta(days=21),
    }
    REMIND_BEFORE = datetime.timedelta(days=7)
    KINDS = (Exchange.Kind.SECONDMENT, Exchange.Kind.ASSIGNMENT, Exchange.Kind.GIG, Exchange.Kind.SWAP)
    """Kinds of exchange for which three parties sign; a day of looking on and a vacancy need none."""
    privacy = Personal(
        person="application__applicant",
        purpose=_("Agreeing on a place in writing"),
        keep=Keep.APPLICATION,
        work={"version", "language"},
        words={"clauses", "content", "pdf"},
        trail={"state", "moved_at", "due_at", "reminded_at", "asked_at", "sha256", "pdf_sha256"},
        technical={"id", "key", "application"},
    )

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(
        Application, models.CASCADE, related_name="agreements", verbose_name=_("application")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    clauses = models.JSONField(_("clauses"), default=dict)
    content = models.JSONField(_("text"), default=dict, editable=False)
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True, editable=False)
    pdf = models.BinaryField(_("PDF"), null=True, editable=False)
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["application", "version"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        triggers: ClassVar = [
            guard(MOVES),
            pgtrigger.Protect(
                name="text_stands_still",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="draft")
                & (
                    pgtrigger.Q(old__content__df=pgtrigger.F("new__content"))
                    | pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256"))
                    | pgtrigger.Q(old__pdf__df=pgtrigger.F("new__pdf"))
                ),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "version"], name="agreement_version"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["draft", "asked", "sealed"]),
                name="agreement_one_that_counts",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "lapsed"]) | ~Q(sha256=""), name="agreement_has_a_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{_('The agreement')}: {self.application}"

    def get_absolute_url(self) -> str:
        return reverse("mobility:agreement", args=[self.key])

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        due_at = super().due_in(state, moment)
        return dutch.end_of_day(due_at) if due_at else None

    @property
    def is_asked(self) -> bool:
        return self.state == self.State.ASKED

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def days_left(self) -> int:
        return (timezone.localtime(self.due_at).date() - timezone.localdate()).days if self.due_at else 0


def seal_of(content: dict[str, Any]) -> str:
    """The SHA-256 of a text, whatever the order in which the database keeps its parts."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: Any) -> "ConsentQuerySet":
        return self.filter(agreement__in=Agreement.objects.visible_to(user))


@pghistory.track()
class Consent(models.Model):
    """One party's yes to one text, given by the one it belongs to: by account, or by a signed link."""

    class Party(models.TextChoices):
        PERSON = "person", _("the person")
        LENDER = "lender", _("the lender")
        BORROWER = "borrower", _("the borrower")

    privacy = Personal(
        person="agreement__application__applicant",
        purpose=_("Agreeing on a place in writing"),
        keep=Keep.APPLICATION,
        identity={"user", "name"},
        trail={"party", "sha256", "given_at", "by_link"},
        technical={"id", "agreement"},
        beside={"user": "name"},
    )

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="consents", verbose_name=_("agreement")
    )
    party = models.CharField(_("party"), max_length=10, choices=Party)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="consents_given",
        verbose_name=_("given by"),
    )
    name = models.CharField(_("name"), max_length=450)
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    by_link = models.BooleanField(_("by a signed link"), default=False)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["given_at"]
        verbose_name = _("consent to an agreement")
        verbose_name_plural = _("consents to agreements")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "party"], name="consent_once_per_party"),
            models.UniqueConstraint(
                fields=["agreement", "user"], condition=Q(user__isnull=False), name="consent_for_one_party"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()}: {self.name}"
