"""Pages of a search: walking on shows each hit once, in every order, whatever the cursor says."""

import datetime

import pytest
from django.http import QueryDict
from django.utils import timezone

from mobility import paging
from mobility.filters import ExchangeFilter
from mobility.models import Exchange
from mobility.results import Results
from tests import make

pytestmark = pytest.mark.django_db

QUERIES = ["", "sort=closing", "near=Utrecht&within=100&sort=distance", "q=brief&sort=best"]


def results(query: str) -> Results:
    return Results(ExchangeFilter(QueryDict(query)))


def walk(query: str) -> list[list[int]]:
    """The keys on each page, following the link to the next."""
    pages = []
    while True:
        here = results(query)
        pages.append([exchange.pk for exchange in here.exchanges])
        if not here.next_url:
            return pages
        query = here.next_url.split("?")[1]


def some_exchanges(count: int) -> list[Exchange]:
    """Several of each moment, closing date, place and score, so that pages end amid equals."""
    today, now = timezone.localdate(), timezone.now()
    towns = [make.place(), make.place("Zeist", longitude=5.23), make.place("Amersfoort", longitude=5.39)]
    return [
        make.exchange(
            "Brief" if number % 2 else "Brief en dijk",
            tasks="Een brief." * (number % 3),
            place=towns[number % 3],
            published_at=now - datetime.timedelta(hours=number // 4),
            closes_on=None if number % 5 == 0 else today + datetime.timedelta(days=number % 4),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(
    ("count", "sizes"), [(0, [0]), (1, [1]), (20, [20]), (21, [20, 1]), (40, [20, 20]), (45, [20, 20, 5])]
)
def test_walking_on_shows_each_hit_once(query: str, count: int, sizes: list[int]):
    made = some_exchanges(count)

    pages = walk(query)

    assert [len(page) for page in pages] == sizes
    assert sorted(pk for page in pages for pk in page) == sorted(exchange.pk for exchange in made)


def test_each_order_is_the_one_it_says():
    made = some_exchanges(45)
    rank = {"Utrecht": 0, "Zeist": 1, "Amersfoort": 2}

    walked = {query: [pk for page in walk(query) for pk in page] for query in QUERIES}

    newest = sorted(made, key=lambda exchange: (exchange.published_at, exchange.pk), reverse=True)
    closing = sorted(made, key=lambda exchange: (exchange.closes_on or datetime.date.max, exchange.pk))
    nearest = sorted(newest, key=lambda exchange: rank[exchange.place.name])
    expected = [[exchange.pk for exchange in order] for order in (newest, closing, nearest)]
    assert [walked[query] for query in QUERIES[:3]] == expected


def test_what_comes_or_goes_while_walking_moves_no_other_hit():
    made = some_exchanges(45)
    first = results("")
    seen = [exchange.pk for exchange in first.exchanges]

    make.exchange("Brief, just published")
    gone = next(exchange for exchange in made if exchange.pk not in seen)
    Exchange.objects.filter(pk=gone.pk).update(state=Exchange.State.FILLED)
    rest = walk(first.next_url.split("?")[1])

    shown = seen + [pk for page in rest for pk in page]
    assert sorted(shown) == sorted(exchange.pk for exchange in made if exchange != gone)


def test_only_later_pages_lead_back_to_the_first():
    some_exchanges(21)

    first = results("kind=secondment")
    second = results(first.next_url.split("?")[1])

    assert first.first_url == ""
    assert second.first_url == "/en/uitwisselingen/?kind=secondment"
    assert second.next_url == ""


NONSENSE = [
    *("x", "1", "1-2-3-4", "-1--1", "99999999999999999999-1", "9223372036854775808-1-1", "9999999-1"),
    *("1-9223372036854775808", "1 -2", "٣-٣", "' OR 1=1--", "1-2-3;--", "9" * 5000 + "-1", "1-" * 99),
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_cursor_that_makes_no_sense_begins_at_the_first_page(query: str):
    some_exchanges(21)
    first_page = walk(query)[0]
    data = QueryDict(query, mutable=True)

    for data["after"] in NONSENSE:
        here = Results(ExchangeFilter(data))
        assert ([exchange.pk for exchange in here.exchanges], here.first_url) == (first_page, "")


@pytest.mark.parametrize("query", QUERIES)
def test_a_cursor_behind_the_last_hit_begins_at_the_first_page(query: str):
    some_exchanges(3)
    data = QueryDict(query, mutable=True)
    data["after"] = {"": "0-0", "sort=closing": "3652059-999999999"}.get(query, "0-0-0")
    if "distance" in query:
        data["after"] = "400-0-0"

    here = Results(ExchangeFilter(data))

    assert (len(here.exchanges), here.first_url) == (3, "")


def test_the_cursor_of_one_order_does_no_harm_in_another():
    some_exchanges(21)
    after = results("").page.after

    for query in QUERIES:
        data = QueryDict(query, mutable=True)
        data["after"] = after
        assert len(Results(ExchangeFilter(data)).exchanges) > 0


def test_the_best_match_ranks_only_the_newest_hits(monkeypatch):
    monkeypatch.setattr(paging, "RANKED", 25)
    made = some_exchanges(45)

    pages = walk("q=brief&sort=best")

    newest = sorted(made, key=lambda exchange: (exchange.published_at, exchange.pk), reverse=True)[:25]
    assert [len(page) for page in pages] == [20, 5]
    assert sorted(pk for page in pages for pk in page) == sorted(exchange.pk for exchange in newest)


@pytest.mark.parametrize("query", QUERIES)
def test_every_page_takes_as_many_statements(query: str, django_assert_num_queries):
    some_exchanges(45)
    pages = [query, results(query).next_url.split("?")[1]]

    for page in pages:
        with django_assert_num_queries(2):  # facets, list
            results(page).context()
