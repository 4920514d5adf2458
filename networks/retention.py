"""What goes of networks by itself."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy import retention
from bwob.privacy.labels import Keep
from networks.models import Message, Proposal


def proposals_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    """The last day is set when a proposal ends."""
    return Proposal.objects.filter(keep_until__lt=timezone.localdate(moment))


def delivered_messages(moment: datetime.datetime) -> models.QuerySet:
    return Message.objects.delivered_before(moment - retention.term(Keep.BRIEF))


retention.register(retention.Rule(_("Proposals for networks"), proposals_past_their_term, "keep_until"))
retention.register(retention.Rule(_("Messages to networks"), delivered_messages, "sent_at"))
