"""Whether somebody could take another's workplace in a swap, criterion by criterion and in words (rule R10).

All but the kind of organisation must fit. `fits` decides over many wishes quickly, `criteria` says the same
in words for one step of a ring; a test holds them together.
"""

import dataclasses
import functools

from django.utils.translation import gettext as _

from bwob.organisations.models import Tier
from mobility import nearby, wording
from mobility.models import Exchange, SwapWish


@dataclasses.dataclass(frozen=True)
class Criterion:
    """`verdict` is yes or no; `is_needed`: without it the step is not proposed."""

    verdict: str
    label: str
    text: str
    is_needed: bool = True


def fits(goes: SwapWish, to: SwapWish) -> bool:
    """Does the workplace `to` meet all that the wish `goes` needs? The quickest refusals come first."""
    return (
        goes.months == to.months
        and goes.scale_min <= to.scale <= goes.scale_max
        and goes.hours_min <= to.hours <= goes.hours_max
        and goes.employer_id != to.employer_id
        and (not goes.fields or to.field in goes.fields)
        and goes.starts_from <= to.starts_until
        and to.starts_from <= goes.starts_until
        and kilometres(goes, to) <= goes.within_km
    )


def criteria(goes: SwapWish, to: SwapWish, *, is_own: bool) -> list[Criterion]:
    """Each criterion of one step. What somebody asked, and from where, that person alone reads (`is_own`)."""
    far = kilometres(goes, to)
    scale, hours, distance = asked(goes, to, far) if is_own else (str(to.scale), str(to.hours), str(to.place))
    return [
        told(not goes.fields or to.field in goes.fields, _("Field of work"), field_name(to)),
        told(goes.scale_min <= to.scale <= goes.scale_max, _("Scale"), scale),
        told(goes.hours_min <= to.hours <= goes.hours_max, _("Hours"), hours),
        told(is_in_time(goes, to), _("Period"), str(SwapWish.Months(to.months).label)),
        told(goes.employer_id != to.employer_id, _("Another employer"), str(to.employer)),
        told(far <= goes.within_km, _("Distance"), distance),
        told(is_preferred(goes, to), _("Kind of organisation"), tier_name(to), is_needed=False),
    ]


def asked(goes: SwapWish, to: SwapWish, far: float) -> tuple[str, str, str]:
    """Scale, hours and distance, each beside what was asked."""
    scales = wording.span(goes.scale_min, goes.scale_max)
    hours = wording.span(goes.hours_min, goes.hours_max)
    there = {"km": round(far), "place": goes.near, "most": goes.within_km}
    return (
        _("%(here)s, asked %(asked)s") % {"here": to.scale, "asked": scales},
        _("%(here)s a week, asked %(asked)s") % {"here": to.hours, "asked": hours},
        _("%(km)s km from %(place)s, at most %(most)s") % there,
    )


def told(holds: bool, label: str, text: str, *, is_needed: bool = True) -> Criterion:
    return Criterion("yes" if holds else "no", label, text, is_needed)


def is_in_time(goes: SwapWish, to: SwapWish) -> bool:
    """As long as the other wants to be away, and with a first day that suits both."""
    overlaps = goes.starts_from <= to.starts_until and to.starts_from <= goes.starts_until
    return goes.months == to.months and overlaps


def is_preferred(goes: SwapWish, to: SwapWish) -> bool:
    return not goes.tiers or to.employer.tier in goes.tiers


def kilometres(goes: SwapWish, to: SwapWish) -> float:
    one, other = goes.near, to.place
    return between(one.latitude, one.longitude, other.latitude, other.longitude)


@functools.lru_cache(maxsize=200_000)
def between(south: float, west: float, north: float, east: float) -> float:
    """Kilometres between two points in degrees; remembered, since many wishes share few places."""
    return nearby.great_circle(south, west, north, east)


def field_name(wish: SwapWish) -> str:
    return str(Exchange.Field(wish.field).label)


def tier_name(wish: SwapWish) -> str:
    return str(Tier(wish.employer.tier).label)
