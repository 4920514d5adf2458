"""Background work of Doetanks: telling people. What the clock starts by itself stands in `clock.py`."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bwob import mail
from doetanks import emails
from doetanks.models import Challenge, NoticeReply, Participation, Signup, Trial

PATIENCE = RetryStrategy(max_attempts=60, linear_wait=60)


@app.task(retry=PATIENCE)
def tell(message: str, challenge_id: int) -> None:
    """Send one of the messages about a challenge."""
    challenge = Challenge.objects.with_names().filter(pk=challenge_id).first()
    if challenge:
        with mail.to_everybody():
            emails.MESSAGES[message](challenge)


@app.task(retry=PATIENCE)
def tell_participation(message: str, participation_id: int) -> None:
    """Send one of the messages about a participation; nothing when it was erased meanwhile."""
    participation = Participation.objects.with_names().filter(pk=participation_id).first()
    if participation:
        with mail.to_everybody():
            emails.ABOUT_JOINING[message](participation)


@app.task(retry=PATIENCE)
def tell_trial(message: str, trial_id: int) -> None:
    """Send one of the messages about a trial; nothing when it is gone."""
    trials = Trial.objects.select_related("challenge__organisation", "challenge__coach")
    if trial := trials.filter(pk=trial_id).first():
        with mail.to_everybody():
            emails.ABOUT_TRIALS[message](trial)


def announce(message: str, challenge: Challenge) -> None:
    """Have a worker send it, once the transaction at hand is done."""
    tell.defer(message=message, challenge_id=challenge.pk)


def announce_participation(message: str, participation: Participation) -> None:
    tell_participation.defer(message=message, participation_id=participation.pk)


def announce_trial(message: str, trial: Trial) -> None:
    tell_trial.defer(message=message, trial_id=trial.pk)


@app.task(retry=PATIENCE)
def tell_signup(message: str, signup_id: int) -> None:
    """Send one of the messages about coming to a café; nothing when it was erased meanwhile."""
    signup = Signup.objects.select_related("cafe", "person").filter(pk=signup_id).first()
    if signup:
        emails.about_cafe(message, signup)


def announce_signup(message: str, signup: Signup) -> None:
    tell_signup.defer(message=message, signup_id=signup.pk)


@app.task(retry=PATIENCE)
def tell_reply(reply_id: int) -> None:
    """Tell who wrote a notice that there is an answer; nothing when it was erased meanwhile."""
    reply = NoticeReply.objects.select_related("notice__author").filter(pk=reply_id).first()
    if reply:
        emails.notice_answered(reply)


def announce_reply(reply: NoticeReply) -> None:
    tell_reply.defer(reply_id=reply.pk)
