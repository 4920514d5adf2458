"""How far an application is, in the five steps that people know."""

import dataclasses

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bwob import history
from bwob.turns import Step
from mobility.models import Application

State = Application.State
STEP_OF = {
    State.DRAFT: -1,
    State.SUBMITTED: 0,
    State.CONVERSATION: 1,
    State.WAITING: 1,
    State.OFFERED: 2,
    State.TAKEN: 3,
    State.AGREED: 4,
    State.CONFIRMED: 5,
    State.STARTED: 5,
    State.COMPLETED: 6,
    State.EVALUATED: 7,
}


def steps(application: Application) -> list[Step]:
    """The five steps with the current one; an ended application shows where it stopped."""
    fourth = _("Taken") if application.decides_alone else _("Manager")
    labels = [_("Sent"), _("Conversation"), _("Offer"), fourth, _("Confirmed")]
    if application.is_ended:
        sent = [Step(labels[0], "done")] if application.submitted_at else []
        return [*sent, Step(application.get_state_display(), "stopped")]
    if application.state in (State.STARTED, State.COMPLETED, State.EVALUATED):
        labels += [_("Under way"), _("Look back")]
    if application.is_queued:
        labels[1] = _("Waiting list")
    reached = STEP_OF[State(application.state)]
    return [
        Step(label, "done" if n < reached else "now" if n == reached else "todo")
        for n, label in enumerate(labels)
    ]


def whose_turn(application: Application) -> str:
    """Who must act now, in words for both sides; "" when nobody must."""
    organisation = application.exchange.organisation
    return {
        State.DRAFT: _("Not sent yet"),
        State.SUBMITTED: _("%s answers") % organisation,
        State.CONVERSATION: _("%s decides after the conversation") % organisation,
        State.OFFERED: _("The applicant answers the offer"),
        State.TAKEN: _("The manager answers"),
        State.AGREED: _("%s confirms") % organisation,
        State.WAITING: _("Waits until a place comes free"),
    }.get(State(application.state), "")


def outcome(application: Application) -> str:
    """What a yes or silence means in this state; "" when nothing waits."""
    return {
        State.DRAFT: _("Only you see this. An unfinished draft is deleted after the term."),
        State.SUBMITTED: _("Without an answer before then, the application lapses."),
        State.CONVERSATION: _("Without a decision before then, the application lapses."),
        State.OFFERED: _("Without an answer the offer lapses.")
        if application.decides_alone
        else _("After a yes the manager is asked to agree. Without an answer the offer lapses."),
        State.TAKEN: _("Without an answer of the manager the application lapses."),
        State.WAITING: _("The first on the list gets an offer for five working days, then the next."),
        State.AGREED: _("The place is certain once it is confirmed. Without that the application lapses."),
    }.get(State(application.state), "")


@dataclasses.dataclass(frozen=True)
class Event:
    """One line of the timeline, in words."""

    what: str
    when: str
    who: str
    reason: str


def moments(application: Application) -> list[Event]:
    """What happened, newest first; drafts are the applicant's own business and left out.

    Without an account behind it, the reason of a move is the name of the manager who answered.
    """
    return [
        Event(
            what=str(State(moment.state).label),
            when=date_format(timezone.localtime(moment.at), "j F Y, H:i"),
            who=str(moment.by or moment.reason),
            reason=moment.reason if moment.by else "",
        )
        for moment in reversed(history.timeline(application))
        if moment.state != State.DRAFT
    ]
