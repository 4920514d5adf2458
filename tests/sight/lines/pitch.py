"""What the sight tests know of PITCH: an edition in each phase that matters, and a member, chair, secretary,
juror and key holder who have a part in all of them.
"""

import datetime
import json
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.utils import timezone

from bwob import history
from pitch import audience, judging
from pitch.models import (
    Assignment,
    Attachment,
    AudienceCode,
    AudienceRound,
    BlindVersion,
    Conflict,
    Edition,
    Entry,
    Feedback,
    Juror,
    KeyShare,
    Milestone,
    Objection,
    Part,
    Realisation,
    Result,
    Seat,
    Standing,
    StatusReport,
    TeamMember,
)
from tests import make
from tests.pitch import editions
from tests.pitch.editions import TEXTS

if TYPE_CHECKING:
    from tests.sight.world import World

OFFICE = {"chair", "secretary", "programme"}
"""Who may see what came in for an edition."""
KEYS_THEMSELVES = {"team-link", "jury-link"}
SHADOWED = ["pitch:editions"]
QUERIES: dict[str, list[str]] = {}
PUBLIC = ("pe-judging", "pe-open", "pe-published", "pe-ended", "plan-judging", "plan-published", "plan-won")
OF_ALL: set[str] = set()
HIDDEN = {"hr_own": {"plan-draft", "plan-open"}, "programme": {"plan-draft"}}
VISIBLE: dict[str, set[str]] = {}


def build(world: "World") -> None:
    world.people |= {
        "entrant": make.person("Mila", works_at=make.organisation("Gemeente Deeland")),
        "chair": make.person("Carla"),
        "secretary": make.person("Sam"),
        "juror": make.person("Joris"),
        "holder": make.person("Nora"),
    }
    with history.because(by=None):  # what the other lines gave as their reason ends here
        preparing(world)
    taking(world)
    judging_now(world)
    deliberating_now(world)
    published(world)
    won(world)


def edition(world: "World", name: str, state: str, **facts: Any) -> Edition:
    made = editions.bare(f"pitch-{name}", criteria=1)
    parts = (("chair", "chair"), ("secretary", "secretary"), ("holder", "key_holder"))
    for role, part in parts:
        Part.objects.create(edition=made, user=world.people[role], role=part)
    with pgtrigger.ignore("pitch.Edition:moves"):
        Edition.objects.filter(pk=made.pk).update(state=state, **facts)
    made.refresh_from_db()
    world.records[f"pe-{name}"] = made
    world.records[f"rules-{name}"] = made.rules
    return made


def plan(world: "World", name: str, of: Edition, *, seen_by: set[str], state: str, **facts: Any) -> Entry:
    """A plan of the member; its own text is a canary, the version without names may be read by everybody."""
    texts = TEXTS | {"idea": world.canary(f"Plan{name.title()}", seen_by=seen_by)}
    entry = Entry.objects.create(
        edition=of,
        title=f"Plan {name}",
        state=state,
        lead=world.people["entrant"],
        organisation=world.people["entrant"].employer,
        **texts | facts,
    )
    TeamMember.objects.create(entry=entry, user=world.people["entrant"], joined_at=timezone.now())
    if facts.get("number"):
        BlindVersion.objects.create(entry=entry, title=f"Plan {name}", **TEXTS)
    world.records[f"plan-{name}"] = entry
    return entry


def preparing(world: "World") -> None:
    made = edition(world, "draft", "draft")
    seen_by = {"chair", "secretary", "holder", "programme"}
    made.summary = world.canary("EditionDraft", seen_by=seen_by)
    made.save()
    world.records["part"] = Part.objects.get(edition=made, role="secretary")


def taking(world: "World") -> None:
    """An edition that is open: a draft, a plan that came in, an invitation to a team and one to the jury."""
    made = edition(world, "open", "open")
    plan(world, "draft", made, seen_by={"entrant"}, state="draft")
    sent = plan(world, "open", made, seen_by={"entrant"} | OFFICE, state="submitted", number=1)
    word = world.canary("TeamMail", seen_by={"entrant"} | OFFICE)
    invited = TeamMember.objects.create(entry=sent, email=f"{word}@d.example".lower())
    asked = world.canary("JurorMail", seen_by=OFFICE)
    due = timezone.now() + datetime.timedelta(days=9)
    proposed = Juror.objects.create(
        edition=made, email=f"{asked}@d.example".lower(), state="invited", due_at=due
    )
    world.links |= {
        "team-link": str(invited.key),
        "jury-link": str(proposed.key),
        "juror-asked": f"{proposed.key}|schrappen",
        "team-out": f"{sent.key}|{invited.pk}",
        "file-open": f"{sent.key}|{picture(sent).pk}",
        "act-open": "pitch-open|annuleren",
        "act-unknown": "pitch-open|iets-anders",
    }
    world.records["juror-invited"] = proposed


def picture(of: Entry) -> Attachment:
    content = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    return Attachment.objects.create(entry=of, is_picture=True, kind="png", name="a.png", content=content)


def judging_now(world: "World") -> None:
    """The juror judges one plan, has an interest in another, and has a draft that nobody else reads."""
    made = edition(world, "judging", "judging", entries_close_at=timezone.now())
    owner = {"entrant"} | OFFICE
    one = plan(world, "judging", made, seen_by=owner, state="admitted", number=1)
    two = plan(world, "barred", made, seen_by=owner, state="admitted", number=2)
    seat = Seat.objects.create(edition=made, code="K")
    juror = Juror.objects.create(
        edition=made, user=world.people["juror"], email="juror@d.example", seat=seat, state="accepted"
    )
    task = Assignment.objects.create(edition=made, seat=seat, entry=one)
    Assignment.objects.create(edition=made, seat=seat, entry=two, recused_at=timezone.now())
    judging.save_draft(task.pk, scores={"c1": 3}, motivation=world.canary("BallotDraft", seen_by={"juror"}))
    conflict = Conflict.objects.create(
        juror=juror,
        entry=two,
        kind="family",
        explanation=world.canary("Interest", seen_by={"secretary"}),
        due_at=timezone.now() + datetime.timedelta(days=3),
    )
    holder = Part.objects.get(edition=made, role="key_holder")
    KeyShare.objects.create(part=holder, public=b"x")
    world.records |= {"seat-juror": juror, "interest": conflict}
    world.links |= {
        "pile-own": "pitch-judging|1",
        "pile-barred": "pitch-judging|2",
        "act-close": "pitch-judging|sluiten",
        "card-unknown": "pitch-judging|9",
    }
    voting(world, made, one)


def voting(world: "World", of: Edition, entry: Entry) -> None:
    """The audience votes; the code on the card is for the secretary, who prints it."""
    now = timezone.now()
    facts = {"opens_at": now, "closes_at": now + datetime.timedelta(hours=9)}
    voting = AudienceRound.objects.create(edition=of, **facts)
    voting.finalists.set([entry])
    world.records["audience"] = voting
    code = audience.code_of(voting, 1)
    AudienceCode.objects.create(round=voting, number=1, digest=audience.digest(code))
    world.canaries[code] = {"secretary"}


def deliberating_now(world: "World") -> None:
    made = edition(world, "deliberation", "deliberation", entries_close_at=timezone.now())
    entry = plan(world, "counted", made, seen_by={"entrant"} | OFFICE, state="admitted", number=1)
    counted(made, entry, world.canary("ResultWords", seen_by=OFFICE))
    words = world.canary("FeedbackEarly", seen_by=set())
    Feedback.objects.create(entry=entry, scores={"c1": 4}, motivation=words)
    del world.canaries[words]


def counted(of: Edition, entry: Entry, words: str) -> Result:
    steps = [{"code": "mean", "entries": ["1"], "values": {"1": "4"}, "groups": [["1"]], "seed": ""}]
    content = {"entries": ["1"], "ballots": [{"entry": "1"}], "may_judge": {"1": 1}}
    result = Result.objects.create(
        edition=of,
        ballots_file=json.dumps({"content": content}).encode(),
        sha256="0" * 64,
        steps=steps,
        words=words,
    )
    Standing.objects.create(result=result, entry=entry, rank=1, numerator=4, denominator=1, prize="winner")
    return result


def published(world: "World") -> None:
    until = timezone.localdate() + datetime.timedelta(days=9)
    made = edition(world, "published", "published", objections_until=until)
    everybody = {*OFFICE, "visitor", "participant", "entrant", "juror", "holder", "officer"}
    entry = plan(world, "published", made, seen_by=everybody, state="admitted", number=1)
    counted(made, entry, "A fine plan.")
    motivation = world.canary("Feedback", seen_by={"entrant"} | OFFICE)
    Feedback.objects.create(entry=entry, scores={"c1": 4}, motivation=motivation)
    world.links["file-published"] = f"{entry.key}|{picture(entry).pk}"
    other = plan(world, "objecting", made, seen_by=everybody, state="admitted", number=2)
    text = world.canary("Objection", seen_by={"entrant", "chair"} | OFFICE)
    world.records["objection"] = Objection.objects.create(
        entry=other,
        raised_by=world.people["entrant"],
        text=text,
        due_at=timezone.now() + datetime.timedelta(days=20),
    )


def won(world: "World") -> None:
    made = edition(world, "ended", "realisation")
    entry = plan(world, "won", made, seen_by=everyone(world), state="winner", number=1)
    counted(made, entry, "A fine plan.")
    plan(world, "waiting", made, seen_by=everyone(world), state="honourable", number=2)
    realisation = Realisation.objects.create(
        entry=entry,
        sponsor=world.people["entrant"].employer,
        promise="Time",
        due_at=timezone.now() + datetime.timedelta(days=60),
    )
    milestone = Milestone.objects.create(
        realisation=realisation, title="Five people", due_on=timezone.localdate()
    )
    StatusReport.objects.create(realisation=realisation, course="good", text="It goes well.")
    world.links["milestone"] = f"{entry.key}|{milestone.pk}"


def everyone(world: "World") -> set[str]:
    return {"visitor", *world.people}


def hide_more(world: "World") -> None:
    """Another edition in preparation, and more drafts; no page may show a stranger a difference."""
    editions.bare("pitch-hidden")
    hidden: Any = world.records["pe-open"]
    for number in range(2):
        Entry.objects.create(edition=hidden, title=f"Hidden {number}", **TEXTS)


def state_of(world: "World") -> list[tuple]:
    """What the acts of a page could change here."""
    return [
        *Edition.objects.order_by("pk").values_list("pk", "state", "judging_closes_at"),
        *Entry.objects.order_by("pk").values_list("pk", "state", "title", "moved_at", "offered_at"),
        *Juror.objects.order_by("pk").values_list("pk", "state"),
        *Conflict.objects.order_by("pk").values_list("pk", "state"),
        *Objection.objects.order_by("pk").values_list("pk", "state"),
        *Realisation.objects.order_by("pk").values_list("pk", "state"),
        *Milestone.objects.order_by("pk").values_list("pk", "done_on"),
        *TeamMember.objects.order_by("pk").values_list("pk", "user"),
        *KeyShare.objects.order_by("pk").values_list("pk", "taken_at"),
        *AudienceRound.objects.order_by("pk").values_list("pk", "opens_at", "codes"),
    ]
