"""Finding rings: the same as trying every order, on any graph, and always the same for the same wishes."""

import datetime
import itertools

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bwob.organisations.models import Tier
from mobility import fitting, rings
from mobility.models import SwapWish
from tests import make

DAY = datetime.date
TODAY = DAY(2030, 1, 1)
NODES = 7
graphs = st.sets(
    st.tuples(st.integers(1, NODES), st.integers(1, NODES)).filter(lambda edge: edge[0] != edge[1])
)


def by_brute_force(edges, largest=4):
    """Every order of every few, that begins with its lowest number."""
    return {
        order
        for size in range(2, largest + 1)
        for order in itertools.permutations(range(1, NODES + 1), size)
        if order[0] == min(order) and all(step in edges for step in itertools.pairwise((*order, order[0])))
    }


@given(graphs)
def test_the_search_finds_what_trying_every_order_finds_and_each_ring_once(edges):
    found = list(rings.cycles(nx.DiGraph(sorted(edges))))

    assert sorted(found) == sorted(by_brute_force(edges))


@given(graphs, st.randoms())
def test_the_order_in_which_wishes_come_changes_nothing(edges, chance):
    shuffled = sorted(edges)
    chance.shuffle(shuffled)

    chosen = [rings.choose(rings.cycles(nx.DiGraph(order))) for order in (sorted(edges), shuffled)]

    assert chosen[0] == chosen[1]


@given(graphs)
def test_chosen_rings_share_nobody_and_no_further_one_is_possible(edges):
    found = by_brute_force(edges)
    chosen = rings.choose(iter(found))
    taken = [number for ring in chosen for number in ring]

    assert len(taken) == len(set(taken))
    assert [ring for ring in found if set(ring).isdisjoint(taken)] == []


def test_the_shortest_goes_first_then_the_oldest_and_what_failed_before_never():
    found = [(1, 2, 3), (2, 4), (3, 5), (5, 6)]

    assert rings.choose(iter(found)) == [(2, 4), (3, 5)]
    assert rings.choose(iter(found), refused=[(2, 4)]) == [(3, 5)]


def test_of_many_workplaces_the_oldest_are_tried_and_a_dead_end_keeps_nobody_from_another():
    wishes = [wish(number) for number in range(1, 12)]
    dead_end = wish(0, scale_min=1, scale_max=1)

    graph = rings.graph_of([dead_end, *wishes])

    assert 0 not in graph
    assert sorted(graph[11]) == list(range(1, 1 + rings.TARGETS))


def wish(number, **facts):
    """A wish that is not stored."""
    defaults = {
        "pk": number,
        "employer_id": number,
        "months": 6,
        "field": "law",
        "scale": 10,
        "hours": 32,
        "fields": [],
        "tiers": [],
        "scale_min": 9,
        "scale_max": 11,
        "hours_min": 24,
        "hours_max": 36,
        "starts_from": DAY(2030, 3, 1),
        "starts_until": DAY(2030, 9, 1),
        "within_km": 30,
        "near": PLACE,
        "place": PLACE,
    }
    return SwapWish(**(defaults | facts))


PLACE = make.Place(name="Utrecht", latitude=52.09, longitude=5.12)
FAR = make.Place(name="Assen", latitude=53.0, longitude=6.56)
OTHERS = st.fixed_dictionaries(
    {
        "employer_id": st.sampled_from([1, 2]),
        "months": st.sampled_from([3, 6]),
        "field": st.sampled_from(["law", "finance"]),
        "fields": st.sampled_from([[], ["law"], ["finance"]]),
        "scale": st.integers(8, 12),
        "hours": st.integers(20, 40),
        "starts_from": st.sampled_from([DAY(2030, 3, 1), DAY(2030, 10, 1)]),
        "starts_until": st.sampled_from([DAY(2030, 11, 1)]),
        "place": st.sampled_from([PLACE, FAR]),
        "near": st.sampled_from([PLACE, FAR]),
    }
)


@given(OTHERS)
def test_the_quick_answer_and_the_one_in_words_are_the_same(facts):
    goes, to = wish(1), wish(2, **facts)
    to.employer = make.Organisation(pk=facts["employer_id"], name="Somewhere", tier=Tier.STATE)
    goes.employer = make.Organisation(pk=1, name="Here", tier=Tier.STATE)

    needed = [one.verdict == "yes" for one in fitting.criteria(goes, to, is_own=True) if one.is_needed]

    assert fitting.fits(goes, to) == all(needed)


def test_the_kind_of_organisation_is_a_preference_that_is_told_and_stops_nothing():
    goes, to = wish(1, tiers=[Tier.POLICE]), wish(2)
    goes.employer = make.Organisation(pk=1, name="Here", tier=Tier.STATE)
    to.employer = make.Organisation(pk=2, name="There", tier=Tier.PROVINCE)

    said = [one for one in fitting.criteria(goes, to, is_own=False) if one.verdict == "no"]

    assert [(one.label, one.text, one.is_needed) for one in said] == [
        ("Kind of organisation", "Province", False)
    ]
    assert fitting.fits(goes, to)


def test_where_somebody_lives_is_told_to_nobody_else():
    goes, to = wish(1, near=PLACE), wish(2, place=FAR)
    goes.employer = to.employer = make.Organisation(pk=1, name="Here", tier=Tier.STATE)

    def said(is_own):
        return next(one.text for one in fitting.criteria(goes, to, is_own=is_own) if one.label == "Distance")

    assert said(True) == "140 km from Utrecht, at most 30"
    assert said(False) == "Assen"


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        ([DAY(2030, 3, 1), DAY(2030, 4, 1)], [DAY(2030, 9, 1)] * 2, DAY(2030, 4, 1)),
        ([DAY(2030, 1, 1)] * 2, [DAY(2030, 9, 1)] * 2, TODAY + rings.LEAD),
        ([DAY(2030, 3, 1), DAY(2030, 4, 1)], [DAY(2030, 3, 15), DAY(2030, 9, 1)], None),
    ],
)
def test_the_first_day_suits_everybody_and_leaves_time_to_answer(earliest, latest, expected):
    both = [wish(n, starts_from=earliest[n], starts_until=latest[n]) for n in (0, 1)]

    assert rings.first_day(both, today=TODAY) == expected


def test_six_months_from_the_last_of_august_end_at_the_end_of_february():
    assert rings.last_day(DAY(2030, 8, 31), 6) == DAY(2031, 2, 27)
