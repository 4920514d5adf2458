"""Sample profiles, what people keep, and a request for contact that waits for an answer."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from bwob.people.models import User
from bwob.privacy import reading
from mobility import contacting, describing, finding, keeping
from mobility.models import ContactRequest, Exchange, Profile, Reader, SavedSearch

ROWS = tomllib.loads((Path(__file__).parent / "profiles.toml").read_text(encoding="utf-8"))["profile"]
SEARCHES = {
    "Schrijven dicht bij huis": "q=schrijven&near=Amersfoort&within=50",
    "Klussen naast mijn baan": "kind=gig",
    "Water en klimaat": "field=environment_water&tier=water_authority",
    "Ruilen op de oude manier": "q=advies&kind=stage",  # a kind that no longer exists: to be mended
}
SANNE = {
    "skills": ["schrijven", "communicatie", "projectleiding", "participatie"],
    "work_fields": ["communication", "policy", "services"],
    "kinds": ["secondment", "assignment", "gig"],
    "wishes": "Ik wil een halfjaar meewerken aan begrijpelijke brieven, het liefst bij een uitvoerder.",
    "regions": ["amersfoort", "midden-utrecht"],
    "hours_min": 16,
    "hours_max": 32,
    "scale": 10,
    "skills_for": "governments",
    "work_fields_for": "governments",
    "wishes_for": "region",
    "hours_for": "governments",
    "is_findable": True,
}


def load(exchanges: list[Exchange], people: list[User], fixed: dict[str, User]) -> None:
    """The participant has it all; some sample people chose to be found."""
    sanne = fixed["deelnemer"]
    describing.save(Profile(user=sanne, **SANNE), by=sanne)
    _keep(sanne, exchanges)
    free = [person for person in people if not person.roles]
    for person, row in zip(free[::3], ROWS, strict=False):
        describing.save(_profile(person, row), by=person)
    _ask(fixed)


def _profile(person: User, row: dict[str, Any]) -> Profile:
    low, high = row["hours"]
    facts = {name: row[name] for name in ("skills", "work_fields", "kinds", "wishes", "regions", "scale")}
    circles = {f"{block}_for": step for block, step in row["circles"].items()}
    return Profile(user=person, hours_min=low, hours_max=high, is_findable=True, **facts, **circles)


def _keep(person: User, exchanges: list[Exchange]) -> None:
    """Three exchanges and four searches, saved two weeks ago; the last visit was three days ago."""
    dated = [one for one in exchanges if one.is_open and one.closes_on]
    for exchange in dated[:: len(dated) // 3][:3]:
        keeping.keep(exchange, by=person)
    for name, query in SEARCHES.items():
        keeping.save(SavedSearch(user=person, name=name, query=query), by=person)
    before = timezone.now() - datetime.timedelta(days=14)
    SavedSearch.objects.filter(user=person).update(told_until=before, made_at=before)
    visit = timezone.now() - datetime.timedelta(days=4)
    Reader.objects.filter(user=person).update(visit_began_at=visit, seen_until=visit)


def _ask(fixed: dict[str, User]) -> None:
    """HR of Utrecht found the participant, and asks for contact."""
    hr = fixed["hr-a"]
    found = Profile.objects.get(user=fixed["deelnemer"])
    own = Exchange.objects.manageable_by(hr).open().order_by("pk")
    exchange = own.filter(field="communication").first() or own.first()
    if exchange:
        reading.record(hr, [found], purpose=finding.PURPOSE)
        message = "Je schrijft en organiseert: dat zoeken we. Zullen we een kop koffie drinken?"
        contacting.ask(ContactRequest(exchange=exchange, message=message), about=found, by=hr)
