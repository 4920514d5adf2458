"""The demo's content: what a newcomer can count on."""

import pytest

from mobility import emails
from mobility.models import Agreement, Application, Exchange, SwapRing
from mobility.sample import loading

pytestmark = pytest.mark.django_db


def test_somebody_gets_the_applications_for_every_open_place_of_the_demo():
    loading.load()

    open_places = Exchange.objects.open().select_related("organisation", "contact")
    unread = [place.title for place in open_places if not emails.deciders(place)]
    states = set(Application.objects.values_list("state", flat=True))
    assert {"started", "completed", "evaluated"} <= states
    assert {"asked", "sealed"} <= set(Agreement.objects.values_list("state", flat=True))
    assert {"proposed", "managers", "confirmed"} == set(SwapRing.objects.values_list("state", flat=True))
    assert (len(open_places) > 200, unread) == (True, [])
