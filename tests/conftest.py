"""What every test has: English texts, an empty outbox, and the records of `tests/make.py`."""

from collections.abc import Iterator

import hypothesis
import pytest
from django.test import Client
from django.utils import translation

from mobility import facets, nearby


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Tests read English, so that new Dutch wording breaks none."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What a process remembers for a while (places, large counts) would be of another test's records."""
    nearby.forget()
    facets.forget()


@pytest.fixture
def client() -> Client:
    """A visitor without an account, who reads English."""
    return Client(headers={"accept-language": "en"})


hypothesis.settings.register_profile("house", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("house")
