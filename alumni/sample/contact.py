"""Loading the demo: what two employers do with their networks: mailings, questions and meetings, in each
state, past and to come.
"""

import datetime
import itertools
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from alumni.models import (
    AlumniNetwork,
    Alumnus,
    Campaign,
    Delivery,
    Gathering,
    Guest,
    Purpose,
    Question,
    StepProgress,
)
from alumni.tasks import begin_telling, tell_invitation, tell_question
from bwob.organisations.models import Place
from bwob.people.models import Membership, User
from mobility.models import Application, Exchange

CONTENT = tomllib.loads((Path(__file__).parent / "contact.toml").read_text(encoding="utf-8"))
KNOWN = "alumnus@demo.example"
WAITING = datetime.timedelta(days=14)


def load() -> None:
    """After the networks and their people."""
    for row in CONTENT["step"]:
        _step(row)
    for row in CONTENT["campaign"]:
        _campaign(row)
    for row in CONTENT["question"]:
        _question(row)
    for row in CONTENT["gathering"]:
        _gathering(row)
    known = Alumnus.objects.filter(email=KNOWN).select_related("network").order_by("pk")
    for alumnus in known:
        begin_telling(alumnus.pk)
    _application(known[0])


def _network(row: dict[str, Any]) -> AlumniNetwork:
    return AlumniNetwork.objects.select_related("organisation").get(organisation__code=row["organisation"])


def _writers(network: AlumniNetwork) -> list[User]:
    """The second one first: what he or she wrote waits for the first."""
    of = Membership.objects.hr_of(network.organisation).filter(user__email__startswith="hr-")
    return [member.user for member in of.order_by("-pk")]


def _step(row: dict[str, Any]) -> None:
    network = _network(row)
    StepProgress.objects.create(
        organisation=network.organisation,
        number=row["number"],
        state=row["state"],
        owner=_writers(network)[-row["owner"]],
        evidence=row["evidence"],
    )


def _campaign(row: dict[str, Any]) -> None:
    network = _network(row)
    writer, checker = _writers(network)[:2]
    moment = timezone.now() + datetime.timedelta(days=row["days"])
    has_passed = row["state"] in ("approved", "sent")
    campaign = Campaign.objects.create(
        network=network,
        purpose=row["purpose"],
        state=row["state"],
        moved_at=min(moment, timezone.now()),
        due_at=moment + WAITING if row["state"] == "checking" else None,
        subject=row["subject"],
        text=row["text"].strip(),
        planned_for=moment if has_passed else None,
        written_by=writer,
        approved_by=checker if has_passed else None,
    )
    if row["state"] == "sent":
        Delivery.objects.bulk_create(
            Delivery(campaign=campaign, alumnus=alumnus, at=moment) for alumnus in campaign.audience()
        )


def _question(row: dict[str, Any]) -> None:
    network = _network(row)
    until = timezone.now() + datetime.timedelta(days=row["days"])
    question = Question.objects.create(
        network=network,
        state=row["state"],
        moved_at=min(until, timezone.now()),
        due_at=None if row["state"] == "closed" else until,
        title=row["title"],
        text=row["text"],
        expertise=row["expertise"],
        asked_by=_writers(network)[-1],
    )
    others = question.audience().exclude(email=KNOWN).order_by("pk")
    for alumnus, answer in zip(others, row["answers"], strict=False):
        question.answers.create(alumnus=alumnus, text=answer["text"], is_named=answer["named"])
    for alumnus in question.audience().filter(email=KNOWN) if row["state"] == "open" else ():
        tell_question.defer(question_id=question.pk, alumnus_id=alumnus.pk)


def _gathering(row: dict[str, Any]) -> None:
    network = _network(row)
    is_open = row.get("state") != "draft"
    first, last = (datetime.time.fromisoformat(hour) for hour in row["hours"])
    gathering = Gathering.objects.create(
        network=network,
        state=Gathering.State.PUBLISHED if is_open else Gathering.State.DRAFT,
        title=row["title"],
        about=row["about"].strip(),
        held_on=timezone.localdate() + datetime.timedelta(days=row["days"]),
        starts_at=first,
        ends_at=last,
        place=Place.objects.filter(name=row.get("place", "")).first(),
        venue=row["venue"],
        is_online="online" in row,
        online_url=row.get("online", ""),
        capacity=row["capacity"],
        published_at=timezone.now() - datetime.timedelta(days=30) if is_open else None,
        invited_at=timezone.now() - datetime.timedelta(days=29) if is_open else None,
        written_by=_writers(network)[-1],
    )
    if is_open:
        _guests(gathering, row)


def _guests(gathering: Gathering, row: dict[str, Any]) -> None:
    """Who comes and who waits; of what is over, who was there."""
    everybody = Alumnus.objects.active().filter(network=gathering.network)
    known = everybody.filter(email=KNOWN)[: 1 if row["known"] else 0]
    others = everybody.exclude(email=KNOWN).order_by("pk")
    people = [*known, *others[: row["guests"] - len(known)]]
    numbers = itertools.count(1)
    for number, alumnus in zip(numbers, people, strict=False):
        state = "seated" if number <= gathering.capacity else "waiting"
        guest = Guest(gathering=gathering, alumnus=alumnus, number=number)
        guest.state = row["known"] if alumnus.email == KNOWN else state
        guest.signed_up_at = timezone.now() - datetime.timedelta(days=28, hours=-number)
        guest.due_at = guest.due_in(guest.state, timezone.now())
        guest.keep_until = gathering.held_on + datetime.timedelta(days=183)
        if row["days"] < 0 and number % 5:
            guest.attended_at = gathering.begins
        guest.save()
    for alumnus in everybody.filter(email=KNOWN) if not row["known"] else ():
        if Purpose.MEETING in {one.purpose for one in alumnus.consents.in_force()}:
            tell_invitation.defer(gathering_id=gathering.pk, alumnus_id=alumnus.pk)


def _application(alumnus: Alumnus) -> None:
    """The demo's own alumnus wants to come back, and chose to be known."""
    if alumnus.user is None:
        return
    welcome = Exchange.objects.for_alumni().filter(organisation=alumnus.network.organisation_id)
    application = Application(
        exchange=welcome.exclude(applications__applicant=alumnus.user).order_by("pk")[0],
        applicant=alumnus.user,
        employer=alumnus.user.employer,
        state=Application.State.SUBMITTED,
        is_returning=True,
        motivation=CONTENT["application"]["motivation"].strip(),
        submitted_at=timezone.now() - datetime.timedelta(days=2),
    )
    application.due_at = application.due_in(application.state, timezone.now())
    application.save()
