"""One page of rows in an order, and the next by where the last one ended: page 50 costs what page 1 does.

The order is by whole numbers, the smallest first; the last is unique. A cursor is those of the last row:
`2_1795600000000000_51`. A forged one only begins elsewhere; one without sense begins at the first page.
"""

import dataclasses
import re
from typing import Any

from django.db.models import BigIntegerField, F, Func, Q, QuerySet

SIZE = 20
LARGEST = 2**63 - 1


@dataclasses.dataclass(frozen=True)
class Page:
    """The rows of one page; `after` is the cursor of the next one, empty on the last."""

    rows: list[Any]
    after: str
    is_first: bool

    @property
    def is_whole(self) -> bool:
        return self.is_first and not self.after


def page(rows: QuerySet, keys: tuple[str, ...], cursor: str, *, size: int = SIZE) -> Page:
    """One statement; a second when a cursor points behind the last row. `keys` are fields or annotations."""
    start = read(cursor, len(keys))
    found = list(beyond(rows, keys, start).order_by(*keys)[: size + 1])
    if start and not found:
        start, found = [], list(rows.order_by(*keys)[: size + 1])
    after = "_".join(str(getattr(found[size - 1], key)) for key in keys) if len(found) > size else ""
    return Page(found[:size], after, not start)


def read(cursor: str, parts: int) -> list[int]:
    """The numbers that a cursor stands for; none when it makes no sense."""
    numbers = cursor.split("_")
    if len(numbers) != parts or not all(re.fullmatch(r"-?[0-9]{1,19}", number) for number in numbers):
        return []
    values = [int(number) for number in numbers]
    return values if all(abs(value) <= LARGEST for value in values) else []


def beyond(rows: QuerySet, keys: tuple[str, ...], start: list[int]) -> QuerySet:
    """What comes after the row with these numbers."""
    later = Q()
    for place, value in enumerate(start):
        same = dict(zip(keys[:place], start[:place], strict=True))
        later |= Q(**same, **{f"{keys[place]}__gt": value})
    return rows.filter(later)


def microseconds(moment: Any, *, newest_first: bool = False) -> Func:
    """A moment as a whole number that sorts as it does, or the other way round."""
    return Func(
        F(moment) if isinstance(moment, str) else moment,
        template=f"({'-' if newest_first else ''}extract(epoch from %(expressions)s) * 1000000)::bigint",
        output_field=BigIntegerField(),
    )
