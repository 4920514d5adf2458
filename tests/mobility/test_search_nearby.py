"""Near a place: names as people type them, and kilometres as the crow flies."""

import pytest
from django.http import QueryDict

from bwob.organisations import register
from bwob.organisations.models import Place
from mobility.filters import ExchangeFilter
from mobility.nearby import distance, gazetteer
from mobility.results import Results
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def netherlands() -> None:
    register.load()


def names(places: tuple[Place, ...]) -> list[str]:
    return [place.name for place in places]


@pytest.mark.usefixtures("netherlands")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Utrecht", ["Utrecht"]),
        ("  utrecht ", ["Utrecht"]),
        ("den haag", ["'s-Gravenhage"]),
        ("'s-Gravenhage", ["'s-Gravenhage"]),
        ("’s gravenhage", ["'s-Gravenhage"]),
        ("Den Bosch", ["'s-Hertogenbosch"]),
        ("sudwest fryslan", ["Súdwest-Fryslân"]),
        ("hengelo", ["Hengelo (O.)"]),
        ("Bergen", ["Bergen (L.)", "Bergen (NH.)"]),
        ("bergen (nh)", ["Bergen (NH.)"]),
        ("Atlantis", []),
        ("", []),
    ],
)
def test_a_place_is_found_by_any_of_its_names(typed: str, found: list[str]):
    assert names(gazetteer().named(typed)) == found


@pytest.mark.usefixtures("netherlands")
def test_distances_are_those_of_the_map():
    [utrecht], [amersfoort], [maastricht] = (
        gazetteer().named(name) for name in ("Utrecht", "Amersfoort", "Maastricht")
    )

    assert round(distance(utrecht, amersfoort)) == pytest.approx(20, abs=2)
    assert round(distance(utrecht, maastricht)) == pytest.approx(141, abs=4)
    assert distance(utrecht, utrecht) == 0


@pytest.mark.usefixtures("netherlands")
def test_the_places_within_reach_come_nearest_first():
    centres = gazetteer().named("Utrecht")

    reach = {far: gazetteer().within(centres, far) for far in (10, 30, 100)}

    assert reach[10][0] == centres[0].pk
    assert reach[30][: len(reach[10])] == reach[10]
    assert len(reach[10]) < len(reach[30]) < len(reach[100]) < 342


@pytest.mark.usefixtures("netherlands")
def test_an_unknown_place_is_told_with_places_like_it_and_changes_nothing():
    make.exchange(place=Place.objects.get(name="Utrecht"))

    page = Results(ExchangeFilter(QueryDict("near=Utrect&sort=distance"))).context()

    assert page["problems"] == ["We do not know a municipality “Utrect”. Did you mean Utrecht?"]
    assert (page["near"], page["sort"], page["count_text"]) == ("Utrect", "newest", "1 exchange found")


def test_a_place_like_no_other_asks_for_a_municipality():
    make.place()

    page = Results(ExchangeFilter(QueryDict("near=3511AB"))).context()

    assert page["problems"] == ["We do not know a municipality “3511AB”. Use the name of a municipality."]


@pytest.mark.usefixtures("netherlands")
def test_each_hit_near_a_place_says_how_far_it_is():
    for name in ("Utrecht", "Amersfoort", "Maastricht"):
        make.exchange(name, place=Place.objects.get(name=name))

    page = Results(ExchangeFilter(QueryDict("near=Utrecht&sort=distance"))).context()

    assert [(one.title, one.distance_text) for one in page["exchanges"]] == [
        ("Utrecht", "0 km"),
        ("Amersfoort", "19 km"),
    ]
    assert [choice.value for choice in page["distances"] if choice.is_selected] == ["30"]


@pytest.mark.usefixtures("netherlands")
def test_near_a_name_of_two_places_is_near_either():
    for name in ("Bergen (L.)", "Bergen (NH.)", "Utrecht"):
        make.exchange(name, place=Place.objects.get(name=name))

    page = Results(ExchangeFilter(QueryDict("near=bergen&within=10"))).context()

    assert sorted(one.title for one in page["exchanges"]) == ["Bergen (L.)", "Bergen (NH.)"]
    assert [chip.label for chip in page["chips"]] == ["Within 10 km of bergen"]
