"""Loading the demo: two networks with alumni in every state, one of them in both."""

import datetime
import itertools
import random
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify

from alumni import consenting, looking, opening
from alumni.models import AlumniNetwork, Alumnus, Purpose
from alumni.sample import contact
from bwob.organisations.models import Organisation
from bwob.people.models import Membership, User

CONTENT = tomllib.loads((Path(__file__).parent / "networks.toml").read_text(encoding="utf-8"))
WORDS = CONTENT["words"]
STATES = ["active"] * 9 + ["invited"] * 2 + ["dormant", "paused", "asked"]


def load() -> None:
    """The same content each time; its dates count from today."""
    translation.activate("nl")
    chance = random.Random(2026)  # noqa: S311 - sample data
    names = list(itertools.product(WORDS["given"], WORDS["family"]))
    chance.shuffle(names)
    left = iter(names)
    with transaction.atomic():
        for row in CONTENT["network"]:
            network = _network(row)
            for _number in range(row["size"]):
                _alumnus(network, next(left), chance)
            _known(network, chance)
        contact.load()


def _network(row: dict[str, Any]) -> AlumniNetwork:
    organisation = Organisation.objects.get(code=row["organisation"])
    hr = _hr(organisation)
    texts = {name: row[name].strip() for name in ("summary", "welcome", "peers")}
    network = AlumniNetwork(organisation=organisation, contact=hr, opened_at=timezone.now(), **texts)
    opening.start(network)
    return network


def _hr(organisation: Organisation) -> User:
    return Membership.objects.hr_of(organisation).filter(user__email__startswith="hr-").order_by("pk")[0].user


def _alumnus(network: AlumniNetwork, name: tuple[str, str], chance: random.Random) -> None:
    given, (prefix, family) = name[0], _split(name[1])
    now, department = timezone.now(), chance.choice(WORDS["department"])
    state = chance.choice(STATES)
    said_yes = state in ("active", "dormant", "paused")
    age = datetime.timedelta(
        days=chance.randrange(380, 600) if state == "dormant" else chance.randrange(5, 350)
    )
    alumnus = Alumnus(
        network=network,
        state=state,
        given_name=given,
        name_prefix=prefix,
        family_name=family,
        email=f"{slugify(given)}.{slugify(family)}@post.example",
        department=department,
        expertise=WORDS["expertise"][department] if state != "asked" else [],
        left_on=timezone.localdate() - datetime.timedelta(days=chance.randrange(400, 2500)),
        tags=[chance.choice(WORDS["tags"])] if said_yes and chance.random() < 0.2 else [],
        is_shown=said_yes and chance.random() < 0.6,
        origin=chance.choice(Alumnus.Origin.values) if state != "asked" else Alumnus.Origin.REQUEST,
        confirmed_at=now - age if said_yes else None,
    )
    began = (
        now - age if state in ("active", "paused") else now - datetime.timedelta(days=chance.randrange(1, 27))
    )
    alumnus.moved_at = began
    alumnus.due_at = alumnus.due_in(state, began)
    alumnus.save()
    if said_yes:
        _choose(alumnus, chance)


def _choose(alumnus: Alumnus, chance: random.Random) -> None:
    """Consents at the moment of the last confirmation, and now and then a note of HR."""
    for purpose in chance.sample(list(Purpose), chance.randrange(1, 5)):
        consenting.write(alumnus, purpose, is_given=True, how="invitation", at=alumnus.confirmed_at)
    if chance.random() < 0.1:
        alumnus.notes.create(writer=alumnus.network.contact, text=chance.choice(WORDS["note"]))


def _split(family: str) -> tuple[str, str]:
    """ "van der Berg" → "van der", "Berg"."""
    prefix, _blank, name = family.rpartition(" ")
    return prefix, name


def _known(network: AlumniNetwork, chance: random.Random) -> None:
    """The demo's own alumnus, in both networks."""
    user = User.objects.get(email="alumnus@demo.example")
    alumnus = Alumnus.objects.create(
        network=network,
        user=user,
        state=Alumnus.State.ACTIVE,
        given_name=user.given_name,
        name_prefix=user.name_prefix,
        family_name=user.family_name,
        email=user.email,
        department="Communicatie",
        expertise=WORDS["expertise"]["Communicatie"],
        left_on=timezone.localdate() - datetime.timedelta(days=700),
        is_shown=True,
        origin=Alumnus.Origin.DEPARTURE,
        confirmed_at=timezone.now() - datetime.timedelta(days=40),
    )
    consenting.choose(alumnus, ("return", "question", "meeting"), how="departure")
    if network.contact:
        looking.note(network.contact, [alumnus])
        alumnus.notes.create(writer=network.contact, text=chance.choice(WORDS["note"]))
