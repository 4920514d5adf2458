"""What goes of PITCH by itself, and what happens before an account is erased."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from bwob.privacy import erasing, retention
from pitch import entering
from pitch.models import Entry, TeamMember

LAPSED_KEPT = datetime.timedelta(days=28)


def unanswered_invitations(moment: datetime.datetime) -> models.QuerySet:
    return TeamMember.objects.unanswered(moment)


def lapsed_drafts(moment: datetime.datetime) -> models.QuerySet:
    """Four weeks after the close, so that a team can still take its text along."""
    return Entry.objects.filter(state=Entry.State.LAPSED, moved_at__lt=moment - LAPSED_KEPT)


retention.register(
    retention.Rule(_("Invitations into a team that nobody took"), unanswered_invitations, "invited_at")
)
retention.register(retention.Rule(_("Plans that were never sent in"), lapsed_drafts, "moved_at"))
erasing.before_erasure(entering.withdraw_all)
erasing.STAYS.append(
    (
        _("Ballots that you cast in a jury, and plans that you made with a team"),
        _("They belong to the result and to the team. Your name is taken off them."),
    )
)
