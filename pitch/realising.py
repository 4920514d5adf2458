"""After the win: the result stands, and the plan is carried out where everybody can follow it."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob import history
from bwob.workflow import Refused
from pitch.deliberating import may_be_settled
from pitch.leading import locked
from pitch.models import Edition, Entry, Milestone, Realisation, Standing, StatusReport
from pitch.tasks import announce

OUTCOMES = {
    Standing.Prize.WINNER: Entry.State.WINNER,
    Standing.Prize.HONOURABLE: Entry.State.HONOURABLE,
    Standing.Prize.NONE: Entry.State.OUT,
}


@transaction.atomic
def settle(edition: Edition, *, by: Any) -> None:
    """The result is final: objections are over. Each plan gets its outcome."""
    now = locked(edition)
    if now.state == Edition.State.PUBLISHED and not may_be_settled(now):
        raise Refused(_("Teams can still object, or wait for an answer."), now)
    edition.move_to(Edition.State.REALISATION, by=by)
    for standing in Standing.objects.filter(result__edition=now).select_related("entry"):
        standing.entry.move_to(OUTCOMES[Standing.Prize(standing.prize)], by=by)


@transaction.atomic
def start(realisation: Realisation, *, by: Any) -> None:
    """A sponsor was found: from here on the team tells each quarter how it goes."""
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=realisation.entry_id)
    if not entry.has_prize:
        raise Refused(_("Only a plan that won a prize is carried out here."), entry)
    if Realisation.objects.filter(entry=entry).exists():
        raise Refused(_("This plan is being carried out already."), entry)
    realisation.due_at = realisation.due_in(Realisation.State.RUNNING, timezone.now())
    realisation.save()


def require_running(realisation: Realisation) -> None:
    if realisation.state != Realisation.State.RUNNING:
        raise Refused(_("This plan is no longer being carried out."), realisation)


@transaction.atomic
def add_milestone(realisation: Realisation, *, title: str, due_on: datetime.date) -> Milestone:
    require_running(realisation)
    return Milestone.objects.create(realisation=realisation, title=title, due_on=due_on)


@transaction.atomic
def reach(milestone: Milestone) -> None:
    require_running(milestone.realisation)
    milestone.done_on = timezone.localdate()
    milestone.save(update_fields=["done_on"])


@transaction.atomic
def report(realisation: Realisation, *, course: str, text: str, by: Any) -> None:
    """A word on how it goes; the next one is due in a quarter."""
    now = Realisation.objects.select_for_update(of=("self",)).get(pk=realisation.pk)
    require_running(now)
    StatusReport.objects.create(realisation=now, course=course, text=text, written_by=by)
    now.due_at = now.due_in(Realisation.State.RUNNING, timezone.now())
    now.save(update_fields=["due_at"])


@transaction.atomic
def finish(realisation: Realisation, *, by: Any) -> None:
    realisation.move_to(Realisation.State.DONE, by=by)


@transaction.atomic
def stop(realisation: Realisation, *, by: Any, reason: str) -> None:
    """A plan that does not work out is told as openly as one that does."""
    realisation.move_to(Realisation.State.STOPPED, by=by, reason=reason)


def offer_on(entry: Entry, *, by: Any) -> None:
    """Let whoever decides somewhere else begin with this plan; the page of the plan says so."""
    if not entry.can_be_offered:
        raise Refused(_("Only a plan that took part and did not win can be offered on."), entry)
    set_offered(entry, timezone.now(), by=by)


def take_back(entry: Entry, *, by: Any) -> None:
    """Nobody can begin with it any more; what began goes on."""
    set_offered(entry, None, by=by)


def set_offered(entry: Entry, moment: datetime.datetime | None, *, by: Any) -> None:
    with history.because(by=by):
        entry.offered_at = moment
        entry.save(update_fields=["offered_at"])


@transaction.atomic
def end(edition: Edition, *, by: Any) -> None:
    """Everything that was promised was carried out or stopped."""
    if Realisation.objects.filter(entry__edition=edition, state=Realisation.State.RUNNING).exists():
        raise Refused(_("A plan is still being carried out."), edition)
    edition.move_to(Edition.State.ENDED, by=by)


def remind_silent(moment: Any) -> None:
    """Nothing was told for a quarter: the team is asked, each month until it tells."""
    for realisation in Realisation.objects.silent(moment):
        announce("word_due", realisation)
        Realisation.objects.filter(pk=realisation.pk).update(due_at=moment + datetime.timedelta(days=30))
