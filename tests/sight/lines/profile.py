"""What the sight tests know of work profiles and requests for contact."""

from typing import TYPE_CHECKING

from bwob.people.models import User
from mobility import addresses, contacting, describing
from mobility.models import ContactRequest, Exchange, Profile
from mobility.models.profiles import Step
from tests import make

if TYPE_CHECKING:
    from tests.sight.world import World

LOOKERS = {"manager", "colleague", "hr_own", "hr_lender", "hr_strange"}
"""Who offers workplaces somewhere, and so may look for people."""
DECIDERS = {"manager", "hr_own"}
KEYS_THEMSELVES = {"link-asked", "link-right"}
SHADOWED = ["mobility:people", "mobility:contact_requests"]
QUERIES = {"mobility:people": ["?skill=dike", "?region=midden-utrecht"]}
PUBLIC = ("petra",)
OF_ALL: set[str] = set()
UNSEEN = {"found", "petra", "hidden", "asked-contact", "agreed-contact"}
HIDDEN = {"hr_own": UNSEEN, "programme": UNSEEN}
VISIBLE: dict[str, set[str]] = {}


def build(world: "World") -> None:
    found(world)
    petra(world)
    hidden(world)
    requests(world)


def found(world: "World") -> None:
    """Somebody of B without a role in these tests: HR of B sees the account, nobody else the name."""
    name = world.canary("FoundName", seen_by={"hr_strange", "programme", "officer"})
    person = make.person("Finn", works_at=world.b, family_name=name)
    word = world.canary("FoundSkill", seen_by=LOOKERS)
    profile = Profile(
        user=person,
        skills=[word],
        skills_for=Step.GOVERNMENTS,
        work_fields=["law"],
        is_findable=True,
    )
    describing.save(profile, by=person)
    world.records["found"] = profile


def petra(world: "World") -> None:
    """The participant, of B too, opened one part to all, one to the own employer, and says yes to A."""
    person = world.people["participant"]
    profile = Profile(
        user=person,
        skills=[world.canary("PetraSkill", seen_by=set(world.people) | {"visitor"})],
        skills_for=Step.PUBLIC,
        wishes=world.canary("PetraWish", seen_by={"participant", "hr_strange", *DECIDERS}),
        wishes_for=Step.EMPLOYER,
        is_findable=True,
    )
    describing.save(profile, by=person)
    world.records["petra"] = profile


def hidden(world: "World") -> None:
    """The manager opened everything, but does not want to be found."""
    person = world.people["manager"]
    word = world.canary("HiddenSkill", seen_by={"manager"})
    profile = Profile(user=person, skills=[word], skills_for=Step.PUBLIC)
    describing.save(profile, by=person)
    world.records["hidden"] = profile


def requests(world: "World") -> None:
    exchange = world.records["open"]
    assert isinstance(exchange, Exchange)
    found, petra = (world.records[name] for name in ("found", "petra"))
    asked = ask(world, exchange, found, "AskedMessage", DECIDERS)
    agreed = ask(world, exchange, petra, "AgreedMessage", DECIDERS | {"participant"})
    contacting.agree(agreed)
    world.records |= {"asked-contact": asked, "agreed-contact": agreed}
    token = addresses.token
    assert isinstance(found, Profile)
    world.links |= {
        "link-asked": token("contact", asked.pk, asked.asked_at),
        "link-asked-forged": token("contact", asked.pk, None),
        "link-right": token("profile", found.pk, found.confirmed_at),
        "link-right-forged": token("contact", found.pk, found.confirmed_at),
    }


def ask(world: "World", exchange: Exchange, profile: object, word: str, seen_by: set[str]) -> ContactRequest:
    assert isinstance(profile, Profile)
    asked = ContactRequest(exchange=exchange, message=world.canary(word, seen_by=seen_by))
    contacting.ask(asked, about=profile, by=world.people["hr_own"])
    return asked


def hide_more(world: "World") -> None:
    """More people who want to be found by others, or by nobody; no stranger may notice."""
    far = make.organisation("Gemeente Nogverder", place=make.place("Verweg", region=make.region("Verweg")))
    for step, findable in ((Step.EMPLOYER, True), (Step.REGION, True), (Step.ME, True), (Step.PUBLIC, False)):
        person: User = make.person("Dirk", works_at=far)
        facts = {"skills": ["dike"], "work_fields": ["law"], "kinds": ["gig"], "regions": ["midden-utrecht"]}
        steps = {f"{block}_for": step for block in ("skills", "work_fields", "wishes", "regions")}
        Profile.objects.create(user=person, is_findable=findable, **facts, **steps)


def state_of(world: "World") -> list[tuple]:
    return [
        *Profile.objects.order_by("pk").values_list("pk", "skills", "confirmed_at"),
        *ContactRequest.objects.order_by("pk").values_list("pk", "state", "moved_at"),
    ]
