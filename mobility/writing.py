"""Writing an exchange, from the side of the offering organisation: draft, publish, close, duplicate,
withdraw.
"""

import datetime
import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob import history
from bwob.people.models import User
from bwob.privacy import forgetting
from bwob.workflow import Refused
from mobility import emails, rules
from mobility.ending import keep_until
from mobility.models import Application, Exchange
from mobility.tasks import announce

NOT_COPIED = {
    "id",
    "slug",
    "state",
    "moved_at",
    "published_at",
    "source",
    "external_id",
    "search",
    "tier",
    "region",
}


def publish(exchange: Exchange, *, by: User | None) -> None:
    """Make it public, if one can apply (in time, and for a place) and somebody gets the applications."""
    if exchange.is_past_closing:
        raise Refused(_("The last day to apply lies in the past. Choose a later one first."), exchange)
    if exchange.state == Exchange.State.FILLED and not exchange.places_left:
        raise Refused(_("All places have been given."), exchange)
    if not emails.deciders(exchange):
        raise Refused(
            _("Nobody at %s would get the applications: it has no HR or contact on the portal yet.")
            % exchange.organisation,
            exchange,
        )
    exchange.move_to(Exchange.State.PUBLISHED, by=by, published_at=timezone.now())


def texts_of(exchange: Exchange) -> dict[str, Any]:
    """What people write about an exchange, by field."""
    names = [field.attname for field in Exchange._meta.concrete_fields if field.name not in NOT_COPIED]
    return {name: getattr(exchange, name) for name in names}


def version_of(exchange: Exchange) -> str:
    """Changes with each change of the text."""
    return hashlib.sha256(repr(texts_of(exchange)).encode()).hexdigest()[:20]


@transaction.atomic
def change(exchange: Exchange, *, by: User, seen: str = "") -> None:
    """Store what was written, unless the exchange has ended, or has another text than the writer saw."""
    stored = Exchange.objects.select_for_update(of=("self",)).get(pk=exchange.pk)
    if not rules.can_change(stored):
        raise Refused(rules.closed_because(stored), stored)
    if seen and seen != version_of(stored):
        raise Refused(changed_by(stored), stored)
    with history.because(by=by):
        exchange.save(update_fields=list(texts_of(exchange)))


def changed_by(exchange: Exchange) -> str:
    last = history.last_change(exchange)
    facts = {
        "who": last.by or exchange.organisation,
        "when": date_format(timezone.localtime(last.at), "j F, H:i"),
    }
    return _("%(who)s changed this on %(when)s, while you were writing.") % facts


def close(exchange: Exchange, *, by: User | None) -> None:
    """Stop applications from today on: the date says it, so there is no state for it."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    with history.because(by=by, reason=gettext_lazy("Closed early.")):
        closed = Exchange.objects.filter(pk=exchange.pk).open().update(closes_on=yesterday)
    if not closed:
        raise Refused(rules.closed_because(Exchange.objects.get(pk=exchange.pk)), exchange)


@transaction.atomic
def withdraw(exchange: Exchange, *, by: User, reason: str) -> None:
    """Take it back; everybody whose application runs is told, with the reason."""
    exchange.move_to(Exchange.State.WITHDRAWN, by=by, reason=reason)
    for application in exchange.applications.live().locked():
        application.move_to(
            Application.State.DECLINED,
            by=by,
            reason=reason,
            code=Application.Code.CANCELLED,
            keep_until=keep_until(application),
        )
        announce("cancelled", application)


@transaction.atomic
def throw_away(exchange: Exchange) -> None:
    """Remove a draft with its history. Only what was never public: of the rest people may have seen it."""
    draft = Exchange.objects.select_for_update(of=("self",)).filter(pk=exchange.pk)
    if not draft.filter(state=Exchange.State.DRAFT, published_at=None).exists():
        raise Refused(_("Only a draft can be thrown away."), exchange)
    forgetting.forget(forgetting.rows(Exchange).filter(pk=exchange.pk))


def duplicate(exchange: Exchange, *, by: User) -> Exchange:
    """A new draft with the same text; its dates start empty, since the old ones have passed or soon will."""
    copy = Exchange(**texts_of(exchange), state=Exchange.State.DRAFT)
    copy.starts_on = copy.closes_on = None
    copy.contact = by
    copy.save()
    return copy
