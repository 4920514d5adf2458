"""How far a Doetank is, and the public clock of who must answer until when."""

import dataclasses

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob import dutch, history
from bwob.turns import Step
from doetanks.models import Challenge, Participation
from doetanks.phases import STEPS

State = Challenge.State
AT = {"complete": 0, "unanswered": 5, "closed": 7}


@dataclasses.dataclass(frozen=True)
class Clock:
    """What somebody owes, until when, and how long that still is; `is_late` when it is over."""

    title: str
    text: str
    left: str
    is_late: bool


@dataclasses.dataclass(frozen=True)
class Event:
    """One line of the timeline, in words."""

    what: str
    when: str
    who: str
    reason: str


def steps(challenge: Challenge) -> list[Step]:
    labels = [_("Team"), _("Explore"), _("Ideas"), _("Try"), _("Deliver"), _("Answer"), _("Effect")]
    if challenge.state == State.STOPPED:
        return [Step(labels[0], "done" if challenge.opened_at else "todo"), Step(_("Stopped"), "stopped")]
    if challenge.state == State.CLOSED and challenge.verdict == Challenge.Verdict.NO:
        return [Step(label, "done") for label in labels[:-1]]
    reached = AT.get(challenge.state, -1 if challenge.state not in STEPS else STEPS.index(challenge.state))
    return [
        Step(label, "done" if n < reached else "now" if n == reached else "todo")
        for n, label in enumerate(labels)
    ]


def clock(challenge: Challenge) -> Clock | None:
    """The duty to answer, in public: from the delivery to the answer, then until the effect is known."""
    due_at = challenge.answer_due_at
    if challenge.is_answerable and due_at:
        due_on = timezone.localtime(due_at).date()
        text = _("%(who)s answers until %(day)s.") % {
            "who": challenge.organisation,
            "day": dutch.date_text(due_on),
        }
        days = (due_on - timezone.localdate()).days
        return Clock(_("The answer is due"), text, days_text(days), is_late=days < 0)
    if challenge.state == State.EFFECT and challenge.effect_due_on:
        text = _("%(who)s tells what it brought from %(day)s on.") % {
            "who": challenge.organisation,
            "day": dutch.date_text(challenge.effect_due_on),
        }
        days = (challenge.effect_due_on - timezone.localdate()).days
        return Clock(_("The effect is measured"), text, days_text(days), is_late=days < 0)
    return None


def days_text(days: int) -> str:
    """How long until a day, or how long since."""
    if days < 0:
        return ngettext("%d day too late", "%d days too late", -days) % -days
    if days == 0:
        return _("Today is the last day")
    return ngettext("%d day left", "%d days left", days) % days


def whose_turn(challenge: Challenge) -> str:
    """Who must act now, and what happens when nobody does; "" when nobody must."""
    return {
        State.SUBMITTED: _("A coach takes the intake. Without one, the challenge stops after three weeks."),
        State.INTAKE: _("Coach and commissioner sharpen the question. Then it is opened."),
        State.OPEN: _("The coach puts a team together."),
        State.COMPLETE: _("The team meets, and begins."),
        State.EXPLORE: _("The team looks and asks, before it thinks of solutions."),
        State.IDEAS: _("The team makes many ideas, and chooses."),
        State.TRYING: _("The team tries the smallest thing that could prove it wrong."),
        State.DELIVER: _("The team writes its business case."),
        State.DECISION: _("The commissioner answers within six weeks."),
        State.UNANSWERED: _("The commissioner did not answer in time. The answer is still due."),
        State.EFFECT: _("After half a year the commissioner tells what it brought."),
    }.get(State(challenge.state), "")


def moments(record: Challenge | Participation) -> list[Event]:
    """What happened, newest first."""
    states = type(record).State
    return [
        Event(
            what=str(states(moment.state).label),
            when=date_format(timezone.localtime(moment.at), "j F Y, H:i"),
            who=str(moment.by or ""),
            reason=moment.reason,
        )
        for moment in reversed(history.timeline(record))
    ]
