"""What the sight tests know of alumni networks."""

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from alumni import links, looking
from alumni.models import (
    AlumniFile,
    AlumniNetwork,
    Alumnus,
    Campaign,
    Consent,
    Departure,
    Gathering,
    Guest,
    Question,
    StepProgress,
)
from bwob import history
from tests import make

if TYPE_CHECKING:
    from tests.sight.world import World

OWN = {"hr_own", "alumnus"}
"""Who may read the record of an alumnus of A."""
KEYS_THEMSELVES = {"link-member", "link-invited", "link-stop", "link-answer", "link-gathering", "link-today"}
KEYS_THEMSELVES |= {"link-to-place"}
SHADOWED = ["alumni:networks", "alumni:own_networks"]
QUERIES: dict[str, list[str]] = {}
PUBLIC = ("network", "wording")
OF_ALL: set[str] = set()
RECORDS = {
    "alumnus",
    "invited",
    "consent",
    "campaign",
    "alumni-file",
    "question",
    "gathering",
    "gathering-today",
}
HIDDEN = {"programme": RECORDS | {"alumnus-b"}, "hr_own": {"alumnus-b", "network-b"}}
VISIBLE = {
    "hr_strange": {"network-b", "alumnus-b"},
    "programme": {"network", "network-b"},
    "officer": {"consent"},
}


def build(world: "World") -> None:
    world.people["alumnus"] = make.person("Aukje")
    network = make.alumni_network(world.a, contact=world.people["hr_own"], peers="names")
    world.records |= {"network": network, "wording": network.wordings.get(purpose="news")}
    with history.because(by=None):  # not for the reason that the line before gave
        members(world, network)
        strangers(world)
        departure(world)
        office(world)
        meetings(world)


def members(world: "World", network: AlumniNetwork) -> None:
    """One alumnus of A with an account, and one who was only invited."""
    words = {name: world.canary(f"Alumnus{name}", seen_by=OWN) for name in ("Name", "Unit", "Skill", "Tag")}
    alumnus = make.alumnus(
        "Aukje",
        "news",
        "gig",
        network=network,
        user=world.people["alumnus"],
        family_name=words["Name"],
        department=words["Unit"],
        expertise=[words["Skill"]],
        tags=[words["Tag"]],
        email=f"{world.canary('AlumnusMail', seen_by=OWN)}@home.example".lower(),
    )
    alumnus.notes.create(text=world.canary("AlumnusNote", seen_by=OWN), writer=world.people["hr_own"])
    looking.note(world.people["hr_own"], [alumnus])
    invited = make.alumnus(
        world.canary("InvitedName", seen_by={"hr_own"}),
        network=network,
        state="invited",
        email=f"{world.canary('InvitedMail', seen_by={'hr_own'})}@home.example".lower(),
    )
    world.records |= {"alumnus": alumnus, "invited": invited, "consent": alumnus.consents.get(purpose="gig")}
    world.links |= {
        "link-member": links.entrance(alumnus),
        "link-invited": links.entrance(invited),
        "link-stop": links.stop(alumnus, "news"),
        "link-no-alumnus": links.entrance(alumnus)[:-3] + "abc",
    }
    # the ledger names the alumnus to the officer who audits it
    world.canaries[words["Name"]] |= {"officer"}


def strangers(world: "World") -> None:
    """B has a network that is not open yet, with somebody in it."""
    seen_by = {"hr_strange", "programme"}
    texts = {name: world.canary(f"Network{name.title()}", seen_by=seen_by) for name in ("summary", "welcome")}
    network = make.alumni_network(world.b, opened_at=None, **texts)
    other = make.alumnus(world.canary("AlumnusOfB", seen_by={"hr_strange", "officer"}), network=network)
    world.records |= {"network-b": network, "alumnus-b": other}


def office(world: "World") -> None:
    """What HR of A works on: a mailing, and a file that waits for a yes."""
    seen_by = {"hr_own"}
    texts = {name: world.canary(f"Campaign{name.title()}", seen_by=seen_by) for name in ("subject", "text")}
    world.records["campaign"] = Campaign.objects.create(
        network=world.records["network"], purpose="news", written_by=world.people["hr_own"], **texts
    )
    world.records["alumni-file"] = AlumniFile.objects.create(
        network=world.records["network"],
        uploaded_by=world.people["hr_own"],
        name="oud.csv",
        headers=["Naam", "E-mail"],
        rows=[[world.canary("FileRow", seen_by=seen_by), "niemand@home.example"]],
        columns={"name": 0, "email": 1},
    )
    question = Question.objects.create(
        network=world.records["network"],
        state="open",
        title=world.canary("QuestionTitle", seen_by=OWN),
        text="Tell us.",
        asked_by=world.people["hr_own"],
    )
    member = world.records["alumnus"]
    assert isinstance(member, Alumnus)
    question.answers.create(alumnus=member, text=world.canary("AnswerText", seen_by=OWN), is_named=True)
    world.records["question"] = question
    world.links["link-answer"] = links.answer(member, question)
    step = StepProgress.objects.create(
        organisation=world.a, number=2, evidence=world.canary("StepEvidence", seen_by=seen_by)
    )
    world.records["step"] = step
    world.links["step-2"] = "2"


def meetings(world: "World") -> None:
    """One to come of which the alumnus has a place, with a link to take part, and one of today."""
    member, network = world.records["alumnus"], world.records["network"]
    assert isinstance(member, Alumnus)
    link = world.canary("MeetingLink", seen_by=OWN).lower()
    coming = make.gathering(network=network, is_online=True, online_url=f"https://{link}.example/")
    today = make.gathering("Walk along", network=network, ahead=0, code="QZWKMX")
    draft = make.gathering(
        world.canary("MeetingDraft", seen_by={"hr_own"}), network=network, state="draft", published_at=None
    )
    for meeting in (coming, today):
        Guest.objects.create(gathering=meeting, alumnus=member, state="seated", number=1)
    world.canaries |= {"QZWKMX": {"hr_own"}}
    world.records |= {"gathering": coming, "gathering-today": today, "gathering-draft": draft}
    place = make.exchange("Come back", organisation=world.a, alumni_welcome=True)
    world.links |= {
        "alumnus-to-place": f"{member.key}|{place.slug}",
        "link-to-place": f"{links.entrance(member)}|{place.slug}",
        "place-a": place.slug,
        "link-to-nothing": f"{links.entrance(member)}|nothing",
        "link-gathering": links.gathering(member, coming),
        "link-today": links.gathering(member, today),
    }


def departure(world: "World") -> None:
    """A colleague of A thinks of leaving: nobody else may know, HR least of all."""
    world.records["departure"] = Departure.objects.create(
        person=world.people["colleague"],
        network=world.records["network"],
        last_day=timezone.localdate() + datetime.timedelta(days=30),
        email=f"{world.canary('DepartureMail', seen_by={'colleague'})}@home.example".lower(),
        department=world.canary("DepartureUnit", seen_by={"colleague"}),
        purposes=["news"],
    )


def hide_more(world: "World") -> None:
    """Below five nobody can tell how many there are."""
    network = world.records["network"]
    assert isinstance(network, AlumniNetwork)
    make.alumnus("Hidden", network=network, state="asked")
    make.gathering("Hidden", network=network, state="draft", published_at=None)
    make.alumnus("Hidden", network=network)


def state_of(world: "World") -> list[tuple]:
    """What the acts of a page could change at A."""
    alumni = Alumnus.objects.filter(network__organisation=world.a).order_by("pk")
    return [
        *alumni.values_list("pk", "state", "email", "tags", "moved_at", "confirmed_at"),
        *Consent.objects.filter(alumnus__in=alumni).order_by("pk").values_list("pk", "is_given"),
        *Departure.objects.order_by("pk").values_list("pk", "state", "email"),
        *Campaign.objects.order_by("pk").values_list("pk", "state", "subject"),
        *Gathering.objects.order_by("pk").values_list("pk", "state", "title", "invited_at"),
        *Guest.objects.order_by("pk").values_list("pk", "state", "attended_at"),
        *Question.objects.order_by("pk").values_list("pk", "state", "title"),
        *AlumniFile.objects.order_by("pk").values_list("pk", "state"),
        *StepProgress.objects.filter(organisation=world.a).values_list("pk", "state", "evidence"),
        *AlumniNetwork.objects.filter(organisation=world.a).values_list("pk", "opened_at"),
    ]
