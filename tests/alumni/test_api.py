"""Open networks as open data, and nothing about people."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_open_networks_are_listed_without_a_number_of_people(client):
    make.alumnus(network=make.alumni_network())
    make.alumni_network(make.organisation("Gemeente Breda"), opened_at=None)

    (item,) = client.get("/api/v1/alumni-networks").json()["items"]

    assert sorted(item) == ["name", "organisation", "slug", "summary", "url"]
    assert (item["name"], item["slug"]) == ("Gemeente Utrecht", "gemeente-utrecht")


def test_the_list_is_read_page_by_page_and_as_a_table(client):
    for name in ("Gemeente Breda", "Gemeente Utrecht"):
        make.alumni_network(make.organisation(name))

    first = client.get("/api/v1/alumni-networks?limit=1").json()
    table = client.get("/api/v1/alumni-networks?format=csv").content.decode()

    assert first["next"].endswith("after=gemeente-breda")
    assert [line.split(";")[0] for line in table.splitlines()] == [
        "\ufeffslug",
        "gemeente-breda",
        "gemeente-utrecht",
    ]


def test_a_network_that_is_not_open_is_not_there(client):
    make.alumni_network(opened_at=None)

    assert client.get("/api/v1/alumni-networks/gemeente-utrecht").status_code == 404
