"""What the page of a search shows: one page of hits, facets with counts, chips, and ways on when there
is little.
"""

import dataclasses
import functools
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mobility import facets, nearby, paging, suggesting
from mobility.criteria import NEWEST, WITHIN, Criteria
from mobility.facets import FACETS, Counts, Facet
from mobility.filters import ExchangeFilter
from mobility.models import Exchange

CAP = 1_000
FEW = 3
OPEN = ("kind", "tier", "region")
LONG = ("region", "field")


def capped(hits: int) -> str:
    """ "37", or "1.000+" above a thousand: nobody needs it closer, and it would cost more each year."""
    if hits < CAP:
        return str(hits)
    number = number_format(CAP, force_grouping=True, use_l10n=True)
    return f"{number}+" if hits > CAP else number


@functools.cache
def tick_box(facet: str, value: str, language: str, *, is_selected: bool) -> SafeString:
    """An option up to its count, in the active language. There are eighty on a page, so each is put into
    HTML once.
    """
    label, checked = dict(FACETS[facet].choices())[value], mark_safe(" checked") if is_selected else ""
    box = '<label><input type="checkbox" id="{0}-{1}" name="{0}" value="{1}"{3}><span>{2}</span><small>'
    return format_html(box, facet, value, label, checked)


@dataclasses.dataclass(frozen=True)
class Option:
    """An option of a facet; `hits` are what choosing it (alone in its facet) gives."""

    value: str
    label: str | Promise
    hits: int
    is_selected: bool
    facet: str = ""

    @property
    def count(self) -> str:
        return capped(self.hits)

    def tick_box(self, language: str) -> str:
        box = tick_box(self.facet, self.value, language, is_selected=self.is_selected)
        return f"{box}{self.count}</small></label>"


@dataclasses.dataclass(frozen=True)
class ShownFacet:
    name: str
    label: str | Promise
    is_open: bool
    options: list[Option]

    @property
    def tick_boxes(self) -> SafeString:
        language = get_language()
        return mark_safe("\n".join(option.tick_box(language) for option in self.options))  # noqa: S308 - as made


@dataclasses.dataclass(frozen=True)
class Way:
    """A link to a changed search: without a filter, with other words."""

    label: str
    url: str
    hits: int = 0

    @property
    def text(self) -> str:
        return self.label

    @property
    def remove_url(self) -> str:
        return self.url

    @property
    def count(self) -> str:
        return capped(self.hits)


class Results:
    """The results of a search, each part made when it is first asked for. A list page takes two or three
    statements.
    """

    def __init__(self, filterset: ExchangeFilter) -> None:
        self.filterset = filterset
        self.criteria = filterset.criteria

    @functools.cached_property
    def counts(self) -> Counts:
        """From one statement, or remembered."""
        before = self.filterset.narrowed(without=FACETS)
        return facets.remembered(
            (timezone.localdate(), self.criteria.key), lambda: facets.count(before, self.criteria.chosen)
        )

    @functools.cached_property
    def page(self) -> paging.Page:
        if not self.counts.total:
            return paging.Page([], [], "")
        return paging.page(self.filterset.narrowed(), self.criteria)

    @property
    def exchanges(self) -> list[Exchange]:
        """The hits of the page; near a place each says how far from there it is."""
        for exchange in self.page.exchanges:
            far = [nearby.distance(centre, exchange.place) for centre in self.criteria.centres]
            exchange.distance_text = _("%d km") % round(min(far)) if far else ""
        return self.page.exchanges

    @property
    def count_text(self) -> str:
        total = self.counts.total
        return ngettext("%s exchange found", "%s exchanges found", total) % capped(total)

    @property
    def next_url(self) -> str:
        return self.criteria.changed(after=self.page.after).url() if self.page.after else ""

    @property
    def first_url(self) -> str:
        return self.criteria.changed().url() if self.page.start else ""

    @functools.cached_property
    def facets(self) -> list[ShownFacet]:
        return [self._shown(facet) for facet in FACETS.values()]

    def _shown(self, facet: Facet) -> ShownFacet:
        """All options, but of the long facets only those that give something."""
        chosen, counts = self.criteria.chosen.get(facet.name, ()), self.counts.options[facet.name]
        options = [
            Option(value, label, counts.get(value, 0), value in chosen, facet.name)
            for value, label in facet.choices()
            if facet.name not in LONG or value in counts or value in chosen
        ]
        return ShownFacet(facet.name, str(facet.label), bool(chosen) or facet.name in OPEN, options)

    @property
    def chips(self) -> list[Way]:
        """What is asked for, each with the address that drops it."""
        asked = self.criteria
        chips = [Way(f"“{asked.q}”", asked.changed(q="").url())] if asked.q else []
        for name, values in asked.chosen.items():
            labels = dict(FACETS[name].choices())
            chips += [
                Way(str(labels[value]), asked.choosing(name, *(v for v in values if v != value)).url())
                for value in values
            ]
        if asked.near:
            chips.append(Way(self._near_text(), asked.changed(near="", centres=()).url()))
        return chips

    def _near_text(self) -> str:
        return _("Within %(distance)s km of %(place)s") % {
            "distance": self.criteria.within,
            "place": self.criteria.near,
        }

    @functools.cached_property
    def suggestion(self) -> Way | None:
        """Words that look like those typed, when these find little. One statement."""
        if not self.criteria.q or self.counts.total >= FEW:
            return None
        better = suggesting.correction(self.criteria.q)
        return Way(better, self.criteria.changed(q=better).url()) if better else None

    @functools.cached_property
    def loosen(self) -> list[Way]:
        """When nothing is found: which filter to drop, and what that gives; the best first. At most one
        statement.
        """
        if self.counts.total:
            return []
        asked = self.criteria
        ways = [
            Way(
                _("Without a choice for “%s”") % FACETS[name].label,
                asked.choosing(name).url(),
                self.counts.without[name],
            )
            for name in asked.chosen
        ]
        labels = {"q": _("Without the words “%s”") % asked.q, "near": _("Anywhere in the country")}
        for name, hits in self._hits_without([name for name in labels if getattr(asked, name)]).items():
            changes: dict[str, Any] = {name: ""} | ({"centres": ()} if name == "near" else {})
            ways.append(Way(labels[name], asked.changed(**changes).url(), hits))
        return sorted((way for way in ways if way.hits), key=lambda way: -way.hits)

    def _hits_without(self, names: list[str]) -> dict[str, int]:
        """How many hits there are without each of these filters, counted up to the cap."""
        if not names:
            return {}
        parts: list[str] = []
        params: list[Any] = []
        for name in names:
            hits = self.filterset.narrowed(without=[name]).order_by().values("pk")[: CAP + 1]
            sql, values = hits.query.sql_with_params()
            parts.append(f"(SELECT count(*) FROM ({sql}) AS hit)")  # noqa: S608 - made by the ORM
            params += values
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(parts), params)
            return dict(zip(names, cursor.fetchone(), strict=True))

    def context(self) -> dict[str, Any]:
        """By the names that the template uses."""
        typed, asked = self.filterset.typed, self.criteria
        lasting = asked.changed(sort=NEWEST)
        names = ("count_text", "next_url", "first_url", "facets", "chips", "suggestion", "loosen")
        return {name: getattr(self, name) for name in names} | {
            "exchanges": self.exchanges,
            "filter_count": sum(map(len, asked.chosen.values())) + bool(asked.near),
            "q": typed("q"),
            "near": typed("near"),
            "sort": asked.sort,
            "sorts": self._sorts(),
            "distances": [Option(str(far), f"{far} km", 0, far == asked.within) for far in WITHIN],
            "clear_url": Criteria().url(),
            "here_url": asked.url(),
            "save_url": "" if asked.is_empty else reverse("mobility:save_search") + lasting.query,
            "feed_url": reverse("mobility:feed") + lasting.query,
            "csv_url": f"{reverse('api:exchanges')}{lasting.query or '?'}&format=csv".replace("?&", "?"),
            "problems": [sentence for _name, sentence in self.filterset.problems],
        }

    def _sorts(self) -> list[Option]:
        return [
            Option(name, sort.label, 0, name == self.criteria.sort)
            for name, sort in paging.SORTS.items()
            if name in self.criteria.sorts
        ]
