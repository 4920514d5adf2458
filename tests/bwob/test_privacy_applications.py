"""Applications go at the end of their term, with their history (rule R5)."""

import datetime

import pytest
from django.utils import timezone

from bwob.privacy import retention
from mobility.models import Application
from tests import make

pytestmark = pytest.mark.django_db


def test_an_application_goes_the_day_after_its_last_day_and_its_history_too():
    today = timezone.localdate()
    yesterday, tomorrow = (today + datetime.timedelta(days=days) for days in (-1, 1))
    kept = [
        make.application("withdrawn", keep_until=until, motivation=f"until {until}")
        for until in (today, tomorrow, None)
    ]
    make.application("declined", keep_until=yesterday, motivation="past its term")

    retention.minimise()

    assert list(Application.objects.order_by("pk")) == kept
    events = Application.pgh_event_model.objects
    assert set(events.values_list("pgh_obj", flat=True)) == {one.pk for one in kept}
    assert not events.filter(motivation="past its term").exists()
