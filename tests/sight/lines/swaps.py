"""What the sight tests know of swap wishes and rings.

The applicant (of C) and the manager (of A) are in a ring with a third; not all have agreed. Others of
A and C are in one that is confirmed; two strangers in one of which the managers answer.
"""

from typing import TYPE_CHECKING

from django.utils import timezone

from bwob.people.models import User
from mobility import ringing
from mobility.models import RingPlace, SwapRing, SwapWish
from mobility.signing import place_token
from tests import make

if TYPE_CHECKING:
    from tests.sight.world import World

KEYS_THEMSELVES = {"link-ring"}
SHADOWED = ["mobility:swap"]
QUERIES: dict[str, list[str]] = {}
PUBLIC: tuple[str, ...] = ()
OF_ALL: set[str] = set()
HIDDEN: dict[str, set[str]] = {}
VISIBLE: dict[str, set[str]] = {}
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
    asked = ring([wish(make.swapper("Jan")), wish(make.swapper("Piet"))], state="managers")
    world.records["ring-managers"] = asked
    place = asked.places.get(number=0)
    world.links |= {"link-ring": place_token(place), "link-ring-bare": str(place.pk)}


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
    return [*rings, *places, *wishes]
