"""Counting ballots: a pure function in exact fractions. `telling.py` does the same for anyone, on its own."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

AVERAGES = ("mean", "median")
TIE_STEPS = ("heaviest", "head_to_head", "smallest_spread", "draw")

Pair = tuple[str, str]
"""A juror and an entry."""
Points = Mapping[Pair, Fraction]
"""What each ballot gives its entry, on the scale of the rules."""


class WrongBallots(ValueError):
    """The ballots do not fit the rules, the jury or the entries: there is nothing to count."""


@dataclass(frozen=True)
class Criterion:
    key: str
    weight: int


@dataclass(frozen=True)
class Rules:
    """How ballots count. `min_percent` is of the jurors who may judge an entry."""

    criteria: tuple[Criterion, ...]
    lowest: int
    highest: int
    average: str
    min_ballots: int
    min_percent: int
    standardised: bool
    tie_chain: tuple[str, ...]

    def __post_init__(self) -> None:
        keys = [criterion.key for criterion in self.criteria]
        sound = (
            keys
            and len(set(keys)) == len(keys)
            and all(criterion.weight > 0 for criterion in self.criteria)
            and self.lowest < self.highest
            and self.average in AVERAGES
            and self.min_ballots > 0
            and 0 <= self.min_percent <= 100
            and len(set(self.tie_chain)) == len(self.tie_chain)
            and set(self.tie_chain) <= set(TIE_STEPS)
        )
        if not sound:
            raise ValueError("These are no rules to count by.")

    @property
    def heaviest(self) -> tuple[str, ...]:
        """The criterion with the most weight; all of them where several share it."""
        most = max(criterion.weight for criterion in self.criteria)
        return tuple(criterion.key for criterion in self.criteria if criterion.weight == most)

    def needed(self, may_judge: int) -> int:
        """The ballots that an entry needs when so many jurors may judge it."""
        return max(self.min_ballots, -(-self.min_percent * may_judge // 100))


@dataclass(frozen=True)
class Ballot:
    """What one juror thinks of one entry. The nonce is random: it hides the receipt and feeds the draw."""

    juror: str
    entry: str
    scores: Mapping[str, int]
    nonce: str

    @property
    def pair(self) -> Pair:
        return self.juror, self.entry


@dataclass(frozen=True)
class Turnout:
    """How many ballots an entry has, of how many jurors who may judge it, and how many it needs."""

    entry: str
    ballots: int
    may_judge: int
    needed: int

    @property
    def is_enough(self) -> bool:
        return self.ballots >= self.needed


@dataclass(frozen=True)
class Duel:
    """Of the jurors who judged both entries: how many had the first higher, and how many the second."""

    first: str
    second: str
    for_first: int
    for_second: int


@dataclass(frozen=True)
class Step:
    """One step of the count: what was compared, with what outcome. `wording.py` puts it in words.

    The first step is the average over all entries; each later one belongs to entries that were still equal.
    `values` holds what was compared (totals, points won, spreads; for a draw the hash); `groups` the entries
    from best to worst, those that are still equal together.
    """

    code: str
    entries: tuple[str, ...]
    values: Mapping[str, Fraction | str]
    groups: tuple[tuple[str, ...], ...]
    duels: tuple[Duel, ...] = ()
    seed: str = ""

    @property
    def has_decided(self) -> bool:
        return len(self.groups) == len(self.entries)


@dataclass(frozen=True)
class Standing:
    """The place of one entry. Entries that no step could separate share a rank, and the next is left out."""

    entry: str
    total: Fraction
    rank: int


@dataclass(frozen=True)
class Result:
    """Without a quorum there are no standings: the judging is extended or the jury filled up first."""

    turnouts: tuple[Turnout, ...]
    standings: tuple[Standing, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def lacking(self) -> tuple[Turnout, ...]:
        return tuple(turnout for turnout in self.turnouts if not turnout.is_enough)

    @property
    def has_quorum(self) -> bool:
        return bool(self.turnouts) and not self.lacking


@dataclass(frozen=True)
class Count:
    """The ballots of one count and all that follows from them. The order of the ballots plays no part."""

    rules: Rules
    ballots: Sequence[Ballot]
    steps: list[Step] = field(default_factory=list)

    def points(self, keys: Collection[str]) -> dict[Pair, Fraction]:
        """What each ballot gives its entry by these criteria; standardised when the rules say so."""
        weights = {c.key: c.weight for c in self.rules.criteria if c.key in keys}
        whole = sum(weights.values())
        given = {
            ballot.pair: Fraction(sum(ballot.scores[key] * weight for key, weight in weights.items()), whole)
            for ballot in self.ballots
        }
        return standardised(given) if self.rules.standardised else given

    def averages(self, points: Points) -> dict[str, Fraction]:
        of_entry: dict[str, list[Fraction]] = {}
        for (_juror, entry), value in points.items():
            of_entry.setdefault(entry, []).append(value)
        average = median if self.rules.average == "median" else mean
        return {entry: average(values) for entry, values in of_entry.items()}

    def order(self, entries: Sequence[str]) -> tuple[dict[str, Fraction], list[tuple[str, ...]]]:
        """The totals, and the entries from best to worst; those that stay equal stand together."""
        points = self.points([criterion.key for criterion in self.rules.criteria])
        totals = self.averages(points)
        groups = grouped(entries, totals)
        self.steps.append(Step(self.rules.average, tuple(entries), totals, tuple(groups)))
        return totals, [part for group in groups for part in self.separated(group, points, totals)]

    def separated(
        self, equal: tuple[str, ...], points: Points, totals: Mapping[str, Fraction]
    ) -> list[tuple[str, ...]]:
        """Each step of the chain is tried on the entries that the steps before it left equal."""
        groups = [equal]
        for code in self.rules.tie_chain:
            groups = [part for group in groups for part in self.compared(code, group, points, totals)]
        return groups

    def compared(
        self, code: str, equal: tuple[str, ...], points: Points, totals: Mapping[str, Fraction]
    ) -> Sequence[tuple[str, ...]]:
        if len(equal) == 1:
            return [equal]
        if code == "heaviest":
            step = self.heaviest(equal)
        elif code == "head_to_head":
            step = head_to_head(equal, points)
        elif code == "smallest_spread":
            step = smallest_spread(equal, points, totals)
        else:
            step = draw(equal, seed(self.ballots))
        self.steps.append(step)
        return step.groups

    def heaviest(self, equal: tuple[str, ...]) -> Step:
        """The same average once more, of the heaviest criterion alone."""
        averages = self.averages(self.points(self.rules.heaviest))
        values = {entry: averages[entry] for entry in equal}
        return Step("heaviest", equal, values, tuple(grouped(equal, values)))


def count(
    rules: Rules,
    *,
    entries: Iterable[str],
    jury: Iterable[str],
    ballots: Iterable[Ballot],
    recused: Iterable[Pair],
    assigned: Iterable[Pair] | None = None,
) -> Result:
    """Count the last ballot of each juror for each entry.

    `recused` are pairs of juror and entry: such a ballot does not count, and the juror is not in the quorum.
    `assigned` says who judges what where not everybody judges everything. Raises `WrongBallots`.
    """
    keys, aside = sorted(set(entries)), set(recused)
    everything = ((juror, entry) for juror in jury for entry in keys)
    may_judge = set(everything if assigned is None else assigned) - aside
    counted = [ballot for ballot in ballots if ballot.pair not in aside]
    check(rules, counted, may_judge)
    turnouts = tuple(turnout(rules, entry, counted, may_judge) for entry in keys)
    result = Result(turnouts)
    if not result.has_quorum:
        return result
    counting = Count(rules, counted)
    totals, groups = counting.order(keys)
    return Result(turnouts, ranked(groups, totals), tuple(counting.steps))


def check(rules: Rules, ballots: Sequence[Ballot], may_judge: set[Pair]) -> None:
    """Refuse what the rules do not know: a stranger's ballot, a second one, a score off the scale."""
    keys = {criterion.key for criterion in rules.criteria}
    seen: set[Pair] = set()
    for ballot in ballots:
        if ballot.pair not in may_judge:
            raise WrongBallots(f"{ballot.juror} does not judge {ballot.entry}.")
        if ballot.pair in seen:
            raise WrongBallots(f"{ballot.juror} has two ballots for {ballot.entry}.")
        if set(ballot.scores) != keys:
            raise WrongBallots(f"The ballot of {ballot.juror} for {ballot.entry} has other criteria.")
        if not all(is_score(rules, score) for score in ballot.scores.values()):
            raise WrongBallots(f"The ballot of {ballot.juror} for {ballot.entry} is off the scale.")
        seen.add(ballot.pair)


def is_score(rules: Rules, score: object) -> bool:
    return type(score) is int and rules.lowest <= score <= rules.highest


def turnout(rules: Rules, entry: str, ballots: Sequence[Ballot], may_judge: set[Pair]) -> Turnout:
    able = sum(1 for _juror, judged in may_judge if judged == entry)
    cast = sum(1 for ballot in ballots if ballot.entry == entry)
    return Turnout(entry, cast, able, rules.needed(able))


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle one; of an even number the mean of the two in the middle."""
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def standardised(points: Points) -> dict[Pair, Fraction]:
    """Take each juror's own mean away and give everybody's mean back: strict and mild weigh the same.

    Only the level is taken away, not how far a juror's scores lie apart. Dividing by that spread would let a
    better score for one entry push another one up, and needs roots that no fraction holds.
    """
    of_juror: dict[str, list[Fraction]] = {}
    for (juror, _entry), value in points.items():
        of_juror.setdefault(juror, []).append(value)
    own = {juror: mean(values) for juror, values in of_juror.items()}
    everybody = mean(list(points.values()))
    return {pair: value - own[pair[0]] + everybody for pair, value in points.items()}


def grouped(entries: Iterable[str], values: Mapping[str, Fraction]) -> list[tuple[str, ...]]:
    """Entries from the highest value to the lowest; equals stand together, in their order."""
    groups: dict[Fraction, list[str]] = {}
    for entry in entries:
        groups.setdefault(values[entry], []).append(entry)
    return [tuple(groups[value]) for value in sorted(groups, reverse=True)]


def head_to_head(equal: tuple[str, ...], points: Points) -> Step:
    """Every two entries meet before the jurors who judged both: two points for who wins, one each if even."""
    duels = [
        duel(first, second, points) for number, first in enumerate(equal) for second in equal[number + 1 :]
    ]
    won = dict.fromkeys(equal, Fraction())
    for meeting in duels:
        lead = meeting.for_first - meeting.for_second
        won[meeting.first] += 1 + (lead > 0) - (lead < 0)
        won[meeting.second] += 1 + (lead < 0) - (lead > 0)
    return Step("head_to_head", equal, won, tuple(grouped(equal, won)), tuple(duels))


def duel(first: str, second: str, points: Points) -> Duel:
    pairs = [(points[juror, first], points.get((juror, second))) for juror, entry in points if entry == first]
    both = [(one, other) for one, other in pairs if other is not None]
    return Duel(
        first, second, sum(one > other for one, other in both), sum(one < other for one, other in both)
    )


def smallest_spread(equal: tuple[str, ...], points: Points, totals: Mapping[str, Fraction]) -> Step:
    """How far the ballots fall short of the total, on average over all ballots of the entry.

    With a mean this is half the mean deviation. Counted downwards only, so that also with a median a better
    score never makes an entry lose.
    """
    short: dict[str, list[Fraction]] = {entry: [] for entry in equal}
    for (_juror, entry), value in points.items():
        if entry in short:
            short[entry].append(max(totals[entry] - value, Fraction()))
    spreads = {entry: mean(values) for entry, values in short.items()}
    narrow_first = grouped(equal, {entry: -spread for entry, spread in spreads.items()})
    return Step("smallest_spread", equal, spreads, tuple(narrow_first))


def seed(ballots: Iterable[Ballot]) -> str:
    """SHA-256 over the nonces of all ballots, sorted, each followed by a line feed; as lowercase hex."""
    nonces = sorted(ballot.nonce for ballot in ballots)
    return hashlib.sha256("".join(f"{nonce}\n" for nonce in nonces).encode()).hexdigest()


def draw(equal: tuple[str, ...], seeded: str) -> Step:
    """The entry whose name gives the lowest SHA-256 behind the seed comes first."""
    lots = {entry: hashlib.sha256(f"{seeded}\n{entry}".encode()).hexdigest() for entry in equal}
    order = tuple((entry,) for entry in sorted(equal, key=lambda entry: lots[entry]))
    return Step("draw", equal, lots, order, seed=seeded)


def ranked(groups: Iterable[tuple[str, ...]], totals: Mapping[str, Fraction]) -> tuple[Standing, ...]:
    standings: list[Standing] = []
    for group in groups:
        rank = len(standings) + 1
        standings += [Standing(entry, totals[entry], rank) for entry in group]
    return tuple(standings)
