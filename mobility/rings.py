"""Finding rings: two to four people who each take the workplace of the next, always the same for the same
wishes.

Nobody is ranked. A shorter ring goes before a longer one, since it asks fewer people to agree; of two as
long, the one with the oldest wishes.
"""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from mobility.fitting import fits
from mobility.models import Exchange, SwapWish

if TYPE_CHECKING:
    import networkx as nx  # where it is used: it takes a third of a second to load, and no page needs it

LARGEST = 4
TARGETS = 6
"""Workplaces tried for each wish, the oldest first: it bounds the search, which grows by the cube of this."""
LEAD = datetime.timedelta(days=35)
"""From a proposal to the first day: members and managers have 24 days to answer, and then one prepares."""
Ring = tuple[int, ...]
Kind = tuple[int, str, int]


def graph_of(wishes: Sequence[SwapWish]) -> "nx.DiGraph":
    """A step from each wish to the workplaces that fit it, the oldest `TARGETS`. Wishes by their number.

    What lies on no cycle at all is left out before that, so that it keeps nobody from another target.
    """
    import networkx as nx

    shelves: dict[Kind, list[SwapWish]] = defaultdict(list)
    for wish in wishes:
        shelves[wish.months, wish.field, wish.scale].append(wish)
    graph = nx.DiGraph()
    for wish in wishes:
        found = (to for kind in kinds_sought(wish) for to in shelves.get(kind, ()) if fits(wish, to))
        graph.add_edges_from((wish.pk, to.pk) for to in found)
    knotted = on_cycles(graph)
    kept = nx.DiGraph()
    for goes in sorted(knotted):
        kept.add_edges_from((goes, to) for to in sorted(knotted[goes])[:TARGETS])
    return kept


def on_cycles(graph: "nx.DiGraph") -> "nx.DiGraph":
    """The part of the graph in which one can come back to where one began."""
    import networkx as nx

    knots = (part for part in nx.strongly_connected_components(graph) if len(part) > 1)
    return graph.subgraph(set().union(*knots)).copy()


def kinds_sought(wish: SwapWish) -> Iterator[Kind]:
    fields = wish.fields or Exchange.Field.values
    return itertools.product((wish.months,), fields, range(wish.scale_min, wish.scale_max + 1))


def cycles(graph: "nx.DiGraph", largest: int = LARGEST) -> Iterator[Ring]:
    """Every ring of at most so many, once, beginning with its lowest number.

    Each wish in turn is the lowest of its rings, and is then taken away.
    """
    import networkx as nx

    rest = on_cycles(graph)
    for first in sorted(rest):
        before = set(rest.predecessors(first))
        for path in nx.all_simple_paths(rest, first, before, cutoff=largest - 1) if before else ():
            yield tuple(path)
        rest.remove_node(first)


def choose(found: Iterator[Ring], *, refused: Collection[Ring] = ()) -> list[Ring]:
    """Rings without a wish in common, the shortest and then the oldest first; none that failed before."""
    chosen: list[Ring] = []
    taken: set[int] = set()
    for ring in sorted(set(found).difference(refused), key=lambda ring: (len(ring), ring)):
        if taken.isdisjoint(ring):
            chosen.append(ring)
            taken.update(ring)
    return chosen


def first_day(wishes: Sequence[SwapWish], *, today: datetime.date | None = None) -> datetime.date | None:
    """The first day on which all can begin, with time to prepare; None without one."""
    earliest = max([(today or timezone.localdate()) + LEAD, *(wish.starts_from for wish in wishes)])
    return earliest if all(earliest <= wish.starts_until for wish in wishes) else None


def last_day(starts_on: datetime.date, months: int) -> datetime.date:
    return starts_on + relativedelta(months=months) - datetime.timedelta(days=1)
