"""The waiting list of an exchange whose places are all given, and who is offered the one that comes free.

Every act that gives or frees a place begins with `hold`: one at a time for each exchange, so that no place is
offered twice and no two people get one number.
"""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused
from mobility import counting, rules
from mobility.ending import keep_until
from mobility.models import Application, Exchange
from mobility.tasks import announce

State = Application.State
FURTHEST_FIRST = (State.AGREED, State.TAKEN, State.OFFERED, State.CONVERSATION, State.SUBMITTED)
Period = tuple[datetime.date, datetime.date | None]


def hold(application: Application) -> Exchange:
    """The exchange of this application, read anew and locked until the transaction ends."""
    return Exchange.objects.select_for_update(of=("self",)).get(pk=application.exchange_id)


def enlist_others(exchange: Exchange, *, by: User) -> None:
    """The last place is given: who still hoped for one comes on the list, the furthest and earliest first.

    Whom no place could serve any more gets a no, with the reason.
    """
    for other in sorted(exchange.applications.unqueued().with_names().locked(), key=claim):
        if is_servable(other):
            other.move_to(State.WAITING, by=by, waiting_number=other.waiting_number or next_number(exchange))
            announce("enlisted", other)
        else:
            refuse(other, by=by)


def claim(application: Application) -> tuple[int, object, int]:
    """What the order on the list rests on: how far one was, then who applied first."""
    return FURTHEST_FIRST.index(State(application.state)), application.submitted_at, application.pk


@transaction.atomic
def join(application: Application) -> None:
    """Send a draft to the end of the list. The exchange is read again: a place may have come free."""
    exchange = hold(application)
    applicant = application.applicant
    obstacle = rules.personal_obstacle(applicant, exchange, is_returning=application.is_returning)
    if obstacle or not exchange.has_waiting_list:
        raise Refused(obstacle or _("There is no waiting list (any more)."), exchange)
    application.move_to(
        State.WAITING,
        by=applicant,
        submitted_at=timezone.now(),
        employer=applicant.employer,
        waiting_number=next_number(exchange),
    )
    counting.count_applied(application)
    announce("joined_list", application)
    serve(exchange)


def position_for(user: User, exchange: Exchange, *, is_returning: bool = False) -> int:
    """Which number this person would have on the list when joining now; 0 if that cannot be."""
    can_join = rules.may_join_list(user, exchange, is_returning=is_returning)
    return exchange.applications.queued().count() + 1 if can_join else 0


def next_number(exchange: Exchange) -> int:
    return (exchange.applications.aggregate(last=Max("waiting_number"))["last"] or 0) + 1


def serve(exchange: Exchange) -> None:
    """Offer each place that is free, and not on offer yet, to the next on the list whom it can serve.

    When nobody waits any more and a place is left, the exchange is published again.
    """
    if exchange.state != Exchange.State.FILLED:
        return
    unclaimed = exchange.places_left - exchange.applications.unqueued().count()
    for first in exchange.applications.queued().with_names().locked():
        if unclaimed > 0 and is_servable(first):
            offer_place(first)
            unclaimed -= 1
    if unclaimed > 0 and not exchange.applications.queued().exists():
        exchange.move_to(Exchange.State.PUBLISHED, by=None, reason=gettext_lazy("A place came free."))


def serve_all() -> None:
    """Serve every list of which a place came free otherwise, as when somebody closed the account."""
    for exchange in Exchange.objects.with_a_queue():
        with transaction.atomic():
            serve(Exchange.objects.select_for_update(of=("self",)).get(pk=exchange.pk))


def offer_place(application: Application) -> None:
    """An offer for five working days; where no period is known, the organisation is asked to make one."""
    exchange = application.exchange
    period = period_of(application)
    if period is None:
        application.move_to(State.CONVERSATION, by=None)
        announce("place_free", application)
        return
    hours = application.hours or exchange.hours_max
    application.move_to(State.OFFERED, by=None, hours=hours, starts_on=period[0], ends_on=period[1])
    announce("offered_from_list", application)


def period_of(application: Application) -> Period | None:
    """The period that was offered before, else that of the exchange, else that of the place given back."""
    exchange = application.exchange
    given_back = exchange.applications.filter(state=State.WITHDRAWN, starts_on__isnull=False)
    last = given_back.order_by("-moved_at").first()
    sources: list[Application | Exchange | None] = [application, exchange, last]
    for one in sources:
        if one and one.starts_on and one.starts_on >= timezone.localdate():
            return one.starts_on, one.ends_on
    return None


def is_servable(application: Application) -> bool:
    """Can a place that comes free still help this person: in time, and beside no other confirmed place?"""
    exchange = application.exchange
    first = application.starts_on or exchange.starts_on
    last = application.ends_on or exchange.ends_on
    is_over = last is not None and last < timezone.localdate()
    return not is_over and not rules.clash(application.applicant, exchange.kind, first, last)


@transaction.atomic
def add_places(exchange: Exchange, *, places: int, by: User) -> None:
    """Offer more places than before: the first on the list get them."""
    stored = Exchange.objects.select_for_update(of=("self",)).get(pk=exchange.pk)
    if stored.state != Exchange.State.FILLED:
        raise Refused(rules.closed_because(stored), stored)
    if places <= stored.places:
        raise Refused(_("There were %d places. Choose a higher number.") % stored.places, stored)
    stored.places = places
    with history.because(by=by, reason=gettext_lazy("More places.")):
        stored.save(update_fields=["places"])
    serve(stored)


@transaction.atomic
def close(exchange: Exchange, *, by: User) -> None:
    """Close the list for good: everybody on it is told, and nobody can join. The date says so, as ever."""
    stored = Exchange.objects.select_for_update(of=("self",)).get(pk=exchange.pk)
    if not stored.has_waiting_list:
        raise Refused(rules.closed_because(stored), stored)
    stored.closes_on = timezone.localdate() - datetime.timedelta(days=1)
    with history.because(by=by, reason=gettext_lazy("Closed early.")):
        stored.save(update_fields=["closes_on"])
    for application in stored.applications.queued().locked():
        refuse(application, by=by)


def refuse(application: Application, *, by: User) -> None:
    until = keep_until(application)
    application.move_to(State.DECLINED, by=by, code=Application.Code.FILLED, keep_until=until)
    announce("declined", application)
