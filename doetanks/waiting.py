"""No state waits for ever: terms end with a named outcome, after a reminder to whoever must act."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from doetanks import submitting
from doetanks.ending import asking_kept_until, team_kept_until
from doetanks.models import Challenge, Participation, Trial
from doetanks.tasks import announce, announce_participation, announce_trial

State = Challenge.State
REMIND_BEFORE = datetime.timedelta(days=14)
REMIND_ASKED_BEFORE = datetime.timedelta(days=4)
NOBODY_ACTED = gettext_lazy("The term for this step passed, and nobody went on.")


def lapse_overdue() -> int:
    """Carry out the outcome of every term that has passed; how many. Safe to run twice, side by side."""
    now = timezone.now()
    ended = sum(end_term(one) for one in Challenge.objects.overdue(now))
    ended += sum(give_up(one) for one in Trial.objects.overdue(now))
    return ended + sum(lapse(one) for one in Participation.objects.overdue(now))


@transaction.atomic
def end_term(challenge: Challenge) -> bool:
    """No answer becomes "unanswered", an effect that nobody measured closes, anything before that stops."""
    late = Challenge.objects.overdue(timezone.now()).locked().filter(pk=challenge.pk).first()
    if late is None:
        return False
    if late.state == State.DECISION:
        late.move_to(State.UNANSWERED, by=None)
        announce("unanswered", late)
    elif late.state == State.EFFECT:
        late.move_to(State.CLOSED, by=None, keep_until=team_kept_until(late))
        late.participations.members().update(keep_until=late.keep_until)
    else:
        submitting.stop(late, by=None, reason=NOBODY_ACTED)
    return True


@transaction.atomic
def lapse(participation: Participation) -> bool:
    """The coach did not answer, or no place came free: the person hears it."""
    late = Participation.objects.overdue(timezone.now()).locked().filter(pk=participation.pk).first()
    if late is None:
        return False
    late.move_to(Participation.State.LAPSED, by=None, keep_until=asking_kept_until(late.challenge))
    announce_participation("lapsed", late)
    return True


@transaction.atomic
def give_up(trial: Trial) -> bool:
    """Nobody told the result within four weeks: the page says so, and it can still be told."""
    late = Trial.objects.overdue(timezone.now()).select_for_update().filter(pk=trial.pk).first()
    if late is None:
        return False
    late.move_to(Trial.State.UNREPORTED, by=None)
    return True


def remind() -> int:
    """Remind once per state of what ends soon, or of an effect that can be measured; how many."""
    now = timezone.now()
    for trial in Trial.objects.to_remind(timezone.localdate(now)):
        remind_team(trial)
    soon = Challenge.objects.filter(due_at__lt=now + REMIND_BEFORE).exclude(state=State.EFFECT)
    ripe = Challenge.objects.filter(state=State.EFFECT, decided_at__lt=now - Challenge.EFFECT_AFTER)
    asked = Participation.objects.live().exclude(state=Participation.State.WAITING)
    nearly = asked.filter(due_at__lt=now + REMIND_ASKED_BEFORE).to_remind()
    return sum(remind_of(one) for one in (soon | ripe).to_remind()) + sum(remind_coach(one) for one in nearly)


@transaction.atomic
def remind_of(challenge: Challenge) -> bool:
    """Remind of one, unless somebody acted or reminded meanwhile."""
    unchanged = Challenge.objects.filter(pk=challenge.pk, state=challenge.state).to_remind()
    if not unchanged.update(reminded_at=timezone.now()):
        return False
    announce("reminded", challenge)
    return True


@transaction.atomic
def remind_coach(participation: Participation) -> bool:
    unchanged = Participation.objects.filter(pk=participation.pk, state=participation.state).to_remind()
    if not unchanged.update(reminded_at=timezone.now()):
        return False
    announce_participation("reminded", participation)
    return True


@transaction.atomic
def remind_team(trial: Trial) -> None:
    if Trial.objects.running().filter(pk=trial.pk, reminded_at=None).update(reminded_at=timezone.now()):
        announce_trial("trial_over", trial)
