"""What the sight tests know of career days: who comes, drafts, feedback and scripts of A.

The applicant (of C) has a place on several days, the participant waits for one, a guest has its only place.
"""

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from mobility import reviewing, sharing
from mobility.models import CareerDay, DayFeedback, Script, ScriptStep, Signup
from tests import make

if TYPE_CHECKING:
    from tests.sight.world import World

HOSTS = {"manager", "hr_own"}
"""Who organises the days of A."""
KEYS_THEMSELVES: set[str] = set()
SHADOWED = ["mobility:career_days", "mobility:day_scripts"]
QUERIES: dict[str, list[str]] = {}
PUBLIC = ("day-",)
OF_ALL: set[str] = set()
HIDDEN = {"programme": {"signup-open", "signup-full", "signup-waiting"}}
VISIBLE: dict[str, set[str]] = {}


def build(world: "World") -> None:
    shown = {"organisation": world.a, "contact": world.people["manager"]}
    drafted = HOSTS | {"programme"}
    texts = {
        name: world.canary(f"Day{name.title()}", seen_by=drafted) for name in ("title", "summary", "about")
    }
    link = world.canary("DayLink", seen_by=HOSTS | {"applicant"}).lower()
    now = {"starts_at": datetime.time(0, 0), "ends_at": datetime.time(23, 59, 59)}
    world.records |= {
        "day-open": make.career_day("A day in the kitchen", online_url=f"https://{link}.example/", **shown),
        "day-full": make.career_day("A day at the pump", capacity=1, **shown),
        "day-offered": make.career_day("A day in court", **shown),
        "day-today": make.career_day("A day on the road", ahead=0, code="QZXVKW", **now, **shown),
        "day-past": make.career_day("A day at the counter", ahead=-3, **shown),
        "day-cancelled": make.career_day("A day that was called off", state="cancelled", **shown),
        "unready-day": make.career_day(state="draft", published_at=None, **shown, **texts),
    }
    world.canaries["QZXVKW"] = frozenset(HOSTS)
    world.links["campaign"] = "maak-contact"
    signups(world)
    feedback(world)
    scripts(world)


def signups(world: "World") -> None:
    applicant, days = world.people["applicant"], world.records
    guest = make.person("Gast", works_at=make.organisation("Gemeente Dorpstede"))
    guest.family_name = world.canary("DayGuest", seen_by=HOSTS | {"programme", "officer"})
    guest.save()
    for name in ("today", "past"):
        make.signup(day=days[f"day-{name}"], person=applicant)
    make.signup("offered", day=days["day-offered"], person=applicant)
    Signup.objects.filter(day=days["day-past"]).update(attended_at=timezone.now())
    world.records |= {
        "signup-open": make.signup(day=days["day-open"], person=applicant),
        "signup-full": make.signup(day=days["day-full"], person=guest),
        "signup-waiting": make.signup("waiting", day=days["day-full"], person=world.people["participant"]),
    }


def feedback(world: "World") -> None:
    """As many as may be read, but by who organises only."""
    day = world.records["day-past"]
    word = world.canary("DayWords", seen_by=HOSTS)
    for _number in range(5):
        DayFeedback.objects.create(day=day, grade=8, learned=word, keep_until=timezone.localdate())
    assert isinstance(day, CareerDay)
    assert reviewing.review(day).words


def scripts(world: "World") -> None:
    manager = world.people["manager"]
    seen = {"manager", "colleague", "hr_own"}
    hidden = Script(
        organisation=world.a,
        title=world.canary("ScriptTitle", seen_by=seen),
        lessons=world.canary("ScriptLessons", seen_by=seen),
    )
    sharing.save(hidden, [(4, world.canary("ScriptStep", seen_by=seen))], by=manager)
    shared = Script(organisation=world.a, title="How we did it", lessons="Begin early.")
    sharing.save(shared, [(8, "Reserve a room")], by=manager)
    sharing.share(shared, by=manager)
    shared.refresh_from_db()
    world.records |= {
        "script-hidden": hidden,
        "script-shared": shared,
        "step-hidden": hidden.steps.get(),
        "step-shared": shared.steps.get(),
    }


def hide_more(world: "World") -> None:
    """More drafts, more who wait, more scripts that are not shared."""
    for number in range(2):
        make.career_day(f"Hidden {number}", state="draft", published_at=None, organisation=world.a)
        make.signup("waiting", day=world.records["day-full"], person=make.person("Wim", works_at=world.c))
        Script.objects.create(organisation=world.a, title=f"Hidden {number}")


def state_of(world: "World") -> list[tuple]:
    days = CareerDay.objects.filter(organisation=world.a).order_by("pk")
    return [
        *days.values_list("pk", "state", "title", "capacity", "moved_at"),
        *Signup.objects.order_by("pk").values_list("pk", "state", "attended_at", "feedback_given"),
        *Script.objects.order_by("pk").values_list("pk", "title", "shared_at"),
        *ScriptStep.objects.order_by("pk").values_list("pk", "done_at"),
    ]
