"""The Toolkit: twelve steps for an organisation that starts a network, with model texts of our own.

What the Toolkit of the historical programme said is not known; this is good practice, written anew.
"""

import dataclasses
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alumni.models import StepProgress
from bwob import history
from bwob.people.models import Role, User

MODELS = Path(__file__).parent / "toolkit.toml"


@dataclasses.dataclass(frozen=True)
class Step:
    number: int
    title: Promise
    why: Promise
    done_when: Promise


TITLES = [
    (
        _("Say why"),
        _("A network without a purpose becomes an address list. Choose what both sides get out of it."),
        _("The board has agreed to a purpose in three sentences."),
    ),
    (
        _("Choose who keeps it"),
        _("Somebody must answer when an alumnus mails. Two people, so that it goes on in holidays."),
        _("Two people have time for it, and their manager knows how much."),
    ),
    (
        _("Find the ground"),
        _("Consent is the ground here: for each purpose, freely given, and as easy to withdraw."),
        _("The privacy officer has read the sentences and the keeping term."),
    ),
    (
        _("Begin before the end"),
        _("The best moment to ask is when somebody still works with you. A good farewell is the start."),
        _("Whoever resigns hears of the network in the first week after that."),
    ),
    (
        _("Have an exit talk"),
        _("Listen first: what should stay, what should change? Then tell what the network is."),
        _("There is a script, and three colleagues have tried it."),
    ),
    (
        _("Write the public page"),
        _("Who left earlier wants to know in one minute what there is and how to join."),
        _("The page is open, and somebody from outside understood it."),
    ),
    (
        _("Invite who left earlier"),
        _("Start small: people whom a colleague knows. One mail, no pressure, and silence means no."),
        _("Fifty people have been invited, and unanswered addresses are erased."),
    ),
    (
        _("Send the first message"),
        _("Short, useful and personal. What is new, one question, one date."),
        _("A second colleague has read it, and it has been sent."),
    ),
    (
        _("Ask a question"),
        _("Being asked is being valued. Begin with a small question from daily work."),
        _("One question has been answered, and everybody who answered was thanked."),
    ),
    (
        _("Meet"),
        _("Once or twice a year is enough. Let alumni tell something, not only listen."),
        _("The first meeting has taken place, and you know who came."),
    ),
    (
        _("Open the way back"),
        _("Show the places where former colleagues are welcome, and treat them as any other applicant."),
        _("Managers know how to tell alumni of a place."),
    ),
    (
        _("Look back each year"),
        _("Count what it brought, ask alumni what they miss, and stop what nobody uses."),
        _("The numbers stand in the yearly report, small numbers left out."),
    ),
]
STEPS = [Step(number, *texts) for number, texts in enumerate(TITLES, 1)]


@cache
def model_texts() -> dict[int, dict[str, str]]:
    """The model texts by step, in Dutch: title and text."""
    rows = tomllib.loads(MODELS.read_text(encoding="utf-8"))["model"]
    return {row["step"]: {"title": row["title"], "text": row["text"].strip()} for row in rows}


def board(user: Any) -> dict[str, Any]:
    """The steps, and for HR how far the own organisation is. One query for HR."""
    progress = {one.number: one for one in StepProgress.objects.visible_to(user).select_related("owner")}
    done = sum(one.state == StepProgress.State.DONE for one in progress.values())
    return {
        "steps": [(step, progress.get(step.number)) for step in STEPS],
        "done": done,
        "total": len(STEPS),
        "may_work": user.is_authenticated and user.has_role(Role.HR),
    }


def progress_of(user: User, number: int) -> StepProgress:
    """The record of this step at the own organisation, stored or still to be."""
    organisation = user.organisations(Role.HR)[0]
    known = StepProgress.objects.filter(organisation=organisation, number=number).first()
    return known or StepProgress(organisation=organisation, number=number)


@transaction.atomic
def save(progress: StepProgress, *, by: User) -> None:
    """Store what HR wrote. The state goes along the table of moves, as everywhere."""
    wanted = progress.state
    with history.because(by=by):
        if progress.pk is None:
            progress.save()
            return
        progress.state = StepProgress.objects.select_for_update(of=("self",)).get(pk=progress.pk).state
        progress.save(update_fields=["owner", "evidence"])
    if wanted != progress.state:
        progress.move_to(wanted, by=by)
