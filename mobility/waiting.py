"""No application waits for ever: terms end with a named outcome, after a reminder to whoever must answer."""

import datetime

from django.db import transaction
from django.utils import timezone

from mobility import counting, queueing
from mobility.ending import keep_until
from mobility.models import Application
from mobility.tasks import announce

REMIND_BEFORE = datetime.timedelta(days=2)


def lapse_overdue() -> int:
    """Let every application lapse whose term has passed; how many did. Safe to run twice and side by side."""
    return sum(lapse(application) for application in Application.objects.overdue(timezone.now()))


@transaction.atomic
def lapse(application: Application) -> bool:
    """Lapse one, unless it was answered or got more time meanwhile. A draft goes silently, and at once."""
    exchange = queueing.hold(application)
    overdue = Application.objects.overdue(timezone.now()).with_names().locked()
    late = overdue.filter(pk=application.pk).first()
    if late is None:
        return False
    until = keep_until(late) if late.submitted_at else timezone.localdate()
    counting.count_unanswered(late)
    late.move_to(Application.State.LAPSED, by=None, keep_until=until)
    if late.submitted_at:
        announce("lapsed", late)
        queueing.serve(exchange)
    return True


def remind() -> int:
    """Remind once per state of a term that ends within two days; how many were reminded."""
    soon = Application.objects.live().filter(due_at__lt=timezone.now() + REMIND_BEFORE).to_remind()
    return sum(remind_of(application) for application in soon)


@transaction.atomic
def remind_of(application: Application) -> bool:
    """Remind of one, unless it was answered or reminded of meanwhile."""
    unchanged = Application.objects.filter(pk=application.pk, state=application.state).to_remind()
    if not unchanged.update(reminded_at=timezone.now()):
        return False
    announce("reminded", application)
    return True
