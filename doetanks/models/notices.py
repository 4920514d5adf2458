import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.organisations.models import Organisation
from bwob.privacy.labels import Keep, Personal
from bwob.workflow import Workflow, guard

MOVES: dict[str, set[str]] = {"open": {"closed", "lapsed"}, "closed": set(), "lapsed": set()}


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> "NoticeQuerySet":
        """Open ones are public, without a name; ended ones are for who wrote or answered them."""
        is_open = Q(state=Notice.State.OPEN)
        if not user.is_authenticated:
            return self.filter(is_open)
        answered = user.notice_replies.values("notice")
        return self.filter(is_open | Q(author=user) | Q(pk__in=answered))

    def open(self) -> "NoticeQuerySet":
        return self.filter(state=Notice.State.OPEN)

    def overdue(self, moment: datetime.datetime) -> "NoticeQuerySet":
        return self.open().filter(due_at__lt=moment)


@pghistory.track()
class Notice(Workflow):
    """Something that somebody asks or offers to other innovators: an hour, an eye, a room, an experience."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        LAPSED = "lapsed", _("Lapsed")

    class Kind(models.TextChoices):
        ASK = "ask", _("Asked")
        OFFER = "offer", _("Offered to others")

    MOVES = MOVES
    TERMS: ClassVar = {State.OPEN: datetime.timedelta(days=60)}
    privacy = Personal(
        person="author",
        purpose=_("Asking and offering among innovators"),
        keep=Keep.APPLICATION,
        work={"employer"},
        words={"kind", "title", "text"},
        trail={"state", "moved_at", "due_at", "posted_at", "keep_until"},
        technical={"id", "key", "author"},
    )

    state = models.CharField(_("state"), max_length=6, choices=State, default=State.OPEN, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("ask or offer"), max_length=5, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=1500)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("written by")
    )
    employer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("employer"), editable=False
    )
    posted_at = models.DateTimeField(_("posted at"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("due at"), null=True, editable=False)
    keep_until = models.DateField(_("kept until"), null=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-posted_at", "-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        triggers: ClassVar = [guard(MOVES)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("doetanks:notice", args=[self.key])

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        due_at = super().due_in(state, moment)
        return dutch.end_of_day(due_at) if due_at else None


class NoticeReplyQuerySet(models.QuerySet["NoticeReply"]):
    def visible_to(self, user: Any) -> "NoticeReplyQuerySet":
        """Who wrote the reply, and who wrote the notice."""
        return self.filter(Q(person=user) | Q(notice__author=user))


@pghistory.track()
class NoticeReply(models.Model):
    """An answer to a notice; its reader sees name and work address, so that they can meet."""

    privacy = Personal(
        person="person",
        purpose=_("Asking and offering among innovators"),
        keep=Keep.APPLICATION,
        words={"text"},
        trail={"sent_at"},
        technical={"id", "notice", "person"},
    )

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="replies", verbose_name=_("notice"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_replies", verbose_name=_("person")
    )
    text = models.TextField(
        _("your answer"),
        max_length=1000,
        help_text=_("Who wrote the notice reads this, with your name and work address."),
    )
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now, editable=False)

    objects = NoticeReplyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sent_at", "pk"]
        verbose_name = _("answer to a notice")
        verbose_name_plural = _("answers to notices")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "person"], name="notice_answered_once")
        ]

    def __str__(self) -> str:
        return self.text[:60]
