"""The open API: what it gives, how it refuses, and that following its changes ends with what is on offer."""

import datetime
import json

import pgtrigger
import pytest
from django.test import Client
from django.utils import timezone

from mobility.models import Exchange, ExchangeChange
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/api/v1/exchanges"
FEED = "/api/v1/exchange-changes"


def read(client: Client, address: str, status: int = 200) -> dict:
    response = client.get(address)
    assert response.status_code == status, response.content
    return json.loads(response.content)


def slugs(client: Client, address: str = LIST) -> list[str]:
    """Of the whole list, page after page."""
    found: list[str] = []
    while address:
        page = read(client, address)
        found += [item["id"] for item in page["items"]]
        address = page["next"]
    return found


def test_an_exchange_is_told_without_who_to_ask(client):
    shown = make.exchange("Adviser", skills=["writing"], contact=make.staff(given_name="Geheim"))

    item = read(client, LIST)["items"][0]
    assert (item["id"], item["hoursMin"], item["skills"]) == (shown.slug, 24, ["writing"])
    assert item["organisation"]["tier"] == "municipality"
    assert item["url"] == f"http://localhost:8000/uitwisselingen/{shown.slug}/"
    assert "Geheim" not in client.get(f"{LIST}/{shown.slug}").content.decode()


def test_the_list_is_read_page_by_page(client):
    made = {make.exchange(f"Adviser {number}").slug for number in range(5)}

    found = slugs(client, f"{LIST}?limit=2")

    assert len(found) == 5
    assert set(found) == made


def test_drafts_withdrawn_filled_and_closed_ones_are_absent(client):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    make.exchange(state="draft", published_at=None)
    make.exchange(state="filled")
    make.exchange(closes_on=yesterday)

    assert slugs(client) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_one_query_after_that_for_the_places(client, django_assert_num_queries, rows):
    for number in range(rows):
        make.exchange(f"Adviser {number}")

    with django_assert_num_queries(2):
        client.get(LIST)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?kinds=gig", "kinds"),
        ("?kind=nonsense", "kind"),
        ("?region=nowhere", "region"),
        ("?limit=0", "limit"),
        ("?limit=many", "limit"),
        ("?after=-1", "after"),
        ("?after=1-2-3", "after"),
        ("?within=7", "within"),
        ("?sort=random", "sort"),
        ("?near=Atlantis", "near"),
        ("?format=xml", "format"),
        (f"?q={'a' * 10_000}", "q"),
    ],
)
def test_what_is_not_understood_is_named(client, query, name):
    answer = read(client, LIST + query, 400)

    assert answer["status"] == 400
    assert [error["name"] for error in answer["errors"]] == [name]


def test_an_exchange_that_went_is_gone_and_an_unknown_one_is_not_found(client):
    shown = make.exchange()
    assert read(client, f"{LIST}/{shown.slug}")["tasks"] == shown.tasks
    shown.move_to("withdrawn", by=None)

    assert read(client, f"{LIST}/{shown.slug}", 410)["title"] == "Gone"
    assert read(client, f"{LIST}/none-such", 404)["title"] == "Not found"
    draft = make.exchange(state="draft", published_at=None)
    assert read(client, f"{LIST}/{draft.slug}", 404)["title"] == "Not found"


def test_a_table_for_spreadsheets_is_safe(client):
    make.exchange("=HYPERLINK(1)")

    lines = client.get(f"{LIST}?format=csv").content.decode("utf-8-sig").splitlines()

    assert lines[0].startswith("id;url;kind;title;summary;organisation.code")
    assert "'=HYPERLINK(1)" in lines[1]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_can_only_be_read(client, method):
    response = getattr(client, method)(LIST)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"


def test_other_websites_may_read_it_and_caches_keep_it_briefly(client):
    response = client.get(LIST, headers={"origin": "https://elsewhere.example"})

    assert response["Access-Control-Allow-Origin"] == "*"
    assert (response["API-Version"], response["Cache-Control"]) == ("1.0.0", "public, max-age=60")


def test_any_other_address_is_a_problem_too(client):
    assert read(client, "/api/v2/exchanges", 404)["status"] == 404
    assert read(client, "/api/v1/", 404)["status"] == 404


def test_every_list_refuses_unknown_keys_and_every_operation_is_described(client):
    schema = read(client, "/api/v1/openapi.json")

    for address in schema["paths"]:
        if "{" not in address:
            read(client, f"/api/v1{address}?nonsense=1", 400)
    assert {"/exchanges", "/organisations", "/exchange-changes"} <= schema["paths"].keys()


def follow(client: Client, copy: dict[str, str], cursor: str) -> str:
    """Bring a copy of the list up to date by the changes after this cursor."""
    more = True
    while more:
        feed = read(client, f"{FEED}?limit=2&after={cursor}")
        for item in feed["items"]:
            copy.pop(item["id"], None)
            if item["exchange"]:
                copy[item["id"]] = item["exchange"]["title"]
        cursor, more = feed["cursor"], feed["more"]
    return cursor


def offered() -> dict[str, str]:
    return {one.slug: one.title for one in Exchange.objects.open()}


@pytest.mark.django_db(transaction=True)
def test_following_the_changes_ends_with_what_is_on_offer(client):
    made = [make.exchange(f"Adviser {number}") for number in range(6)]
    copy: dict[str, str] = {}
    cursor = follow(client, copy, "")
    assert copy == offered()

    made[0].move_to("withdrawn", by=None)
    made[1].title = "Adviser, other words"
    made[1].save()
    made[2].move_to("filled", by=None)
    made[2].move_to("published", by=None)
    made[3].delete()
    Exchange.objects.filter(pk=made[4].pk).update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    make.exchange("Adviser, new")
    draft = make.exchange("Adviser, later", state="draft")
    draft.move_to("published", by=None)
    cursor = follow(client, copy, cursor)

    assert copy == offered()
    assert follow(client, copy, cursor) == cursor


@pytest.mark.django_db(transaction=True)
def test_what_closes_by_its_date_is_told_at_midnight(client):
    shown = make.exchange()
    copy: dict[str, str] = {}
    cursor = follow(client, copy, read(client, f"{FEED}?after=latest")["cursor"])
    with_date = {"closes_on": timezone.localdate() - datetime.timedelta(days=1)}
    triggerless(shown.pk, with_date)

    ExchangeChange.objects.note_closed()
    ExchangeChange.objects.note_closed()

    feed = read(client, f"{FEED}?after={cursor}")
    assert [(item["id"], item["act"]) for item in feed["items"]] == [(shown.slug, "removed")]


def triggerless(pk: int, changes: dict) -> None:
    """As time passes: nobody writes the row on the day itself."""
    with pgtrigger.ignore("mobility.Exchange:noted"):
        Exchange.objects.filter(pk=pk).update(**changes)


@pytest.mark.django_db(transaction=True)
def test_a_cursor_from_before_what_is_kept_is_gone(client):
    make.exchange()
    cursor = read(client, FEED)["cursor"]
    make.exchange()
    make.exchange()
    ExchangeChange.objects.filter(pk__lte=ExchangeChange.objects.order_by("pk")[1].pk).update(
        at=timezone.now() - datetime.timedelta(days=91)
    )

    ExchangeChange.objects.forget_old()

    assert read(client, f"{FEED}?after={cursor}", 410)["status"] == 410
    assert read(client, f"{FEED}?after=-1", 400)["errors"][0]["name"] == "after"
