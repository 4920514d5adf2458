"""The board: public challenges by how far they are, narrowed by words, region and hours."""

import dataclasses
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from doetanks.models import Challenge
from doetanks.models.challenges import PHASES

AT_MOST = 100  # about ten work at a time; more than this in one group would be another kind of page


@dataclasses.dataclass(frozen=True)
class Group:
    """A heading with what stands under it."""

    key: str
    title: str
    text: str
    rows: list[Challenge]


def narrowed(challenges: QuerySet[Challenge], wishes: dict[str, Any]) -> QuerySet[Challenge]:
    if words := wishes.get("q"):
        for word in words.split()[:8]:
            hit = Q(title__icontains=word) | Q(question__icontains=word) | Q(roles__title__icontains=word)
            challenges = challenges.filter(hit)
    if region := wishes.get("region"):
        challenges = challenges.filter(Q(region=region) | Q(region=None))
    if hours := wishes.get("hours"):
        challenges = challenges.filter(hours__lte=hours)
    return challenges.distinct()


def groups(challenges: QuerySet[Challenge], wishes: dict[str, Any]) -> list[Group]:
    """The groups that have something in them. Two queries: the challenges, and their roles."""
    rows = list(
        narrowed(challenges.exclude(state="stopped"), wishes)
        .with_names()  # type: ignore[attr-defined]
        .prefetch_related("roles")
        .order_by("-moved_at", "-pk")[: 4 * AT_MOST]
    )
    found = [
        Group(
            "open",
            _("Open to join"),
            _("These teams look for people of other organisations."),
            [one for one in rows if one.state == "open"],
        ),
        Group(
            "work",
            _("At work"),
            _("These teams are under way."),
            [one for one in rows if one.state in ("complete", *PHASES)],
        ),
        Group(
            "answer",
            _("Delivered: what became of it"),
            _("The commissioner owes an answer within six weeks, and tells the effect after half a year."),
            [one for one in rows if one.state in ("decision", "unanswered", "effect", "closed")],
        ),
    ]
    return [group for group in found if group.rows]


def own(user: Any) -> list[Challenge]:
    """What this person has to do with and that still runs, the hidden ones included. One query."""
    if not user.is_authenticated:
        return []
    mine = Q(commissioner=user) | Q(coach=user) | Q(pk__in=user.participations.running().values("challenge"))
    rows = Challenge.objects.visible_to(user).filter(mine).exclude(state__in=["closed", "stopped"])
    return list(rows.with_names().order_by("-moved_at")[:20])
