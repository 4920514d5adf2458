"""The demo's Doetanks: every phase, one under the radar."""

import pytest
from django.contrib.auth.models import AnonymousUser

from doetanks.models import Challenge
from doetanks.sample import loading
from tests import make

pytestmark = pytest.mark.django_db
CODES = [
    "gm0518",
    "ws0155",
    "gm0014",
    "gm0193",
    "pv28",
    "gm0772",
    "gm0080",
    "gm0758",
    "pv25",
    "pv30",
    "gm0307",
    "pv26",
]


def test_the_demo_has_doetanks_in_all_phases_and_one_under_the_radar():
    utrecht = make.organisation("Gemeente Utrecht", code="gm0344")
    for name in ("coach", "opdrachtgever", "deelnemer"):
        make.person(name.title(), works_at=utrecht, email=f"{name}@demo.example")
    for code in CODES:
        for number in range(2):
            make.person(f"Mens{number}", works_at=make.organisation(f"Organisatie {code}", code=code))

    loading.load()

    states = set(Challenge.objects.values_list("state", flat=True))
    assert set(Challenge.State) - states == {"deliver", "stopped"}
    assert list(Challenge.objects.filter(is_hidden=True).values_list("state", flat=True)) == ["ideas"]
    assert Challenge.objects.visible_to(AnonymousUser()).count() == 9
