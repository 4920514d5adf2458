"""Which networks fit a call for partners, in words: theme, area, and whether they welcome partners (R10).

Only what both pages show counts, each criterion is told with its ✔ or ✖, and nothing is added up.
"""

import dataclasses

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _

from networks.models import Network, PartnerCall

SHOWN = 6
LOOKED_AT = 300


@dataclasses.dataclass(frozen=True)
class Verdict:
    """As `components/verdicts.html` shows it."""

    verdict: str
    label: str
    text: str
    is_needed: bool = True

    @property
    def fits(self) -> bool:
        return self.verdict == "yes"


def yes(label: str, text: str) -> Verdict:
    return Verdict("yes", label, text)


def no(label: str, text: str) -> Verdict:
    return Verdict("no", label, text)


@dataclasses.dataclass(frozen=True)
class Fit:
    network: Network
    verdicts: list[Verdict]

    @property
    def is_whole(self) -> bool:
        return all(verdict.fits for verdict in self.verdicts)


@dataclasses.dataclass(frozen=True)
class CallFit:
    call: PartnerCall
    verdicts: list[Verdict]


def networks_for(call: PartnerCall) -> list[Fit]:
    """Those that share a theme or a municipality: first where everything fits, each group by name. Two
    queries, and one for the area of the call if nobody has read it yet.
    """
    prefetch_related_objects([call], "area")
    rows = Network.objects.visible_to(None).current().filter(touches(call.themes, places(call)))
    rows = rows.exclude(pk=call.network_id or 0).distinct().with_names().prefetch_related("area")
    found = [Fit(network, verdicts(call, network)) for network in rows[:LOOKED_AT]]
    return sorted(found, key=lambda fit: not fit.is_whole)


def calls_for(network: Network) -> list[CallFit]:
    """Open calls of others that share a theme or a municipality with this network. Two queries."""
    prefetch_related_objects([network], "area")
    rows = PartnerCall.objects.visible_to(None).open().filter(touches(network.themes, places(network)))
    rows = rows.exclude(network=network).distinct().with_names().prefetch_related("area")
    return [CallFit(call, verdicts(call, network)) for call in rows.order_by("closes_on")[:5]]


def touches(themes: list[str], area: set[int]) -> Q:
    return Q(themes__overlap=themes) | Q(area__in=area)


def places(thing: Network | PartnerCall) -> set[int]:
    return {place.pk for place in thing.area.all()}


def verdicts(call: PartnerCall, network: Network) -> list[Verdict]:
    """A criterion that the call leaves open is not told."""
    found = [by_theme(call, network)] if call.themes else []
    if places(call):
        found.append(by_area(call, network))
    return [*found, by_welcome(network)]


def by_theme(call: PartnerCall, network: Network) -> Verdict:
    labels = dict(Network.Theme.choices)
    shared = ", ".join(str(labels[theme]) for theme in call.themes if theme in network.themes)
    return yes(_("Theme"), shared) if shared else no(_("Theme"), _("works on other themes"))


def by_area(call: PartnerCall, network: Network) -> Verdict:
    wanted = places(call)
    shared = sorted(str(place) for place in network.area.all() if place.pk in wanted)
    if not shared:
        return no(_("Where"), _("works in other municipalities"))
    named, others = ", ".join(shared[:3]), len(shared) - 3
    if others > 0:
        named = _("%(names)s and %(count)d more") % {"names": named, "count": others}
    return yes(_("Where"), named)


def by_welcome(network: Network) -> Verdict:
    label = _("New partners")
    return yes(label, _("Welcome")) if network.accepts_partners else no(label, _("Not now"))
