"""Sample career days: two that were, with feedback, and four to come, one of them full with a queue."""

import datetime
import random
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from bwob.organisations.models import Organisation, Place
from bwob.people.models import Membership, User
from mobility import enrolling, hosting, sharing
from mobility.models import CareerDay, DayFeedback, Script, Signup

DAYS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "days.toml").read_text("utf-8"))["day"]
STEPS = [
    (12, "Kies een datum en leg de zaal vast"),
    (10, "Vraag vijf organisaties om een tafel of een route"),
    (8, "Zet de dag op de site en deel hem in je netwerk"),
    (6, "Spreek met elke gastheer af wie er meeloopt"),
    (4, "Regel de lunch, en een rustige ruimte"),
    (2, "Stuur de gastheren hun lijst en het programma"),
    (1, "Loop de routes zelf een keer"),
    (0, "Zet de code van de dag op het scherm"),
    (-1, "Lees de terugblik en bedank de gastheren"),
]
LESSONS = """- Vraag de gastheren eerder: twaalf weken was net genoeg.
- Tweetallen werken beter dan groepen.
- Zet de routes een week van tevoren online."""


def load(people: list[User], fixed: dict[str, User], chance: random.Random) -> None:
    """Sanne has a place in Utrecht and one on offer at the dike; a script is shared, and taken over."""
    guests = [user for user in people if user.employer and not user.roles]
    for row in DAYS:
        _hold(row, guests, fixed, chance)


def _hold(row: dict[str, Any], guests: list[User], fixed: dict[str, User], chance: random.Random) -> None:
    """A day that was is filled while it lies ahead, and then put back in time."""
    day = _write(row)
    comers = chance.sample(guests, min(row["guests"], len(guests)))
    if "on_offer" in row:
        comers.insert(day.capacity, fixed[row["on_offer"]])
    for person in [*_regulars(row, fixed), *comers]:
        enrolling.sign_up(day, by=person)
    if "on_offer" in row:
        first = day.signups.seated().select_related("person", "day").order_by("number")[0]
        enrolling.sign_off(first, by=first.person)
    if row["days"] < 0:
        _put_back(day, row)
    if "script" in row:
        _share_script(day, fixed)


def _regulars(row: dict[str, Any], fixed: dict[str, User]) -> list[User]:
    """The accounts of the demo that come: they see their own side of it."""
    names = {"gm0344": ["deelnemer"], "gm0307": ["deelnemer2"]}.get(row["at"], [])
    return [fixed[name] for name in names if name in fixed]


def _write(row: dict[str, Any]) -> CareerDay:
    organisation = Organisation.objects.get(code=row["at"])
    by = Membership.objects.filter(organisation=organisation).select_related("user").order_by("pk").first()
    day = CareerDay(
        organisation=organisation,
        held_on=_workday(abs(row["days"])),
        place=Place.objects.get(name=row["place"]) if "place" in row else None,
        is_online="online" in row,
        online_url=row.get("online", ""),
        starts_at=datetime.time.fromisoformat(row.get("starts", "09:30")),
        ends_at=datetime.time.fromisoformat(row.get("ends", "16:00")),
        **{name: row[name] for name in ("kind", "title", "summary", "about", "capacity")},
        venue=row.get("venue", ""),
    )
    host = by.user if by else User.objects.filter(work_address__organisation=organisation).earliest("pk")
    parts = [
        (datetime.time.fromisoformat(first), datetime.time.fromisoformat(last), title)
        for first, last, title in row["programme"]
    ]
    hosting.write(day, parts, by=host)
    hosting.publish(day, by=host)
    day.refresh_from_db()
    return day


def _put_back(day: CareerDay, row: dict[str, Any]) -> None:
    """Two weeks or less ago: most who had a place came, and some said what they thought of it."""
    day.held_on = _workday(row["days"])
    day.save()
    until = day.held_on + datetime.timedelta(days=28)
    seated = day.signups.seated().order_by("number")
    came = list(seated.values_list("pk", flat=True))[: max(len(row["feedback"]), day.signups.count() - 4)]
    day.signups.update(keep_until=until)
    Signup.objects.filter(pk__in=came).update(attended_at=day.begins, reminded=True, feedback_asked=True)
    told = came[-len(row["feedback"]) :]
    Signup.objects.filter(pk__in=told).update(feedback_given=True)
    for grade, learned, better in row["feedback"]:
        DayFeedback.objects.create(day=day, grade=grade, learned=learned, better=better, keep_until=until)


def _share_script(day: CareerDay, fixed: dict[str, User]) -> None:
    """The script of Utrecht, with what was learned, and the copy that Gelderland made of it."""
    host, other = fixed["hr-a"], fixed["hr-b"]
    script = Script(organisation=day.organisation, title="Mobiliteitsdag met tafels en routes", day=day)
    script.lessons = LESSONS
    sharing.save(script, STEPS, by=host)
    script.steps.update(done_at=timezone.now())
    sharing.share(script, by=host)
    sharing.copy(script, to=sharing.organisation_of(other), by=other)


def _workday(days: int) -> datetime.date:
    """So many days from today (below zero is past), and further when that is in a weekend."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    while day.weekday() > 4:
        day += datetime.timedelta(days=1 if days > 0 else -1)
    return day
