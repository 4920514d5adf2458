import datetime
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alumni.models.members import Alumnus
from alumni.models.networks import AlumniNetwork, Purpose
from bwob.privacy.labels import Impersonal, Keep, Personal
from bwob.workflow import Workflow, guard

MOVES: dict[str, set[str]] = {"draft": {"open", "closed"}, "open": {"closed"}, "closed": set()}


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: Any) -> "QuestionQuerySet":
        """HR of the employer that asks."""
        return self.filter(network__in=AlumniNetwork.objects.of_hr(user))

    def overdue(self, moment: datetime.datetime) -> "QuestionQuerySet":
        return self.filter(state__in=Question.TERMS, due_at__lt=moment)


@pghistory.track()
class Question(Workflow):
    """A *Kennisvraag*: the employer asks, who opted in and knows about it may answer; the asker sees answers,
    never the list.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    MOVES = MOVES
    TERMS: ClassVar = {
        State.DRAFT: datetime.timedelta(days=180),
        State.OPEN: datetime.timedelta(days=30),
    }
    privacy = Impersonal("a question of an organisation; who asks does so as part of the job")

    state = models.CharField(_("state"), max_length=6, choices=State, default=State.DRAFT, editable=False)
    due_at = models.DateTimeField(_("until"), null=True, blank=True, editable=False)
    network = models.ForeignKey(
        AlumniNetwork, models.CASCADE, related_name="questions", verbose_name=_("alumni network")
    )
    title = models.CharField(_("question"), max_length=150)
    text = models.TextField(_("what it is about"), max_length=3000)
    expertise = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("expertise"),
        default=list,
        blank=True,
        size=10,
        help_text=_("Goes to who knows about one of these. Empty: to everybody who opted in."),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("asked by"),
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-moved_at"]
        verbose_name = _("question to alumni")
        verbose_name_plural = _("questions to alumni")
        triggers: ClassVar = [guard(MOVES)]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and self.due_at is None:
            self.due_at = self.due_in(self.state, timezone.now())
        super().save(*args, **kwargs)

    def audience(self) -> models.QuerySet[Alumnus]:
        """Who opted in for questions, and knows about one of these things."""
        found = Alumnus.objects.open_to(Purpose.QUESTION).filter(network=self.network_id)
        return found.filter(expertise__overlap=self.expertise) if self.expertise else found


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, user: Any) -> "AnswerQuerySet":
        """HR of the employer that asked, and who wrote it."""
        asked = models.Q(question__in=Question.objects.visible_to(user))
        return self.filter(asked | models.Q(alumnus__in=Alumnus.objects.own(user)))


@pghistory.track()
class Answer(models.Model):
    """What an alumnus answered, with or without the own name."""

    privacy = Personal(
        person="alumnus__user",
        purpose=_("Answering a question of a former employer"),
        keep=Keep.ALUMNUS,
        words={"text"},
        trail={"is_named", "at", "question"},
        technical={"id", "alumnus"},
    )

    question = models.ForeignKey(Question, models.CASCADE, related_name="answers", verbose_name=_("question"))
    alumnus = models.ForeignKey(Alumnus, models.CASCADE, related_name="answers", verbose_name=_("alumnus"))
    text = models.TextField(_("your answer"), max_length=5000)
    is_named = models.BooleanField(
        _("my name may stand with it"),
        default=False,
        blank=True,
        help_text=_("Otherwise nobody sees who answered, also not HR."),
    )
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at"]
        verbose_name = _("answer of an alumnus")
        verbose_name_plural = _("answers of alumni")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "alumnus"], name="answer_once_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
