"""When an application has ended: until which day it is kept."""

import datetime

from django.utils import timezone

from bwob.privacy import retention
from bwob.privacy.labels import Keep
from mobility.models import Application


def keep_until(application: Application) -> datetime.date:
    """The term of the offering organisation, counted from today, or from the end of the confirmed period."""
    term = retention.term(Keep.APPLICATION, application.exchange.organisation)
    last_day = application.ends_on if application.state == Application.State.AGREED else None
    return max(timezone.localdate(), last_day or timezone.localdate()) + term
