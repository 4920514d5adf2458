"""Nothing stays for ever: unconfirmed becomes dormant, dormant ends, and what ended is erased."""

import datetime

from django.db import models, transaction
from django.utils import timezone

from alumni.models import Alumnus
from alumni.tasks import announce
from bwob.privacy import forgetting

State = Alumnus.State
OUTCOMES = {
    State.ASKED: State.LEFT,
    State.INVITED: State.LEFT,
    State.ACTIVE: State.DORMANT,
    State.PAUSED: State.DORMANT,
    State.DORMANT: State.LEFT,
}
"""What silence means in each state, once its term is over."""


def age_overdue() -> int:
    """Move every record whose term has passed; how many were. Safe to run twice and side by side."""
    overdue = Alumnus.objects.overdue(timezone.now()).values_list("pk", flat=True)
    return sum(age(pk) for pk in list(overdue))


@transaction.atomic
def age(pk: int) -> bool:
    """Move one, unless somebody did something with it meanwhile."""
    overdue = Alumnus.objects.overdue(timezone.now()).select_for_update(of=("self",))
    late = overdue.select_related("network__organisation").filter(pk=pk).first()
    if late is None:
        return False
    late.move_to(OUTCOMES[State(late.state)], by=None)
    if late.state == State.DORMANT:
        announce("dormant", late)
    return True


def remind() -> int:
    """Mail once, two weeks before a term ends, what happens then; how many were reminded."""
    soon = Alumnus.objects.to_remind(timezone.now()).values_list("pk", flat=True)
    return sum(remind_of(pk) for pk in list(soon))


@transaction.atomic
def remind_of(pk: int) -> bool:
    waiting = Alumnus.objects.to_remind(timezone.now()).filter(pk=pk)
    if not waiting.update(reminded_at=timezone.now()):
        return False
    announce("reminded", Alumnus.objects.get(pk=pk))
    return True


def ended(moment: datetime.datetime) -> models.QuerySet:
    """Left, or due to leave: what the dry run lists and the erasure takes."""
    silent = [state for state, outcome in OUTCOMES.items() if outcome == State.LEFT]
    return Alumnus.objects.filter(
        models.Q(state=State.LEFT, moved_at__lte=moment) | models.Q(state__in=silent, due_at__lt=moment)
    )


def erase_ended() -> int:
    """Erase with history, log lines and consents; how many records went."""
    return forgetting.forget(ended(timezone.now()))
