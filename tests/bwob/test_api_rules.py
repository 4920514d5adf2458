"""The open API as programs meet it: the NL API Design Rules, and answers that keep to their own description.

The rules are those that can be seen in a description, by their names in the standard (version 2):
https://gitdocumentatie.logius.nl/publicatie/api/adr/
"""

import re
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from bwob import urls  # noqa: F401 - adds the routers of all lines
from bwob.api import described
from bwob.wsgi import application
from tests import make

CAMEL = re.compile(r"[a-z]+([A-Z][a-z0-9]*)*")
KEBAB = re.compile(r"(/([a-z]+(-[a-z]+)*|\{[a-zA-Z]+\}))+")
SCHEMA = described()
OPERATIONS = [
    (path, method, operation)
    for path, methods in SCHEMA["paths"].items()
    for method, operation in methods.items()
]
RESPONSES = [
    (path, status, response)
    for path, _method, operation in OPERATIONS
    for status, response in operation["responses"].items()
]


def test_the_description_is_of_openapi_3_with_a_full_version_and_who_to_ask():
    assert SCHEMA["openapi"].startswith("3.")
    assert re.fullmatch(r"\d+\.\d+\.\d+", SCHEMA["info"]["version"])
    assert SCHEMA["info"]["contact"].keys() == {"name", "email", "url"}
    assert [tag["name"] for tag in SCHEMA["tags"]] == sorted({one["tags"][0] for _p, _m, one in OPERATIONS})


def test_the_major_version_stands_in_the_address_of_the_server():
    assert [re.search(r"/v\d+$", server["url"]) is not None for server in SCHEMA["servers"]] == [True]


def test_paths_are_written_with_hyphens_and_end_without_a_slash():
    assert [path for path in SCHEMA["paths"] if not KEBAB.fullmatch(path)] == []


def test_only_reading_is_offered_and_each_operation_says_what_it_does():
    assert {method for _path, method, _operation in OPERATIONS} == {"get"}
    assert [path for path, _method, operation in OPERATIONS if not operation.get("description")] == []


def test_keys_are_written_in_camel_case():
    queries = {one["name"] for _path, _method, operation in OPERATIONS for one in operation["parameters"]}
    fields = {
        name for part in SCHEMA["components"]["schemas"].values() for name in part.get("properties", {})
    }

    assert sorted(name for name in queries | fields if not CAMEL.fullmatch(name)) == []


def test_every_answer_tells_the_version():
    assert [path for path, _status, answer in RESPONSES if "API-Version" not in answer["headers"]] == []


def test_errors_are_problems():
    kinds = {kind for _path, status, answer in RESPONSES if int(status) >= 400 for kind in answer["content"]}
    problem = SCHEMA["components"]["schemas"]["Problem"]["properties"]

    assert kinds <= {"application/problem+json", "text/html"}
    assert {"type", "title", "status", "detail"} <= problem.keys()


@pytest.fixture
def api_schema(db: None) -> Iterator[Any]:
    """With something to find. A real server closes its connection after a request; the test's must stay."""
    make.exchange("Adviser for clear letters")
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        (path, mode)
        for path in SCHEMA["paths"]
        for mode in GenerationMode
        if "{" not in path or mode.is_positive
    ],
)
def test_every_answer_keeps_to_the_description(api_schema, path, mode):
    """Whatever is asked, sense or nonsense; only a place or cursor that does not exist looks like sense.

    Any text may stand in a path, so nothing there can go against the description.
    """
    operation = api_schema[path]["GET"]

    @hypothesis.settings(
        max_examples=20, derandomize=True, database=None, suppress_health_check=list(hypothesis.HealthCheck)
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=[CHECKS.get_one("positive_data_acceptance")])

    ask()
