"""*Kennisvraag*: a question goes to who opted in for it, and comes back as answers with or without a name."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alumni.models import Alumnus, Answer, Question
from alumni.tasks import ask_all
from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused

State = Question.State


@transaction.atomic
def write(question: Question, *, by: User) -> None:
    """Store a draft; what alumni have been asked is no longer changed."""
    if question.pk:
        stored = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
        if stored.state != State.DRAFT:
            raise Refused(_("Alumni have been asked this already."), stored)
    question.asked_by = by
    with history.because(by=by):
        question.save()


@transaction.atomic
def ask(question: Question, *, by: User) -> None:
    """Send it to everybody whom it concerns; they have thirty days."""
    if not question.audience().exists():
        raise Refused(_("Nobody who opted in knows about this."), question)
    question.move_to(State.OPEN, by=by)
    ask_all(question)


@transaction.atomic
def close(question: Question, *, by: User | None) -> None:
    question.move_to(State.CLOSED, by=by)


@transaction.atomic
def answer(question: Question, alumnus: Alumnus, *, text: str, is_named: bool) -> None:
    """Answer, or answer anew, as long as the question is open."""
    stored = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if stored.state != State.OPEN:
        raise Refused(_("This question is closed. Thank you for wanting to help."), stored)
    with history.because(by=None):
        Answer.objects.update_or_create(
            question=question,
            alumnus=alumnus,
            defaults={"text": text, "is_named": is_named, "at": timezone.now()},
        )


def close_overdue() -> int:
    """Close what is over its term; how many were closed."""
    return sum(_close(question) for question in Question.objects.overdue(timezone.now()))


def _close(question: Question) -> int:
    close(question, by=None)
    return 1
