"""The bench in short, for every change: what a page costs beside the floor, in this one process.

It fails on another number of statements, and on a ratio twice what it was when it was last written down here.
`./portal bench` measures how it is under load (docs/performance.md).
"""

import dataclasses
import gc
import time

import pytest
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bwob.people.models import Role
from tests import make
from tests.bench.floor_settings import FLOOR

pytestmark = pytest.mark.django_db
TWICE = 2
BATCHES, REQUESTS = 5, 4


@dataclasses.dataclass(frozen=True)
class Page:
    """`cost` is its processor time beside that of the floor's search, when it was last written down."""

    name: str
    address: str
    statements: int
    cost: float
    cookie: str = ""


def served(page: str, cookie: str = "") -> None:
    path, _mark, query = page.partition("?")
    environ = RequestFactory()._base_environ(PATH_INFO=path, QUERY_STRING=query, HTTP_COOKIE=cookie)
    response = ClientHandler()(environ)
    assert response.status_code == 200, page


def cost(page: str, cookie: str = "") -> float:
    """The least processor time of a request over some batches, in seconds; the first only warm up."""
    times = []
    gc.collect()
    for _batch in range(BATCHES):
        begun = time.thread_time()
        for _request in range(REQUESTS):
            served(page, cookie)
        times.append(time.thread_time() - begun)
    return min(times) / REQUESTS


def cookie_of(user: object) -> str:
    client = Client()
    client.force_login(user)
    return f"session={client.cookies['session'].value}"


@pytest.fixture
def pages() -> list[Page]:
    organisation = make.organisation()
    exchanges = [make.exchange(f"Adviseur {number}", organisation=organisation) for number in range(25)]
    for exchange in exchanges[:3]:
        make.application(exchange=exchange)
    somebody = cookie_of(make.person("Anne", works_at=make.organisation("Gemeente Breda")))
    hr = cookie_of(make.staff(Role.HR, organisation))
    search = reverse("mobility:exchanges") + "?q=adviseur"
    shown, inbox = (reverse(f"mobility:{name}", args=[exchanges[0].slug]) for name in ("exchange", "inbox"))
    return [
        Page("search", search, 2, 5),
        Page("search, signed in", search, 6, 7.2, somebody),
        Page("front page", reverse("home"), 7, 7.5),
        Page("exchange", shown, 2, 6.6),
        Page("overview", reverse("dashboard"), 7, 12, somebody),
        Page("HR inbox", inbox, 7, 7.5, hr),
        Page("admin list", reverse("admin:mobility_exchange_changelist"), 6, 15, hr),
        Page("networks", reverse("networks:networks"), 4, 6.1),
        Page("API list", "/api/v1/exchanges?q=adviseur", 1, 7.2),
    ]


def test_no_page_costs_twice_what_it_did(pages):
    costs = {page.name: cost(page.address, page.cookie) for page in pages}
    statements = {}
    for page in pages:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            served(page.address, page.cookie)
        statements[page.name] = len(asked)
    with override_settings(**FLOOR):
        floor = cost("/search?q=adviseur")
    ratios = {name: round(seconds / floor, 2) for name, seconds in costs.items()}

    assert statements == {page.name: page.statements for page in pages}
    assert {page.name: ratios[page.name] for page in pages if ratios[page.name] > TWICE * page.cost} == {}
