"""Trying out: a trial begins with a stop rule, and ends with what was learnt, told to everybody."""

from django.db import transaction
from django.utils.translation import gettext as _

from bwob.people.models import User
from bwob.workflow import Refused
from doetanks import working
from doetanks.models import Challenge, Trial
from doetanks.tasks import announce_trial

State = Trial.State


@transaction.atomic
def begin(trial: Trial) -> None:
    """Begin a trial. Without a stop rule there is none: people then go on because they hope."""
    challenge = Challenge.objects.locked().get(pk=trial.challenge_id)
    working.must_be_open(challenge)
    if not trial.stop_rule.strip():
        raise Refused(_("Without a stop rule a trial does not begin."), challenge)
    if challenge.state not in (Challenge.State.IDEAS, Challenge.State.TRYING):
        raise Refused(_("Trials belong to the phases of ideas and of trying."), challenge)
    trial.due_at = trial.report_due_at
    trial.save()


@transaction.atomic
def finish(trial: Trial, *, by: User, outcome: str, result: str, learned: str) -> None:
    """Tell the result; from now on everybody who can find the Doetank can read it."""
    trial.move_to(State.FINISHED, by=by, outcome=outcome, result=result, learned=learned)
    announce_trial("trial_finished", trial)
