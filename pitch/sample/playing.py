"""A whole edition in a minute, for the hall: real acts on sample plans, with a tie at the top."""

import datetime
import random
import time
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from bwob.demo.accounts import PITCH_KEYS
from bwob.people.models import User, WorkAddress
from bwob.workflow import Refused
from pitch import admitting, audience, blinding, closing, deliberating, entering, judging, leading, opening
from pitch.models import Criterion, Edition, Entry, Part, Rules
from pitch.sample import editions, loading

SCORES = {1: [5, 5, 5, 2, 2], 2: [4, 4, 4, 4, 3], 3: [3, 4, 3, 2, 4], 4: [2, 3, 3, 3, 2]}
"""Per plan what each member gives: two get equal totals, and three of five members have the first higher."""
CARDS = 120


@dataclass
class Play:
    """One play: `seconds` in all, `say` hears what happens."""

    seconds: float
    say: Callable[[str], object]
    edition: Edition = field(init=False)

    def spread(self, things: Iterable[Any], part: float) -> Iterable[Any]:
        """These things one by one, over a part of the time."""
        row = list(things)
        for thing in row:
            yield thing
            time.sleep(self.seconds * part / max(len(row), 1))

    @transaction.atomic
    def prepare(self) -> None:
        self.edition = made()
        loading.with_parts(self.edition)
        leading.fix_rules(self.edition, by=loading.user("secretaris"))
        leading.open_for_entries(self.edition, by=loading.user("secretaris"))
        with_plans(self.edition)
        loading.with_jury(self.edition)
        loading.with_lock(self.edition)
        loading.to_judging(self.edition)
        self.edition = Edition.objects.select_related("rules", "lock").get(pk=self.edition.pk)
        audience.prepare(self.edition, finalists=self.edition.entries.taking_part(), codes=CARDS)
        self.say(
            f"{self.edition.name}: het reglement ligt vast, de plannen zijn binnen, het slot is beproefd."
        )

    def judge(self) -> None:
        """Each member casts a ballot for each plan."""
        seats: dict[int, int] = {}
        for assignment in self.spread(loading.piles(self.edition), 0.2):
            member = seats.setdefault(assignment.seat_id, len(seats))
            score = SCORES[assignment.entry.number][member]
            scores = {criterion.key: score for criterion in self.edition.rules.criteria.all()}
            words = loading.MOTIVATIONS[score - 1]
            judging.cast(judging.Place.of(assignment), scores=scores, motivation=words)
        cast, asked = closing.turnout(self.edition)
        self.say(f"De jury is klaar: {cast} van {asked} stembiljetten, allemaal op slot.")

    def vote(self) -> None:
        """The hall votes with cards, until the vote closes by itself."""
        lasting = datetime.timedelta(seconds=max(0.5, self.seconds * 0.4))
        audience_round = audience.open_for(self.edition, lasting)
        self.say("De zaal stemt.")
        plans, nobody = list(audience_round.finalists.order_by("number")), AnonymousUser()
        chance = random.Random(2026)  # noqa: S311 - sample data
        for number in self.spread(range(1, CARDS + 1), 0.3):
            chosen = chance.choices(plans, weights=range(1, len(plans) + 1))[0]
            code = audience.code_of(audience_round, number)
            try:
                audience.vote(audience_round, chosen, by=nobody, code=code)
            except Refused:  # a slow machine: the time is over before the cards are
                break
        while audience_round.is_open:
            time.sleep(0.1)
        time.sleep(0.2)
        audience.count(audience_round)
        self.say(f"De stembus van de zaal is dicht: {audience.turnout(audience_round)} stemmen.")

    def open(self) -> None:
        """The chair closes, and two key holders open."""
        closing.close(self.edition, by=loading.user("voorzitter"))
        for part in list(Part.objects.filter(edition=self.edition).key_holders().select_related("user"))[:2]:
            opening.hand_in(part, PITCH_KEYS[part.user.email], by=part.user)
        self.edition = Edition.objects.select_related("rules").get(pk=self.edition.pk)
        self.say("Twee sleutels zijn ingeleverd: de stembiljetten zijn open en geteld.")

    def publish(self) -> None:
        chair = loading.user("voorzitter")
        deliberating.begin(self.edition, by=chair)
        loading.decide(self.edition, chair)
        deliberating.publish(self.edition, by=chair)
        self.say("De uitslag is openbaar.")


def made() -> Edition:
    """A fresh edition; each play has one of its own."""
    plays = Edition.objects.filter(slug__startswith="pitch-in-een-minuut").count()
    number = f"-{plays + 1}" if plays else ""
    now = timezone.now()
    edition = Edition.objects.create(
        slug=f"pitch-in-een-minuut{number}",
        name="PITCH in een minuut",
        year=timezone.localdate().year,
        heading="Een hele PITCH in een minuut",
        summary="Zo gaat een editie, van reglement tot uitslag. (Voorbeeld)",
        prizes=editions.PRIZES,
        entries_open_on=now.date(),
        entries_close_at=now + datetime.timedelta(minutes=5),
        admission_until=now.date(),
        judging_closes_at=now + datetime.timedelta(hours=1),
        final_at=now,
        final_place="De zaal",
        realisation_until=now.date() + datetime.timedelta(days=365),
    )
    rules = Rules.objects.create(edition=edition, ballots_wanted=5, min_ballots=3)
    for position, row in enumerate(editions.CRITERIA, 1):
        Criterion.objects.create(rules=rules, position=position, **row)
    return edition


def with_plans(edition: Edition) -> None:
    """A few sample plans, each of a team without a tie to the jury."""
    rows = tomllib.loads((loading.FOLDER / "plans.toml").read_text(encoding="utf-8"))["judging"]
    jury = WorkAddress.objects.filter(user__email__in=loading.JURY).values("organisation")
    people = User.objects.exclude(work_address__organisation__in=jury).exclude(
        email__endswith="@demo.example"
    )
    leads = people.filter(work_address__isnull=False).order_by("-pk")[: len(SCORES)]
    for row, lead in zip(rows, leads, strict=False):
        entry = Entry(edition=edition, **row)
        entering.begin(entry, by=lead)
        entering.submit(entry, by=lead)
        admitting.write_blind(entry, texts=blinding.suggestion(entry))
        admitting.admit(entry, by=loading.user("secretaris"))
