"""Synthetic rows: as many as asked for, marked as samples, and found as real ones."""

import pytest
from django.db import connection
from django.http import QueryDict

from bwob.organisations import register
from mobility.filters import ExchangeFilter
from mobility.models import Exchange, SearchWord
from mobility.results import Results
from mobility.sample import synthetic


@pytest.mark.django_db(transaction=True)
def test_rows_are_added_up_to_the_number_and_found():
    register.load()

    added = [synthetic.make_rows(count, open_percent=50, tell=str) for count in (200, 200, 300)]

    rows = Exchange.objects.filter(source=synthetic.SOURCE)
    assert added == [200, 0, 100]
    assert rows.filter(benefits__contains="voorbeeldplek").count() == 300
    assert 100 < rows.open().count() < 200
    assert SearchWord.objects.filter(word="projectleider").exists()
    results = Results(ExchangeFilter(QueryDict("q=projectleiders")))
    assert results.counts.total == rows.open().filter(title__startswith="Projectleider").count() > 0


@pytest.mark.django_db(transaction=True)
def test_the_words_that_rows_bring_along_are_those_the_trigger_finds():
    register.load()
    synthetic.make_rows(40, tell=str)
    brought = lexemes()

    Exchange.objects.update(source="touched")

    found = lexemes()
    assert len(found) == 40
    assert [pk for pk in found if not 20 < len(brought[pk]) <= len(brought[pk] & found[pk])] == []


def lexemes() -> dict[int, set[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, tsvector_to_array(search) FROM mobility_exchange")
        return {pk: set(words) for pk, words in cursor.fetchall()}
