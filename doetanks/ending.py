"""Until which day something is kept once it has ended: the terms are data."""

import datetime

from django.utils import timezone

from bwob.privacy import retention
from bwob.privacy.labels import Keep
from doetanks.models import Challenge


def asking_kept_until(challenge: Challenge) -> datetime.date:
    """A request that came to nothing."""
    return timezone.localdate() + retention.term(Keep.APPLICATION, challenge.organisation)


def team_kept_until(challenge: Challenge) -> datetime.date:
    """Membership of a team, and its workroom."""
    return timezone.localdate() + retention.term(Keep.TEAMWORK, challenge.organisation)
