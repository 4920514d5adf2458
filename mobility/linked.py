"""What was seen by a link that was mailed to a manager, who has no account."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from bwob.privacy import reading
from mobility.models import Application, RingPlace


def note(asked: Application | RingPlace, seen: Iterable[models.Model]) -> None:
    """Note in the read log that the page behind the link to this manager showed these records."""
    employer = asked.employer if isinstance(asked, Application) else asked.wish.employer
    reading.record_by_link(asked.manager_name, seen, employer=employer, purpose=_("agreeing as the manager"))
