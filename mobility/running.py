"""A given place from its first day to its end: it starts and ends by the calendar, and both sides look back.

The last day can be moved, earlier or later, if person and organisation both want it: one proposes, the other
answers within two weeks. Silence is a no.
"""

import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import IntegrityError, transaction
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob import dutch, history
from bwob.numbers import few
from bwob.people.models import User
from bwob.workflow import Refused
from mobility import rules
from mobility.ending import keep_until
from mobility.models import Application, Evaluation, ExchangeQuerySet, Gain
from mobility.models.evaluations import Outcome
from mobility.tasks import announce

State = Application.State
Side = Evaluation.Side
ANSWER_IN = datetime.timedelta(days=14)


def start_and_complete() -> None:
    """Move by the calendar what begins today and what ended yesterday. Safe to run twice and side by side."""
    today = timezone.localdate()
    for application in Application.objects.filter(state=State.CONFIRMED, starts_on__lte=today):
        with transaction.atomic():
            if found := waiting(application, State.CONFIRMED):
                found.move_to(State.STARTED, by=None)
                announce("started", found)
    for application in Application.objects.filter(state=State.STARTED, ends_on__lt=today):
        with transaction.atomic():
            if found := waiting(application, State.STARTED):
                complete(found)


def waiting(application: Application, state: str) -> Application | None:
    """The application, held, if it is still in this state."""
    return Application.objects.with_names().locked().filter(pk=application.pk, state=state).first()


def complete(application: Application) -> None:
    """Both sides are asked to look back; it is kept until they have had the time."""
    due_at = application.due_in(State.COMPLETED, timezone.now())
    until = keep_until(application, after=due_at.date() if due_at else None)
    application.move_to(
        State.COMPLETED, by=None, keep_until=until, proposed_ends_on=None, proposal_due_at=None
    )
    announce("completed", application)


@transaction.atomic
def propose_end(application: Application, *, side: str, by: User, ends_on: datetime.date) -> None:
    """Ask the other side for another last day: a longer stay, or an end before its time."""
    held = waiting(application, State.STARTED)
    if held is None or held.proposed_ends_on:
        raise Refused(
            _("Another last day is being talked about already, or the place has ended."), application
        )
    if ends_on == held.ends_on or ends_on < timezone.localdate():
        raise Refused(_("Choose another day, from today on."), application)
    if clash := clash_with(held, ends_on, by=by):
        raise Refused(clash, application)
    facts = {
        "proposed_ends_on": ends_on,
        "proposed_by": side,
        "proposal_due_at": dutch.end_of_day(timezone.now() + ANSWER_IN),
    }
    with history.because(by=by, reason=gettext_lazy("Another last day was proposed.")):
        Application.objects.filter(pk=held.pk).update(**facts)
    announce("end_proposed", held)


def accept_end(application: Application, *, by: User) -> None:
    """The other side agrees. A longer stay may not run into another confirmed place of the person."""
    try:
        _accept_end(application, by=by)
    except IntegrityError as error:
        held = Application.objects.get(pk=application.pk)
        clash = clash_with(held, held.proposed_ends_on, by=by)
        raise Refused(clash or _("There is another confirmed place in that period."), application) from error


def clash_with(held: Application, ends_on: datetime.date | None, *, by: User) -> str:
    """Which confirmed place a longer stay would run into, for the person alone: it is no business of the
    organisation.
    """
    if by.pk != held.applicant_id or held.ends_on is None:
        return ""
    return rules.clash(by, held.exchange.kind, held.ends_on + datetime.timedelta(days=1), ends_on)


@transaction.atomic
def _accept_end(application: Application, *, by: User) -> None:
    held = waiting(application, State.STARTED)
    if held is None or held.proposed_ends_on is None:
        raise Refused(_("There is nothing (any more) to answer here."), application)
    facts = {
        "ends_on": held.proposed_ends_on,
        "proposed_ends_on": None,
        "proposal_due_at": None,
        "keep_until": keep_until(held, after=held.proposed_ends_on),
    }
    with history.because(by=by, reason=gettext_lazy("The last day was moved.")):
        Application.objects.filter(pk=held.pk).update(**facts)
    announce("end_moved", held)


@transaction.atomic
def decline_end(application: Application, *, by: User | None) -> None:
    """The other side would rather not, or did not answer in time (`by` is None): the last day stays."""
    with history.because(by=by, reason=gettext_lazy("The last day stays.")):
        gone = Application.objects.filter(pk=application.pk, proposed_ends_on__isnull=False).update(
            proposed_ends_on=None, proposal_due_at=None
        )
    if not gone:
        raise Refused(_("There is nothing (any more) to answer here."), application)
    announce("end_stays", application)


def may_answer_end(user: User, application: Application) -> bool:
    """The side that did not propose it."""
    if not application.proposed_ends_on:
        return False
    is_person = rules.is_applicant(user, application)
    return is_person if application.proposed_by == Side.BORROWER else rules.may_decide(user, application)


def side_of(user: User, application: Application) -> str:
    """For which side somebody speaks; "" for neither."""
    if rules.is_applicant(user, application):
        return Side.PERSON
    return Side.BORROWER if rules.may_decide(user, application) else ""


@transaction.atomic
def evaluate(evaluation: Evaluation, *, by: User) -> None:
    """Store what one side says. With the second it is finished."""
    held = waiting(evaluation.application, State.COMPLETED)
    if held is None or held.evaluations.filter(side=evaluation.side).exists():
        raise Refused(_("This has been evaluated, or the time for it is over."), evaluation.application)
    with history.because(by=by):
        evaluation.save()
    if held.evaluations.count() == len(Side):
        finish(held)


def finish(application: Application) -> None:
    """Closed: what both said is counted without them. Of the counts nobody can be read off."""
    application.move_to(State.EVALUATED, by=None)
    exchange = application.exchange
    for evaluation in application.evaluations.all():
        Gain.objects.count_in(exchange.organisation, exchange.kind, evaluation.outcomes)


@transaction.atomic
def take_words_back(evaluation: Evaluation, *, by: User) -> None:
    """Stop showing one's words, at once and for good; the other side's are then not shown either."""
    with history.because(by=by, reason=gettext_lazy("Words taken back.")):
        Evaluation.objects.filter(pk=evaluation.pk).update(may_publish=False)


def lapse_overdue() -> None:
    """Proposals nobody answered are off; of evaluations nobody gave in time, what there is counts."""
    now = timezone.now()
    for application in Application.objects.filter(proposal_due_at__lt=now):
        with transaction.atomic():
            if waiting(application, State.STARTED):
                decline_end(application, by=None)
    for application in Application.objects.filter(state=State.COMPLETED, due_at__lt=now):
        with transaction.atomic():
            if found := waiting(application, State.COMPLETED):
                finish(found)


def last_day_text(application: Application) -> str:
    return dutch.date_text(application.ends_on) if application.ends_on else _("open")


def proposed_text(application: Application) -> str:
    return dutch.date_text(application.proposed_ends_on) if application.proposed_ends_on else ""


def with_looking_back(exchanges: ExchangeQuerySet) -> ExchangeQuerySet:
    """Each with what such exchanges there brought, and with the words that both sides show, in one query."""
    same = Gain.objects.filter(organisation=OuterRef("organisation"), kind=OuterRef("kind"), number__gt=0)
    brought = same.order_by("-number", "outcome").values(row=JSONObject(outcome="outcome", number="number"))
    shown = Evaluation.objects.public().filter(application__exchange=OuterRef("pk")).exclude(words="")
    words = shown.order_by("-given_at").values(row=JSONObject(words="words", side="side"))[:6]
    return exchanges.annotate(brought=ArraySubquery(brought), words=ArraySubquery(words))


def brought_text(brought: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Outcomes in words with how often; below five nothing exact (rule R8)."""
    return [(str(Outcome(gain["outcome"]).label), few(gain["number"])) for gain in brought]


def words_text(words: list[dict[str, str]]) -> list[tuple[str, str]]:
    """What was said, and by which side; never by whom."""
    return [(said["words"], str(Side(said["side"]).label)) for said in words]
