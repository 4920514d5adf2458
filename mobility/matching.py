"""Why an exchange fits somebody: a verdict in words for each criterion, for that person alone (rule R10).

No score, no order of people, and only what both the person and the exchange say openly.
"""

import dataclasses
import functools
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob import dutch
from bwob.organisations.models import Region
from mobility import wording
from mobility.models import Exchange, Profile
from mobility.nearby import gazetteer

ORDER = YES, NO, UNKNOWN = "yes", "no", "unknown"
ON_A_CARD = 3


@dataclasses.dataclass(frozen=True)
class Criterion:
    """`verdict` is yes, no or unknown; `label` says what it is about, `text` why; `short` is for a card."""

    verdict: str
    label: str
    text: str
    short: str = ""


@dataclasses.dataclass(frozen=True)
class Fit:
    """All criteria of one exchange for one person."""

    criteria: list[Criterion]

    def count(self, verdict: str) -> int:
        return sum(one.verdict == verdict for one in self.criteria)

    @property
    def summary(self) -> str:
        """ "4 things fit, 1 does not. 1 thing we do not know." """
        yes, no, unknown = self.count(YES), self.count(NO), self.count(UNKNOWN)
        parts = [ngettext("%d thing fits", "%d things fit", yes) % yes]
        if no:
            parts.append(ngettext("%d does not", "%d do not", no) % no)
        sentence = f"{', '.join(parts)}."
        if unknown:
            rest = ngettext("%d thing we do not know.", "%d things we do not know.", unknown) % unknown
            sentence = f"{sentence} {rest}"
        return sentence


class Matcher:
    """Compares exchanges with one profile; what a profile says is read once for a whole list."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.skills = {dutch.fold(skill) for skill in profile.skills}

    @functools.cached_property
    def regions(self) -> dict[int, Region]:
        """The regions of the profile that still exist, by key."""
        known = gazetteer().regions
        return {known[code].pk: known[code] for code in self.profile.regions if code in known}

    def fit(self, exchange: Exchange) -> Fit:
        """What fits comes first, then what does not, then what is not known."""
        criteria = [*self._skills(exchange), *self._facts(exchange)]
        return Fit(sorted(criteria, key=lambda one: ORDER.index(one.verdict)))

    def line(self, exchange: Exchange) -> str:
        """What fits, for a card; "" when nothing is known to fit."""
        fitting = [one.short for one in self.fit(exchange).criteria if one.verdict == YES and one.short]
        return _("Fits your profile: %s") % ", ".join(fitting[:ON_A_CARD]) if fitting else ""

    def _skills(self, exchange: Exchange) -> Iterator[Criterion]:
        for skill in exchange.skills:
            if dutch.fold(skill) in self.skills:
                yield Criterion(YES, skill, _("Is in your profile"), skill)
            else:
                yield Criterion(UNKNOWN, skill, _("Is not in your profile"))

    def _facts(self, exchange: Exchange) -> Iterator[Criterion]:
        yield self._one_of(_("Field of work"), exchange.field, self.profile.work_fields, Exchange.Field)
        yield self._one_of(_("Kind"), exchange.kind, self.profile.kinds, Exchange.Kind)
        yield self._hours(exchange)
        yield self._region(exchange)
        yield self._scale(exchange)

    def _one_of(self, label: str, value: str, wanted: Iterable[str], choices: Any) -> Criterion:
        if not wanted:
            return Criterion(UNKNOWN, label, _("You have not said what you look for"))
        named = ", ".join(str(name) for key, name in choices.choices if key in wanted)
        short = str(choices(value).label) if choices is Exchange.Field else ""
        return Criterion(YES if value in wanted else NO, label, _("You look for: %s") % named, short)

    def _hours(self, exchange: Exchange) -> Criterion:
        low, high = self.profile.hours_min, self.profile.hours_max
        if low is None or high is None:
            return Criterion(UNKNOWN, _("Hours"), _("You have not said how many hours"))
        fits = low <= exchange.hours_max and high >= exchange.hours_min
        text = _("You look for %s") % wording.hours(low, high)
        return Criterion(YES if fits else NO, _("Hours"), text, _("your hours"))

    def _region(self, exchange: Exchange) -> Criterion:
        if exchange.remote == Exchange.Remote.FULLY:
            return Criterion(YES, _("Region"), _("You can do this from anywhere"))
        if not self.regions:
            return Criterion(UNKNOWN, _("Region"), _("You have not said where"))
        named = ", ".join(region.name for region in self.regions.values())
        here = self.regions.get(exchange.region_id or 0)
        text = _("You look in: %s") % named
        return Criterion(YES if here else NO, _("Region"), text, here.name if here else "")

    def _scale(self, exchange: Exchange) -> Criterion:
        own, low, high = self.profile.scale, exchange.scale_min, exchange.scale_max
        if low is None or high is None:
            return Criterion(UNKNOWN, _("Scale"), _("The organisation names no scale"))
        if own is None:
            return Criterion(UNKNOWN, _("Scale"), _("Your scale is not in your profile"))
        facts = {"own": own, "asked": wording.span(low, high)}
        text = _("You have scale %(own)s, this is scale %(asked)s") % facts
        return Criterion(YES if low <= own <= high else NO, _("Scale"), text, _("your scale"))
