"""What the sight tests know of swap wishes and rings.

The applicant (of C) and the manager (of A) are in a ring with a third; not all have agreed. Others of
A and C are in one that is confirmed; two strangers in one of which the managers answer.
"""

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from bwob.people.models import User
from mobility import contracting, ringing
from mobility.models import Agreement, Application, Evaluation, RingPlace, SwapRing, SwapWish
from mobility.signing import agreement_token, place_token
from tests import make

if TYPE_CHECKING:
    from tests.sight.world import World

KEYS_THEMSELVES = {"link-ring", "link-lender"}
SHADOWED = ["mobility:swap"]
QUERIES: dict[str, list[str]] = {}
PUBLIC: tuple[str, ...] = ()
OF_ALL: set[str] = set()
HIDDEN = {
    "hr_own": {"ring-place-open"},
    "programme": {"ring-place-open", "agreement-draft"},
}
VISIBLE = {"hr_lender": {"ring-place", "agreement-asked"}}
DAY = datetime.timedelta(days=1)
AUDITORS = {"programme", "officer"}


def build(world: "World") -> None:
    third = make.person("Xandra", works_at=make.organisation("Gemeente Dorpstede"))
    third.family_name = world.canary("ThirdName", seen_by=AUDITORS)
    third.save()
    readers = {"applicant": {"applicant", "manager"}, "manager": {"manager"}, "third": {"applicant"}}
    members = {
        "applicant": world.people["applicant"],
        "third": third,
        "manager": world.people["manager"],
    }
    wishes = []
    for name, person in members.items():
        tasks = world.canary(f"Wish{name.title()}Tasks", seen_by=readers[name])
        own = {name} & {"applicant", "manager"}
        why = world.canary(f"Wish{name.title()}Why", seen_by=own) if own else "Because."
        wishes.append(wish(person, tasks=tasks, motivation=why))
    world.records["ring-proposed"] = ring(wishes)
    world.records["ring-confirmed"] = confirmed(world)
    for name, made in {"ring-place": "ring-confirmed", "ring-place-open": "ring-proposed"}.items():
        world.records[name] = RingPlace.objects.get(ring=world.records[made], number=0)
    asked = ring([wish(make.swapper("Jan")), wish(make.swapper("Piet"))], state="managers")
    world.records["ring-managers"] = asked
    place = asked.places.get(number=0)
    world.links |= {"link-ring": place_token(place), "link-ring-bare": str(place.pk)}
    agreements(world)
    places(world)


def places(world: "World") -> None:
    """Places of the applicant at A that go on or have ended; one side's words are for the process only."""
    today = timezone.localdate()
    for state, days in {"started": 20, "completed": 80}.items():
        exchange = make.exchange(f"Open place for {state}", organisation=world.a)
        first = today - days * DAY
        world.records[state] = make.application(
            state,
            applicant=world.people["applicant"],
            exchange=exchange,
            starts_on=first,
            ends_on=first + 30 * DAY,
            proposed_ends_on=today + 20 * DAY if state == "started" else None,
            proposed_by="borrower",
            proposal_due_at=timezone.now() + DAY,
        )
        world.records[f"place-{state}"] = exchange
    words = world.canary("EvaluationWords", seen_by={"applicant", "hr_own", "programme"})
    Evaluation.objects.create(
        application=world.records["completed"],
        side="borrower",
        outcomes=["learned"],
        words=words,
        may_publish=True,
    )


def agreements(world: "World") -> None:
    """For the applicant's place at A: a text that was refused, and a draft of the next."""
    application = world.records["confirmed"]
    assert isinstance(application, Application)
    hr = world.people["hr_own"]
    asked_by = {"applicant", "manager", "hr_own", "hr_lender", "programme"}
    for name, readers in {"asked": asked_by, "draft": {"manager", "hr_own"}}.items():
        agreement = contracting.begun_for(application, "en")
        clause = world.canary(f"Clause{name.title()}", seen_by=readers)
        contracting.write(agreement, by=hr, clauses=agreement.clauses | {"rate": clause})
        if name == "asked":
            contracting.ask(agreement, by=hr)
            text = Agreement.objects.with_names().get(pk=agreement.pk)
            contracting.refuse(text, by=world.people["applicant"], reason="The rate is missing.")
            world.links |= {"link-lender": agreement_token(text), "link-lender-bare": text.key.hex}
        world.records[f"agreement-{name}"] = Agreement.objects.with_names().get(pk=agreement.pk)


def wish(person: User, **facts: object) -> SwapWish:
    return make.swap_wish(person, employer=person.employer, **facts)


def ring(wishes: list[SwapWish], state: str = "proposed") -> SwapRing:
    today = timezone.localdate()
    made = SwapRing.objects.create(
        state=state,
        signature="-".join(str(one.pk) for one in wishes),
        starts_on=today.replace(year=today.year + 4),
        ends_on=today.replace(year=today.year + 5),
        due_at=timezone.now() + SwapRing.TERMS["managers"],
    )
    asked = timezone.now() if state == "managers" else None
    for number, one in enumerate(wishes):
        RingPlace.objects.create(
            ring=made, number=number, wish=one, person=one.person, agreed_at=asked, asked_manager_at=asked
        )
    return made


def confirmed(world: "World") -> SwapRing:
    """Of two people of A and C: their HR sees it, the place at the own organisation with all its texts."""
    seen = {"hr_own": {"hr_own", "programme"}, "hr_lender": {"hr_lender", "programme"}}
    names = world.canary("RingMemberName", seen_by={"hr_own", "hr_lender", *AUDITORS})
    wishes = []
    for number, (role, organisation) in enumerate({"hr_own": world.a, "hr_lender": world.c}.items()):
        person = make.person("Yara", works_at=organisation, family_name=names)
        title = world.canary(f"RingTitle{number}", seen_by=seen[role])
        wishes.append(wish(person, title=title))
    made = ring(wishes, state="managers")
    assert ringing.confirm(made)
    return made


def hide_more(world: "World") -> None:
    """A ring of others more."""
    ring([wish(make.swapper("Kees")), wish(make.swapper("Klaas"))])


def state_of(world: "World") -> list[tuple]:
    rings = SwapRing.objects.order_by("pk").values_list("pk", "state")
    places = RingPlace.objects.order_by("pk").values_list("pk", "agreed_at", "manager_agreed_at")
    wishes = SwapWish.objects.order_by("pk").values_list("pk", "state", "renewed_at", "title")
    texts = Agreement.objects.order_by("pk").values_list("pk", "state", "sha256")
    ends = Application.objects.order_by("pk").values_list("pk", "ends_on", "proposed_ends_on")
    words = Evaluation.objects.order_by("pk").values_list("pk", "may_publish")
    return [*rings, *places, *wishes, *texts, *ends, *words]
