"""List, map and exports show the same networks for the same address, at a cost that does not grow."""

import csv
import datetime
import gzip
import io
import itertools
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bwob.organisations.models import Organisation, Place, Region
from networks import atlas, drawing, listing
from networks.filters import Selection, understood
from networks.models import Network, Partnership
from tests import make

ROW = re.compile(r'<th scope="row">.*?<a href="[^"]*/netwerken/([^/"]+)/"', re.DOTALL)
NEXT = re.compile(r'<a [^>]*href="([^"]+)" rel="next"')
MARK = re.compile(r">(\d+)</text>")
SINGLE = re.compile(r'class="bwob-kind-\w+" x=')


@pytest.fixture(scope="module")
def country(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Network]]:
    """A hundred networks over nine municipalities in three provinces; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        chance = random.Random(1)  # noqa: S311 - the same each time
        places = [spot(number) for number in range(9)]
        bodies = [
            make.organisation(f"Body {tier}", tier=tier) for tier in ("municipality", "police", "state")
        ]
        yield [one(number, places, bodies, chance) for number in range(100)]
        transaction.set_rollback(True)


def spot(number: int) -> Place:
    province = make.region(f"Province {number % 3}", Region.Kind.PROVINCE)
    facts = {"latitude": 51.3 + number * 0.2, "longitude": 4.4 + (number * 5 % 9) * 0.25}
    return make.place(
        f"Town {number}", province=province, region=make.region(f"Region {number % 4}"), **facts
    )


def one(number: int, places: list[Place], bodies: list[Organisation], chance: random.Random) -> Network:
    place = chance.choice(places)
    began = datetime.date(2020 + number % 7, 1 + number % 12, 1)
    network = make.network(
        f"Network {number:03}",
        place=place,
        latitude=place.latitude + chance.uniform(-0.04, 0.04),
        longitude=place.longitude + chance.uniform(-0.04, 0.04),
        kind=chance.choice(Network.Kind.values),
        themes=chance.sample(Network.Theme.values, 2),
        accepts_partners=bool(number % 3),
        starts_on=began,
        ends_on=began + datetime.timedelta(days=900) if number % 9 == 0 else None,
        state=chance.choice(["published", "published", "unconfirmed", "stale"]),
    )
    make.tie(network, chance.choice(bodies), starts_on=began)
    return network


def names(text: str) -> list[str]:
    return ROW.findall(text)


def walk(client: Client, address: str) -> list[str]:
    """All rows of the list, page after page."""
    found: list[str] = []
    while address:
        text = client.get(address).content.decode()
        found += names(text)
        following = NEXT.search(text)
        address = following[1].replace("&amp;", "&") if following else ""
    return found


def query(choices: dict[str, str]) -> str:
    data = QueryDict(mutable=True)
    for name, value in choices.items():
        data[name] = value
    return data.urlencode()


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(Network.Kind.values),
        "theme": st.sampled_from(Network.Theme.values),
        "tier": st.sampled_from(["municipality", "police", "state", "province"]),
        "province": st.sampled_from(["province 0", "province 1", "nowhere"]),
        "region": st.sampled_from(["region 0", "region 3"]),
        "partners": st.just("yes"),
        "stale": st.just("yes"),
        "month": st.sampled_from(["2021-06", "2024-12", "2026-02", "1850-01", "2026-13", "x"]),
        "q": st.sampled_from(["network 0", "NETWÓRK", "%", "zzz"]),
        "box": st.sampled_from(["4.3,51.2,5.4,52.1", "4,50,7,54", "7,50,4,54", "x", "4,50,7"]),
    },
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=FILTERS)
def test_the_same_filters_give_the_same_rows_in_table_map_api_csv_and_geojson(client, country, choices):
    asked = query(choices)
    page = client.get(f"/en/netwerken/?{asked}").content.decode()

    rows = walk(client, f"/en/netwerken/?{asked}")
    exported = list(csv.DictReader(io.StringIO(csv_of(client, asked)), delimiter=";"))
    features = client.get(f"/en/netwerken/netwerken.geojson?{asked}").json()["features"]

    assert rows == [row["slug"] for row in exported] == [feature["id"] for feature in features]
    assert len(rows) == len(set(rows))
    if not page.count("We left out"):
        assert api_of(client, asked) == rows
    drawn = sum(map(int, MARK.findall(page))) + len(SINGLE.findall(page))
    assert drawn == len(rows)


def api_of(client: Client, asked: str) -> list[str]:
    """All rows of the API, page after page; it refuses what the site leaves out."""
    found: list[str] = []
    address = f"/api/v1/networks?limit=30&{asked}"
    while address:
        answer = client.get(address).json()
        found += [item["id"] for item in answer["items"]]
        address = answer["next"] and answer["next"].partition("://")[2].partition("/")[2]
        address = f"/{address}" if address else ""
    return found


def csv_of(client: Client, asked: str) -> str:
    return client.get(f"/en/netwerken/netwerken.csv?{asked}").content.decode("utf-8-sig")


def test_looking_closer_at_every_mark_finds_every_network(client, country):
    selection = Selection()
    seen = drawing.window(None)
    marks = drawing.marks(drawing.cells(selection, seen, 100), seen)

    found: list[str] = []
    for mark in marks:
        url = drawing.shown(mark, selection, seen)["url"]
        found += [mark.slug] if mark.count == 1 else walk(client, url.partition("#")[0])

    assert set(found) == set(selection.rows().values_list("slug", flat=True))


def test_marks_stand_apart(country):
    seen = drawing.window(None)

    marks = drawing.marks(drawing.cells(Selection(), seen, 100), seen)

    gaps = [
        ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
        for number, one in enumerate(marks)
        for other in marks[:number]
    ]
    assert min(gaps) >= drawing.MARK


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_four_queries(client, count, django_assert_num_queries):
    for number in range(count):
        make.network(f"Network {number}")
    atlas.atlas()

    with django_assert_num_queries(4):
        client.get(reverse("networks:networks"))


def cost(client: Client) -> tuple[int, int, bytes]:
    """Statements, characters of the map, and the page itself, as the page of all networks has them."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get("/netwerken/").content
    return len(queries), len(page[page.index(b'<svg class="bwob-map"') :]), page


@pytest.mark.django_db
def test_a_thousand_networks_cost_about_as_much_as_sixty(client):
    """Counted by what the machine does not disturb: statements, and what is sent. Timed in the bench."""
    spread(60)
    atlas.atlas()
    statements, size, _page = cost(client)

    spread(940)

    many, large, page = cost(client)
    assert many == statements
    assert large <= size * 1.5
    assert (len(page) < 40_000, len(gzip.compress(page)) < 9_000) == (True, True)


def spread(count: int) -> None:
    """Networks all over the land, in a few statements; names, provinces and regions as long as real ones."""
    place, chance = make.place(), random.Random(count)  # noqa: S311 - the same each time
    for number in range(35):
        province = make.region(f"Province {number % 12}", Region.Kind.PROVINCE)
        make.place(f"Town {number}", province=province, region=make.region(f"Labour region {number}"))
    today = timezone.localdate()
    made = Network.objects.bulk_create(
        Network(
            name=f"Mobility network of Noord-Limburg {number}",
            sort_name=f"network {count} {number}",
            slug=f"mobility-network-of-noord-limburg-{count}-{number}",
            kind=chance.choice(Network.Kind.values),
            summary="Spread",
            place=place,
            latitude=chance.uniform(51.3, 53.2),
            longitude=chance.uniform(4.4, 6.7),
            source="test",
            starts_on=today,
        )
        for number in range(count)
    )
    Partnership.objects.bulk_create(
        Partnership(network=one, other=other, confirmed_by_network_at=timezone.now(), starts_on=today)
        for one, other in itertools.pairwise(made[:61])
    )


@pytest.mark.django_db
def test_the_default_hides_what_nobody_confirmed_and_what_ended_or_is_to_begin(client):
    today = timezone.localdate()
    make.network("Now")
    make.network("Waits", state="unconfirmed")
    make.network("Stale", state="stale")
    make.network("Over", state="archived", ends_on=today - datetime.timedelta(days=1))
    make.network("Soon", starts_on=today + datetime.timedelta(days=40))

    assert shown() == ["Now", "Waits"]
    assert shown(stale="yes") == ["Now", "Stale", "Waits"]
    assert shown(month=f"{today - datetime.timedelta(days=100):%Y-%m}") == ["Now", "Over", "Stale", "Waits"]


def shown(**choices: str) -> list[str]:
    return [network.name for network in understood(QueryDict(query(choices))).rows()]


@pytest.mark.django_db
def test_what_an_address_asks_and_nobody_knows_is_left_out_and_told(client):
    make.network()

    page = client.get("/en/netwerken/?province=atlantis&month=2026-13&kind=x&page=0&box=1,2,3")

    assert page.status_code == 200
    assert page.context["count_text"] == "1 network"
    assert page.context["problems"] == [
        "We left out “x”: we do not know it.",
        "We left out “atlantis”: we do not know it.",
        "We left out “2026-13”: we do not know it.",
        "We left out “1,2,3”: we do not know it.",
    ]


@pytest.mark.django_db
def test_a_formula_is_no_formula_in_the_export(client):
    make.network("=1+1")

    assert "'=1+1" in csv_of(client, "")


@pytest.mark.django_db
def test_white_spots_are_where_none_of_the_chosen_kind_works(client):
    worked, empty = make.place("Worked"), make.place("Empty")
    make.network(place=worked, area=[worked])

    def spots(asked: str = "") -> list[str]:
        text = client.get(f"/en/netwerken/witte-vlekken/{asked}").content.decode()
        return re.findall(r'data-place="([^"]+)"', text)

    assert spots() == [empty.code]
    assert sorted(spots("?kind=alumni")) == sorted([worked.code, empty.code])
    assert sorted(spots("?month=2000-01")) == sorted([worked.code, empty.code])


def test_the_drawing_agrees_with_the_provinces():
    """Utrecht's Dom tower lies where the drawing has the province of Utrecht, to about a kilometre."""
    assert (round(atlas.x_of(5.1214)), round(atlas.y_of(52.0907))) == (280, 384)
    assert listing.PAGE == 20


@pytest.mark.django_db
def test_the_api_refuses_what_it_does_not_know(client):
    answer = client.get("/api/v1/networks?province=atlantis&box=1,2")

    assert answer.status_code == 400
    assert sorted(error["name"] for error in answer.json()["errors"]) == ["box", "province"]


@pytest.mark.django_db
def test_the_api_gives_geojson_with_longitude_first(client):
    network = make.network()

    answer = client.get("/api/v1/networks?format=geojson")

    assert answer.headers["Content-Type"] == "application/geo+json"
    assert answer.json()["features"][0]["geometry"] == {
        "type": "Point",
        "coordinates": [network.longitude, network.latitude],
    }


@pytest.mark.django_db
def test_one_network_in_full_names_its_ties_and_no_person(client):
    network = make.network(contact=make.person("Geheim"))
    make.tie(network, make.organisation("Gemeente Elders"), confirmed=False)

    answer = client.get(f"/api/v1/networks/{network.slug}")

    ties = [(tie["partner"], tie["isConfirmed"]) for tie in answer.json()["ties"]]
    assert ties == [("Gemeente Elders", False)]
    assert "Geheim" not in answer.content.decode()
