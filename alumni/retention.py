"""What goes of alumni by itself."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from alumni import ageing, gathering
from alumni.models import AlumniFile, Departure
from bwob.privacy import retention


def past_departures(moment: datetime.datetime) -> models.QuerySet:
    """Moved or cancelled: the network has what it needs."""
    return Departure.objects.exclude(state=Departure.State.PLANNED).filter(moved_at__lt=moment)


retention.register(retention.Rule(_("Alumni who left or never answered"), ageing.ended, "due_at"))
retention.register(
    retention.Rule(_("Files of alumni that are a day old"), AlumniFile.objects.forgotten, "uploaded_at")
)
retention.register(retention.Rule(_("Departures that are over"), past_departures, "moved_at"))
retention.register(
    retention.Rule(_("Sign-ups for meetings of alumni"), gathering.past_their_term, "keep_until")
)
