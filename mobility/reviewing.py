"""What those who were there found of a career day: given without a name, told from five answers on (R8)."""

import dataclasses

from django.db import transaction
from django.db.models import Avg, Count
from django.utils.translation import gettext as _

from bwob import history
from bwob.numbers import FEW, few
from bwob.workflow import Refused
from mobility.day_rules import may_give_feedback
from mobility.ending import kept_after
from mobility.models import CareerDay, DayFeedback, Signup


@dataclasses.dataclass(frozen=True)
class Review:
    """As the page shows it: numbers below five read "<5", and then there are no grade and no words."""

    came_text: str
    answers_text: str
    grade: float | None
    words: list[DayFeedback]


@transaction.atomic
def give(signup: Signup, feedback: DayFeedback) -> None:
    """Once for each who was there. Nothing in the feedback leads back to the sign-up."""
    locked = Signup.objects.select_for_update(of=("self",)).select_related("day__organisation")
    found = locked.get(pk=signup.pk)
    if not may_give_feedback(found):
        raise Refused(_("You have told us already, or you were not there."), found)
    feedback.day = found.day
    feedback.keep_until = kept_after(found.day.organisation, found.day.held_on)
    with history.because(by=None):
        found.feedback_given = True
        found.save(update_fields=["feedback_given"])
        feedback.save()


def review(day: CareerDay) -> Review | None:
    """None before the day is over. Three statements at most."""
    if not day.is_held:
        return None
    facts = day.feedback.aggregate(answers=Count("pk"), grade=Avg("grade"))
    is_enough = facts["answers"] >= FEW
    return Review(
        came_text=few(day.signups.attended().count()),
        answers_text=few(facts["answers"]),
        grade=round(facts["grade"], 1) if is_enough else None,
        words=list(day.feedback.in_words()) if is_enough else [],
    )
