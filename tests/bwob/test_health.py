"""The health pages: alive without a database, ready only with everything a page needs."""

import pytest
from django.db import OperationalError
from django.test import Client

from bwob import health


def away() -> bool:
    raise OperationalError("connection refused")


def test_alive_asks_no_database(client):
    response = client.get("/gezond/leeft/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_when_everything_is_there(client):
    response = client.get("/gezond/klaar/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_asks_four_questions(client, django_assert_num_queries):
    client.get("/gezond/klaar/")

    with django_assert_num_queries(4):  # SELECT 1, is there a table of migrations, its rows, the queue
        client.get("/gezond/klaar/")


@pytest.mark.parametrize("name", ["database", "migrations", "queue"])
@pytest.mark.django_db
def test_not_ready_without(client, monkeypatch, name):
    monkeypatch.setitem(health.NEEDS, name, away)

    response = client.get("/gezond/klaar/")

    assert (response.status_code, response.json()) == (503, {"status": "not ready", "missing": name})
    assert response["Retry-After"] == "5"


@pytest.mark.django_db
def test_not_ready_before_the_newest_migration(client, monkeypatch):
    newer = health.newest_migrations() | {("mobility", "9999_not_applied_yet")}
    monkeypatch.setattr(health, "newest_migrations", lambda: newer)

    assert client.get("/gezond/klaar/").json() == {"status": "not ready", "missing": "migrations"}


@pytest.mark.parametrize("address", ["/gezond/leeft/", "/gezond/klaar/"])
@pytest.mark.django_db
def test_a_balancer_asks_without_https_and_is_not_remembered(client, settings, address):
    settings.SECURE_SSL_REDIRECT = True

    response = Client().get(address)

    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response["Cache-Control"] == "private, no-store"
    assert response.cookies == {}


@pytest.mark.parametrize("address", ["/gezond/leeft/", "/gezond/klaar/"])
def test_health_is_asked_not_told(client, address):
    assert client.post(address).status_code == 405
