"""The spread of the scores of one plan as a small drawing, and the same in words."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from pitch.models import Feedback, Rules

WIDTH = 32
HEIGHT = 60


@dataclass(frozen=True)
class Bar:
    """One score: how many gave it, and where its bar stands in the drawing."""

    score: int
    count: int
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class Spread:
    """How often each score was given on one criterion."""

    name: str
    bars: list[Bar]
    width: int
    height: int


def spreads(rules: Rules, feedback: list[Feedback]) -> list[Spread]:
    """One for each criterion, in the order of the rules."""
    return [
        spread(rules, criterion, Counter(one.scores.get(criterion.key) for one in feedback))
        for criterion in rules.criteria.all()
    ]


def spread(rules: Rules, criterion: Any, counts: Counter) -> Spread:
    most = max([counts[score] for score in rules.scale] + [1])
    bars = []
    for place, score in enumerate(rules.scale):
        height = round(HEIGHT * counts[score] / most)
        bars.append(Bar(score, counts[score], place * (WIDTH + 6), HEIGHT - height, height))
    return Spread(criterion.name, bars, len(bars) * (WIDTH + 6) - 6, HEIGHT + 18)
