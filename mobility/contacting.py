"""Asking somebody for contact: the organisation asks, the person answers, and a yes ends by itself.

Who asked learns nothing of the person but the answer: what is refused here names nobody.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob.people.models import User
from bwob.privacy import retention
from bwob.privacy.labels import Keep
from bwob.workflow import Refused
from mobility import rules
from mobility.models import ContactRequest, Exchange, Profile
from mobility.tasks import announce_contact

State = ContactRequest.State


@transaction.atomic
def ask(request: ContactRequest, *, about: Profile, by: User) -> None:
    """Ask once for each person and exchange. The exchange is locked, so that of two askers one waits."""
    exchange = Exchange.objects.select_for_update(of=("self",)).get(pk=request.exchange_id)
    if not rules.may_manage(by, exchange) or not exchange.is_open:
        raise Refused(_("You can ask for contact about an open exchange of your own only."))
    if not Profile.objects.visible_to(by).filter(pk=about.pk).exists():
        raise Refused(_("This person can no longer be found."))
    if exchange.contact_requests.filter(person=about.user_id).exists():
        raise Refused(_("This person was asked about this exchange before."))
    if exchange.contact_requests.waiting().count() >= ContactRequest.AT_MOST:
        sentence = _("%d people have not answered about this exchange yet. Wait for them first.")
        raise Refused(sentence % ContactRequest.AT_MOST)
    request.person_id, request.asked_by = about.user_id, by
    request.due_at = request.due_in(State.ASKED, timezone.now())
    request.save()
    announce_contact("contact_asked", request)


@transaction.atomic
def agree(request: ContactRequest) -> None:
    """Show the profile and the name to those who manage the exchange, for two weeks."""
    if not request.exchange.is_open:
        raise Refused(rules.closed_because(request.exchange))
    request.move_to(State.AGREED, by=request.person)
    announce_contact("contact_agreed", request)


@transaction.atomic
def refuse(request: ContactRequest) -> None:
    """A no needs no reason."""
    request.move_to(State.REFUSED, by=request.person, keep_until=keep_until(request))
    announce_contact("contact_refused", request)


@transaction.atomic
def end(request: ContactRequest) -> None:
    """Take back a yes before its time."""
    request.move_to(State.ENDED, by=request.person, keep_until=keep_until(request))


@transaction.atomic
def withdraw(request: ContactRequest, *, by: User) -> None:
    """Take the question back. Who answered meanwhile is not named: that may have been a no."""
    try:
        request.move_to(State.WITHDRAWN, by=by, keep_until=keep_until(request))
    except Refused as refused:
        raise Refused(refused.reason) from None


def close_overdue() -> int:
    """Let lapse what nobody answered, and end each yes that has had its time; how many. Safe to run twice."""
    return sum(close(request) for request in ContactRequest.objects.overdue(timezone.now()))


@transaction.atomic
def close(request: ContactRequest) -> bool:
    overdue = ContactRequest.objects.overdue(timezone.now()).select_for_update(of=("self",))
    late = overdue.with_names().filter(pk=request.pk).first()
    if late is None:
        return False
    if late.state == State.AGREED:
        late.move_to(State.ENDED, by=None, keep_until=keep_until(late))
        return True
    late.move_to(State.LAPSED, by=None, keep_until=keep_until(late))
    announce_contact("contact_lapsed", late)
    return True


def keep_until(request: ContactRequest) -> datetime.date:
    """As long after its end as the organisation keeps applications."""
    return timezone.localdate() + retention.term(Keep.APPLICATION, request.exchange.organisation)
