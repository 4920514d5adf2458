"""Doetanks as other systems read them: public ones only, without a name of anybody."""

import csv
import io

import pytest

from tests.doetanks import making

pytestmark = pytest.mark.django_db


def test_the_list_pages_through_public_ones_without_naming_anybody(client):
    shown = [making.challenge(title=f"Question {number}") for number in range(3)]
    making.challenge(is_hidden=True, title="Hidden")
    making.challenge("intake", title="Not yet")

    first = client.get("/api/v1/challenges?limit=2").json()
    second = client.get(first["next"].partition("8000")[2]).json()

    assert [item["title"] for item in first["items"] + second["items"]] == [
        "Question 2",
        "Question 1",
        "Question 0",
    ]
    assert second["next"] is None
    people = (shown[0].commissioner.given_name, shown[0].coach.given_name)
    assert [name for name in people if name in str(first)] == []


def test_one_has_its_trials_failures_included(client):
    challenge = making.challenge("decision")
    facts = {
        "ends_on": challenge.decide_on,
        "stop_rule": "After three.",
        "hypothesis": "h",
        "smallest_test": "s",
    }
    told = {"state": "finished", "outcome": "failed", "result": "No.", "learned": "Ask first."}
    challenge.trials.create(title="One", **facts, **told)
    challenge.trials.create(title="Runs", **facts)

    got = client.get(f"/api/v1/challenges/{challenge.slug}").json()

    assert [(trial["title"], trial["outcome"]) for trial in got["trials"]] == [("One", "failed")]
    assert (got["state"], got["verdict"], got["roles"]) == ("decision", "", ["Writer"])


def test_a_table_for_a_spreadsheet(client):
    making.challenge(title="=cmd|' /C calc'!A0")

    rows = list(
        csv.DictReader(io.StringIO(client.get("/api/v1/challenges?format=csv").text[1:]), delimiter=";")
    )

    assert rows[0]["title"] == "'=cmd|' /C calc'!A0"


@pytest.mark.parametrize("query", ["after=abc", "state=flying", "unknown=1", "limit=0"])
def test_what_is_not_understood_is_refused(client, query):
    assert client.get(f"/api/v1/challenges?{query}").status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_at_any_length(client, rows, django_assert_num_queries):
    for number in range(rows):
        making.challenge(title=f"Question {number}")

    with django_assert_num_queries(2):
        client.get("/api/v1/challenges")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_costs_the_same_at_any_length(client, rows, django_assert_num_queries):
    for number in range(rows):
        making.challenge(title=f"Question {number}")

    with django_assert_num_queries(4):
        client.get("/doetanks/")
