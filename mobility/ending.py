"""When an application has ended: until which day it is kept."""

import datetime

from django.utils import timezone

from bwob.organisations.models import Organisation
from bwob.privacy import retention
from bwob.privacy.labels import Keep
from mobility.models import Application


def keep_until(application: Application, *, after: datetime.date | None = None) -> datetime.date:
    """The term of the offering organisation, counted from today, or from the last day of a period to come."""
    return kept_after(application.exchange.organisation, after)


def kept_after(organisation: Organisation | None, last_day: datetime.date | None = None) -> datetime.date:
    """The same for what belongs to this organisation, or to none: the default term."""
    today = timezone.localdate()
    return max(today, last_day or today) + retention.term(Keep.APPLICATION, organisation)
