"""What every test has: English texts, an empty outbox, and the records of `tests/make.py`."""

import fcntl
import gc
from collections.abc import Iterator

import hypothesis
import pgtrigger
import pytest
from django.conf import settings
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from django.utils import translation

from bwob import assets, home
from mobility import facets, nearby
from networks import atlas

gc.set_threshold(20_000, 20, 20)
"""Few of so many objects are garbage before the end; the search for it took an eighth of the time."""


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
    atlas.forget()
    home.forget()


UNEMPTIED = [f"pitch.{name}:no_truncate" for name in ("Ballot", "Receipt", "AudienceVote")]


@pytest.fixture(autouse=True, scope="session")
def emptied_between_tests() -> Iterator[None]:
    """Ballots refuse to be emptied; between tests with transactions of their own, tables are."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def emptied(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with pgtrigger.ignore(*UNEMPTIED):
            flush(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", emptied)
        yield


@pytest.fixture
def client() -> Client:
    """A visitor without an account, who reads English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture(scope="session")
def built() -> None:
    """The style sheets and scripts; of several test processes one builds them."""
    lock = settings.BASE_DIR / ".data" / "assets.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assets.build_if_stale()


hypothesis.settings.register_profile("house", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("house")
