"""“Did you mean …”: words of what is on offer, close to what was typed, and never of a draft."""

import threading

import pytest
from django.db import connection, transaction
from django.http import QueryDict

from mobility.filters import ExchangeFilter
from mobility.models import Exchange, SearchWord
from mobility.results import Results
from mobility.suggesting import correction
from tests import make


def words() -> set[str]:
    return set(SearchWord.objects.values_list("word", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("projectlieder", "projectleider"),
        ("projektleider", "projectleider"),
        ("Projectlieder Utrecht", "projectleider Utrecht"),
        ("jursit", "jurist"),
        ("coordinatr", "coördinator"),
        ("amersfort", "amersfoort"),
        ("omgevingrecht", "omgevingsrecht"),
        ("beleidsadvisuer -jurist", "beleidsadviseur -jurist"),
        ('"projectlieder wonen"', '"projectleider wonen"'),
        ("projectleiders", ""),
        ("juristen", ""),
        ("coordinator", ""),
        ("xyzzy", ""),
        ("het", ""),
        ("", ""),
        ("-projectlieder", ""),
        ("%_\\'", ""),
        ("1234", ""),
    ],
)
def test_a_misspelt_word_becomes_the_known_word_most_like_it(typed: str, meant: str):
    make.exchange(
        "Projectleider",
        organisation=make.organisation("Gemeente Amersfoort"),
        skills=["Omgevingsrecht"],
    )
    make.exchange("Jurist en coördinator wonen")
    make.exchange("Beleidsadviseur")

    assert correction(typed) == meant


@pytest.mark.django_db
def test_the_suggestion_keeps_the_filters_and_only_shows_when_there_is_little():
    for _number in range(3):
        make.exchange("Projectleider")

    little = Results(ExchangeFilter(QueryDict("q=projectlieder&kind=secondment"))).suggestion
    enough = Results(ExchangeFilter(QueryDict("q=projectleider"))).suggestion

    assert little is not None
    assert (little.text, little.url) == (
        "projectleider",
        "/en/uitwisselingen/?q=projectleider&kind=secondment",
    )
    assert enough is None


@pytest.mark.django_db
def test_the_words_of_a_draft_stay_unknown_until_it_is_published():
    exchange = make.exchange("Geheimschrijver", state=Exchange.State.DRAFT, published_at=None)

    before = "geheimschrijver" in words()
    Exchange.objects.filter(pk=exchange.pk).update(state="published", published_at="2026-11-24T10:00Z")

    assert (before, "geheimschrijver" in words()) == (False, True)


@pytest.mark.django_db
def test_the_nightly_refresh_forgets_words_that_are_no_longer_on_offer_and_adds_missed_ones():
    make.exchange("Blijver")
    gone = make.exchange("Vertrekker")
    Exchange.objects.filter(pk=gone.pk).update(state="withdrawn")
    SearchWord.objects.filter(word="blijver").delete()

    SearchWord.objects.refresh()

    assert words() == {"blijver", "gemeente", "utrecht"}


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_the_same_new_words_in_another_order_do_not_wait_for_each_other():
    organisation, place = make.organisation(), make.place()
    first_is_in, errors = threading.Event(), []

    def publish_both(titles: list[str], wait: bool) -> None:
        try:
            with transaction.atomic():
                make.exchange(titles[0], organisation=organisation, place=place)
                first_is_in.wait(5) if wait else first_is_in.set()
                make.exchange(titles[1], organisation=organisation, place=place)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=publish_both, args=(["Appel", "Peer"], True)),
        threading.Thread(target=publish_both, args=(["Peer", "Appel"], False)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert errors == []
    assert Exchange.objects.count() == 4
