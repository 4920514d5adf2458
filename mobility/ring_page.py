"""A ring as its members see it: the picture, and each step with what fits and what does not (rule R10)."""

import dataclasses
import math
from typing import Any

from django.utils.translation import gettext as _

from bwob.turns import Step
from mobility import fitting
from mobility.arranging import steps as steps_of
from mobility.fitting import Criterion
from mobility.models import RingPlace, SwapRing, SwapWish

CENTRE, RADIUS, DOT = 110, 78, 24


@dataclasses.dataclass(frozen=True)
class Leg:
    """One member's step: who goes where, and why that fits. `mark` is what the picture shows."""

    mark: str
    is_own: bool
    who: str
    coming_from: str
    to: SwapWish
    facts: str
    criteria: list[Criterion]
    has_agreed: bool


@dataclasses.dataclass(frozen=True)
class Dot:
    """A member in the picture, and the arrow to the next, in units of the picture."""

    mark: str
    is_own: bool
    x: str
    y: str
    arrow: str


def legs(ring: SwapRing, user: Any) -> list[Leg]:
    """The steps, beginning with this person's own if there is one."""
    places = list(ring.places.with_names().order_by("number"))
    pairs = list(steps_of(places)) if len(places) > 1 else []
    own = next((number for number, place in enumerate(places) if place.person_id == user.pk), 0)
    return [
        leg(place, to, number, ring, user) for number, (place, to) in enumerate(pairs[own:] + pairs[:own], 1)
    ]


def leg(place: RingPlace, to: RingPlace, number: int, ring: SwapRing, user: Any) -> Leg:
    is_own = place.person_id == user.pk
    name = str(place.person) if ring.shows_names else _("Somebody")
    return Leg(
        mark=_("You") if is_own else str(number),
        is_own=is_own,
        who=_("You") if is_own else name,
        coming_from=str(place.wish.employer),
        to=to.wish,
        facts=f"{fitting.field_name(to.wish)}, {to.wish.scale_text}, {to.wish.hours_text}",
        criteria=fitting.criteria(place.wish, to.wish, is_own=is_own),
        has_agreed=place.agreed_at is not None,
    )


def picture(found: list[Leg]) -> list[Dot]:
    """Dots on a circle, clockwise from the top, each with the arrow to the next."""
    count = len(found)
    points = [at(number / count, RADIUS) for number in range(count)]
    return [
        Dot(one.mark, one.is_own, str(x), str(y), arrow(number / count, 1 / count))
        for number, (one, (x, y)) in enumerate(zip(found, points, strict=True))
    ]


def at(turn: float, radius: float) -> tuple[float, float]:
    angle = 2 * math.pi * turn
    return round(CENTRE + radius * math.sin(angle), 1), round(CENTRE - radius * math.cos(angle), 1)


def arrow(begin: float, length: float) -> str:
    """The arc between two dots, as a path of SVG that keeps clear of both."""
    gap = (DOT + 9) / (2 * math.pi * RADIUS)
    (x1, y1), (x2, y2) = at(begin + gap, RADIUS), at(begin + length - gap, RADIUS)
    return f"M{x1} {y1}A{RADIUS} {RADIUS} 0 0 1 {x2} {y2}"


def progress(ring: SwapRing, found: list[Leg]) -> list[Step]:
    """How far it is: everybody's yes, the managers, confirmed. No step tells who is missing."""
    agreed = sum(one.has_agreed for one in found)
    facts = {"agreed": agreed, "all": len(found)}
    labels = [_("%(agreed)s of %(all)s agree") % facts, _("Managers"), _("Confirmed"), _("Last day")]
    if ring.state == SwapRing.State.LAPSED:
        return [Step(ring.get_state_display(), "stopped")]
    reached = list(SwapRing.State.values).index(ring.state)
    reached += ring.state in (SwapRing.State.CONFIRMED, SwapRing.State.DONE)
    states = ("done" if n < reached else "now" if n == reached else "todo" for n in range(len(labels)))
    return [Step(label, state) for label, state in zip(labels, states, strict=True)]


def heading(found: list[Leg]) -> str:
    words = {2: _("A swap of two"), 3: _("A swap of three"), 4: _("A swap of four")}
    return words.get(len(found), _("A swap ring"))


def for_manager(place: RingPlace) -> dict[str, Any]:
    """What a manager needs to know: where the employee goes, and who comes instead."""
    pairs = list(steps_of(list(place.ring.places.with_names().order_by("number"))))
    (to,) = (to for goes, to in pairs if goes.pk == place.pk)
    (comes,) = (goes for goes, to in pairs if to.pk == place.pk)
    return {"to": to.wish, "comes": comes, "criteria": fitting.criteria(comes.wish, place.wish, is_own=False)}
