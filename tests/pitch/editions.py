"""Editions for tests, brought to a phase by the acts themselves; say only what the test is about."""

import dataclasses
import datetime
from typing import Any

from django.utils import timezone

from bwob.people.models import User
from pitch import (
    admitting,
    assigning,
    blinding,
    closing,
    entering,
    holding,
    inviting,
    judging,
    leading,
    opening,
)
from pitch.models import Assignment, Criterion, Edition, Entry, Juror, Part, Receipt, Rules
from tests import make

PHASES = ["draft", "fixed", "open", "admission", "rehearsal", "judging", "closed", "opened"]
TEXTS = {
    "summary": "Each year every body drops three rules.",
    "problem": "Rules only ever come in.",
    "idea": "One day on which they go out.",
    "beneficiaries": "Everybody at a counter.",
    "needs": "Three people, ten weeks.",
    "first_step": "Ask thirty people which rule.",
}


@dataclasses.dataclass
class Round:
    """An edition with the people who play a part in it."""

    edition: Edition
    chair: User
    secretary: User
    holders: list[User]
    plans: list[Entry] = dataclasses.field(default_factory=list)
    jury: list[User] = dataclasses.field(default_factory=list)
    keys: dict[int, str] = dataclasses.field(default_factory=dict)

    def fresh(self) -> Edition:
        return Edition.objects.select_related("rules", "lock").get(pk=self.edition.pk)

    def pile(self, juror: User | None = None) -> list[Assignment]:
        rows = Assignment.objects.filter(edition=self.edition).counting().order_by("entry__number", "seat")
        rows = rows.filter(seat__juror__user=juror) if juror else rows
        return list(rows.select_related("edition__rules", "edition__lock", "entry", "seat__juror__user"))

    def part(self, user: User) -> Part:
        return Part.objects.select_related("edition").get(edition=self.edition, user=user, role="key_holder")


def bare(slug: str = "pitch-2026", *, criteria: int = 2, **rules: Any) -> Edition:
    """An edition in preparation, with all that its rules need."""
    now = timezone.now()
    edition = Edition.objects.create(
        slug=slug,
        name=slug.replace("-", " ").upper(),
        year=2026,
        heading="One plan gets real",
        summary="A competition of ideas.",
        entries_open_on=timezone.localdate(),
        entries_close_at=now + datetime.timedelta(days=7),
        admission_until=timezone.localdate() + datetime.timedelta(days=10),
        judging_closes_at=now + datetime.timedelta(days=14),
    )
    given = Rules.objects.create(edition=edition, **({"min_ballots": 2, "ballots_wanted": 3} | rules))
    for number in range(1, criteria + 1):
        Criterion.objects.create(
            rules=given,
            position=number,
            key=f"c{number}",
            name=f"Criterion {number}",
            question="How much?",
            weight=number,
            anchors=["none", "a little", "some", "much", "all"],
        )
    return edition


def up_to(phase: str, *, plans: int = 2, jurors: int = 3, **facts: Any) -> Round:
    """A round in this phase; facts go to the rules."""
    chair, secretary, notary = (make.person(name) for name in ("Carla", "Sam", "Nora"))
    edition = bare(facts.pop("slug", "pitch-2026"), **facts)
    round_ = Round(edition, chair, secretary, [chair, secretary, notary])
    Part.objects.create(edition=edition, user=chair, role=Part.Role.CHAIR)
    Part.objects.create(edition=edition, user=secretary, role=Part.Role.SECRETARY)
    for holder in round_.holders:
        Part.objects.create(edition=edition, user=holder, role=Part.Role.KEY_HOLDER)
    for step in PHASES[1 : PHASES.index(phase) + 1]:
        STEPS[step](round_, plans, jurors)
        edition.refresh_from_db()
    return round_


def fix(round_: Round, _plans: int, _jurors: int) -> None:
    leading.fix_rules(round_.edition, by=round_.secretary)


def open_(round_: Round, plans: int, jurors: int) -> None:
    leading.open_for_entries(round_.edition, by=round_.secretary)
    for number in range(1, plans + 1):
        round_.plans.append(plan(round_, f"Plan {number}"))
    for number in range(1, jurors + 1):
        round_.jury.append(seated(round_, f"Jury{number}"))


def plan(round_: Round, title: str = "A plan", *, lead: User | None = None, **texts: Any) -> Entry:
    """Sent in by somebody of another body each time."""
    lead = lead or make.person("Lead", works_at=make.organisation(f"Gemeente {title}"))
    entry = Entry(edition=round_.edition, title=title, **(TEXTS | texts))
    entering.begin(entry, by=lead)
    entering.submit(entry, by=lead)
    return entry


def seated(round_: Round, name: str, **person: Any) -> User:
    user = make.person(name, **person)
    juror = inviting.propose(round_.edition, email=user.email)
    inviting.invite(juror, by=round_.secretary)
    inviting.accept(juror, by=user)
    return user


def admission(round_: Round, _plans: int, _jurors: int) -> None:
    Edition.objects.filter(pk=round_.edition.pk).update(entries_close_at=timezone.now())
    round_.edition.refresh_from_db()
    leading.close_entries(round_.edition, by=round_.secretary)
    for entry in round_.plans:
        admitting.write_blind(entry, texts=blinding.suggestion(entry))
        admitting.admit(entry, by=round_.secretary)


def rehearsal(round_: Round, _plans: int, _jurors: int) -> None:
    leading.finish_admission(round_.edition, by=round_.secretary)
    assigning.assign(round_.edition)
    if round_.edition.rules.is_sealed:
        round_.keys = {holder.pk: holding.take_key(round_.part(holder)) for holder in round_.holders}
        holding.make_lock(round_.edition)


def judging_(round_: Round, _plans: int, _jurors: int) -> None:
    if round_.edition.rules.is_sealed:
        for holder in round_.holders[:2]:
            holding.rehearse(round_.part(holder), round_.keys[holder.pk], by=holder)
    leading.start_judging(round_.fresh(), by=round_.chair)


def vote(assignment: Assignment, score: int = 4, *, after: int = 0, words: str = "Because.") -> Receipt:
    scores = {criterion.key: score for criterion in assignment.edition.rules.criteria.all()}
    return judging.cast(judging.Place.of(assignment), scores=scores, motivation=words, after=after)


def close(round_: Round, _plans: int, _jurors: int) -> None:
    """Everybody judged everything: the first plan best."""
    for assignment in round_.pile():
        if not assignment.ballots.exists():
            vote(assignment, max(1, 6 - (assignment.entry.number or 0)))
    closing.close(round_.fresh(), by=round_.chair)


def opened(round_: Round, _plans: int, _jurors: int) -> None:
    if not round_.edition.rules.is_sealed:
        opening.open_unsealed(round_.fresh(), by=round_.chair)
        return
    for holder in round_.holders[1:]:
        opening.hand_in(round_.part(holder), round_.keys[holder.pk], by=holder)


STEPS = {
    "fixed": fix,
    "open": open_,
    "admission": admission,
    "rehearsal": rehearsal,
    "judging": judging_,
    "closed": close,
    "opened": opened,
}


def juror_of(round_: Round, user: User) -> Juror:
    return Juror.objects.select_related("edition", "seat", "user").get(edition=round_.edition, user=user)
