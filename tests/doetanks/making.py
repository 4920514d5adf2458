"""Records of Doetanks for tests, each with believable defaults."""

import datetime
from typing import Any

from django.utils import timezone

from bwob.people.models import User
from doetanks.models import Challenge, Coach, Participation, WantedRole
from tests import make

DELIVERED = ("decision", "unanswered", "effect", "closed")


def coach(given_name: str = "Cas", **facts: Any) -> User:
    user = make.person(given_name, works_at=make.organisation("Provincie Utrecht"), **facts)
    Coach.objects.create(user=user, expertise="asking on")
    return user


def challenge(state: str = "open", title: str = "Fewer letters about one move", **facts: Any) -> Challenge:
    """A challenge of Gemeente Utrecht, with its commissioner, coach and a role wanted, in this state."""
    now = timezone.now()
    organisation = facts.pop("organisation", None) or make.organisation()
    if "commissioner" not in facts:
        facts["commissioner"] = make.person("Olga", works_at=organisation)
    if "coach" not in facts and state != "submitted":
        facts["coach"] = coach()
    defaults: dict[str, Any] = {
        "organisation": organisation,
        "question": "Who moves gets six letters of five bodies.",
        "gain": "One letter that everybody understands.",
        "decide_on": timezone.localdate() + datetime.timedelta(days=200),
        "due_at": now + datetime.timedelta(days=20),
    }
    if state not in ("submitted", "intake"):
        defaults["opened_at"] = now - datetime.timedelta(days=30)
    if state in DELIVERED:
        defaults |= {"yields": "One letter, tried with forty people.", "delivered_at": now}
    if state in ("effect", "closed"):
        defaults |= {"verdict": "adopt", "verdict_text": "It works.", "decided_at": now}
    made = Challenge.objects.create(state=state, title=title, **(defaults | facts))
    WantedRole.objects.create(challenge=made, title="Writer", brings="plain words")
    return made


def participation(state: str = "asked", **facts: Any) -> Participation:
    """Somebody of Gemeente Amersfoort who wants to join, or is in it."""
    person = facts.pop("person", None) or make.person(
        "Anne", works_at=make.organisation("Gemeente Amersfoort")
    )
    defaults: dict[str, Any] = {
        "challenge": facts.pop("challenge", None) or challenge(),
        "motivation": "I have moved eleven times.",
        "employer": person.employer,
        "due_at": timezone.now() + datetime.timedelta(days=10),
    }
    return Participation.objects.create(person=person, state=state, **(defaults | facts))


def team(made: Challenge, *employers: str) -> list[Participation]:
    """Members of these organisations."""
    return [
        participation("member", challenge=made, person=make.person("Lid", works_at=make.organisation(name)))
        for name in employers
    ]
