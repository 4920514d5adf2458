"""What HR works with, as samples: a busy inbox, places that go on or ended, agreements, texts, figures."""

import contextlib
import datetime
import random
import tomllib
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, transaction
from django.utils import timezone

from bwob.organisations.models import Organisation, Tier
from bwob.people.models import Membership, User
from bwob.workflow import Refused
from mobility import agreement_text, applying, contracting, deciding, owning, rules, running
from mobility.models import AnswerText, Application, Consent, Evaluation, Exchange, MonthFigure

FOLDER = Path(__file__).parent
State = Application.State
Party = Consent.Party
TEXTS = tomllib.loads((FOLDER / "offering.toml").read_text(encoding="utf-8"))["text"]
LETTERS = tomllib.loads((FOLDER / "people.toml").read_text(encoding="utf-8"))["motivation"]
WORDS = {
    "person": "Ik belde elke week met iemand die ik eerst niet kende. Dat doe ik nog.",
    "borrower": "Onze brieven zijn korter geworden, en dat bleef zo.",
}


def load(people: list[User], fixed: dict[str, User]) -> None:
    """For the two organisations whose HR has a demo account; with a chance of its own, so the rest stays."""
    chance = random.Random(5)  # noqa: S311 - sample data
    for name in ("hr-a", "hr-b"):
        hr = fixed[name]
        employer = hr.organisations("hr")[0]
        own = Exchange.objects.manageable_by(hr)
        for row in TEXTS:
            AnswerText.objects.create(organisation=employer, **row)
        _busy(own, people, hr, chance)
        _places(own, hr)
        _figures(employer, chance)


def _busy(own: Any, people: list[User], hr: User, chance: random.Random) -> None:
    """One exchange for which many people wait for an answer, with a co-owner."""
    busy = own.open().filter(places__lte=3).order_by("pk").first()
    for person in chance.sample(people, 14):
        taken = busy.applications.filter(applicant=person).exists()
        if taken or rules.obstacle(person, busy):
            continue
        letter = chance.choice(LETTERS)["text"]
        application = Application(exchange=busy, applicant=person, state=State.DRAFT, motivation=letter)
        applying.save_draft(application)
        applying.submit(application)
        if chance.random() < 0.3:
            deciding.invite(application, by=hr, reason="Kom je dinsdag of donderdag langs?")
    for colleague in owning.candidates(busy)[:1]:
        owning.add(busy, colleague, by=hr)


def _places(own: Any, hr: User) -> None:
    """Of the confirmed places one goes on with another last day proposed, one waits for looking back, one is
    finished; agreements on them are asked or sealed.
    """
    given = Application.objects.filter(exchange__in=own, state=State.CONFIRMED, ring_place=None)
    rows = [one for one in given.with_names().order_by("pk") if _shift(one, days=45)]
    running.start_and_complete()
    for place, application in enumerate(rows):
        application.refresh_from_db()
        if rules.needs_agreement(application):
            _agree(application, hr, is_sealed=place % 2 == 0)
    if rows:
        later = timezone.localdate() + datetime.timedelta(days=90)
        with contextlib.suppress(Refused):
            running.propose_end(rows[0], side="person", by=rows[0].applicant, ends_on=later)
    for application, sides in zip(rows[1:3], (["person"], ["person", "borrower"]), strict=False):
        _end(application, sides, hr)


def _shift(application: Application, *, days: int) -> bool:
    """Let the place have begun so many days ago, unless the person has another one then."""
    begun = timezone.localdate() - datetime.timedelta(days=days)
    until = begun + datetime.timedelta(days=days + 60)
    try:
        with transaction.atomic():
            Application.objects.filter(pk=application.pk).update(starts_on=begun, ends_on=until)
    except IntegrityError:
        return False
    return True


def _agree(application: Application, hr: User, *, is_sealed: bool) -> None:
    """The borrower's text, put before the three; the borrower agreed, and where it is sealed all did."""
    draft = contracting.begun_for(application, "nl")
    contracting.write(draft, by=hr, clauses=agreement_text.sample(application))
    contracting.ask(draft, by=hr)
    draft.refresh_from_db()
    lender = Membership.objects.hr_of(application.employer).first() if application.employer else None
    parties: list[tuple[str, User | None]] = [(Party.BORROWER, hr)]
    if is_sealed:
        parties += [(Party.PERSON, application.applicant), (Party.LENDER, lender.user if lender else None)]
    for party, person in parties:
        name = person.full_name if person else application.manager_name
        contracting.consent(draft, party=party, by=person, name=name, seen=draft.sha256)


def _end(application: Application, sides: list[str], hr: User) -> None:
    """The place ended yesterday, and these sides looked back."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Application.objects.filter(pk=application.pk).update(ends_on=yesterday)
    running.start_and_complete()
    application.refresh_from_db()
    for side in sides:
        evaluation = Evaluation(
            application=application,
            side=side,
            outcomes=["learned", "network"],
            words=WORDS[side],
            may_publish=True,
        )
        running.evaluate(evaluation, by=application.applicant if side == "person" else hr)


def _figures(organisation: Organisation, chance: random.Random) -> None:
    """What happened in the two years before, as counts; this year's come on top from the acts above."""
    this_month = timezone.localdate().replace(day=1)
    weights = {Tier.MUNICIPALITY: 9, Tier.PROVINCE: 5, Tier.WATER_AUTHORITY: 4, Tier.STATE: 3, Tier.POLICE: 1}
    rows = []
    for _one in range(420):
        measure = chance.choices(["applied", "answered", "unanswered", "came", "went"], [9, 7, 1, 3, 3])[0]
        rows.append(
            MonthFigure(
                organisation=organisation,
                month=this_month - relativedelta(months=chance.randrange(1, 24)),
                measure=measure,
                kind=chance.choice(["secondment", "assignment", "gig", "shadowing"]),
                tier=chance.choices([*weights], [*weights.values()])[0],
                days=chance.randrange(2, 20) if measure == "answered" else 0,
            )
        )
    MonthFigure.objects.bulk_create(rows)
