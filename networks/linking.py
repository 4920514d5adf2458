"""Tying networks and organisations together: one side says so, the other confirms, each can end it."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused
from networks import rules
from networks.models import Network, Partnership
from networks.tasks import tell_tie


def begun(network: Network, *, by: User) -> Partnership:
    """A tie that is not stored yet, said by the side this person speaks for; `propose` looks again."""
    ours = rules.may_speak_for(by, network)
    now = timezone.now()
    return Partnership(
        network=network,
        confirmed_by_network_at=now if ours else None,
        confirmed_by_partner_at=None if ours else now,
    )


@transaction.atomic
def propose(partnership: Partnership, *, by: User) -> None:
    """Lay a tie from whichever sides this person speaks for; the other side hears that it is asked."""
    now = timezone.now()
    ours = rules.may_speak_for(by, partnership.network)
    theirs = rules.speaks_for_partner(by, partnership)
    if not (ours or theirs):
        raise Refused(_("You speak for neither of the two."), partnership)
    partnership.confirmed_by_network_at = now if ours else None
    partnership.confirmed_by_partner_at = now if theirs else None
    with history.because(by=by):
        partnership.save()
    if not partnership.is_confirmed:
        tell_tie.defer(message="tie_asked", partnership_id=partnership.pk)


@transaction.atomic
def confirm(partnership: Partnership, *, by: User) -> None:
    """The side that had not answered says yes. The second of two at once is refused."""
    side = "network" if partnership.confirmed_by_network_at is None else "partner"
    name = f"confirmed_by_{side}_at"
    waiting = Partnership.objects.filter(pk=partnership.pk, ends_on=None, **{name: None})
    with history.because(by=by):
        done = waiting.update(**{name: timezone.now()})
    if not done:
        raise Refused(_("This has changed in the meantime, so that is no longer possible."))
    tell_tie.defer(message="tie_confirmed", partnership_id=partnership.pk)


@transaction.atomic
def end(partnership: Partnership, *, by: User) -> None:
    """Either side ends it, from today; the other side hears that."""
    with history.because(by=by):
        done = Partnership.objects.filter(pk=partnership.pk, ends_on=None).update(
            ends_on=timezone.localdate()
        )
    if not done:
        raise Refused(_("This has changed in the meantime, so that is no longer possible."))
    tell_tie.defer(message="tie_ended", partnership_id=partnership.pk)


def end_unanswered(moment: datetime.datetime) -> int:
    """End what the other side did not answer within the time for it; how many that were."""
    late = Partnership.objects.running().unconfirmed().filter(asked_at__lt=moment - Partnership.PATIENCE)
    with history.because(by=None, reason="no answer in time"):
        return late.update(ends_on=F("starts_on"))
