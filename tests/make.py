"""Records for tests, each with believable defaults: say only what the test is about."""

import datetime
import itertools
from typing import Any

from django.utils import timezone

from alumni import consenting, opening
from alumni.models import AlumniNetwork, Alumnus, Gathering
from bwob.organisations.models import EmailDomain, Organisation, Place, Region, Tier
from bwob.people.models import Membership, Role, User, WorkAddress
from mobility.models import Application, CareerDay, Exchange, Signup, SwapWish
from networks.models import Coordinator, Network, PartnerCall, Partnership, Proposal, Reaction

PASSWORD = "correct-horse-battery"
numbers = itertools.count(1)


def region(name: str = "Midden-Utrecht", kind: str = Region.Kind.LABOUR_MARKET) -> Region:
    return Region.objects.get_or_create(kind=kind, code=name.lower(), defaults={"name": name})[0]


def place(name: str = "Utrecht", **facts: Any) -> Place:
    defaults = {
        "code": f"gm{next(numbers):04}",
        "province": region("Utrecht", Region.Kind.PROVINCE),
        "region": region(),
        "latitude": 52.09,
        "longitude": 5.12,
    }
    return Place.objects.get_or_create(name=name, defaults=defaults | facts)[0]


def organisation(name: str = "Gemeente Utrecht", **facts: Any) -> Organisation:
    """An organisation with the mail domain of its code: `gm0001.example`."""
    code = facts.pop("code", f"org{next(numbers):04}")
    defaults = {"uri": f"urn:test:{code}", "code": code, "tier": Tier.MUNICIPALITY, "place": place()}
    made, is_new = Organisation.objects.get_or_create(
        name=name, defaults=defaults | {"valid_from": datetime.date(2020, 1, 1)} | facts
    )
    if is_new:
        EmailDomain.objects.create(organisation=made, name=f"{made.code}.example")
    return made


def person(given_name: str = "Sanne", *, works_at: Organisation | None = None, **facts: Any) -> User:
    """Somebody with an account, and with a verified work address if `works_at` is given."""
    number = next(numbers)
    password = facts.pop("password", PASSWORD)
    email = facts.pop("email", f"{given_name.lower()}{number}@mail.example")
    user = User.objects.create_user(email, password, given_name=given_name, **facts)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    if works_at:
        WorkAddress.objects.create(
            user=user,
            email=f"p{number}@{works_at.code}.example",
            organisation=works_at,
            verified_at=timezone.now(),
        )
    return user


def staff(
    role: str = Role.HR, at: Organisation | None = None, given_name: str = "Robin", **facts: Any
) -> User:
    """Somebody with a role at an organisation, who works there too."""
    at = at or organisation()
    user = person(given_name, works_at=at, **facts)
    Membership.objects.create(user=user, organisation=at, role=role)
    return user


def exchange(title: str = "Project leader for clear letters", **facts: Any) -> Exchange:
    """A published secondment of Gemeente Utrecht, open for another month."""
    today = timezone.localdate()
    defaults: dict[str, Any] = {
        "kind": Exchange.Kind.SECONDMENT,
        "state": Exchange.State.PUBLISHED,
        "summary": "Help twelve teams to write so that everybody understands.",
        "tasks": "- You rewrite letters\n- You train colleagues",
        "field": Exchange.Field.COMMUNICATION,
        "hours_min": 24,
        "hours_max": 32,
        "duration": 6,
        "scale_min": 10,
        "scale_max": 11,
        "closes_on": today + datetime.timedelta(days=30),
        "published_at": timezone.now(),
    }
    if "organisation" not in facts:
        defaults["organisation"] = organisation()
    if "place" not in facts:
        defaults["place"] = place()
    return Exchange.objects.create(title=title, **(defaults | facts))


def application(state: str = Application.State.SUBMITTED, **facts: Any) -> Application:
    """An application of somebody from another employer; with an offered period from the state offered on."""
    applicant = facts.pop("applicant", None) or person(works_at=organisation("Gemeente Amersfoort"))
    today = timezone.localdate()
    defaults: dict[str, Any] = {
        "exchange": facts.pop("exchange", None) or exchange(),
        "motivation": "I have written letters for ten years and want to see how you do it.",
        "employer": applicant.employer,
        "submitted_at": None if state == Application.State.DRAFT else timezone.now(),
        "due_at": timezone.now() + datetime.timedelta(days=7),
    }
    if state == "waiting":
        defaults["waiting_number"] = next(numbers)
    if state in ("offered", "taken", "agreed", "confirmed", "started", "completed", "evaluated"):
        defaults |= {
            "starts_on": today + datetime.timedelta(days=60),
            "ends_on": today + datetime.timedelta(days=240),
            "hours": 24,
        }
    if state in ("taken", "agreed", "confirmed", "started", "completed", "evaluated"):
        defaults |= {"manager_name": "Wim de Boer", "manager_email": "wim@manager.example"}
    return Application.objects.create(applicant=applicant, state=state, **(defaults | facts))


def alumni_network(at: Organisation | None = None, **facts: Any) -> AlumniNetwork:
    """An open network of Gemeente Utrecht, with its first sentences."""
    at = at or organisation()
    defaults: dict[str, Any] = {
        "summary": "For everybody who worked here.",
        "welcome": "- Twice a year a meeting\n- Questions about your field",
        "opened_at": timezone.now(),
    }
    network = AlumniNetwork(organisation=at, **(defaults | facts))
    opening.start(network)
    return network


def alumnus(
    given_name: str = "Joost", *purposes: str, network: AlumniNetwork | None = None, **facts: Any
) -> Alumnus:
    """An active alumnus who chose these purposes (news, when none is named)."""
    defaults: dict[str, Any] = {
        "email": f"{given_name.lower()}{next(numbers)}@home.example",
        "state": Alumnus.State.ACTIVE,
        "confirmed_at": timezone.now(),
    }
    network = network or AlumniNetwork.objects.first() or alumni_network()
    made = Alumnus.objects.create(network=network, given_name=given_name, **(defaults | facts))
    if made.is_member:
        consenting.choose(made, purposes or ("news",), how="invitation")
    return made


def network(name: str = "Leernetwerk Utrecht", **facts: Any) -> Network:
    """A published learning network in Utrecht that works there and began a year ago."""
    where = facts.pop("place", None) or place()
    area = facts.pop("area", [where])
    defaults: dict[str, Any] = {
        "kind": Network.Kind.LEARNING,
        "summary": "We learn from each other's work.",
        "place": where,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "source": "told by the network",
        "starts_on": timezone.localdate() - datetime.timedelta(days=365),
    }
    made = Network.objects.create(name=name, **(defaults | facts))
    made.area.set(area)
    return made


def tie(
    network: Network, partner: Network | Organisation, *, confirmed: bool = True, **facts: Any
) -> Partnership:
    """A tie that the network has confirmed, and with `confirmed` its partner too."""
    end = "other" if isinstance(partner, Network) else "organisation"
    now = timezone.now()
    defaults = {
        end: partner,
        "confirmed_by_network_at": now,
        "confirmed_by_partner_at": now if confirmed else None,
    }
    return Partnership.objects.create(network=network, **(defaults | facts))


def coordinator(of: Region, **facts: Any) -> User:
    """Somebody who decides on the networks of this region or province."""
    user = person("Coco", works_at=organisation(), **facts)
    Coordinator.objects.create(user=user, region=of)
    return user


def proposal(network: Network | None = None, **facts: Any) -> Proposal:
    """A proposal for another name of a network, or else for a new one in Utrecht; due in three weeks."""
    new = {
        "name": "Alumninetwerk Utrecht",
        "kind": "alumni",
        "summary": "Former colleagues help each other.",
        "place": place().pk,
        "latitude": 52.2,
        "longitude": 5.2,
        "source": "told by the network",
        "starts_on": "2026-01-01",
    }
    defaults: dict[str, Any] = {
        "proposer": facts.pop("proposer", None) or person("Pien", works_at=organisation()),
        "place": network.place if network else place(),
        "changes": {"name": f"{network.name} and around"} if network else new,
        "due_at": timezone.now() + datetime.timedelta(days=21),
    }
    return Proposal.objects.create(network=network, **(defaults | facts))


def call(**facts: Any) -> PartnerCall:
    """An open call of a network in Utrecht that has a contact; a month to react."""
    asker = facts.pop("network", None)
    if asker is None and "organisation" not in facts:
        asker = network()
    if asker and asker.contact is None:
        asker.contact = person("Kim", works_at=organisation())
        asker.save()
    area = facts.pop("area", [])
    defaults: dict[str, Any] = {
        "network": asker,
        "written_by": asker.contact if asker else None,
        "title": "a joint summer school",
        "text": "We look for three partners.",
        "themes": ["learning"],
        "closes_on": timezone.localdate() + datetime.timedelta(days=30),
    }
    made = PartnerCall(**(defaults | facts))
    made.due_at = made.due_in("open", timezone.now())
    made.save()
    made.area.set(area)
    return made


def reaction(**facts: Any) -> Reaction:
    """Of somebody in Zeist, waiting for the answer."""
    author = facts.pop("author", None) or person("Rik", works_at=organisation("Gemeente Zeist"))
    defaults: dict[str, Any] = {"author": author, "organisation": author.employer, "text": "We join."}
    found = facts.pop("call", None) or call()
    return Reaction.objects.create(call=found, **(defaults | facts))


def swap_wish(person: User | None = None, **facts: Any) -> SwapWish:
    """An open wish of somebody at an own employer: offers planning in scale 10 and takes anything."""
    person = person or swapper()
    today = timezone.localdate()
    defaults: dict[str, Any] = {
        "employer": person.employer,
        "title": "Planner",
        "tasks": "You draw plans with the neighbourhood.",
        "field": Exchange.Field.SPATIAL,
        "scale": 10,
        "hours": 32,
        "place": place(),
        "starts_from": today + datetime.timedelta(days=60),
        "starts_until": today + datetime.timedelta(days=200),
        "scale_min": 9,
        "scale_max": 11,
        "hours_min": 24,
        "hours_max": 36,
        "near": place(),
        "motivation": "I want to see how others do it.",
        "due_at": timezone.now() + datetime.timedelta(days=180),
    }
    return SwapWish.objects.create(person=person, **(defaults | facts))


def swapper(given_name: str = "") -> User:
    """Somebody who works at an employer of his or her own."""
    number = next(numbers)
    return person(
        given_name or f"Ruiler{number}", works_at=organisation(f"Gemeente Ruilstad {number}"), language="en"
    )


def career_day(title: str = "Look into the water", *, ahead: int = 30, **facts: Any) -> CareerDay:
    """A published day of Gemeente Utrecht, so many days from today (below zero is past)."""
    defaults: dict[str, Any] = {
        "state": CareerDay.State.PUBLISHED,
        "summary": "Walk along with colleagues of another kind of government.",
        "about": "You see the pumps, and you talk with who runs them.",
        "held_on": timezone.localdate() + datetime.timedelta(days=ahead),
        "published_at": timezone.now(),
    }
    if "organisation" not in facts:
        defaults["organisation"] = organisation()
    if "place" not in facts:
        defaults["place"] = place()
    return CareerDay.objects.create(title=title, **(defaults | facts))


def signup(state: str = Signup.State.SEATED, **facts: Any) -> Signup:
    """A sign-up of somebody from another employer."""
    who = facts.pop("person", None) or person(works_at=organisation("Gemeente Amersfoort"))
    day = facts.pop("day", None) or career_day()
    defaults = {"employer": who.employer, "number": next(numbers), "keep_until": day.held_on}
    made = Signup(state=state, day=day, person=who, **(defaults | facts))
    if "due_at" not in facts:
        made.due_at = made.due_in(state, timezone.now())
    made.save()
    return made


def gathering(title: str = "Soup and stories", *, ahead: int = 30, **facts: Any) -> Gathering:
    """A published meeting of alumni, so many days from today (below zero is past)."""
    defaults: dict[str, Any] = {
        "state": Gathering.State.PUBLISHED,
        "about": "- A walk through the building\n- Soup",
        "held_on": timezone.localdate() + datetime.timedelta(days=ahead),
        "published_at": timezone.now(),
    }
    if "network" not in facts:
        defaults["network"] = AlumniNetwork.objects.first() or alumni_network()
    if "place" not in facts:
        defaults["place"] = place()
    return Gathering.objects.create(title=title, **(defaults | facts))
