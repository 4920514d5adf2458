"""A tie counts when both sides have confirmed it; each side can end it; nobody else can do either."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from bwob.workflow import Refused
from networks import linking, turns
from networks.models import Partnership
from networks.tasks import tell_tie
from tests import make
from tests.racing import at_once

pytestmark = pytest.mark.django_db


def test_hr_ties_the_own_organisation_and_the_network_is_asked(client):
    hr = make.staff()
    coordinator = make.coordinator(make.place().province)
    network = make.network()
    client.force_login(hr)

    client.post(
        reverse("networks:tie", args=[network.slug]),
        {"kind": "member", "organisation": hr.organisations("hr")[0].pk},
    )

    tie = Partnership.objects.get()
    assert (tie.confirmed_by_network_at, tie.waits_for) == (None, network)
    tell_tie(message="tie_asked", partnership_id=tie.pk)
    assert [message.to for message in mail.outbox] == [[coordinator.email]]


def test_hr_cannot_tie_somebody_elses_organisation(client):
    hr, other = make.staff(), make.organisation("Gemeente Elders")
    client.force_login(hr)

    page = client.post(
        reverse("networks:tie", args=[make.network().slug]), {"kind": "member", "organisation": other.pk}
    )

    assert page.status_code == 422
    assert list(Partnership.objects.all()) == []


def test_a_network_cannot_be_tied_to_itself_nor_twice_to_the_same():
    one, other = make.network("One"), make.network("Other")
    make.tie(one, other)
    now = timezone.now()

    with pytest.raises(ValidationError, match="A network cannot be tied to itself"):
        Partnership(network=one, other=one, confirmed_by_network_at=now).validate_constraints()
    with pytest.raises(ValidationError, match="This tie exists already"):
        Partnership(network=other, other=one, confirmed_by_network_at=now).validate_constraints()


def test_the_waiting_side_confirms_and_the_line_becomes_solid(client):
    hr, network = make.staff(), make.network()
    tie = make.tie(network, hr.organisations("hr")[0], confirmed=False)
    client.force_login(hr)

    def lines():
        page = client.get(network.get_absolute_url())
        return [name for name, path in page.context["drawing"]["ties"].items() if path]

    before = lines()
    answer = client.post(reverse("networks:confirm_tie", args=[tie.key]))

    assert (before, answer.status_code, lines()) == (["dashed"], 302, ["solid"])
    assert turns.of(hr)["yours"] == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_is_refused():
    hr, network = make.staff(), make.network()
    tie = make.tie(network, hr.organisations("hr")[0], confirmed=False)
    rows = [Partnership.objects.get(pk=tie.pk), Partnership.objects.get(pk=tie.pk)]

    outcomes = at_once(*(lambda row=row: linking.confirm(row, by=hr) for row in rows))

    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]


def test_what_waits_for_somebody_stands_on_the_overview(client):
    hr, network = make.staff(), make.network()
    make.tie(network, hr.organisations("hr")[0], confirmed=False)
    client.force_login(hr)

    page = client.get(reverse("dashboard"))

    assert [turn.title for turn in page.context["yours"]] == [
        "Confirm the tie of Leernetwerk Utrecht and Gemeente Utrecht"
    ]


def test_each_side_can_end_a_tie_and_no_stranger(client):
    hr, stranger, network = make.staff(), make.staff(at=make.organisation("B")), make.network()
    tie = make.tie(network, hr.organisations("hr")[0])

    client.force_login(stranger)
    refused = client.post(reverse("networks:end_tie", args=[tie.key]))
    client.force_login(hr)
    client.post(reverse("networks:end_tie", args=[tie.key]))

    tie.refresh_from_db()
    assert (refused.status_code, tie.ends_on) == (403, timezone.localdate())


def test_a_tie_that_nobody_answers_ends_by_itself():
    network = make.network()
    long_ago = timezone.now() - Partnership.PATIENCE - datetime.timedelta(hours=1)
    late = make.tie(network, make.organisation("Late"), confirmed=False, asked_at=long_ago)
    make.tie(network, make.organisation("Soon"), confirmed=False)
    make.tie(network, make.organisation("Both"), asked_at=long_ago)

    assert linking.end_unanswered(timezone.now()) == 1
    assert Partnership.objects.running().filter(pk=late.pk).first() is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_network_takes_five_queries(client, count, django_assert_num_queries):
    network = make.network()
    for number in range(count):
        make.tie(network, make.organisation(f"Body {number}"))
    client.get(network.get_absolute_url())  # so that the atlas is read

    with django_assert_num_queries(5):
        client.get(network.get_absolute_url())
