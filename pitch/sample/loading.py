"""The editions of the demo, made by the same acts as in earnest; dates of the old one are set back."""

import datetime
import random
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from bwob.demo.accounts import PITCH_KEYS
from bwob.people.models import User
from pitch import (
    admitting,
    assigning,
    blinding,
    closing,
    deliberating,
    entering,
    holding,
    inviting,
    judging,
    leading,
    opening,
    realising,
)
from pitch.models import Assignment, Edition, Entry, Part, Realisation, Result
from pitch.sample import editions

FOLDER = Path(__file__).parent
JURY = [f"jury{number}@demo.example" for number in range(1, 6)]
MOTIVATIONS = [
    "Sterk en eenvoudig. Ik mis nog wie beslist als een regel van een andere overheid is.",
    "Je ziet meteen wie hier beter van wordt. De eerste stap kan morgen.",
    "Een goed idee dat al half bestaat. Zoek uit wie het eerder deed.",
    "Mooi bedacht, maar wie houdt dit vol na het eerste jaar?",
    "Dit gaat over grenzen heen en blijft toch klein. Dat maakt het sterk.",
]


def load() -> None:
    """Fill an empty database; needs the people whom the line mobility loads before."""
    translation.activate("nl")
    chance = random.Random(2026)  # noqa: S311 - sample data
    plans = tomllib.loads((FOLDER / "plans.toml").read_text(encoding="utf-8"))
    with transaction.atomic():
        editions.archive()
        ended(plans["archived"], chance)
        ProcrastinateJob.objects.filter(task_name="pitch.tasks.tell").delete()  # letters about the past
        in_judging(plans["judging"], chance)
        taking_plans(plans["open"])


def user(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example" if "@" not in name else name)


def teams(count: int, *, after: int) -> list[User]:
    """Civil servants from the sample register, each of another organisation where possible."""
    people = User.objects.exclude(email__endswith="@demo.example").filter(work_address__isnull=False)
    seen: set[int] = set()
    found = []
    for person in people.select_related("work_address").order_by("pk")[after:]:
        if person.work_address.organisation_id not in seen:
            seen.add(person.work_address.organisation_id)
            found.append(person)
    return found[:count]


def with_parts(edition: Edition) -> None:
    for name, role in (
        ("voorzitter", Part.Role.CHAIR),
        ("secretaris", Part.Role.SECRETARY),
        *((name, Part.Role.KEY_HOLDER) for name in ("voorzitter", "secretaris", "notaris")),
    ):
        Part.objects.create(edition=edition, user=user(name), role=role)


def with_plans(edition: Edition, rows: list[dict[str, Any]], *, after: int) -> None:
    """Each plan sent in by a team of its own, made blind and admitted."""
    secretary = user("secretaris")
    for row, lead in zip(rows, teams(len(rows), after=after), strict=True):
        entry = Entry(edition=edition, **row)
        entering.begin(entry, by=lead)
        entering.submit(entry, by=lead)
        admitting.write_blind(entry, texts=blinding.suggestion(entry))
        admitting.admit(entry, by=secretary)


def with_jury(edition: Edition) -> None:
    secretary = user("secretaris")
    for email in JURY:
        juror = inviting.propose(edition, email=email)
        inviting.invite(juror, by=secretary)
        inviting.accept(juror, by=user(email))


def with_lock(edition: Edition) -> None:
    """The keys of the demo are known: they stand with the accounts of their holders."""
    for part in Part.objects.filter(edition=edition).key_holders().select_related("user"):
        holding.keep_public_part(part, PITCH_KEYS[part.user.email])
    holding.make_lock(edition)


def to_judging(edition: Edition) -> None:
    secretary, chair = user("secretaris"), user("voorzitter")
    edition.entries_close_at = timezone.now() - datetime.timedelta(days=20)
    edition.save(update_fields=["entries_close_at"])
    leading.close_entries(edition, by=secretary)
    leading.finish_admission(edition, by=secretary)
    assigning.assign(edition)
    holders = list(Part.objects.filter(edition=edition).key_holders().select_related("user", "edition"))
    for part in holders[:2]:
        holding.rehearse(part, PITCH_KEYS[part.user.email], by=part.user)
    leading.start_judging(edition, by=chair)


def prepared(edition: Edition, rows: list[dict[str, Any]], *, after: int) -> Edition:
    """An edition up to the start of judging."""
    with_parts(edition)
    secretary = user("secretaris")
    leading.fix_rules(edition, by=secretary)
    editions.set_rules_back(edition)
    leading.open_for_entries(edition, by=secretary)
    with_plans(edition, rows, after=after)
    with_jury(edition)
    with_lock(edition)
    to_judging(edition)
    return Edition.objects.select_related("rules", "lock").get(pk=edition.pk)


def cast(assignment: Assignment, chance: random.Random) -> None:
    """One ballot, a bit milder for plans with a low number, so that there is a winner to see."""
    rules = assignment.edition.rules
    liking = 4.2 - 0.25 * ((assignment.entry.number or 0) % 4)
    scores = {
        criterion.key: max(rules.lowest, min(rules.highest, round(chance.gauss(liking, 0.8))))
        for criterion in rules.criteria.all()
    }
    judging.cast(judging.Place.of(assignment), scores=scores, motivation=chance.choice(MOTIVATIONS))


def piles(edition: Edition) -> list[Assignment]:
    rows = Assignment.objects.filter(edition=edition).counting().order_by("seat__juror", "entry__number")
    return list(rows.select_related("edition__rules", "edition__lock", "entry", "seat__juror__user"))


def in_judging(rows: list[dict[str, Any]], chance: random.Random) -> None:
    """PITCH 2026: part of the ballots is in, and each member still has something to do."""
    edition = prepared(editions.running(), rows, after=0)
    for number, assignment in enumerate(piles(edition)):
        if number % 3:
            cast(assignment, chance)


def ended(rows: list[dict[str, Any]], chance: random.Random) -> None:
    """PITCH 2025: judged, opened with two keys, decided, published, carried out, and set back by a year."""
    edition = prepared(editions.before(), rows, after=20)
    chair = user("voorzitter")
    for assignment in piles(edition):
        cast(assignment, chance)
    closing.close(edition, by=chair)
    for part in list(Part.objects.filter(edition=edition).key_holders().select_related("user"))[:2]:
        opening.hand_in(part, PITCH_KEYS[part.user.email], by=part.user)
    edition = Edition.objects.select_related("rules").get(pk=edition.pk)
    deliberating.begin(edition, by=chair)
    decide(edition, chair)
    deliberating.publish(edition, by=chair)
    edition.objections_until = timezone.localdate() - datetime.timedelta(days=1)
    edition.save(update_fields=["objections_until"])
    realising.settle(edition, by=chair)
    carry_out(edition, chair)
    realising.end(edition, by=chair)
    editions.set_back(edition)


def decide(edition: Edition, chair: User) -> None:
    result = Result.objects.get(edition=edition)
    winner, second = (one.entry for one in result.standings.select_related("entry")[:2])
    words = (
        "De jury koos voor een plan dat klein begint en dat iedereen kan overnemen. "
        "Het tweede plan krijgt een eervolle vermelding: het raakt iets dat elke dag misgaat."
    )
    deliberating.decide(edition, winner=winner, honourable=[second], words=words, deviation="", by=chair)


def carry_out(edition: Edition, chair: User) -> None:
    winner = Entry.objects.select_related("organisation").get(edition=edition, state=Entry.State.WINNER)
    sponsor: Any = winner.organisation
    promise = "Vijf mensen één dag per week, en een bestuurder die deuren opent. (Voorbeeld)"
    realisation = Realisation(entry=winner, sponsor=sponsor, promise=promise)
    realising.start(realisation, by=chair)
    today = timezone.localdate()
    for months, title in (
        (8, "De eerste vijf deelnemers"),
        (4, "Vijftig deelnemers"),
        (1, "Een handreiking"),
    ):
        day = today - datetime.timedelta(days=30 * months)
        milestone = realising.add_milestone(realisation, title=title, due_on=day)
        realising.reach(milestone)
        milestone.done_on = day
        milestone.save(update_fields=["done_on"])
    for course, text in editions.REPORTS:
        realising.report(realisation, course=course, text=text, by=winner.lead)
    realising.finish(realisation, by=chair)


def taking_plans(rows: list[dict[str, Any]]) -> None:
    """PITCH 2027: open, with one plan sent in and a draft of the participant of the demo."""
    edition = editions.coming()
    with_parts(edition)
    secretary = user("secretaris")
    leading.fix_rules(edition, by=secretary)
    editions.set_rules_back(edition)
    leading.open_for_entries(edition, by=secretary)
    sent = Entry(edition=edition, **rows[0])
    entering.begin(sent, by=user("deelnemer2"))
    entering.submit(sent, by=user("deelnemer2"))
    draft = Entry(edition=edition, title="Een kwartier voor de buurt", theme="service")
    draft.summary = "Elke vergadering begint met een kwartier bellen met iemand over wie het gaat."
    entering.begin(draft, by=user("deelnemer"))
    for email in JURY[:1]:
        inviting.propose(edition, email=email)
