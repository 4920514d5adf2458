"""One measurement: every page against the floor in the same run, in turns, so that noise hits both."""

import dataclasses
import statistics
from collections.abc import Iterable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.driving import Drive, drive
from tests.bench.pages import Page, cookie_of
from tests.bench.serving import Server


@dataclasses.dataclass(frozen=True)
class Outcome:
    """A page and its floor, each the medians of some rounds; `queries` counts statements of a warm page."""

    page: Page
    here: Drive
    floor: Drive
    queries: int

    @property
    def app_ratio(self) -> float:
        return self.here.app_cpu / self.floor.app_cpu

    @property
    def database_ratio(self) -> float:
        return self.here.database_cpu / max(self.floor.database_cpu, 0.01)

    def misses(self) -> Iterable[str]:
        """The targets that it does not meet."""
        if self.page.app and self.app_ratio > self.page.app:
            yield f"application {self.app_ratio:.2f}, at most {self.page.app}"
        if self.page.database and self.database_ratio > self.page.database:
            yield f"PostgreSQL {self.database_ratio:.2f}, at most {self.page.database}"
        if self.page.queries and self.queries > self.page.queries:
            yield f"{self.queries} statements, at most {self.page.queries}"
        if self.here.errors:
            yield f"{self.here.errors} errors"


def measure(
    page: Page, portal: Server, floor: Server, *, seconds: float, rounds: int, connections: int
) -> Outcome:
    here, below = [], []
    cookie = cookie_of(page.account)
    for _round in range(rounds):
        length = {"seconds": seconds, "connections": connections}
        below.append(drive(portal if page.base else floor, page.floor_addresses(), **length))
        here.append(drive(portal, page.addresses, cookie=cookie, **length))
    return Outcome(page, median(here), median(below), statements(page, cookie))


def median(drives: list[Drive]) -> Drive:
    values = {
        field.name: statistics.median(getattr(one, field.name) for one in drives)
        for field in dataclasses.fields(Drive)
    }
    return Drive(**values | {"errors": sum(one.errors for one in drives)})


def statements(page: Page, cookie: str) -> int:
    """The most that one of its addresses takes, once the process knows the places and the large counts."""
    client = Client(HTTP_COOKIE=cookie, SERVER_NAME="127.0.0.1")
    counts = []
    for address in page.addresses[:4] * 2:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len([one for one in captured.captured_queries if is_statement(one["sql"])]))
    return max(counts[len(counts) // 2 :])


def is_statement(sql: str) -> bool:
    return not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK"))
