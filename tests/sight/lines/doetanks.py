"""What the sight tests know of challenges and Doetanks; above all that nobody notices the hidden ones."""

import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from bwob import history
from doetanks.models import (
    Action,
    Cafe,
    CafeQuestion,
    Challenge,
    Coach,
    File,
    Meeting,
    Note,
    Notice,
    NoticeReply,
    Participation,
    Signup,
    Trial,
)
from doetanks.signing import invitation
from tests import make
from tests.doetanks import making

if TYPE_CHECKING:
    from tests.sight.world import World

TEAM = {"coach", "member"}
INSIDE = TEAM | {"commissioner"}
"""Who may know of what is under the radar."""
ASKING = {"asker", "coach"}
KEYS_THEMSELVES = {"link-invitation"}
SHADOWED = ["doetanks:board", "doetanks:cafes", "doetanks:feed", "doetanks:notices", "api:challenges"]
QUERIES = {"doetanks:board": ["?q=letters", "?q=hidden", "?q=kanarie", "?hours=4"]}
PUBLIC = ("doetank-open", "doetank-work", "doetank-answer", "doetank-effect")
OF_ALL: set[str] = set()
HIDDEN = {"programme": {"doetank-hidden"}}
VISIBLE = {"officer": {"coach-row"}}


def build(world: "World") -> None:
    world.people |= {
        "commissioner": make.person("Olga", works_at=world.a),
        "coach": make.person("Cas", works_at=make.organisation("Provincie Eeland")),
        "asker": make.person("Ada", works_at=world.c),
        "member": make.person("Mila", works_at=make.organisation("Politie Noord")),
    }
    world.records["coach-row"] = Coach.objects.create(user=world.people["coach"], expertise="asking on")
    with history.because(by=None):
        challenges(world)
        participations(world)
        papers(world)
        cafes(world)
        notices(world)


def texts(world: "World", word: str, seen_by: set[str]) -> dict[str, str]:
    names = ("title", "question", "gain", "bounds")
    return {name: world.canary(f"{word}{name.title()}", seen_by=seen_by) for name in names}


def challenges(world: "World") -> None:
    """One of A that is public, one under the radar, one that waits for a coach, one at the intake."""
    people = world.people
    shown = {"organisation": world.a, "commissioner": people["commissioner"], "coach": people["coach"]}
    new = texts(world, "New", {"commissioner", "coach", "programme"})
    intake = texts(world, "Intake", {"commissioner", "coach", "programme"})
    world.records |= {
        "doetank-open": making.challenge(title="Fewer letters about one move", **shown),
        "doetank-work": making.challenge("explore", title="Where the bins stand", **shown),
        "doetank-answer": making.challenge("decision", title="Who answers the neighbours", **shown),
        "doetank-effect": making.challenge("effect", title="One counter for a move", **shown),
        "doetank-hidden": making.challenge(is_hidden=True, **shown, **texts(world, "Hidden", INSIDE)),
        "doetank-new": making.challenge("submitted", **(shown | {"coach": None}), **new),
        "doetank-intake": making.challenge("intake", **shown, **intake),
    }
    hidden = world.records["doetank-hidden"]
    assert isinstance(hidden, Challenge)
    open_now = world.records["doetank-open"]
    assert isinstance(open_now, Challenge)
    world.links |= {"role-open": str(open_now.roles.get().key), "role-hidden": str(hidden.roles.get().key)}
    hidden.roles.update(title=world.canary("HiddenRole", seen_by=INSIDE))
    world.links |= {
        "tool": "personas",
        "link-invitation": invitation(hidden),
        "link-invitation-forged": f"{hidden.pk}:x",
    }


def participations(world: "World") -> None:
    """The asker asks to join what is public; the member is in everything that A opened."""
    people = world.people
    for name in ("doetank-open", "doetank-work", "doetank-hidden"):
        word = world.canary(f"{name.title().replace('-', '')}Member", seen_by=TEAM)
        world.records[f"part-{name}"] = making.participation(
            "member", challenge=world.records[name], person=people["member"], motivation=word
        )
    world.records["asked"] = making.participation(
        challenge=world.records["doetank-open"],
        person=people["asker"],
        motivation=world.canary("AskedMotivation", seen_by=ASKING),
    )


def papers(world: "World") -> None:
    """What lies in the workroom of the public Doetank, and a trial that runs and one that failed, hidden."""
    now, soon = timezone.now(), timezone.localdate() + datetime.timedelta(days=9)
    work, hidden = world.records["doetank-work"], world.records["doetank-hidden"]
    world.records |= {
        "paper-action": Action.objects.create(
            challenge=work, text=world.canary("ActionText", seen_by=TEAM), due_on=soon
        ),
        "paper-note": Note.objects.create(challenge=work, text=world.canary("NoteText", seen_by=TEAM)),
        "paper-meeting": Meeting.objects.create(
            challenge=work,
            title=world.canary("MeetingTitle", seen_by=TEAM),
            where=world.canary("MeetingWhere", seen_by=TEAM),
            starts_at=now,
            ends_at=now + datetime.timedelta(hours=1),
        ),
        "paper-file": File.objects.create(
            challenge=work,
            name=world.canary("FilePaper", seen_by=TEAM) + ".txt",
            kind="txt",
            size=20,
            content=world.canary("FileContent", seen_by=TEAM).encode(),
        ),
        "trial-runs": trial(world, work, "Running", TEAM),
        "trial-hidden": trial(world, hidden, "Hidden", INSIDE, state="finished", outcome="failed"),
    }


def cafes(world: "World") -> None:
    """A café with a call for who comes only, a code for who organises it, and a question that went hidden."""
    starts_at = timezone.now() + datetime.timedelta(hours=20)
    cafe = Cafe.objects.create(
        title="Café of forms",
        text="Soup and questions.",
        call=f"https://call.example/{world.canary('CafeCall', seen_by={'asker', 'coach'}).lower()}",
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=2),
        organiser=world.people["coach"],
    )
    asker = world.people["asker"]
    asker.family_name = world.canary(
        "GuestName", seen_by={"asker", "coach", "programme", "officer", "hr_lender"}
    )
    asker.save()
    world.records |= {"cafe": cafe, "signup": Signup.objects.create(cafe=cafe, person=asker)}
    CafeQuestion.objects.create(
        cafe=cafe, text="Who decides on the pier?", challenge=world.records["doetank-hidden"]
    )


def notices(world: "World") -> None:
    """A notice on the board, with an answer for its writer only, and one that is off the board."""
    asker, member = world.people["asker"], world.people["member"]
    own = {"author": asker, "employer": world.c}
    both = {"asker", "member"}
    open_now = Notice.objects.create(kind="ask", title="Who reads along?", text="An hour.", **own)
    off = Notice.objects.create(
        state="closed", kind="offer", title=world.canary("NoticeOff", seen_by={"asker"}), text="Soup.", **own
    )
    NoticeReply.objects.create(notice=open_now, person=member, text=world.canary("NoticeReply", seen_by=both))
    world.records |= {"notice-open": open_now, "notice-off": off}


def trial(world: "World", challenge: Any, word: str, seen_by: set[str], **facts: Any) -> Trial:
    names = ("title", "hypothesis", "smallest_test", "stop_rule", "result", "learned")
    words = {name: world.canary(f"Trial{word}{name.title()}", seen_by=seen_by) for name in names}
    if not facts:
        words |= {"result": "", "learned": ""}
        for name in ("Result", "Learned"):
            del world.canaries[f"KanarieTrial{word}{name}zq"]
    return Trial.objects.create(challenge=challenge, ends_on=timezone.localdate(), **words, **facts)


def hide_more(world: "World") -> None:
    """More under the radar, more at the intake, more who ask to join: nothing of it shows."""
    people = world.people
    shown = {"organisation": world.a, "commissioner": people["commissioner"], "coach": people["coach"]}
    for number in range(3):
        making.challenge(title=f"Letters, hidden {number}", is_hidden=True, **shown)
        making.challenge("intake", title=f"Letters, intake {number}", **shown)
        making.participation(challenge=world.records["doetank-open"], person=make.person("Dirk"))


def state_of(world: "World") -> list[tuple]:
    challenges = Challenge.objects.filter(organisation=world.a).order_by("pk")
    parts = Participation.objects.filter(challenge__organisation=world.a).order_by("pk")
    return [
        *challenges.values_list("pk", "state", "title", "is_hidden", "invite_key", "moved_at"),
        *parts.values_list("pk", "state", "moved_at"),
        *Action.objects.order_by("pk").values_list("pk", "done_at"),
        *Note.objects.order_by("pk").values_list("pk", "text"),
        *File.objects.order_by("pk").values_list("pk", "name"),
        *Notice.objects.order_by("pk").values_list("pk", "state"),
        *Cafe.objects.order_by("pk").values_list("pk", "state"),
        *Signup.objects.order_by("pk").values_list("pk", "state", "attended_at"),
        *Trial.objects.order_by("pk").values_list("pk", "state"),
    ]
