"""*Mijn overzicht*: what waits for this person in Doetanks, and what waits for others."""

from typing import Any

from django.db.models import Count, Exists, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob.turns import Act, Turn
from doetanks import progress
from doetanks.models import Challenge, Coach, Participation

State = Challenge.State


def concerns(user: Any) -> list[QuerySet[Any]]:
    """Without rows in one of these there is nothing to tell."""
    return [guided(user), parts(user), Coach.objects.filter(user=user)]


def guided(user: Any) -> Any:
    own = Challenge.objects.filter(Q(coach=user) | Q(commissioner=user))
    return own.exclude(state__in=["closed", "stopped"])


def parts(user: Any) -> Any:
    return Participation.objects.filter(person=user).running()


def of(user: Any) -> dict[str, list[Turn]]:
    """What waits for this person, and what waits for others. Three queries."""
    asked = Count("participations", filter=Q(participations__state__in=["asked", "talk"]))
    challenges = list(guided(user).with_names().annotate(asked=asked).order_by("due_at", "pk"))
    own = parts(user).with_names().order_by("due_at", "pk")
    yours = [turn(one, act, text) for one in challenges for act, text in acts(one, user)]
    waiting = [turn(one, None, progress.whose_turn(one)) for one in challenges if not acts(one, user)]
    return {"yours": [*yours, *untaken(user)], "others": [*(part(one) for one in own), *waiting]}


def untaken(user: Any) -> list[Turn]:
    """For coaches: challenges that nobody has taken yet."""
    is_coach = Exists(Coach.objects.filter(user=user))
    waiting = Challenge.objects.filter(is_coach, state=State.SUBMITTED).exclude(commissioner=user)
    rows = waiting.with_names().order_by("due_at")[:20]
    text = _("%s asks for a coach.")
    return [turn(one, act(_("Read it"), one.get_absolute_url()), text % one.organisation) for one in rows]


def act(label: str, url: str) -> Act:
    return Act(label, url, is_primary=True)


def acts(challenge: Any, user: Any) -> list[tuple[Act, str]]:
    """What this person can do now, each with a sentence that says why."""
    page = challenge.get_absolute_url()
    found = []
    if challenge.coach_id == user.pk:
        if challenge.asked:
            text = ngettext(
                "%d person waits for your answer.", "%d people wait for your answer.", challenge.asked
            )
            team = reverse("doetanks:team", args=[challenge.slug])
            found.append((act(_("Put the team together"), team), text % challenge.asked))
        elif challenge.state == State.INTAKE:
            text = _("Talk with the commissioner, sharpen the question, and open it.")
            found.append((act(_("Do the intake"), page), text))
    if challenge.commissioner_id == user.pk and challenge.is_answerable:
        decide = reverse("doetanks:decide", args=[challenge.slug])
        found.append((act(_("Give your answer"), decide), _("The team has delivered and waits for you.")))
    if challenge.commissioner_id == user.pk and is_ripe(challenge):
        measure = reverse("doetanks:measure", args=[challenge.slug])
        found.append((act(_("Tell what it brought"), measure), _("Half a year has passed since your yes.")))
    return found


def is_ripe(challenge: Challenge) -> bool:
    due_on = challenge.effect_due_on
    return challenge.state == State.EFFECT and due_on is not None and due_on <= timezone.localdate()


def turn(challenge: Challenge, act: Act | None, text: str) -> Turn:
    days = challenge.days_left
    return Turn(
        tag="Doetank",
        tag_kind="gig",
        title=challenge.title,
        url=act.url if act else challenge.get_absolute_url(),
        text=text,
        due_text=due_text(challenge),
        is_urgent=act is not None and days is not None and days < 7,
        steps=progress.steps(challenge) if challenge.opened_at else [],
        acts=[act] if act else [],
    )


def due_text(record: Challenge | Participation) -> str:
    if record.days_left is None:
        return ""
    day = date_format(timezone.localtime(record.due_at), "l j F")
    return _("%(left)s, until %(day)s") % {"left": progress.days_text(record.days_left), "day": day}


def part(participation: Participation) -> Turn:
    """One's own part: a request that waits for the coach, or a team one is in."""
    challenge, is_member = participation.challenge, participation.state == Participation.State.MEMBER
    return Turn(
        tag="Doetank",
        tag_kind="gig",
        title=challenge.title,
        url=challenge.get_absolute_url() if is_member else participation.get_absolute_url(),
        text=progress.whose_turn(challenge) if is_member else str(participation.get_state_display()),
        due_text="" if is_member else due_text(participation),
        steps=progress.steps(challenge) if is_member else [],
    )
