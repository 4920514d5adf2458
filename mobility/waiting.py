"""No application waits for ever: terms end with a named outcome, after a reminder to whoever must answer."""

import datetime
import logging

from django.db import transaction
from django.utils import timezone

from bwob.workflow import Refused
from mobility.ending import keep_until
from mobility.models import Application
from mobility.tasks import announce

logger = logging.getLogger(__name__)
REMIND_BEFORE = datetime.timedelta(days=2)


def lapse_overdue() -> int:
    """Let every application lapse whose term has passed; how many did. Safe to run twice and side by side."""
    overdue = Application.objects.overdue(timezone.now()).select_related("exchange__organisation")
    return sum(lapse(application) for application in overdue)


def lapse(application: Application) -> bool:
    """Lapse one, unless somebody answered at the same moment; a draft lapses silently."""
    was_sent = application.state != Application.State.DRAFT
    try:
        with transaction.atomic():
            application.move_to(
                Application.State.LAPSED,
                by=None,
                keep_until=keep_until(application),
            )
            if was_sent:
                announce("lapsed", application)
    except Refused:
        logger.info("An application was answered while it lapsed")
        return False
    return True


def remind() -> int:
    """Remind once per state of a term that ends within two days; how many were reminded."""
    soon = Application.objects.live().filter(due_at__lt=timezone.now() + REMIND_BEFORE).to_remind()
    for application in soon:
        with transaction.atomic():
            Application.objects.filter(pk=application.pk).update(reminded_at=timezone.now())
            announce("reminded", application)
    return len(soon)
