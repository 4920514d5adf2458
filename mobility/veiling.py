"""Hiding small numbers so that they cannot be worked out either (rule R8).

The same people are often divided twice, as by tier and by kind. Who knows one division whole knows the total,
and with it what is hidden in the other. So where a number below five is hidden, others are hidden beside it
until the hidden ones stay uncertain; totals are not shown.
"""

import dataclasses
import math
from collections.abc import Hashable, Mapping, Sequence

from django.utils.translation import gettext as _

from bwob.numbers import FEW

Key = Hashable
SPREAD = FEW - 1
"""By so much, at least, the sum of what is hidden for being small must stay uncertain."""


@dataclasses.dataclass(frozen=True)
class Cell:
    """`number` is None when it is hidden."""

    number: int | None
    text: str


class Division:
    """One way to divide a number of people, with what is hidden of it."""

    def __init__(self, counts: Mapping[Key, int]) -> None:
        self.counts = dict(counts)
        self.small = {key for key, count in counts.items() if count < FEW}
        self.beside: set[Key] = set()

    @property
    def shown(self) -> dict[Key, int]:
        hidden = self.small | self.beside
        return {key: count for key, count in self.counts.items() if key not in hidden}

    @property
    def least(self) -> int:
        """What the total is at least, for who reads this division alone."""
        return sum(self.shown.values()) + FEW * len(self.beside)

    @property
    def most(self) -> float:
        return math.inf if self.beside else self.least + SPREAD * len(self.small)

    def hide_one(self) -> bool:
        """Hide the smallest number that is large enough to keep a small one uncertain, else the largest."""
        numbers = sorted((count, str(key), key) for key, count in self.shown.items())
        if not numbers:
            return False
        large = [one for one in numbers if one[0] >= FEW + SPREAD]
        self.beside.add((large or numbers[-1:])[0][2])
        return True

    def is_told_by(self, least: int, most: float) -> bool:
        """Could somebody who knows that the total lies between these work out too much of what is small?"""
        if not self.small:
            return False
        high = min(SPREAD * len(self.small), most - self.least)
        low = 0 if self.beside else max(0, least - self.least)
        return high - low < SPREAD


def veil(divisions: Sequence[Mapping[Key, int]]) -> list[dict[Key, Cell]]:
    """The same people, divided in these ways, as they may be shown side by side."""
    parts = [Division(counts) for counts in divisions]
    while told := _told(parts):
        others = [part for part in parts if part is not told]
        places = sorted([told, *others], key=lambda part: (bool(part.beside), part is not told))
        if not any(part.hide_one() for part in places):
            break
    return [_cells(part) for part in parts]


def _told(parts: list[Division]) -> Division | None:
    least, most = max(part.least for part in parts), min(part.most for part in parts)
    return next((part for part in parts if part.is_told_by(least, most)), None)


def _cells(part: Division) -> dict[Key, Cell]:
    shown = part.shown
    return {
        key: Cell(count, str(count))
        if key in shown
        else Cell(None, f"<{FEW}" if key in part.small else _("not shown"))
        for key, count in part.counts.items()
    }
