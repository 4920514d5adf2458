"""When an application has ended: until which day it is kept."""

import datetime

from django.utils import timezone

from bwob.privacy import retention
from bwob.privacy.labels import Keep
from mobility.models import Application


def keep_until(application: Application, *, after: datetime.date | None = None) -> datetime.date:
    """The term of the offering organisation, counted from today, or from the last day of a period to come."""
    today = timezone.localdate()
    return max(today, after or today) + retention.term(Keep.APPLICATION, application.exchange.organisation)
