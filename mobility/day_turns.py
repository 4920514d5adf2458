"""What *Mijn overzicht* tells of career days: a place on offer, a day that comes, a question afterwards."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bwob.turns import Act, Turn
from mobility.day_rules import may_give_feedback
from mobility.models import Signup

State = Signup.State


def concerns(user: Any) -> list[QuerySet[Any]]:
    """Without rows here there is nothing to tell."""
    return [own(user)]


def own(user: Any) -> Any:
    return Signup.objects.visible_to(user).filter(person=user).running()


def of(user: Any) -> dict[str, list[Turn]]:
    """One query, and one more for each place on a waiting list."""
    signups = list(own(user).with_names())
    asked = [one for one in signups if may_give_feedback(one)]
    ahead = [one for one in signups if one.day.ends > timezone.now()]
    return {
        "yours": [turn(one) for one in ahead if one.state == State.OFFERED] + [asking(one) for one in asked],
        "others": [turn(one) for one in ahead if one.state == State.WAITING],
        "agreed": [turn(one) for one in ahead if one.state == State.SEATED],
    }


def turn(signup: Signup) -> Turn:
    is_offered = signup.state == State.OFFERED
    day = signup.day
    moment = date_format(timezone.localtime(signup.due_at), "l j F, H:i") if signup.due_at else ""
    return Turn(
        tag=signup.get_state_display(),
        tag_kind="shadowing",
        title=day.title,
        url=day.get_absolute_url(),
        text=text(signup),
        due_text=_("until %(day)s") % {"day": moment} if is_offered else "",
        is_urgent=is_offered,
        meaning=day.where_text,
        acts=[Act(_("See the place on offer"), day.get_absolute_url(), is_primary=True)]
        if is_offered
        else [],
    )


def text(signup: Signup) -> str:
    facts = {"organisation": signup.day.organisation, "when": signup.day.when_text}
    if signup.state == State.WAITING:
        facts["position"] = signup.position
        return _("%(organisation)s, %(when)s. You are number %(position)s on the waiting list.") % facts
    return _("%(organisation)s, %(when)s") % facts


def asking(signup: Signup) -> Turn:
    day = signup.day
    return Turn(
        tag=_("Career day"),
        tag_kind="shadowing",
        title=_("What did you think of “%s”?") % day.title,
        url=day.get_absolute_url(),
        text=_("A grade and two questions. It is kept without your name."),
        acts=[
            Act(_("Say what you think"), reverse("mobility:day_feedback", args=[day.slug]), is_primary=True)
        ],
    )
