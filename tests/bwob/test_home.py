"""The front page, and what stands around every page."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from mobility import front
from mobility.models import Exchange
from tests import make

pytestmark = pytest.mark.django_db


def test_the_front_page_counts_only_what_one_can_apply_for():
    make.exchange("Open")
    make.exchange("Draft", state=Exchange.State.DRAFT, published_at=None)
    make.exchange("Past", closes_on=timezone.localdate() - datetime.timedelta(days=1))

    facts = front.facts()

    assert facts["open_text"] == "1 exchange open"
    assert [exchange.title for exchange in facts["fresh"]] == ["Open"]
    assert {kind.label: kind.count for kind in facts["kinds"]}["Secondment"] == 1


def test_what_became_of_applications_stays_unsaid_below_five():
    for state in ("confirmed", "declined", "submitted"):
        for _number in range(4):
            make.application(state, exchange=make.exchange())

    assert front.cohort() is None


def test_what_became_of_applications_counts_the_ended_ones_too():
    employer = make.organisation("Gemeente Amersfoort")
    for state in ("confirmed", "declined", "submitted"):
        for _number in range(5):
            make.application(state, exchange=make.exchange(), applicant=make.person(works_at=employer))

    cohort = front.cohort()

    assert cohort
    assert (cohort.total, cohort.agreed, cohort.talking, cohort.ended) == (15, 5, 5, 5)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_front_page_costs_the_same_at_any_length(client, rows, django_assert_num_queries):
    for number in range(rows):
        make.exchange(f"Place {number}")

    with django_assert_num_queries(7):
        client.get(reverse("home"))


def test_the_header_offers_writing_to_those_who_may(client):
    client.force_login(make.staff())
    for_hr = client.get(reverse("home")).content.decode()
    client.force_login(make.person(works_at=make.organisation("Gemeente Breda")))
    for_others = client.get(reverse("home")).content.decode()

    assert reverse("mobility:write") in for_hr
    assert "Post an exchange</a>" not in for_others.split("<main")[0]


def test_the_page_in_the_other_language_is_named_with_its_whole_address(client, settings):
    page = client.get("/?q=x").content.decode()

    assert f'hreflang="en" href="{settings.ORIGIN}/en/?q=x"' in page
