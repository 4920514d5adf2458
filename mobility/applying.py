"""Applying for an exchange, from the side of the applicant: each act changes the record and tells who must
know.
"""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob import history
from bwob.people.models import User
from bwob.privacy import forgetting
from bwob.workflow import Refused
from mobility import counting, queueing, rules
from mobility.ending import keep_until
from mobility.models import Application, Exchange
from mobility.tasks import announce, announce_departure

State = Application.State


class Full(Refused):
    """The last place was given in the meantime, but one can wait for another."""


def begun_by(user: User, exchange: Exchange) -> Application:
    """What runs of this person here, a draft or sent, or else a new draft that is not stored yet."""
    running = exchange.applications.filter(applicant=user).running().first()
    return running or Application(exchange=exchange, applicant=user, state=State.DRAFT)


@transaction.atomic
def save_draft(application: Application) -> None:
    """Keep what was typed. A person has one draft here: of two windows, the text saved last counts.

    The exchange is locked, so that two first drafts at the same moment become one, and what was sent stays as
    it is.
    """
    exchange = Exchange.objects.select_for_update(of=("self",)).get(pk=application.exchange_id)
    stored = exchange.applications.filter(applicant=application.applicant).running().first()
    if stored and stored.state != State.DRAFT:
        raise Refused(_("You have applied here already."), stored)
    application.pk, application.key = (stored.pk, stored.key) if stored else (None, uuid.uuid4())
    application.due_at = application.due_in(State.DRAFT, timezone.now())
    application.save()


@transaction.atomic
def throw_away(draft: Application) -> None:
    """Remove a draft with its history. It was never sent, so nobody is told."""
    held = Application.objects.filter(pk=draft.pk).locked()
    if not held.filter(state=State.DRAFT, submitted_at=None).exists():
        raise Refused(_("Only a draft can be thrown away."), draft)
    forgetting.forget(forgetting.rows(Application).filter(pk=draft.pk))


@transaction.atomic
def submit(application: Application) -> None:
    """Send a draft. The exchange is read again: it may have closed while the person was typing."""
    exchange = queueing.hold(application)
    applicant = application.applicant
    if rules.may_join_list(applicant, exchange, is_returning=application.is_returning):
        raise Full(_("All places have been given."), exchange)
    obstacle = rules.obstacle(applicant, exchange, is_returning=application.is_returning)
    if obstacle:
        raise Refused(obstacle, exchange)
    application.move_to(
        State.SUBMITTED, by=applicant, submitted_at=timezone.now(), employer=applicant.employer
    )
    counting.count_applied(application)
    announce("submitted", application)


@transaction.atomic
def withdraw(application: Application, *, by: User, reason: str = "") -> None:
    """Withdraw, also from a confirmed place; those who decide hear of it, and of a place the manager too."""
    exchange = queueing.hold(application)
    had_a_place = application.is_confirmed
    if had_a_place:
        counting.count_place(application, number=-1)
    if exchange.state == Exchange.State.ARRANGED:
        raise Refused(_("This place belongs to a swap ring. Leave the ring instead."), application)
    if had_a_place and application.has_begun:
        raise Refused(_("This has begun already. Talk with the organisation about ending it."), application)
    application.move_to(State.WITHDRAWN, by=by, reason=reason, keep_until=keep_until(application))
    announce("place_given_back" if had_a_place else "withdrawn", application)
    queueing.serve(exchange)


@transaction.atomic
def take(application: Application, *, manager_name: str, manager_email: str) -> None:
    """Take the offer; from now on the manager knows, and has seven days."""
    require_time(application)
    application.move_to(
        State.TAKEN,
        by=application.applicant,
        manager_name=manager_name,
        manager_email=manager_email,
        asked_manager_at=timezone.now(),
        talk_asked=False,
    )
    announce("taken", application)


@transaction.atomic
def take_alone(application: Application) -> None:
    """Take the offer where no manager has to agree; the organisation confirms next."""
    if not application.decides_alone:
        raise Refused(_("Your manager has to agree to this."), application)
    require_time(application)
    application.move_to(State.TAKEN, by=application.applicant)
    application.move_to(State.AGREED, by=application.applicant)
    announce("taken_alone", application)


def require_time(application: Application) -> None:
    """Not beside a confirmed place that takes the same of the week."""
    kind = application.exchange.kind
    clash = rules.clash(application.applicant, kind, application.starts_on, application.ends_on)
    if clash:
        raise Refused(clash, application)


@transaction.atomic
def ask_manager_again(application: Application, *, manager_name: str, manager_email: str) -> None:
    """Send the manager a new link, to a corrected address perhaps; the old link is void and the term
    stays.
    """
    waiting = Application.objects.filter(pk=application.pk, state=State.TAKEN)
    with history.because(by=application.applicant, reason=gettext_lazy("The manager was asked again.")):
        asked = waiting.update(
            manager_name=manager_name, manager_email=manager_email, asked_manager_at=timezone.now()
        )
    if not asked:
        raise Refused(_("Your manager has already answered."), application)
    announce("manager_asked_again", application)


def withdraw_all(user: User) -> None:
    """Withdraw everything that runs, before the account is erased.

    The application is gone when the mail is sent, so those who decide hear it about the exchange,
    without a name. The clock serves the waiting list: the person is locked here, and `hold` goes first.
    """
    own = Application.objects.filter(applicant=user).select_related("exchange__organisation")
    for application in own.live() | own.confirmed().to_come():
        if application.is_confirmed:
            counting.count_place(application, number=-1)
        application.move_to(State.WITHDRAWN, by=user, keep_until=keep_until(application))
        announce_departure(application)
