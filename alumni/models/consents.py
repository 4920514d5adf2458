import datetime
import hashlib
import json
import secrets
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alumni.models.members import Alumnus
from alumni.models.networks import Purpose, Wording
from bwob.people.models import Role
from bwob.privacy.labels import Keep, Personal


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: Any) -> "ConsentQuerySet":
        """Those of alumni whom this person may see; the privacy officer audits all."""
        if user.is_authenticated and user.has_role(Role.PRIVACY_OFFICER):
            return self.all()
        return self.filter(alumnus__in=Alumnus.objects.visible_to(user))

    def last_words(self) -> "ConsentQuerySet":
        """The last word on each purpose of each alumnus, given or withdrawn."""
        words = Consent.objects.filter(alumnus=OuterRef("alumnus"), purpose=OuterRef("purpose"))
        return self.filter(pk=Subquery(words.order_by("-at", "-pk").values("pk")[:1]))

    def in_force(self) -> "ConsentQuerySet":
        return self.last_words().filter(is_given=True)


class Consent(models.Model):
    """A line of the ledger: consent for one purpose was given or withdrawn. Append-only.

    `proof` is a fingerprint over the line, the sentence agreed to, the address at that moment and a random
    `nonce`; who was handed the receipt can show that it belongs to this line, and nobody can make up a line.
    """

    class How(models.TextChoices):
        DEPARTURE = "departure", _("chosen before leaving")
        INVITATION = "invitation", _("chosen after an invitation")
        PAGE = "page", _("chosen on the own page")
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed from a mail")
        IMPORT = "import", _("given on paper or elsewhere")

    privacy = Personal(
        person="alumnus__user",
        purpose=_("Proving what you agreed to"),
        keep=Keep.ALUMNUS,
        trail={"purpose", "wording", "is_given", "how", "evidence", "at", "proof"},
        technical={"id", "alumnus", "nonce"},
    )

    alumnus = models.ForeignKey(Alumnus, models.CASCADE, related_name="consents", verbose_name=_("alumnus"))
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    wording = models.ForeignKey(
        Wording, models.PROTECT, related_name="consents", verbose_name=_("text of a consent")
    )
    is_given = models.BooleanField(_("given"))
    how = models.CharField(_("how"), max_length=12, choices=How)
    evidence = models.CharField(_("source"), max_length=200, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    nonce = models.CharField(max_length=32, editable=False)
    proof = models.CharField(_("proof"), max_length=64, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes: ClassVar = [
            models.Index(fields=["alumnus", "purpose", "-at", "-id"], name="consent_last_word")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {_('given') if self.is_given else _('withdrawn')}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.seal()
        super().save(*args, **kwargs)

    def seal(self) -> None:
        """Compute the fingerprint; a line copied to a merged record brings its own along."""
        if not self.proof:
            self.nonce = secrets.token_hex(16)
            self.proof = self.fingerprint(self.alumnus.email)

    def fingerprint(self, email: str) -> str:
        """SHA-256 over what was agreed, by whom (a mail address), when and how."""
        facts = [
            self.nonce,
            email.casefold(),
            self.wording.network.organisation.uri,
            self.purpose,
            self.wording.version,
            self.wording.text,
            self.is_given,
            self.how,
            self.evidence,
            self.at.astimezone(datetime.UTC).isoformat(),
        ]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()
