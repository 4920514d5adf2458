"""What goes of networks by itself."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy import retention
from networks.models import Proposal


def proposals_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    """The last day is set when a proposal ends."""
    return Proposal.objects.filter(keep_until__lt=timezone.localdate(moment))


retention.register(retention.Rule(_("Proposals for networks"), proposals_past_their_term, "keep_until"))
