"""Handing over before leaving: recorded at work, moved by itself, seen by nobody before."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from alumni import consenting, departing
from alumni.models import Alumnus, Departure
from bwob.privacy import retention
from tests import make
from tests.racing import at_once

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def network():
    return make.alumni_network()


@pytest.fixture
def leaver(network):
    return make.person("Sanne", works_at=network.organisation)


def record(client, person, **fields):
    client.force_login(person)
    defaults = {
        "last_day": TODAY() + datetime.timedelta(days=20),
        "email": "sanne@home.example",
        "purposes": ["return", "question"],
        "expertise": "water, law",
    }
    return client.post(reverse("alumni:departure"), defaults | fields)


def test_the_move_happens_by_itself_after_the_last_day(client, leaver):
    record(client, leaver)

    on_the_day = departing.move_due(TODAY() + datetime.timedelta(days=20))
    after = departing.move_due(TODAY() + datetime.timedelta(days=21))

    alumnus = Alumnus.objects.get()
    assert (on_the_day, after) == (0, 1)
    assert (alumnus.state, alumnus.user, alumnus.expertise) == ("active", leaver, ["water", "law"])
    assert consenting.chosen_by(alumnus) == {"return", "question"}


def test_what_was_recorded_is_erased_once_it_has_moved(client, leaver):
    record(client, leaver)
    departing.move_due(TODAY() + datetime.timedelta(days=21))

    retention.minimise()

    assert Departure.objects.count() == 0
    assert Alumnus.objects.count() == 1


def test_nobody_sees_a_departure_before_it_happens(client, leaver, network):
    record(client, leaver)
    hr = make.staff("hr", network.organisation, "Hanna")

    assert list(Departure.objects.visible_to(hr)) == []
    assert Alumnus.objects.visible_to(hr).count() == 0


def test_recording_again_changes_what_was_recorded(client, leaver):
    record(client, leaver)
    record(client, leaver, email="other@home.example")

    assert Departure.objects.get().email == "other@home.example"


def test_a_departure_can_be_erased_until_it_happens(client, leaver):
    record(client, leaver)

    client.post(reverse("alumni:cancel_departure"))

    assert departing.move_due(TODAY() + datetime.timedelta(days=21)) == 0


@pytest.mark.parametrize("days", [-1, 400])
def test_a_last_day_that_cannot_be_is_refused(client, leaver, days):
    assert record(client, leaver, last_day=TODAY() + datetime.timedelta(days=days)).status_code == 422


def test_the_own_work_address_is_no_private_address(client, leaver):
    response = record(client, leaver, email=leaver.work_address.email)

    assert response.status_code == 422


def test_without_a_network_the_page_says_what_to_do(client):
    client.force_login(make.person(works_at=make.organisation("Gemeente Zwolle")))

    page = client.get(reverse("alumni:departure")).content.decode()

    assert "Gemeente Zwolle has no alumni network yet." in page


def test_who_was_invited_already_is_the_same_alumnus(client, leaver, network):
    make.alumnus(state="invited", email="sanne@home.example", network=network)
    record(client, leaver)

    departing.move_due(TODAY() + datetime.timedelta(days=21))

    assert (Alumnus.objects.get().state, Alumnus.objects.get().user) == ("active", leaver)


@pytest.mark.django_db(transaction=True)
def test_of_two_clocks_at_once_one_moves(client, leaver):
    record(client, leaver)
    Departure.objects.update(last_day=TODAY() - datetime.timedelta(days=1))

    at_once(*[departing.move_due] * 3)

    assert Alumnus.objects.count() == 1
