"""Logs: one JSON line a request, with an id that the visitor can quote and nothing about a person."""

import json
import logging
import sys

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from bwob.logs import JsonFormatter
from tests import make


def line(message: str, *arguments: object, facts: dict[str, object] | None = None) -> dict[str, object]:
    record = logging.LogRecord("bwob.test", logging.INFO, __file__, 1, message, arguments, None)
    if facts:
        record.facts = facts
    text = JsonFormatter().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_a_line_is_json_with_time_level_and_message():
    read = line("%s rows", 3, facts={"ms": 12})

    assert read.pop("at")
    assert read == {"level": "INFO", "logger": "bwob.test", "request": "", "message": "3 rows", "ms": 12}


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\u2028", "\x00"])
def test_no_line_can_be_forged_by_a_line_break(break_):
    forged = f'ok{break_}{{"level": "ERROR"}}'

    assert line("%s", forged)["message"] == forged


def test_a_traceback_stays_within_its_line():
    try:
        raise ValueError("first\nsecond")
    except ValueError:
        record = logging.LogRecord("bwob.test", logging.ERROR, __file__, 1, "broken", (), sys.exc_info())

    text = JsonFormatter().format(record)

    assert "\n" not in text
    assert json.loads(text)["trace"].endswith("ValueError: first\nsecond")


def test_a_response_names_the_request_that_the_log_tells_of(client, caplog):
    with caplog.at_level(logging.INFO, logger="bwob.request"):
        response = client.get("/gezond/leeft/")

    facts = next(record.facts for record in caplog.records if record.name == "bwob.request")
    assert len(response["X-Request-Id"]) == 32
    assert {name: facts[name] for name in ("method", "page", "status")} == {
        "method": "GET",
        "page": "live",
        "status": 200,
    }


def test_two_requests_have_two_names(client):
    names = {client.get("/gezond/leeft/")["X-Request-Id"] for _time in range(2)}

    assert len(names) == 2


def test_the_visitor_cannot_choose_the_name(client):
    response = client.get("/gezond/leeft/", headers={"x-request-id": "forged"})

    assert response["X-Request-Id"] != "forged"


def logged(caplog) -> list[str]:
    """What the handler would have written, as it would have written it."""
    return [JsonFormatter().format(record) for record in caplog.records]


@pytest.mark.django_db
def test_the_log_of_a_visit_holds_nothing_about_the_person(client, caplog):
    person = make.person("Kanarie", family_name="Vogelaar", email="kanarie@mail.example")
    client.force_login(person)

    with caplog.at_level(logging.DEBUG):
        client.get("/mijn/plekken/?q=kanarie")
        client.post("/account/login/", {"login": person.email, "password": "wrong-kanarie"})

    lines = logged(caplog)
    assert [text for text in lines if "kanarie" in text.lower() or "vogelaar" in text.lower()] == []


@pytest.mark.parametrize("address", ["/nergens/secret-token/", "/akkoord/secret-token/"])
@pytest.mark.django_db
def test_the_log_of_an_error_does_not_tell_the_address(caplog, address):
    client = Client(raise_request_exception=False)

    with caplog.at_level(logging.DEBUG):
        client.get(address)

    assert [text for text in logged(caplog) if "secret-token" in text] == []


@pytest.mark.django_db
def test_the_log_of_a_broken_constraint_does_not_quote_the_row(caplog):
    person = make.person("Kanarie")

    try:
        with transaction.atomic():
            make.person(email=person.email)
    except IntegrityError:
        logging.getLogger("bwob.test").exception("not stored")

    (text,) = logged(caplog)[-1:]
    assert "IntegrityError" in text
    assert person.email not in text
