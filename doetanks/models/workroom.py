import datetime
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Impersonal
from doetanks.models.challenges import Challenge


class WorkroomQuerySet(models.QuerySet):
    """Rows of a workroom: for the coach and the members of that Doetank, and for nobody else."""

    def visible_to(self, user: Any) -> "WorkroomQuerySet":
        return self.filter(challenge__in=Challenge.objects.worked_on_by(user))

    def past_their_term(self, day: datetime.date) -> "WorkroomQuerySet":
        return self.filter(challenge__keep_until__lt=day)


class Action(models.Model):
    """One line of the plan: what somebody does, until when."""

    privacy = Impersonal("the work of a team; who does it is taken off when the account goes")

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="actions")
    text = models.CharField(_("what has to be done"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who does it"),
    )
    due_on = models.DateField(_("done by"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True, editable=False)

    objects = WorkroomQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        verbose_name = _("action")
        verbose_name_plural = _("actions")

    def __str__(self) -> str:
        return self.text

    @property
    def is_late(self) -> bool:
        return self.done_at is None and self.due_on < timezone.localdate()


class Note(models.Model):
    """What happened, or what the team decided."""

    class Kind(models.TextChoices):
        LOG = "log", _("Log: what happened")
        DECISION = "decision", _("Decision: what we agreed")

    privacy = Impersonal("the log of a team; who wrote it is taken off when the account goes")

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.LOG)
    text = models.TextField(_("text"), max_length=3000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)

    objects = WorkroomQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return self.text[:60]


class Meeting(models.Model):
    """When and where the team meets."""

    privacy = Impersonal("when and where a team meets")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="meetings")
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    where = models.CharField(_("where"), max_length=200, help_text=_("A place, or the address of a call."))

    objects = WorkroomQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_at"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_period",
                violation_error_code="ends_at",
                violation_error_message=_("It ends before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class File(models.Model):
    """A file of the team: checked by its content, kept in the database, served after asking who wants it."""

    privacy = Impersonal("a file of a team; who brought it is taken off when the account goes")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="files")
    name = models.CharField(_("file name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=8)
    size = models.PositiveIntegerField(_("size"))
    content = models.BinaryField(_("content"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)

    objects = WorkroomQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-uploaded_at"]
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("doetanks:file", args=[self.key])

    @property
    def size_text(self) -> str:
        return f"{max(1, self.size // 1000)} kB"
