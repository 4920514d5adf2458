"""Sample Doetanks: moved by the real acts, so that each has a true history, then set back in time."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

import pgtrigger
from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F
from django.utils import timezone, translation

from bwob import history
from bwob.organisations.models import Region
from bwob.people.models import User
from doetanks import advancing, hosting, joining, offering, phases, submitting, trying
from doetanks.models import (
    Action,
    Cafe,
    CafeQuestion,
    Challenge,
    Coach,
    Meeting,
    Note,
    Notice,
    Participation,
    Trial,
)

FOLDER = Path(__file__).parent
State = Challenge.State
ORDER = [
    *("submitted", "intake", "open", "complete", "explore", "ideas", "trying", "deliver", "decision"),
    *("unanswered", "effect", "closed"),
]
MOTIVATION = (
    "Ik kom dit elke week tegen en wil er graag iets aan doen. Ik neem mee wat wij hebben geprobeerd."
)


def load() -> None:
    """Fill the line of an empty demo. The people come from the accounts and the exchanges loaded before."""
    translation.activate("nl")
    rows = tomllib.loads((FOLDER / "doetanks.toml").read_text(encoding="utf-8"))["doetank"]
    with transaction.atomic():
        coach = User.objects.get(email="coach@demo.example")
        second = _at("pv30")[0]
        for user, expertise in ((coach, "Doorvragen, en teams die vastzitten"), (second, "Proeven opzetten")):
            Coach.objects.create(user=user, expertise=expertise)
        for number, row in enumerate(rows):
            Road(row, coach=coach, number=number).walk()
        for row in tomllib.loads((FOLDER / "cafes.toml").read_text(encoding="utf-8"))["cafe"]:
            cafe(row, coach)

        for row in tomllib.loads((FOLDER / "cafes.toml").read_text(encoding="utf-8"))["notice"]:
            notice = Notice(kind=row["kind"], title=row["title"], text=row["text"])
            offering.post(notice, by=_at(row["by"])[-1])


def cafe(row: dict[str, Any], coach: User) -> None:
    """One café, with who comes and what was asked; a past one is planned ahead and then set back."""
    noon = timezone.localtime().replace(hour=9, minute=30, second=0, microsecond=0)
    starts_at = noon + datetime.timedelta(days=max(row["in_days"], 1))
    facts = {name: row[name] for name in ("title", "text", "where", "capacity")}
    made = Cafe(
        **facts,
        call=row.get("call", ""),
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=3),
    )
    hosting.plan(made, by=coach)
    people = User.objects.filter(work_address__verified_at__isnull=False).exclude(pk=coach.pk).order_by("-pk")
    guests = list(people[: row["guests"]])
    for guest in guests:
        hosting.sign_up(made, person=guest)
    for n, text in enumerate(row.get("questions", [])):
        hosting.leave_question(CafeQuestion(cafe=made, text=text), by=guests[n % len(guests)])
    if row["in_days"] < 0:
        shift = datetime.timedelta(days=row["in_days"] - 1)
        Cafe.objects.filter(pk=made.pk).update(starts_at=starts_at + shift, ends_at=made.ends_at + shift)
        made.signups.expected().update(attended_at=starts_at + shift)


def _at(code: str) -> list[User]:
    """People who work there."""
    return list(User.objects.filter(work_address__organisation__code=code).order_by("pk"))


class Road:
    """One sample from its submission to the state it stands in."""

    def __init__(self, row: dict[str, Any], *, coach: User, number: int) -> None:
        self.row, self.coach, self.number = row, coach, number
        by = row["by"]
        self.commissioner = (
            User.objects.get(email="opdrachtgever@demo.example") if by == "demo" else _at(by)[-1]
        )
        self.reached = ORDER.index(row["state"])

    def reaches(self, state: str) -> bool:
        return self.reached >= ORDER.index(state)

    def walk(self) -> None:
        self.submit()
        if self.reaches("intake"):
            submitting.take(self.challenge, by=self.coach)
        if self.reaches("open"):
            submitting.open_up(self.challenge, by=self.coach, hidden=self.row.get("hidden", False))
            self.join()
        if self.reaches("complete"):
            advancing.complete(self.challenge, by=self.coach)
            self.work()
        if self.reaches("decision"):
            self.answer()
        set_back(self.challenge, self.row["days_ago"])

    def submit(self) -> None:
        row, today = self.row, timezone.localdate()
        names = ("title", "question", "gain", "hours", "places")
        self.challenge = Challenge(
            **{name: row[name] for name in names},
            bounds=row.get("bounds", ""),
            region=Region.objects.filter(name=row.get("region"), kind=Region.Kind.LABOUR_MARKET).first(),
            decide_on=today + datetime.timedelta(days=160 + 7 * self.number),
        )
        roles = [tuple(role.split(": ", 1)) for role in row["roles"]]
        submitting.submit(self.challenge, roles, by=self.commissioner)

    def join(self) -> None:
        """Members of several organisations, and some who only asked."""
        taken = {self.commissioner.pk, self.coach.pk}
        people = User.objects.filter(work_address__verified_at__isnull=False, memberships=None).exclude(
            pk__in=taken
        )
        crowd = list(people.select_related("work_address").order_by("work_address__organisation__code", "pk"))
        step = 3 + self.number % 3
        wanted = self.row["members"] + self.row.get("asking", 0)
        chosen = [crowd[(self.number * 5 + n * step) % len(crowd)] for n in range(3 * wanted)]
        people_once = list(dict.fromkeys(chosen))[:wanted]
        if self.number == 3:
            people_once[0] = User.objects.get(email="deelnemer@demo.example")
        for n, person in enumerate(dict.fromkeys(people_once)):
            asking = Participation(challenge=self.challenge, person=person, motivation=MOTIVATION)
            asking.role = list(self.challenge.roles.all())[n % len(self.row["roles"])]
            joining.ask(asking)
            if n < self.row["members"]:
                joining.accept(asking, by=self.coach)

    def work(self) -> None:
        for phase in ("explore", "ideas", "trying", "deliver"):
            if self.reaches(phase):
                advancing.tick(self.challenge, phases.keys(self.challenge.state))
                advancing.advance(self.challenge, by=self.coach)
            if phase == "trying" and self.reaches(phase):
                self.try_out()
        advancing.tick(self.challenge, set(self.row.get("ticked", [])))
        self.write()

    def try_out(self) -> None:
        for row in self.row.get("trial", []):
            facts = {name: row[name] for name in ("title", "hypothesis", "smallest_test", "stop_rule")}
            ends_on = timezone.localdate() + datetime.timedelta(days=12)
            trial = Trial(challenge=self.challenge, ends_on=ends_on, **facts)
            trying.begin(trial)
            if not row.get("running"):
                told = {name: row[name] for name in ("outcome", "result", "learned")}
                trying.finish(trial, by=self.coach, **told)

    def write(self) -> None:
        """What lies in the workroom."""
        row, today, now = self.row, timezone.localdate(), timezone.now()
        members = [one.person for one in self.challenge.participations.members().select_related("person")]
        for kind, name in (("log", "log"), ("decision", "decisions")):
            for n, text in enumerate(row.get(name, [])):
                made_at = now - datetime.timedelta(days=3 + 4 * n)
                author = members[n % len(members)]
                Note.objects.create(
                    challenge=self.challenge, kind=kind, text=text, author=author, made_at=made_at
                )
        for n, text in enumerate(row.get("actions", [])):
            due_on = today + datetime.timedelta(days=5 * n - 2)
            Action.objects.create(
                challenge=self.challenge, text=text, owner=members[n % len(members)], due_on=due_on
            )
        if self.challenge.is_at_work:
            starts_at = timezone.localtime(now).replace(hour=14, minute=0) + datetime.timedelta(days=6)
            Meeting.objects.create(
                challenge=self.challenge,
                title="Samen aan tafel",
                starts_at=starts_at,
                ends_at=starts_at + datetime.timedelta(hours=2),
                where="Stadskantoor, kamer 3.12",
            )

    def answer(self) -> None:
        advancing.tick(self.challenge, phases.keys("deliver"))
        advancing.deliver(self.challenge, by=self.coach, yields=self.row["yields"])
        if self.row["state"] == "unanswered":
            self.challenge.move_to(State.UNANSWERED, by=None)
        if "verdict" in self.row:
            facts = {"verdict": self.row["verdict"], "why": self.row["verdict_text"]}
            advancing.decide(self.challenge, by=self.commissioner, **facts)


def set_back(challenge: Challenge, days: int) -> None:
    """As if the last move was so many days ago, and each earlier one ten days before the next."""
    shift = datetime.timedelta(days=days)
    moments = [name for name in ("moved_at", "due_at", "opened_at") if getattr(challenge, name)]
    changes = {name: getattr(challenge, name) - shift for name in moments}
    for name in ("delivered_at", "decided_at"):
        if getattr(challenge, name):
            late = datetime.timedelta(days=42 if challenge.state == State.UNANSWERED else 0)
            changes[name] = getattr(challenge, name) - shift - late
    Challenge.objects.filter(pk=challenge.pk).update(**changes)
    rows = history.events_of(Challenge)._default_manager.filter(pgh_obj_id=challenge.pk)
    events = list(rows.order_by("-pgh_id").values_list("pgh_id", flat=True))
    with pgtrigger.ignore("doetanks.ChallengeEvent:append_only"):
        for place, number in enumerate(events):
            earlier = ExpressionWrapper(
                F("pgh_created_at") - shift - datetime.timedelta(days=10 * place),
                output_field=DateTimeField(),
            )
            rows.filter(pgh_id=number).update(pgh_created_at=earlier)
