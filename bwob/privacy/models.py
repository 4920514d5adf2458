import datetime
from typing import Any, ClassVar

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Impersonal, Keep, Personal


class AccessLogQuerySet(models.QuerySet["AccessLog"]):
    def visible_to(self, user: Any) -> "AccessLogQuerySet":
        """What was seen of oneself; the privacy officer sees all."""
        return self.all() if user.has_role("privacy_officer") else self.filter(subject=user)

    def newest_first(self) -> "AccessLogQuerySet":
        return self.order_by("-seen_at", "-pk")

    def earlier_than(self, number: int | None) -> "AccessLogQuerySet":
        """The lines after this one in a list with the newest first; all of them without a number."""
        last = self.filter(pk=number).first() if number else None
        if last is None:
            return self
        return self.filter(Q(seen_at__lt=last.seen_at) | Q(seen_at=last.seen_at, pk__lt=last.pk))


class AccessLog(models.Model):
    """Somebody looked at another person's record: who, of which employer, why, when (R4). Append-only."""

    privacy = Personal(
        person="subject",
        purpose=_("Showing you who saw your data"),
        keep=Keep.ACCESS_LOG,
        identity={"viewer", "viewer_name"},
        work={"employer"},
        trail={"what", "purpose", "by_link", "seen_at", "seen_on"},
        technical={"id", "subject"},
        beside={"viewer": "viewer_name"},
    )

    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="views_of_me", verbose_name=_("person")
    )
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="views_by_me",
        verbose_name=_("seen by"),
    )
    viewer_name = models.CharField(_("name"), max_length=450)
    employer = models.CharField(_("employer"), max_length=150)
    what = models.CharField(_("what"), max_length=200)
    purpose = models.CharField(_("purpose"), max_length=200)
    by_link = models.BooleanField(_("by a link in a mail"), default=False)
    """Opened without an account: the name is that of whom the link was sent to."""
    seen_at = models.DateTimeField(_("seen at"), default=timezone.now)
    seen_on = models.DateField(_("seen on"), default=timezone.localdate)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-seen_at"]
        verbose_name = _("view of personal data")
        verbose_name_plural = _("views of personal data")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "viewer", "what", "seen_on"], name="view_once_a_day"),
            models.UniqueConstraint(
                fields=["subject", "viewer_name", "what", "seen_on"],
                condition=Q(by_link=True),
                name="view_by_link_once_a_day",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.what_text}, {self.seen_on}"

    @property
    def what_text(self) -> str:
        """What was seen, in the words of the reader's language: "application"."""
        try:
            return str(apps.get_model(self.what)._meta.verbose_name)
        except LookupError:  # a kind of record that the portal no longer has
            return self.what

    @property
    def purpose_text(self) -> str:
        """The purpose is stored as an English msgid, so that each reader gets it in the own language."""
        return gettext(self.purpose) if self.purpose else ""


class KeepingTermQuerySet(models.QuerySet["KeepingTerm"]):
    def visible_to(self, user: Any) -> "KeepingTermQuerySet":
        """Terms are public; HR sees the own ones and the defaults in the admin."""
        if user.has_role("programme", "privacy_officer"):
            return self.all()
        return self.filter(Q(organisation=None) | Q(organisation__in=user.organisations("hr")))


class KeepingTerm(models.Model):
    """How many days a kind of record is kept after it ended: by default, or for one organisation (R5)."""

    privacy = Impersonal("terms, not people")

    kind = models.CharField(_("kind of record"), max_length=20, choices=Keep.choices)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, null=True, blank=True, verbose_name=_("organisation")
    )
    days = models.PositiveIntegerField(_("days"))
    source = models.CharField(
        _("source"), max_length=200, help_text=_("The rule or decision this term rests on.")
    )

    objects = KeepingTermQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["kind", "organisation"]
        verbose_name = _("keeping term")
        verbose_name_plural = _("keeping terms")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "organisation"], nulls_distinct=False, name="keeping_term_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.days}"


class Farewell(models.Model):
    """Where the last mail after an erasure goes; the row goes when the mail has gone, or after three days."""

    VALID = datetime.timedelta(days=3)
    privacy = Personal(
        person=None,  # the account is gone by then
        purpose=_("Telling you that your account was erased"),
        keep=Keep.BRIEF,
        contact={"email", "language"},
        trail={"made_at"},
        technical={"id"},
    )

    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("last mail")
        verbose_name_plural = _("last mails")

    def __str__(self) -> str:
        return f"{self.pk}"
