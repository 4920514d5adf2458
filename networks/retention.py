"""What goes of networks by itself."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy import erasing, retention
from bwob.privacy.labels import Keep
from networks import appointing, following
from networks.models import Message, NetworkFile, Proposal, Reaction, Subscription


def proposals_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    """The last day is set when a proposal ends."""
    return Proposal.objects.filter(keep_until__lt=timezone.localdate(moment))


def delivered_messages(moment: datetime.datetime) -> models.QuerySet:
    return Message.objects.delivered_before(moment - retention.term(Keep.BRIEF))


def reactions_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    """The last day is set when the call ends, or when somebody withdraws the reaction."""
    return Reaction.objects.filter(keep_until__lt=timezone.localdate(moment))


def unconfirmed_subscriptions(moment: datetime.datetime) -> models.QuerySet:
    """An address that somebody typed, and that did not confirm within the days of the mail's link."""
    return Subscription.objects.unconfirmed_before(moment - retention.term(Keep.BRIEF))


retention.register(
    retention.Rule(_("Subscriptions to areas, not confirmed"), unconfirmed_subscriptions, "asked_at")
)
retention.register(
    retention.Rule(_("Files of networks that nobody confirmed"), NetworkFile.objects.forgotten, "uploaded_at")
)
erasing.before_erasure(appointing.leave_all)
erasing.before_erasure(following.stop_all)
retention.register(retention.Rule(_("Proposals for networks"), proposals_past_their_term, "keep_until"))
retention.register(retention.Rule(_("Messages to networks"), delivered_messages, "sent_at"))
retention.register(
    retention.Rule(_("Reactions to calls for partners"), reactions_past_their_term, "keep_until")
)
erasing.STAYS.insert(
    1,
    (
        _("Calls for partners that you wrote"),
        _("They belong to the network or organisation that asked. Your name is taken off them."),
    ),
)
