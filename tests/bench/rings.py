"""How long the search for rings takes: `./portal shell -c "from tests.bench import rings; rings.run()"`.

Wishes are made in memory, so this is the search alone; the task also reads them, which is one statement.
"""

import datetime
import random
import time

import networkx as nx

from bwob.organisations.models import Place
from mobility import rings
from mobility.models import Exchange, SwapWish

DAY = datetime.date(2030, 3, 1)


def run(count: int = 5000) -> None:
    chance = random.Random(1)  # noqa: S311 - a bench
    graph = nx.DiGraph(
        (goes, to) for goes in range(count) for to in chance.sample(range(count), 5) if goes != to
    )
    report("random graph, five targets each", lambda: rings.choose(rings.cycles(graph)))
    towns = [town(chance) for _town in range(342)]
    wishes = [wish(number, chance.choice(towns), chance) for number in range(count)]
    made = report("steps between wishes", lambda: rings.graph_of(wishes))
    print(f"  {made.number_of_nodes()} wishes on a cycle, {made.number_of_edges()} steps")
    found = report("rings of those", lambda: rings.choose(rings.cycles(made)))
    print(f"  {len(found)} rings")


def report(name: str, act):
    start = time.process_time()
    result = act()
    print(f"{name}: {time.process_time() - start:.2f} s of CPU")
    return result


def town(chance: random.Random) -> Place:
    """A municipality somewhere in the country."""
    return Place(latitude=51.4 + chance.random() * 1.8, longitude=4.3 + chance.random() * 2.2)


def wish(number: int, town: Place, chance: random.Random) -> SwapWish:
    """In one field, seeking one or two others within forty kilometres."""
    scale = chance.randint(7, 13)
    return SwapWish(
        pk=number,
        employer_id=chance.randrange(400),
        months=chance.choice(SwapWish.Months.values),
        field=chance.choice(Exchange.Field.values),
        fields=chance.sample(Exchange.Field.values, chance.randint(1, 2)),
        scale=scale,
        scale_min=scale - 1,
        scale_max=scale + 1,
        hours=chance.choice([24, 28, 32, 36]),
        hours_min=24,
        hours_max=36,
        starts_from=DAY,
        starts_until=DAY + datetime.timedelta(days=120),
        place=town,
        near=town,
        within_km=40,
    )
