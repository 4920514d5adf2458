"""The bands in which hours, durations and scales are searched, and the SQL that notes them on each exchange.

A row holds a bit for every band that it touches: band n has the value 2ⁿ. So bands are only added at the
end; when one changes, a migration must touch every exchange (`UPDATE mobility_exchange SET id = id`).
"""

from typing import NamedTuple


class Band(NamedTuple):
    """A range of whole numbers, both ends included; its name stands in addresses."""

    name: str
    low: int
    high: int


HOURS = (
    Band("1-8", 1, 8),
    Band("9-16", 9, 16),
    Band("17-24", 17, 24),
    Band("25-32", 25, 32),
    Band("33-40", 33, 40),
)
SCALES = (
    Band("1-5", 1, 5),
    Band("6-8", 6, 8),
    Band("9-10", 9, 10),
    Band("11-12", 11, 12),
    Band("13-14", 13, 14),
    Band("15-18", 15, 18),
)
DURATIONS = ("day", "weeks", "half_year", "year", "good")

# In each unit: up to how much is "a day" (a week of days at most), and below how much it is weeks (3 months)
# and half a year (9 months).
LIMITS = {"day": (7, 91, 274), "week": (0, 13, 39), "month": (0, 3, 9)}


def mask(names: tuple[str, ...], chosen: tuple[str, ...]) -> int:
    """The bits of the chosen bands."""
    return sum(1 << names.index(name) for name in set(chosen))


def touched(bands: tuple[Band, ...], low: str, high: str) -> str:
    """SQL: the bits of all bands that the range from `low` to `high` touches; of all bands when there is
    no range.
    """
    bits = " | ".join(
        f"CASE WHEN {low} <= {band.high} AND {high} >= {band.low} THEN {1 << position} ELSE 0 END"
        for position, band in enumerate(bands)
    )
    return f"CASE WHEN {low} IS NULL THEN {(1 << len(bands)) - 1} ELSE {bits} END"


def lasting(duration: str, unit: str) -> str:
    """SQL: the bit of the one band in which a duration lies; without a duration it is for good."""
    cases = " ".join(
        f"WHEN {unit} = '{name}' THEN CASE WHEN {duration} <= {day} THEN 1 WHEN {duration} < {quarter} THEN 2"
        f" WHEN {duration} < {three_quarters} THEN 4 ELSE 8 END"
        for name, (day, quarter, three_quarters) in LIMITS.items()
    )
    return f"CASE WHEN {duration} IS NULL THEN 16 {cases} END"
