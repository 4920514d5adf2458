"""What the indexes of search hold: the note `listed` may lag behind, and decides nothing by itself."""

import datetime

import pgtrigger
import pytest
from django.db import connection
from django.utils import timezone

from mobility.models import Exchange
from tests import make

pytestmark = pytest.mark.django_db


def listed() -> set[str]:
    return set(Exchange.objects.filter(listed=True).values_list("title", flat=True))


def day(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def test_published_and_not_long_closed_is_listed_whoever_writes_it():
    make.exchange("Open", closes_on=day(1))
    make.exchange("Open-ended", closes_on=None)
    make.exchange("Just closed", closes_on=day(-1))
    make.exchange("Long closed", closes_on=day(-10))
    make.exchange("Draft", state="draft", published_at=None)
    filled = make.exchange("Filled", state="published")

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE mobility_exchange SET state = 'filled', listed = true WHERE id = %s", [filled.pk]
        )

    assert listed() == {"Open", "Open-ended", "Just closed"}
    assert set(Exchange.objects.open().values_list("title", flat=True)) == {"Open", "Open-ended"}


def test_the_nightly_tidying_takes_out_what_has_closed_and_a_new_date_brings_it_back():
    exchange = make.exchange("Closes", closes_on=day(1))
    with pgtrigger.ignore("mobility.Exchange:searchable"):  # as if days went by since it was written
        Exchange.objects.update(closes_on=day(-5))
    before = listed()

    tidied = Exchange.objects.unlist_closed()
    after = listed()
    Exchange.objects.filter(pk=exchange.pk).update(closes_on=day(5))

    assert (before, tidied, after, listed()) == ({"Closes"}, 1, set(), {"Closes"})
    assert Exchange.objects.unlist_closed() == 0


def test_tidying_leaves_no_history():
    make.exchange("Closes")
    events = Exchange.events.rel.related_model.objects.count()

    Exchange.objects.update(listed=False)

    assert Exchange.events.rel.related_model.objects.count() == events


@pytest.mark.parametrize("name", ["exchange_open_search", "exchange_open_newest", "exchange_open_facets"])
def test_the_indexes_hold_only_what_is_listed(name: str):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_expr(indpred, indrelid) FROM pg_index WHERE indexrelid = %s::regclass", [name]
        )
        condition = cursor.fetchone()[0]

    assert "listed" in condition
    assert "published" in condition
