"""One page of hits in an order, and the next by where the last one ended (keyset), so page 500 costs
what page 1 does.

A cursor is the sort key of the last exchange shown, as whole numbers: `1795600000000000-51`. It holds no
secret: a forged one only begins elsewhere, and one that makes no sense begins at the first page.
"""

import dataclasses
import datetime
import functools
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mobility.criteria import Criteria, offered
from mobility.models import Exchange, ExchangeQuerySet

SIZE = 20
RANKED = 2_000
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)
LARGEST = 2**63 - 1


@dataclasses.dataclass(frozen=True)
class Key:
    """A part of a sort key: as SQL, as read from an exchange, and as a whole number and back."""

    sql: str
    read: Callable[[Exchange], Any]
    number: Callable[[Any], int] = int
    value: Callable[[int], Any] = int


MOMENT = Key(
    "published_at",
    lambda exchange: exchange.published_at,
    lambda moment: (moment - EPOCH) // MICROSECOND,
    lambda number: EPOCH + number * MICROSECOND,
)
LAST_DAY = Key(
    "coalesce(closes_on, '9999-12-31'::date)",
    lambda exchange: exchange.closes_on or datetime.date.max,
    datetime.date.toordinal,
    datetime.date.fromordinal,
)
SCORE = Key("score", lambda exchange: exchange.score)  # type: ignore[attr-defined] # an annotation
NEARNESS = Key("-rank", lambda exchange: -exchange.rank, abs, int.__neg__)  # type: ignore[attr-defined] # see `_rows`
NUMBER = Key("id", lambda exchange: exchange.pk)


@dataclasses.dataclass(frozen=True)
class Sort:
    """An order of hits; the last key is unique, and all keys run the same way so that one comparison
    pages.
    """

    label: str | Promise
    keys: tuple[Key, ...]
    descending: bool

    def key(self, exchange: Exchange) -> tuple[Any, ...]:
        return tuple(key.read(exchange) for key in self.keys)

    def cursor(self, exchange: Exchange) -> str:
        numbers = zip(self.keys, self.key(exchange), strict=True)
        return "-".join(str(key.number(value)) for key, value in numbers)

    def start(self, cursor: str) -> list[Any]:
        """The values a cursor stands for; none when it makes no sense."""
        numbers = cursor.split("-")
        if len(numbers) != len(self.keys) or not all(n.isascii() and n.isdecimal() for n in numbers):
            return []
        try:
            values = [key.value(_bounded(n)) for key, n in zip(self.keys, numbers, strict=True)]
        except (ValueError, OverflowError):
            return []
        return values


SORTS = {
    "best": Sort(_("Best match"), (SCORE, MOMENT, NUMBER), descending=True),
    "newest": Sort(_("Newest first"), (MOMENT, NUMBER), descending=True),
    "closing": Sort(_("Closing soon"), (LAST_DAY, NUMBER), descending=False),
    "distance": Sort(_("Nearest first"), (NEARNESS, MOMENT, NUMBER), descending=True),
}


def _bounded(digits: str) -> int:
    number = int(digits)
    if number > LARGEST:
        raise OverflowError
    return number


@dataclasses.dataclass(frozen=True)
class Page:
    """The exchanges of one page; `start` is empty on the first, `after` on the last."""

    exchanges: list[Exchange]
    start: list[Any]
    after: str


def page(
    hits: QuerySet[Exchange],
    criteria: Criteria,
    *,
    size: int = SIZE,
    shown: Callable[[ExchangeQuerySet], ExchangeQuerySet] = ExchangeQuerySet.cards,
) -> Page:
    """One page of the hits, in one statement (a second when a cursor points behind the last hit).

    `shown` picks the columns that are needed of each.
    """
    order = SORTS[criteria.sort]
    start = order.start(criteria.after)
    rows = functools.partial(_rows, hits, criteria, size=size, shown=shown)
    found = rows(start)
    if start and not found:
        start, found = [], rows([])
    after = order.cursor(found[size - 1]) if len(found) > size else ""
    return Page(found[:size], start, after)


def _rows(
    hits: QuerySet[Exchange],
    criteria: Criteria,
    start: list[Any],
    *,
    size: int,
    shown: Callable[[ExchangeQuerySet], ExchangeQuerySet],
) -> list[Exchange]:
    """The keys of the rows are found first, in narrow rows or in an index alone; then what a card shows
    of them.
    """
    order = SORTS[criteria.sort]
    ranks = {pk: rank for rank, pk in enumerate(criteria.nearest, 1)} if criteria.sort == "distance" else {}
    sql, params = _keys(hits, criteria, start, size)
    cards = shown(offered()).filter(pk__in=RawSQL(sql, params))  # noqa: S611 - only our own words in the SQL
    if criteria.sort == "best":
        cards = cards.annotate(score=RawSQL(SCORED, [criteria.q]))  # noqa: S611
    rows = list(cards.order_by())
    for exchange in rows:
        exchange.rank = ranks.get(exchange.place_id, 0)  # type: ignore[attr-defined]
    return sorted(rows, key=order.key, reverse=order.descending)


def _keys(hits: QuerySet[Exchange], criteria: Criteria, start: list[Any], size: int) -> tuple[str, list[Any]]:
    order = SORTS[criteria.sort]
    source, params = _source(hits, criteria)
    keys = ", ".join(key.sql for key in order.keys)
    beyond, direction = ("<", " DESC") if order.descending else (">", "")
    where = f" WHERE ({keys}) {beyond} ({', '.join(['%s'] * len(start))})" if start else ""
    by = ", ".join(key.sql + direction for key in order.keys)
    sql = f"SELECT id FROM {source}{where} ORDER BY {by} LIMIT {size + 1}"  # noqa: S608 - only our own words
    return sql, [*params, *start]


def _source(hits: QuerySet[Exchange], criteria: Criteria) -> tuple[str, list[Any]]:
    """What to sort, as SQL: of the best match only the newest hits, since ranking every hit of a common
    word is slow.
    """
    columns = ["id", "published_at", "closes_on", "place_id"]
    if criteria.sort == "best":
        newest = hits.order_by("-published_at", "-id").values("id", "published_at", "search")[:RANKED]
        sql, params = newest.query.sql_with_params()
        ranked = f"(SELECT id, published_at, {SCORED} AS score FROM ({sql}) AS newest) AS hit"  # noqa: S608
        return ranked, [criteria.q, *params]
    sql, params = hits.order_by().values(*columns).query.sql_with_params()
    if criteria.sort == "distance":
        places = "JOIN unnest(%s::bigint[]) WITH ORDINALITY AS near (place, rank) ON place = place_id"
        return f"({sql} OFFSET 0) AS hit {places}", [*params, list(criteria.nearest)]
    return f"({sql}) AS hit", [*params]


# How well an exchange matches, as a whole number, since a cursor must hold it exactly.
SCORED = "(ts_rank(search, bwob_query(%s)) * 1000000)::integer"
