"""One world for all sight tests: an organisation with secrets, a strange one, and somebody in every role.

A canary is a word that stands in one row only; `World.canaries` says which roles may ever read it, wherever.
"""

import contextlib
import dataclasses
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.test import Client
from django.test.client import ClientHandler
from django.utils import translation

from bwob import home
from bwob.organisations.models import Organisation
from bwob.people.models import AddressClaim, Role, User
from bwob.privacy import reading
from bwob.privacy.models import AccessLog, KeepingTerm
from tests import make
from tests.sight.lines import LINES
from tests.sight.lines.mobility import PROCESS

VISITOR = "visitor"
ROLES = [
    VISITOR,
    "participant",  # works for B and has nothing to do with A
    "applicant",  # works for C and applies at A
    "manager",  # offers workplaces of A and is their contact
    "colleague",  # offers other workplaces of A: has the same role, but is no contact
    "hr_own",  # HR of A
    "hr_lender",  # HR of C, the employer of the applicant
    "hr_strange",  # HR of B
    "programme",
    "officer",
]


@dataclasses.dataclass
class World:
    """`records` and `links` are what pages are about, by a short name; `canaries` who may read which word,
    `read` the words that somebody has read until now, and `absences` what a role gets for nothing.
    """

    a: Organisation
    b: Organisation
    c: Organisation
    people: dict[str, User]
    records: dict[str, models.Model] = dataclasses.field(default_factory=dict)
    links: dict[str, str] = dataclasses.field(default_factory=dict)
    canaries: dict[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    read: set[str] = dataclasses.field(default_factory=set)
    sessions: dict[str, str] = dataclasses.field(default_factory=dict)
    absences: dict[tuple[str, ...], tuple[int, str, str]] = dataclasses.field(default_factory=dict)
    handler: ClientHandler = dataclasses.field(
        default_factory=lambda: ClientHandler(enforce_csrf_checks=False)
    )

    def canary(self, name: str, *, seen_by: set[str]) -> str:
        """A word of its own for one field of one row."""
        word = f"Kanarie{name}zq"
        self.canaries[word] = frozenset(seen_by)
        return word

    def client(self, role: str) -> Client:
        """A browser in which this role has signed in, as fresh as new each time; the front page too."""
        home.forget()
        client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
        client.handler = self.handler
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client

    def sign_in(self) -> None:
        for role, user in self.people.items():
            client = Client()
            client.force_login(user)
            self.sessions[role] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def key(self, name: str) -> str:
        """What stands in an address for this record: a slug, a key, or a signed token."""
        if name in self.links:
            return self.links[name]
        record = self.records[name]
        return str(getattr(record, "slug", "") or getattr(record, "key", record.pk))


@contextlib.contextmanager
def standing(blocker: Any) -> Iterator[World]:
    """The world, for the tests of one module; nothing of it stays."""
    with blocker.unblock(), transaction.atomic():
        with translation.override("en"):
            world = build()
        yield world
        transaction.set_rollback(True)


def build() -> World:
    a, b, c = (
        make.organisation(name) for name in ("Gemeente Aaland", "Waterschap Beekland", "Provincie Ceeland")
    )
    world = World(a, b, c, people(a, b, c))
    for name in ("Verweg", "Elders"):  # public, and so no secret when hidden records of later lie there
        make.place(name, region=make.region(name))
    for line in LINES:
        line.build(world)
    traces(world)
    claims(world)
    world.sign_in()
    return world


def people(a: Organisation, b: Organisation, c: Organisation) -> dict[str, User]:
    return {
        "participant": make.person("Petra", works_at=b),
        "applicant": make.person("Anne", works_at=c),
        "manager": make.staff(Role.MANAGER, a, "Marit"),
        "colleague": make.staff(Role.MANAGER, a, "Carlo"),
        "hr_own": make.staff(Role.HR, a, "Hanna"),
        "hr_lender": make.staff(Role.HR, c, "Lennart"),
        "hr_strange": make.staff(Role.HR, b, "Sietske"),
        "programme": make.staff(Role.PROGRAMME, make.organisation("Ministerie van BZK"), "Paul"),
        "officer": make.staff(Role.PRIVACY_OFFICER, make.organisation("Ministerie van BZK"), "Fatma"),
    }


def traces(world: World) -> None:
    """What the kernel keeps: names, addresses, roles, views, terms."""
    applicant, hr, manager = (world.people[role] for role in ("applicant", "hr_own", "manager"))
    auditors = {"programme", "officer"}
    name(applicant, world.canary("ApplicantName", seen_by=PROCESS | {"hr_lender", "officer"}))
    address(applicant, world.canary("ApplicantMail", seen_by=PROCESS | {"hr_lender", "officer"}))
    address(hr, world.canary("HrMail", seen_by={"hr_own", *auditors}))
    address(manager, world.canary("ManagerMail", seen_by={"manager", "hr_own", *auditors}))
    purpose = world.canary("ViewPurpose", seen_by={"applicant", "officer"})
    reading.record(hr, [world.records["submitted"]], purpose=purpose)
    world.records |= {
        "membership": manager.memberships.get(),
        "address": manager.work_address,
        "view": AccessLog.objects.get(subject=applicant),
        "body": world.a,
        "place": make.place(),
        "region": make.region(),
        **{f"person-{role}": world.people[role] for role in ("applicant", "manager", "hr_own")},
    }
    world.records["term"] = KeepingTerm.objects.create(
        kind="application",
        organisation=world.a,
        days=14,
        source=world.canary("TermSource", seen_by={"hr_own", *auditors}),
    )


def name(user: User, word: str) -> None:
    user.family_name = word
    user.save()


def address(user: User, word: str) -> None:
    """The private and the work address of this person."""
    user.email = f"{word}@mail.example".lower()
    user.save()
    user.emailaddress_set.update(email=user.email)
    user.work_address.email = f"{word}@work.example".lower()
    user.work_address.save()


def claims(world: World) -> None:
    """A work address that is still to be proven."""
    applicant = world.people["applicant"]
    word = world.canary("ClaimMail", seen_by={"applicant"})
    claim = AddressClaim.objects.create(
        user=applicant,
        email=f"{word}@{applicant.employer.code}.example".lower(),
        organisation=applicant.employer,
    )
    world.records["claim"] = claim
    world.links |= {"body-code": world.a.code, "sitemap-part": "exchanges", "anything": "v2/exchanges"}
    world.links |= {"link-claim": claim.token, "link-claim-bare": str(claim.pk)}
