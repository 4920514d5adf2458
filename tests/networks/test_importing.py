"""Files of networks: limits before parsing, every row checked, nothing stored before somebody says so."""

import datetime
import json
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from networks import feeds, importing, intake
from networks.models import Network, NetworkFile
from tests import make

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Leernetwerk Zeist",
    "kind": "learning",
    "summary": "We learn.",
    "municipality_code": "gm0355",
    "source": "the province",
    "starts_on": "2024-01-01",
}


@pytest.fixture
def zeist(db):
    return make.place("Zeist", code="gm0355", latitude=52.08, longitude=5.23)


def feature(spot=(5.2331, 52.0899), **facts):
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": list(spot)} if spot else None,
        "properties": FACTS | facts,
    }


def collection(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": features} | more).encode()


def office():
    return make.staff(role="programme")


def looked(*features, by=None):
    return importing.check(intake.read(collection(*features)), by=by or office())


def problems(outcome):
    return [f"{column}: {sentence}" for column, sentence in outcome.problems]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[" * 1_000_000, "nested too deeply"),
        (b'{"type":"FeatureCollection","features":' + b"[" * 30 + b"]" * 30 + b"}", "nested too deeply"),
        (b"{" + b'\\"' * 1_000_000, "no valid GeoJSON"),
        (b'{"a": NaN}', "no valid GeoJSON"),
        (b"[1]", "FeatureCollection"),
        (b"x" * (intake.MAX_BYTES + 1), "larger than 5 MB"),
        (b"\0\0", "no text file"),
        (b"a;b\n1;2", "name the columns"),
        (b"name;kind\n", "no network"),
        (b"name;kind\n" + b"x;learning\n" * 201, "more than 200"),
        (
            collection(feature(), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}),
            "in: urn:ogc:def:crs:epsg::28992",
        ),
    ],
    ids=range(11),
)
def test_a_file_that_cannot_be_used_is_refused_at_once_with_the_reason(content, reason):
    began = time.monotonic()

    with pytest.raises(intake.Unreadable, match=reason):
        intake.read(content)

    assert time.monotonic() - began < 5


def test_what_is_wrong_with_a_row_is_named(zeist):
    make.organisation("Gemeente Maarn", code="gm9998", successor=make.organisation("Gemeente Heuvelrug"))
    make.network("Leernetwerk Utrecht")

    told = [
        problems(outcome)
        for outcome in looked(
            feature((143_000, 455_000)),
            feature((2.35, 48.85), name="Paris"),
            feature(municipality_code="gm9998", name="Gone"),
            feature(name="x" * 500),
            feature(kind="band", name="Unknown kind"),
            feature(name="Leernetwerk Utrech"),
            feature(name="Twice", spot=(5.3, 52.2)),
            feature(name="twice", spot=(5.4, 52.3)),
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": []},
                "properties": {"name": "x"},
            },
        )
    ]

    assert told == [
        ["latitude: These are no degrees (WGS84). Are they in the national grid (RD)?"],
        ["latitude: This lies outside the Netherlands."],
        ["municipality_code: “gm9998” was abolished. Use “Heuvelrug”."],
        ["name: Ensure this value has at most 150 characters (it has 500)."],
        ["kind: Select a valid choice. band is not one of the available choices."],
        ["name: Does it exist already? “Leernetwerk Utrecht” has nearly the same name."],
        [],
        ["name: This name stands in the file more than once."],
        [": A network has one spot: a Point with longitude and latitude."],
    ]
    assert Network.objects.count() == 1


def test_nothing_is_stored_before_somebody_says_so_and_then_the_good_rows_only(client, zeist):
    user = office()
    client.force_login(user)
    bad = [feature(name=f"Bad {number}", kind="band") for number in range(60)]
    file = SimpleUploadedFile("a.geojson", collection(*bad, feature()))

    preview = client.post(reverse("networks:import_networks"), {"file": file}, follow=True).content.decode()
    assert Network.objects.count() == 0
    told = [
        "are left out</dt><dd>60<",
        FACTS["name"],
        "Store 1 network",
        "60 rows are left out",
        "And 10 more mistakes",
    ]
    assert sorted(told, key=preview.index) == told
    client.post(NetworkFile.objects.get().get_absolute_url(), {"store": "1"})

    made = Network.objects.get()
    assert (made.name, made.place, made.longitude, made.state) == (FACTS["name"], zeist, 5.2331, "published")
    assert NetworkFile.objects.count() == 0


def test_our_own_export_comes_back_unchanged_and_a_change_is_seen(zeist):
    network = make.network("Leernetwerk Zeist", place=zeist, area=[zeist, make.place()], themes=["care"])
    user, whole = office(), Network.objects.all()
    lines = [
        ";".join(feeds.COLUMNS),
        *(";".join("" if c is None else str(c) for c in row) for row in feeds.table(whole)),
    ]
    exported = [json.dumps(feeds.geojson(whole)).encode(), "\n".join(lines).encode()]

    same = [importing.check(intake.read(content), by=user)[0] for content in exported]
    changed = exported[0].replace(b"We learn from", b"We look at")
    importing.store(intake.read(changed), by=user)

    network.refresh_from_db()
    assert [(one.act, one.problems) for one in same] == [("same", [])] * 2
    assert network.summary.startswith("We look at")
    assert network.area.count() == 2


def test_a_coordinator_imports_for_the_own_region_only(client, zeist):
    far = make.place(
        "Assen", code="gm0106", province=make.region("Drenthe", "province"), region=make.region("Noord")
    )
    user = make.coordinator(zeist.province)

    near, outside = looked(
        feature(), feature(name="Netwerk Assen", municipality_code=far.code, spot=(6.56, 52.99)), by=user
    )

    assert (near.act, problems(outside)) == (
        "new",
        ["municipality_code: This lies outside the region that you coordinate."],
    )
    client.force_login(make.staff())
    assert client.get(reverse("networks:import_networks")).status_code == 403


def test_an_uploaded_file_that_nobody_confirmed_goes_after_a_day():
    file = NetworkFile.objects.create(uploaded_by=office(), name="a.csv", content=b"name;kind\nx;learning")

    assert NetworkFile.objects.forgotten(file.uploaded_at + datetime.timedelta(hours=25)).get() == file
