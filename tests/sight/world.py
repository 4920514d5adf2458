"""One world for all sight tests: an organisation with secrets, a strange one, and somebody in every role.

A canary is a word that stands in one row only; `World.canaries` says which roles may ever read it, wherever.
"""

import contextlib
import dataclasses
import datetime
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone, translation

from bwob.organisations.models import Organisation
from bwob.people.models import AddressClaim, Role, User
from bwob.privacy import reading
from bwob.privacy.models import AccessLog, KeepingTerm
from mobility import deciding, writing
from mobility.models import Application, Exchange
from mobility.models.imports import OfferFile
from mobility.signing import manager_token
from tests import make

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
OWN = {"manager", "hr_own", "programme"}
"""Who may see what A has not published."""
PROCESS = OWN | {"applicant"}
"""Who may see an application that was sent."""
STATES = ["submitted", "conversation", "offered", "taken", "agreed", "confirmed", "declined", "draft"]


@dataclasses.dataclass
class World:
    """`records` and `links` are what pages are about, by a short name; `canaries` who may read which word."""

    a: Organisation
    people: dict[str, User]
    records: dict[str, models.Model] = dataclasses.field(default_factory=dict)
    links: dict[str, str] = dataclasses.field(default_factory=dict)
    canaries: dict[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    sessions: dict[str, str] = dataclasses.field(default_factory=dict)
    handler: ClientHandler = dataclasses.field(
        default_factory=lambda: ClientHandler(enforce_csrf_checks=False)
    )

    def canary(self, name: str, *, seen_by: set[str]) -> str:
        """A word of its own for one field of one row."""
        word = f"Kanarie{name}zq"
        self.canaries[word] = frozenset(seen_by)
        return word

    def client(self, role: str) -> Client:
        """A browser in which this role has signed in, as fresh as new each time."""
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

    def application(self, name: str) -> Application:
        record = self.records[name]
        assert isinstance(record, Application)
        return record


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
    world = World(a, people(a, b, c))
    exchanges(world)
    applications(world)
    traces(world)
    uploads(world)
    links(world)
    neighbours(world, b)
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


def exchanges(world: World) -> None:
    """One exchange of A in every state; what is not public carries a canary in each of its texts."""
    shown = {"organisation": world.a, "contact": world.people["manager"]}
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    world.records |= {
        "open": make.exchange("Project leader for clear letters", **shown),
        "closed": make.exchange("Adviser who came too late", closes_on=yesterday, **shown),
        "filled": make.exchange("Planner who was found", state="filled", **shown),
    }
    for state, seen_by in {"draft": OWN, "withdrawn": PROCESS}.items():
        texts = {
            field: world.canary(f"{state.title()}{field.title()}", seen_by=seen_by)
            for field in ("title", "summary", "tasks", "requirements", "benefits")
        }
        published = None if state == "draft" else timezone.now()
        start = "draft" if state == "draft" else "published"
        world.records[f"exchange-{state}"] = make.exchange(
            state=start, published_at=published, skills=[texts["benefits"]], **shown, **texts
        )


def applications(world: World) -> None:
    """The applicant applies at A in every state. Whoever decides may read it, but a draft only its writer."""
    applicant, manager = world.people["applicant"], world.people["manager"]
    for state in STATES:
        seen_by = {"applicant"} if state == "draft" else PROCESS
        exchange = make.exchange(f"Open place for {state}", organisation=world.a, contact=manager)
        word = f"App{state.title()}"
        application = make.application(
            "submitted" if state == "declined" else state,
            applicant=applicant,
            exchange=exchange,
            motivation=world.canary(f"{word}Motivation", seen_by=seen_by),
        )
        if state in ("offered", "taken", "agreed", "confirmed"):
            application.offer_note = world.canary(f"{word}Note", seen_by=seen_by)
        if state in ("taken", "agreed", "confirmed"):
            application.manager_name = world.canary(f"{word}Manager", seen_by=seen_by)
            application.manager_email = "manager@c.example"
            application.asked_manager_at = timezone.now()
        if state == "taken":
            application.manager_email = f"{world.canary('ManagerAsked', seen_by=seen_by)}@c.example".lower()
        if state == "confirmed":
            application.ends_on = application.starts_on - datetime.timedelta(days=10)
            application.starts_on = application.ends_on - datetime.timedelta(days=10)
        application.save()
        world.records |= {state: application, f"place-{state}": exchange}
    decline(world)
    withdraw(world)


def decline(world: World) -> None:
    reason = world.canary("DeclineReason", seen_by=PROCESS)
    deciding.decline(world.application("declined"), by=world.people["hr_own"], code="profile", reason=reason)


def withdraw(world: World) -> None:
    """The withdrawn exchange had the applicant's application, which so was declined with its reason."""
    exchange = world.records["exchange-withdrawn"]
    assert isinstance(exchange, Exchange)
    motivation = world.canary("AppCancelledMotivation", seen_by=PROCESS)
    cancelled = make.application(
        applicant=world.people["applicant"], exchange=exchange, motivation=motivation
    )
    writing.withdraw(
        exchange, by=world.people["hr_own"], reason=world.canary("WithdrawReason", seen_by=PROCESS)
    )
    cancelled.refresh_from_db()
    world.records["cancelled"] = cancelled


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


def uploads(world: World) -> None:
    """What waits for a confirmation: an address to be proven, and a file of offers."""
    applicant = world.people["applicant"]
    word = world.canary("ClaimMail", seen_by={"applicant"})
    world.records["claim"] = AddressClaim.objects.create(
        user=applicant,
        email=f"{word}@{applicant.employer.code}.example".lower(),
        organisation=applicant.employer,
    )
    header = world.canary("FileHeader", seen_by={"hr_own"})
    world.records["file"] = OfferFile.objects.create(
        organisation=world.a,
        uploaded_by=world.people["hr_own"],
        name=world.canary("FileName", seen_by={"hr_own"}) + ".csv",
        source="recruitment system",
        content=f"Titel;{header}\nAdviseur;ja\n".encode(),
    )


def links(world: World) -> None:
    """Links from mails, which are keys themselves; and what somebody could make of them."""
    taken = world.application("taken")
    world.links |= {
        "link-taken": manager_token(taken),
        "link-agreed": manager_token(world.application("agreed")),
        "link-forged": f"{taken.key.hex}:{signing.dumps('x').partition(':')[2]}",
        "link-bare": taken.key.hex,
        "link-claim": world.records["claim"].token,
        "link-claim-bare": str(world.records["claim"].pk),
    }
    taken.asked_manager_at -= datetime.timedelta(hours=1)
    world.links["link-outdated"] = manager_token(taken)
    taken.asked_manager_at += datetime.timedelta(hours=1)


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


def neighbours(world: World, b: Organisation) -> None:
    """What B has of its own, so that the lists of the strange HR officer are not empty."""
    exchange = make.exchange("Dike warden for a year", organisation=b, contact=world.people["hr_strange"])
    somebody = make.person("Niels", works_at=make.organisation("Gemeente Diemermeer"))
    world.records |= {
        "open-b": exchange,
        "submitted-b": make.application(exchange=exchange, applicant=somebody),
    }


def hide_more(world: World) -> None:
    """More of what strangers may not see; no page may show them a difference, not even in a number."""
    far = make.organisation("Gemeente Verweg")
    for number in range(3):
        hidden = {"organisation": world.a, "contact": world.people["manager"], "published_at": None}
        make.exchange(f"Dike warden, hidden {number}", state="draft", **hidden)
        make.application(exchange=world.records["open"], applicant=make.person("Dirk", works_at=far))
