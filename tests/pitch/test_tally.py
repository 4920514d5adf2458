"""Counting by hand-made elections, and what must hold for every election."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pitch.tally import Ballot, Criterion, Duel, Result, Rules, Standing, Step, Turnout, WrongBallots, count
from tests.pitch.elections import Election, by_chance, rules

ONE = (Criterion("effect", 1),)
chances = some.integers(0, 10**9).map(Random)


def ballots(**votes: str) -> list[Ballot]:
    """`plan="35 4-"`: per juror a, b, c … one digit per criterion (effect, new); `-` where there is none."""
    return [
        Ballot(juror, entry, dict(zip(("effect", "new"), map(int, digits), strict=False)), f"{juror}{entry}")
        for entry, row in votes.items()
        for juror, digits in zip("abcdefgh", row.split(), strict=False)
        if "-" not in digits
    ]


def counted(chosen: Rules, jury: str = "abc", recused: tuple = (), **votes: str) -> Result:
    return count(chosen, entries=votes, jury=jury, ballots=ballots(**votes), recused=recused)


def order(result: Result) -> list[tuple[int, str]]:
    return [(standing.rank, standing.entry) for standing in result.standings]


def test_weights_make_an_exact_mean():
    result = counted(rules(), x="51 44 35", y="11 12 21")

    assert result.has_quorum
    assert [(s.entry, s.total, s.rank) for s in result.standings] == [
        ("x", Fraction(4 + 4 + Fraction(14, 4), 3), 1),
        ("y", Fraction(1 + Fraction(5, 4) + Fraction(7, 4), 3), 2),
    ]


def test_a_median_is_not_moved_by_one_outlier():
    chosen = rules(criteria=ONE, average="median")

    result = counted(chosen, x="1 5 4", y="3 3 3")

    assert [s.total for s in result.standings] == [4, 3]


def test_the_median_of_an_even_number_lies_halfway():
    result = counted(rules(criteria=ONE, average="median"), jury="abcd", x="1 2 5 5", y="1 1 1 1")

    assert result.standings[0].total == Fraction(7, 2)


def test_a_strict_juror_weighs_no_less_when_standardised():
    votes = {"x": "5 - 2", "y": "4 2 1", "z": "- 1 -"}

    plain = counted(rules(criteria=ONE), **votes)
    level = counted(rules(criteria=ONE, standardised=True), **votes)

    assert [s.total for s in plain.standings] == [Fraction(7, 2), Fraction(7, 3), 1]
    assert [s.total for s in level.standings] == [3, Fraction(7, 3), 2]


def test_too_few_ballots_give_no_result_and_say_where():
    result = counted(rules(min_ballots=2, min_percent=60), jury="abcde", x="33 33 33", y="33 33 - 33", z="33")

    assert not result.has_quorum
    assert result.standings == ()
    assert [(t.entry, t.ballots, t.may_judge, t.needed) for t in result.lacking] == [("z", 1, 5, 3)]
    assert [(t.entry, t.is_enough) for t in result.turnouts] == [("x", True), ("y", True), ("z", False)]


@pytest.mark.parametrize(
    ("least", "percent", "may_judge", "needed"),
    [(1, 0, 9, 1), (3, 50, 5, 3), (1, 50, 5, 3), (1, 50, 6, 3), (4, 50, 6, 4), (1, 67, 3, 3), (1, 100, 7, 7)],
)
def test_a_part_of_a_juror_counts_as_a_whole_one(least, percent, may_judge, needed):
    assert rules(min_ballots=least, min_percent=percent).needed(may_judge) == needed


def test_no_entries_is_no_result():
    assert not count(rules(), entries=[], jury="ab", ballots=[], recused=[]).has_quorum


def test_who_stands_aside_leaves_the_quorum_and_the_count():
    chosen = rules(criteria=ONE, min_percent=100)

    result = counted(chosen, recused=(("c", "x"),), x="4 4 1", y="3 3 3")

    assert [(t.entry, t.ballots, t.may_judge) for t in result.turnouts] == [("x", 2, 2), ("y", 3, 3)]
    assert result.standings[0].total == 4


def test_where_plans_are_shared_out_the_quorum_is_of_those_who_judge_it():
    assigned = [("a", "x"), ("b", "x"), ("b", "y"), ("c", "y")]
    cast = ballots(x="44 33", y="- 33 33")

    result = count(
        rules(min_percent=100), entries="xy", jury="abc", ballots=cast, recused=[], assigned=assigned
    )

    assert result.has_quorum
    assert [turnout.may_judge for turnout in result.turnouts] == [2, 2]


def test_the_heaviest_criterion_decides_first():
    chosen = rules(criteria=(Criterion("effect", 1), Criterion("new", 2)), tie_chain=("heaviest", "draw"))

    result = counted(chosen, x="52 33 11", y="14 33 11")

    assert order(result) == [(1, "y"), (2, "x")]
    assert [step.code for step in result.steps] == ["mean", "heaviest"]
    step = result.steps[1]
    assert (step.entries, step.groups, step.has_decided) == (("x", "y"), (("y",), ("x",)), True)
    assert step.values == {"x": 2, "y": Fraction(8, 3)}


def test_criteria_that_share_the_most_weight_count_together():
    even = (Criterion("effect", 2), Criterion("new", 2), Criterion("doable", 1))

    assert rules(criteria=even).heaviest == ("effect", "new")


def test_head_to_head_counts_jurors_who_judged_both():
    chosen = rules(criteria=ONE, tie_chain=("head_to_head",))

    result = counted(chosen, jury="abcde", x="4 4 1 3 -", y="3 3 5 - 1")

    assert order(result) == [(1, "x"), (2, "y")]
    step = result.steps[1]
    assert step.duels == (Duel("x", "y", 2, 1),)
    assert step.values == {"x": 2, "y": 0}


def test_a_circle_of_three_stays_equal():
    chosen = rules(criteria=ONE, tie_chain=("head_to_head",))

    result = counted(chosen, x="3 2 1", y="2 1 3", z="1 3 2")

    assert order(result) == [(1, "x"), (1, "y"), (1, "z")]
    assert result.steps[1].values == {"x": 2, "y": 2, "z": 2}
    assert not result.steps[1].has_decided


def test_an_even_meeting_gives_one_point_each():
    chosen = rules(criteria=ONE, tie_chain=("head_to_head",))

    result = counted(chosen, x="3 3", y="3 3")

    assert result.steps[1].values == {"x": 1, "y": 1}


def test_the_smallest_spread_goes_first():
    chosen = rules(criteria=ONE, tie_chain=("smallest_spread",))

    result = counted(chosen, x="5 3 1", y="4 3 2", z="3 3 3")

    assert order(result) == [(1, "z"), (2, "y"), (3, "x")]
    assert result.steps[1].values == {"x": Fraction(2, 3), "y": Fraction(1, 3), "z": 0}


def test_a_step_is_tried_on_what_is_still_equal_only():
    chosen = rules(criteria=ONE, tie_chain=("head_to_head", "smallest_spread", "draw"))

    result = counted(chosen, x="5 1", y="3 3", z="1 5", w="2 2")

    assert [(step.code, step.entries) for step in result.steps] == [
        ("mean", ("w", "x", "y", "z")),
        ("head_to_head", ("x", "y", "z")),
        ("smallest_spread", ("x", "y", "z")),
        ("draw", ("x", "z")),
    ]
    assert result.standings[0].entry == "y"


def test_the_draw_follows_from_the_nonces():
    """Computed apart: `printf 'ax\\nay\\n' | sha256sum`, and behind that hash a line feed and the entry."""
    result = counted(rules(tie_chain=("draw",)), jury="a", x="33", y="33")

    step = result.steps[1]
    assert step.seed == "08e4c47abb62e4a327501ee1173eea4b04d539201300f39de2d9468c77b84b68"
    assert step.values == {
        "x": "8c31f6f9b967da8702524eaf748dd9998ab0efcdf1f35c7e85639a29e24f99b8",
        "y": "76e72ff40df5aeb7e17fd65f40c42c7302601012276e2185298531df499cf9c4",
    }
    assert order(result) == [(1, "y"), (2, "x")]


def test_without_a_draw_equals_share_a_place_and_the_next_is_left_out():
    result = counted(rules(tie_chain=()), x="33", y="33", z="11", w="44", jury="a")

    assert order(result) == [(1, "w"), (2, "x"), (2, "y"), (4, "z")]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"juror": "stranger"}, "does not judge"),
        ({"entry": "other"}, "does not judge"),
        ({"scores": {"effect": 3}}, "other criteria"),
        ({"scores": {"effect": 3, "new": 3, "more": 3}}, "other criteria"),
        ({"scores": {"effect": 6, "new": 3}}, "off the scale"),
        ({"scores": {"effect": 0, "new": 3}}, "off the scale"),
        ({"scores": {"effect": 3.0, "new": 3}}, "off the scale"),
        ({"scores": {"effect": True, "new": 3}}, "off the scale"),
        ({}, "two ballots"),
    ],
)
def test_what_the_rules_do_not_know_is_not_counted(wrong, words):
    cast = ballots(x="33 33", y="33 33")
    strange = replace(cast[0], **wrong) if wrong else cast[1]

    with pytest.raises(WrongBallots, match=words):
        count(rules(), entries="xy", jury="abc", ballots=[*cast[1:], strange], recused=[])


@pytest.mark.parametrize(
    "wrong",
    [
        {"criteria": ()},
        {"criteria": (Criterion("effect", 1), Criterion("effect", 2))},
        {"criteria": (Criterion("effect", 0), Criterion("new", 1))},
        {"lowest": 5},
        {"average": "mode"},
        {"min_ballots": 0},
        {"min_percent": 101},
        {"min_percent": -1},
        {"tie_chain": ("draw", "draw")},
        {"tie_chain": ("coin",)},
    ],
)
def test_senseless_rules_are_refused(wrong):
    with pytest.raises(ValueError, match="no rules"):
        rules(**wrong)


@pytest.mark.parametrize("kind", [Criterion, Rules, Ballot, Turnout, Duel, Step, Standing, Result])
def test_nothing_that_was_counted_can_be_changed(kind):
    assert kind.__dataclass_params__.frozen


@given(chances)
@settings(max_examples=150)
def test_the_order_of_ballots_jurors_and_entries_changes_nothing(chance):
    """Nor does it when something is named twice, but for a ballot."""
    election = by_chance(chance)
    twice = {name: part if name == "ballots" else part * 2 for name, part in election.parts.items()}
    mixed = {name: chance.sample(part, len(part)) for name, part in twice.items()}

    assert count(election.rules, **mixed) == election.counted()


@given(chances)
@settings(max_examples=100)
def test_names_of_jurors_change_nothing(chance):
    election = by_chance(chance)
    names = dict(zip(election.jury, chance.sample(election.jury, len(election.jury)), strict=True))
    renamed = [replace(ballot, juror=names[ballot.juror]) for ballot in election.ballots]
    pairs = {
        part: [(names[juror], entry) for juror, entry in getattr(election, part)]
        for part in ("recused", "assigned")
    }

    assert election.counted(ballots=renamed, **pairs) == election.counted()


@given(chances)
@settings(max_examples=400)
def test_a_better_score_never_lowers_a_rank(chance):
    election = by_chance(chance)
    number = chance.randrange(len(election.ballots))
    better = improved(election, number, chance)

    before, after = place(election.counted(), better), place(election.counted(ballots=better[1]), better)

    assert after <= before


def improved(election: Election, number: int, chance: Random) -> tuple[str, list[Ballot]]:
    ballot = election.ballots[number]
    key = chance.choice(sorted(ballot.scores))
    score = chance.randint(ballot.scores[key], election.rules.highest)
    risen = replace(ballot, scores={**ballot.scores, key: score})
    return ballot.entry, [*election.ballots[:number], risen, *election.ballots[number + 1 :]]


def place(result: Result, better: tuple[str, list[Ballot]]) -> int:
    return next(standing.rank for standing in result.standings if standing.entry == better[0])


@given(chances)
@settings(max_examples=100)
def test_every_entry_has_one_place_and_a_draw_leaves_no_equals(chance):
    election = by_chance(chance)
    result = election.counted()
    ranks = [standing.rank for standing in result.standings]

    assert sorted(standing.entry for standing in result.standings) == sorted(election.entries)
    assert ranks == sorted(ranks)
    if "draw" in election.rules.tie_chain:
        assert ranks == list(range(1, len(ranks) + 1))
