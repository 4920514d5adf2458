"""Importing networks: every row is checked as a form would, shown, and stored only when somebody says so."""

import copy
import dataclasses
import datetime
import enum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bwob import dutch
from bwob.organisations.models import Place
from bwob.people.models import Role, User
from networks import alike, judging, proposing
from networks.forms import NetworkForm, place_named
from networks.intake import Row
from networks.models import Coordinator, Network

YES = ("true", "yes", "ja", "1", "on")


class Act(enum.StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclasses.dataclass
class Outcome:
    """What would become of one row, or became of it; each problem names its column."""

    number: int
    name: str
    act: Act
    problems: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    network: Network | None = None
    area: list[int] = dataclasses.field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return self.act in (Act.NEW, Act.CHANGED)


def check(rows: list[Row], *, by: User) -> list[Outcome]:
    """In the order of the file; nothing is stored."""
    own, seen, found = parts_of(by), set[str](), []
    for row in rows:
        outcome = look(row, own)
        folded = dutch.fold(outcome.name)
        if folded in seen:
            refuse(outcome, "name", _("This name stands in the file more than once."))
        seen.add(folded)
        found.append(outcome)
    return found


def counts(found: list[Outcome]) -> list[tuple[str, int]]:
    """How many rows come to what."""
    labels = {
        Act.NEW: _("are added"),
        Act.CHANGED: _("are changed"),
        Act.SAME: _("stay as they are"),
        Act.WRONG: _("are left out"),
    }
    return [(label, sum(one.act == act for one in found)) for act, label in labels.items()]


def parts_of(user: User) -> set[int] | None:
    """The regions and provinces this person coordinates; None: everywhere."""
    if user.has_role(Role.PROGRAMME):
        return None
    return set(Coordinator.objects.visible_to(user).filter(user=user).values_list("region", flat=True))


def look(row: Row, own: set[int] | None) -> Outcome:
    """As the form of a proposal checks it, and who may decide there."""
    name = str(row.cells.get("name", ""))[:150]
    if row.problem:
        return Outcome(row.number, name, Act.WRONG, [("", row.problem)])
    slug = str(row.cells.get("slug", ""))[:110]
    stored = (
        Network.objects.visible_to(None).existing().with_names().filter(slug=slug).first() if slug else None
    )
    form = NetworkForm(typed(row.cells, stored), instance=copy.copy(stored) or Network())
    outcome = Outcome(row.number, name, Act.CHANGED if stored else Act.NEW)
    for column, sentence in problems_with(row.cells, form):
        refuse(outcome, column, sentence)
    if not outcome.problems:
        settle(outcome, form, stored, own)
    return outcome


def refuse(outcome: Outcome, column: str, sentence: str) -> None:
    outcome.act = Act.WRONG
    outcome.problems.append((column, sentence))


def settle(outcome: Outcome, form: NetworkForm, stored: Network | None, own: set[int] | None) -> None:
    """A row without faults: may this person store it, and does it exist already?"""
    outcome.network, outcome.area = form.instance, list(form.area_keys)
    places = [form.instance.place, *([stored.place] if stored else [])]
    if own is not None and not all({place.region_id, place.province_id} & own for place in places):
        refuse(outcome, "municipality_code", _("This lies outside the region that you coordinate."))
    elif stored:
        if not proposing.differences(as_stored(stored), form.cleaned_data):
            outcome.act = Act.SAME
    elif same := alike.alike(form.instance, outcome.area):
        facts = {"name": same[0].network, "reason": same[0].reason}
        refuse(outcome, "name", _("Does it exist already? “%(name)s” %(reason)s.") % facts)


def as_stored(network: Network) -> Network:
    """Anew: a form writes into the record that it is given."""
    return Network.objects.visible_to(None).with_names().get(pk=network.pk)


def problems_with(cells: dict[str, Any], form: NetworkForm) -> list[tuple[str, str]]:
    """Each in its column; with words of our own for places that are gone and for other units."""
    found = {column: str(errors[0]) for column, errors in form.errors.items()}
    try:
        place_named(str(cells.get("municipality_code", "")))
    except ValidationError as problem:
        found.pop("place", None)
        found["municipality_code"] = problem.messages[0]
    longitude, latitude = number(cells.get("longitude")), number(cells.get("latitude"))
    if max(abs(longitude or 0) / 180, abs(latitude or 0) / 90) > 1:
        found["latitude"] = _("These are no degrees (WGS84). Are they in the national grid (RD)?")
    return list(found.items())


def number(value: Any) -> float | None:
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        return None


def typed(cells: dict[str, Any], stored: Network | None) -> dict[str, Any]:
    """As somebody would have typed it into the form; what the file does not tell stays as it is."""
    now = proposing.values_of(stored) if stored else {"language": "nl", "accepts_partners": True}
    told = {name: value for name, value in cells.items() if name in proposing.FIELDS}
    values = {name: now.get(name, "") for name in proposing.FIELDS} | told
    place = named_place(cells) or values["place"]
    area = cells.get("working_area", now.get("area", []))
    return values | {
        "place": place.pk if isinstance(place, Place) else "",
        "area": ", ".join(codes(area)),
        "themes": words(values["themes"]),
        "accepts_partners": str(values["accepts_partners"]).strip().lower() in YES,
        "starts_on": day(values["starts_on"]),
        "ends_on": day(values["ends_on"]),
    }


def named_place(cells: dict[str, Any]) -> Place | None:
    try:
        return place_named(str(cells.get("municipality_code", "")))
    except ValidationError:
        return None


def codes(area: Any) -> list[str]:
    """Codes or names of municipalities; keys of those that are stored become codes again."""
    keys = [one for one in area if isinstance(one, int)] if isinstance(area, list) else []
    if keys:
        return list(Place.objects.visible_to(None).filter(pk__in=keys).values_list("code", flat=True))
    return words(area)


def words(value: Any) -> list[str]:
    """A list as JSON has it, or its parts as our CSV writes them, with a blank between."""
    parts = value if isinstance(value, list) else str(value or "").replace(",", " ").split()
    return [str(part) for part in parts]


def day(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value or "")


@transaction.atomic
def store(rows: list[Row], *, by: User) -> list[Outcome]:
    """Check again, since others may have changed things meanwhile; store the good rows, all or none."""
    found = check(rows, by=by)
    for outcome in found:
        if outcome.is_good and outcome.network:
            judging.store(outcome.network, area=outcome.area, by=by)
    return found
