"""Deciding on an application, from the side of the offering organisation."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bwob.people.models import User
from bwob.workflow import Refused
from mobility import counting, queueing
from mobility.ending import keep_until
from mobility.models import Application, Exchange
from mobility.models.applications import taken_by
from mobility.tasks import announce

State = Application.State


@transaction.atomic
def invite(application: Application, *, by: User, reason: str = "") -> None:
    """Invite for a conversation; `reason` is what the applicant reads (when, where, with whom)."""
    require_unqueued(application)
    counting.count_answer(application)
    application.move_to(State.CONVERSATION, by=by, reason=reason)
    announce("invited", application)


@transaction.atomic
def offer(
    application: Application,
    *,
    by: User,
    hours: int,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    note: str = "",
) -> None:
    """Offer the place with its hours and period. It stands for five working days, and promises no place
    yet.
    """
    require_unqueued(application)
    require_open_place(application.exchange)
    counting.count_answer(application)
    application.move_to(
        State.OFFERED, by=by, hours=hours, starts_on=starts_on, ends_on=ends_on, offer_note=note
    )
    announce("offered", application)


@transaction.atomic
def decline(application: Application, *, by: User, code: str, reason: str = "") -> None:
    exchange = queueing.hold(application)
    counting.count_answer(application)
    application.move_to(State.DECLINED, by=by, code=code, reason=reason, keep_until=keep_until(application))
    announce("declined", application)
    queueing.serve(exchange)


def confirm(application: Application, *, by: User) -> None:
    """Give the applicant a place. The exchange is locked, so its last place is given once.

    Two confirmed periods of one person cannot overlap, unless one is beside the job: the database sees to
    it, the sentence names the clash. The person is locked too, since two such checks at once could wait for
    each other.
    """
    try:
        _confirm(application, by=by)
    except IntegrityError as error:
        raise Refused(clash(application, by), application) from error


@transaction.atomic
def _confirm(application: Application, *, by: User) -> None:
    exchange = queueing.hold(application)
    User.objects.select_for_update(no_key=True).get(pk=application.applicant_id)
    require_open_place(exchange)
    until = keep_until(application, after=application.ends_on)
    application.move_to(State.CONFIRMED, by=by, keep_until=until, takes=taken_by(exchange.kind))
    counting.count_place(application)
    announce("confirmed", application)
    if not exchange.places_left and exchange.state == Exchange.State.PUBLISHED:
        exchange.move_to(Exchange.State.FILLED, by=by)
        queueing.enlist_others(exchange, by=by)


def require_unqueued(application: Application) -> None:
    if application.is_queued:
        raise Refused(
            _("The waiting list is served in its order, as soon as a place comes free."), application
        )


def require_open_place(exchange: Exchange) -> None:
    if exchange.state == Exchange.State.WITHDRAWN:
        raise Refused(_("This exchange was withdrawn."), exchange)
    if not exchange.places_left:
        raise Refused(_("All places have been given."), exchange)


def clash(application: Application, by: User) -> str:
    """A sentence that names the confirmed period in the way; where it is, reads only who may see that one."""
    others = Application.objects.filter(applicant=application.applicant).confirmed()
    kind = Exchange.objects.values_list("kind", flat=True).get(pk=application.exchange_id)
    overlapping = others.in_the_way_of(kind, application.starts_on, application.ends_on)
    visible = overlapping.visible_to(by).with_names().first()
    where = _("at %s") % visible.exchange.organisation if visible else _("somewhere else")
    return _("%(name)s already has a confirmed place %(period)s, %(where)s.") % {
        "name": application.applicant,
        "period": (visible or overlapping[0]).period_text,
        "where": where,
    }
