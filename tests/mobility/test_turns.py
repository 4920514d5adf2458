"""Mijn overzicht: what lies with whom, and the places that were won."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("ended", "shown"), [(False, (1, 0)), (True, (0, 1))])
def test_a_confirmed_place_stays_in_sight_until_its_last_day(client, ended, shown):
    application = make.application("confirmed")
    if ended:
        application.starts_on = timezone.localdate() - datetime.timedelta(days=90)
        application.ends_on = timezone.localdate() - datetime.timedelta(days=1)
        application.save()
    client.force_login(application.applicant)

    page = client.get(reverse("dashboard"))

    assert (len(page.context["agreed"]), len(page.context["finished"])) == shown
    assert application.exchange.title in page.content.decode()
