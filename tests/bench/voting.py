"""The storm of ballots: many members hand in at once, over HTTP, against a bare view that inserts one row.

Beside speed it looks at what must hold: none lost, none double, and a close in the middle is exact.
"""

import dataclasses
import datetime
import http.client
import statistics
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pgtrigger
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from bwob.people.models import User
from pitch import closing, sealing
from pitch.models import Assignment, Ballot, BlindVersion, Edition, EditionKey, Entry, Juror, Seat
from tests.bench.pages import Page
from tests.bench.serving import Server
from tests.pitch import editions

CONNECTIONS = 32
TOKEN = "a" * 32
FORM = {"interest": "no", "score_c1": 4, "score_c2": 3, "motivation": "Klein en moedig.", "after": 0}


@dataclasses.dataclass(frozen=True)
class Storm:
    """`times` of each request in seconds, `statuses` in the same order, `lasted` from first to last."""

    times: list[float]
    statuses: list[int]
    lasted: float
    app_cpu: float
    database_cpu: float

    @property
    def per_second(self) -> float:
        return len(self.times) / self.lasted

    @property
    def cpu(self) -> float:
        """Milliseconds of application and database for each request."""
        return (self.app_cpu + self.database_cpu) * 1000 / len(self.times)

    def count(self, status: int) -> int:
        return self.statuses.count(status)


@dataclasses.dataclass(frozen=True)
class Round:
    """An edition in judging, and for each member the cookie with which he or she is signed in."""

    edition: Edition
    users: list[User]
    cookies: list[str]

    @property
    def page(self) -> str:
        with translation.override("nl"):
            return reverse("pitch:judge", args=[self.edition.slug, 1])

    def ballots(self) -> int:
        return Ballot.objects.filter(edition=self.edition).count()


def prepared(members: int, plans: int = 1) -> Round:
    """Written straight into the tables; each run has editions of its own, since ballots are never removed."""
    edition = editions.bare(f"pitch-bench-{uuid.uuid4().hex[:8]}", min_ballots=1, min_percent=0)
    with pgtrigger.ignore("pitch.Edition:moves"):
        Edition.objects.filter(pk=edition.pk).update(state="judging", entries_close_at=timezone.now())
    EditionKey.objects.create(edition=edition, public=sealing.make_keys().public)
    entries = Entry.objects.bulk_create(
        Entry(edition=edition, number=number, title=f"Plan {number}", state="admitted", **editions.TEXTS)
        for number in range(1, plans + 1)
    )
    BlindVersion.objects.bulk_create(
        BlindVersion(entry=entry, title=entry.title, **editions.TEXTS) for entry in entries
    )
    users = User.objects.bulk_create(
        User(email=f"{uuid.uuid4().hex}@bench.example", given_name="Jury", family_name=str(number))
        for number in range(members)
    )
    seats = Seat.objects.bulk_create(Seat(edition=edition, code=f"S{number}") for number in range(members))
    Juror.objects.bulk_create(
        Juror(edition=edition, user=user, email=user.email, seat=seat, state="accepted")
        for user, seat in zip(users, seats, strict=True)
    )
    Assignment.objects.bulk_create(
        Assignment(edition=edition, seat=seat, entry=entry) for seat in seats for entry in entries
    )
    return Round(edition, users, [cookie_of(user) for user in users])


def pages() -> list[Page]:
    """What a jury looks at: a long and an ordinary list of plans, and one plan to judge of twenty."""
    many, fifty, twenty = prepared(5, 250), prepared(1, 50), prepared(5, 20)
    with translation.override("nl"):
        pile = reverse("pitch:queue", args=[many.edition.slug])
        plans = reverse("pitch:entries", args=[fifty.edition.slug])
    return [
        Page("250 plans on a pile", [pile], "search", many.users[0].email, app=15, queries=8),
        Page("list of 50 plans", [plans], "search", app=3, queries=4),
        Page("one plan to judge", [twenty.page], "search", twenty.users[0].email, app=2, queries=8),
    ]


def cookie_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return f"session={client.cookies['session'].value}; csrf={TOKEN}"


def floor_cookie_of(user: User) -> str:
    """The floor signs people in with what Django brings, and leaves cookies their usual names."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return f"sessionid={client.cookies['session'].value}; csrftoken={TOKEN}"


def storm(
    server: Server, page: str, cookies: list[str], meanwhile: Callable[[], object] = lambda: None
) -> Storm:
    """One post for each cookie, as fast as it goes over so many connections."""
    body = urlencode(FORM | {"csrfmiddlewaretoken": TOKEN})
    done: list[tuple[float, int]] = []
    start = threading.Barrier(CONNECTIONS + 1)

    def post(lane: int) -> None:
        asking = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        start.wait()
        for cookie in cookies[lane::CONNECTIONS]:
            begun = time.monotonic()
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            asking.request("POST", page, body, headers)
            response = asking.getresponse()
            response.read()
            is_led_away = "/account/" in response.headers.get("Location", "")
            done.append((time.monotonic() - begun, 401 if is_led_away else response.status))

    threads = [threading.Thread(target=post, args=[lane]) for lane in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    app, database = server.cpu(), server.database_cpu()
    start.wait()
    begun = time.monotonic()
    meanwhile()
    for thread in threads:
        thread.join()
    lasted = time.monotonic() - begun
    used = server.cpu() - app, server.database_cpu() - database
    return Storm([one for one, _status in done], [status for _one, status in done], lasted, *used)


def lines(portal: Server, floor: Server, *, members: int = 500, rounds: int = 3) -> Iterator[str]:
    """The rows of the table, with what was not met."""
    make_floor()
    storm(portal, (warm := prepared(64)).page, warm.cookies)
    storm(floor, "/insert", [floor_cookie_of(user) for user in warm.users])
    here, below = [], []
    for _round in range(rounds):
        voting = prepared(members)
        below.append(storm(floor, "/insert", [floor_cookie_of(user) for user in voting.users]))
        if below[-1].count(302) != members:
            yield f"  ✖ the floor took {below[-1].count(302)} of {members}"
        here.append(storm(portal, voting.page, voting.cookies))
        if here[-1].count(302) != members or voting.ballots() != members:
            yield f"  ✖ {here[-1].count(302)} acknowledged, {voting.ballots()} ballots of {members}"
    yield row(f"{members} ballots at once", middle(here))
    yield row("  floor: a bare insert", middle(below))
    yield from ratios(middle(here), middle(below))
    yield from one_member(portal, members)
    yield from closed_in_between(portal, members, middle(here).lasted)


def make_floor() -> None:
    """The table of the floor, and the accounts under the names of Django's own model."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_insert (id bigserial PRIMARY KEY, content bytea)")
        cursor.execute("""
            CREATE OR REPLACE VIEW auth_user AS
            SELECT id, password, last_login, false AS is_superuser, email::text AS username,
                given_name AS first_name, family_name AS last_name, email, false AS is_staff, is_active,
                joined_at AS date_joined
            FROM people_user
        """)


def middle(storms: list[Storm]) -> Storm:
    return sorted(storms, key=lambda one: one.lasted)[len(storms) // 2]


def row(name: str, one: Storm) -> str:
    p50, p99 = statistics.median(one.times), statistics.quantiles(one.times, n=100)[98]
    return (
        f"{name:26}{one.per_second:6.0f}/s{one.lasted:7.2f} s  p50 {p50 * 1000:4.0f} ms"
        f"  p99 {p99 * 1000:4.0f} ms  {one.cpu:5.2f} ms CPU each"
    )


def ratios(here: Storm, below: Storm) -> Iterator[str]:
    facts = [
        ("rate", here.per_second / below.per_second, lambda ratio: ratio >= 0.8, "at least 0.8"),
        ("time", here.lasted / below.lasted, lambda ratio: ratio <= 1.25, "at most 1.25"),
        ("CPU", here.cpu / below.cpu, lambda ratio: ratio <= 1.25, "at most 1.25"),
    ]
    yield "  " + ", ".join(f"{name} {ratio:.2f} ×" for name, ratio, _fits, _wanted in facts)
    for name, ratio, fits, wanted in facts:
        if not fits(ratio):
            yield f"  ✖ {name} {ratio:.2f}, {wanted}"


def one_member(portal: Server, times: int) -> Iterator[str]:
    voting = prepared(1)
    many = storm(portal, voting.page, voting.cookies * times)
    taken, refused = many.count(302), many.count(409)
    yield f"one member × {times}: {taken} taken, {refused} refused, {voting.ballots()} in the box"
    if (taken, refused, voting.ballots()) != (1, times - 1, 1):
        yield "  ✖ one must be taken and all others refused"


def closed_in_between(portal: Server, members: int, lasting: float) -> Iterator[str]:
    """Judging ends halfway, by the time that the storm took before; one ballot is there already, a quorum."""
    voting = prepared(members + 1)
    storm(portal, voting.page, voting.cookies[:1])
    moment = timezone.now() + datetime.timedelta(seconds=lasting / 2)
    Edition.objects.filter(pk=voting.edition.pk).update(judging_closes_at=moment)

    def close() -> None:
        time.sleep(max(0, (moment - timezone.now()).total_seconds()))
        closing.close(Edition.objects.get(pk=voting.edition.pk), by=None)

    many = storm(portal, voting.page, voting.cookies[1:], close)
    closed = Edition.objects.get(pk=voting.edition.pk)
    late = Ballot.objects.filter(edition=closed, cast_at__gte=moment).count()
    taken, kept = many.count(302), voting.ballots() - 1
    yield f"close in mid-stream: {taken} of {members} acknowledged, {kept} under the seal"
    is_exact = taken == kept and closing.seal_of(closed) == closed.seal and not late
    if not is_exact:
        yield "  ✖ what was acknowledged and what lies under the seal must be the same"
