"""What the sight tests know of exchanges and applications."""

import datetime
from typing import TYPE_CHECKING

from django.core import signing
from django.utils import timezone

from bwob.organisations.models import Organisation
from mobility import deciding, writing
from mobility.models import AnswerText, Application, CoOwner, Exchange, MonthFigure
from mobility.models.imports import OfferFile
from mobility.signing import manager_token
from tests import make

if TYPE_CHECKING:
    from tests.sight.world import World

OWN = {"manager", "hr_own", "programme"}
"""Who may see what A has not published."""
PROCESS = OWN | {"applicant"}
"""Who may see an application that was sent."""
STATES = [
    "submitted",
    "conversation",
    "offered",
    "taken",
    "agreed",
    "confirmed",
    "declined",
    "draft",
    "waiting",
]
KEYS_THEMSELVES = {"link-taken", "link-agreed"}
SHADOWED = ["mobility:exchanges", "mobility:own_exchanges", "mobility:figures", "mobility:answer_texts"]
QUERIES = {
    "mobility:exchanges": [
        "?q=dike+warden",
        "?q=hidden",
        "?q=kanarie",
        "?tier=municipality",
        "?kind=secondment&sort=deadline",
    ]
}
PUBLIC = ("open", "closed", "filled", "place-")
OF_ALL = {"open-b", "submitted-b"}
HIDDEN = {"hr_own": {"draft"}, "programme": {"draft"}}
VISIBLE: dict[str, set[str]] = {}


def build(world: "World") -> None:
    exchanges(world)
    applications(world)
    uploads(world)
    texts(world)
    owners(world)
    months(world.a, 7)
    links(world)
    neighbours(world, world.b)


def exchanges(world: "World") -> None:
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


def applications(world: "World") -> None:
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


def decline(world: "World") -> None:
    reason = world.canary("DeclineReason", seen_by=PROCESS)
    deciding.decline(application(world, "declined"), by=world.people["hr_own"], code="profile", reason=reason)


def withdraw(world: "World") -> None:
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


def uploads(world: "World") -> None:
    """A file of offers that waits for a confirmation."""
    header = world.canary("FileHeader", seen_by={"hr_own"})
    world.records["file"] = OfferFile.objects.create(
        organisation=world.a,
        uploaded_by=world.people["hr_own"],
        name=world.canary("FileName", seen_by={"hr_own"}) + ".csv",
        source="recruitment system",
        content=f"Titel;{header}\nAdviseur;ja\n".encode(),
    )


def texts(world: "World") -> None:
    """A text for answers of A; who answers applicants there begins with it."""
    seen_by = {"hr_own", "manager", "colleague"}
    world.records["answer-text"] = AnswerText.objects.create(
        organisation=world.a,
        act="invite",
        title=world.canary("AnswerTitle", seen_by=seen_by),
        text=world.canary("AnswerText", seen_by=seen_by),
    )


def owners(world: "World") -> None:
    """A draft of the manager that the colleague works too."""
    shown = {"organisation": world.a, "contact": world.people["manager"], "published_at": None}
    title = world.canary("SharedTitle", seen_by=OWN | {"colleague"})
    shared = make.exchange(title, state="draft", **shown)
    owner = CoOwner.objects.create(exchange=shared, person=world.people["colleague"])
    world.records["shared"] = shared
    world.records["owner-row"] = owner
    world.links["shared-owner"] = f"{shared.slug}|{owner.pk}"


def months(organisation: Organisation, number: int) -> None:
    """So many people who came from the State, each counted; the numbers of an organisation are its own."""
    month = timezone.localdate().replace(day=1)
    facts = {"organisation": organisation, "month": month, "measure": "came", "kind": "gig", "tier": "state"}
    MonthFigure.objects.bulk_create(MonthFigure(**facts) for _one in range(number))


def links(world: "World") -> None:
    """Links from mails, which are keys themselves; and what somebody could make of them."""
    taken, agreed = application(world, "taken"), application(world, "agreed")
    world.links |= {
        "link-taken": manager_token(taken),
        "link-agreed": manager_token(agreed),
        "link-forged": f"{taken.key.hex}:{signing.dumps('x').partition(':')[2]}",
        "link-bare": taken.key.hex,
    }
    taken.asked_manager_at -= datetime.timedelta(hours=1)
    world.links["link-outdated"] = manager_token(taken)
    taken.asked_manager_at += datetime.timedelta(hours=1)


def neighbours(world: "World", b: Organisation) -> None:
    """What B has of its own, so that the lists of the strange HR officer are not empty."""
    exchange = make.exchange("Dike warden for a year", organisation=b, contact=world.people["hr_strange"])
    somebody = make.person("Niels", works_at=make.organisation("Gemeente Diemermeer"))
    world.records |= {
        "open-b": exchange,
        "submitted-b": make.application(exchange=exchange, applicant=somebody),
    }


def hide_more(world: "World") -> None:
    """More of what strangers may not see; no page may show them a difference, not even in a number."""
    far = make.organisation("Gemeente Verweg")
    months(world.a, 6)
    for number in range(3):
        hidden = {"organisation": world.a, "contact": world.people["manager"], "published_at": None}
        make.exchange(f"Dike warden, hidden {number}", state="draft", **hidden)
        make.application(exchange=world.records["open"], applicant=make.person("Dirk", works_at=far))


def application(world: "World", name: str) -> Application:
    record = world.records[name]
    assert isinstance(record, Application)
    return record


def state_of(world: "World") -> list[tuple]:
    """What the acts of a page could change at A."""
    exchanges = Exchange.objects.filter(organisation=world.a).order_by("pk")
    applications = Application.objects.filter(exchange__organisation=world.a).order_by("pk")
    return [
        *exchanges.values_list("pk", "state", "title", "closes_on", "moved_at"),
        *applications.values_list("pk", "state", "hours", "manager_email", "moved_at"),
        *AnswerText.objects.filter(organisation=world.a).values_list("pk", "title"),
        *CoOwner.objects.filter(exchange__organisation=world.a).values_list("pk", "person"),
    ]
