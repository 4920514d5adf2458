"""A Doetank on its way: the team complete, from phase to phase, the delivery, the answer, the effect."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused
from doetanks import joining, phases
from doetanks.ending import team_kept_until
from doetanks.models import Challenge, Tick
from doetanks.tasks import announce

State = Challenge.State


@transaction.atomic
def complete(challenge: Challenge, *, by: User) -> None:
    """The team is complete: at least three people, of at least two organisations."""
    Challenge.objects.locked().get(pk=challenge.pk)
    shortage = joining.shortage(challenge)
    if shortage:
        raise Refused(shortage, challenge)
    challenge.move_to(State.COMPLETE, by=by)
    announce("complete", challenge)


def tick(challenge: Challenge, points: set[str]) -> None:
    """Store which points of this phase's list are true now."""
    known = phases.keys(challenge.state)
    with transaction.atomic():
        challenge.ticks.filter(point__in=known - points).delete()
        Tick.objects.bulk_create(
            [Tick(challenge=challenge, point=point) for point in sorted(known & points)],
            ignore_conflicts=True,
        )


def open_points(challenge: Challenge) -> set[str]:
    ticked = set(challenge.ticks.values_list("point", flat=True))
    return phases.keys(challenge.state) - ticked


@transaction.atomic
def advance(challenge: Challenge, *, by: User) -> None:
    """On to the next phase, when every point of the list is ticked."""
    target = phases.NEXT.get(challenge.state)
    if target is None or open_points(challenge):
        raise Refused(_("Tick off every point of this phase first."), challenge)
    challenge.move_to(target, by=by)
    announce("advanced", challenge)


@transaction.atomic
def go_back(challenge: Challenge, *, by: User, reason: str) -> None:
    """Back to the phase before: what was learnt asks for it."""
    target = phases.BACK.get(challenge.state, "")
    if not target:
        raise Refused(_("There is no phase to go back to."), challenge)
    challenge.move_to(target, by=by, reason=reason)
    announce("advanced", challenge)


@transaction.atomic
def deliver(challenge: Challenge, *, by: User, yields: str) -> None:
    """Hand over what the team brings: from now on the commissioner has six weeks."""
    if challenge.commissioner_id is None:
        raise Refused(
            _("Nobody decides on this any more. The programme office can name somebody."), challenge
        )
    if open_points(challenge):
        raise Refused(_("Tick off every point of this phase first."), challenge)
    if challenge.trials.running().exists():
        raise Refused(_("A trial still runs. Tell its result first."), challenge)
    challenge.move_to(State.DECISION, by=by, yields=yields, delivered_at=timezone.now())
    announce("delivered", challenge)


@transaction.atomic
def decide(challenge: Challenge, *, by: User, verdict: str, why: str) -> None:
    """The answer that the commissioner owes, also when it comes too late. A no closes it."""
    facts: dict[str, Any] = {"verdict": verdict, "verdict_text": why, "decided_at": timezone.now()}
    if verdict == Challenge.Verdict.NO:
        facts["keep_until"] = team_kept_until(challenge)
    challenge.move_to(State.CLOSED if verdict == Challenge.Verdict.NO else State.EFFECT, by=by, **facts)
    end_memberships(challenge)
    announce("decided", challenge)


@transaction.atomic
def measure(challenge: Challenge, *, by: User, effect: str, led_to: str = "") -> None:
    """What it brought after half a year; with that it is closed."""
    due_on = challenge.effect_due_on
    if due_on and timezone.localdate() < due_on:
        raise Refused(_("Half a year has not passed yet, so the effect cannot be known."), challenge)
    until = team_kept_until(challenge)
    challenge.move_to(
        State.CLOSED, by=by, effect=effect, led_to=led_to, measured_at=timezone.now(), keep_until=until
    )
    end_memberships(challenge)
    announce("measured", challenge)


def name_onward(challenge: Challenge, *, by: User, led_to: str) -> None:
    """Say where it went on; emptied, the link is gone."""
    with history.because(by=by, reason=gettext_lazy("Where it went on was named.")):
        Challenge.objects.filter(pk=challenge.pk).update(led_to=led_to)


def end_memberships(challenge: Challenge) -> None:
    """From the end on, who was in the team is kept as long as its workroom."""
    if challenge.is_ended:
        challenge.participations.members().update(keep_until=challenge.keep_until)
