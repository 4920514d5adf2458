"""Looks at the pages as each role, and says what somebody could see or do that he or she should not."""

import contextlib
import re
from collections.abc import Iterable, Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from bwob import home
from tests.sight.lines import LINES
from tests.sight.manners import Manners
from tests.sight.pages import Page, Steady, address, ask, leads_to, readable, status, steady, unknown
from tests.sight.world import World

STRANGERS = ["visitor", "participant", "hr_lender", "hr_strange"]
"""Who may not notice how much there is that A did not publish."""
SIGNS = re.compile(r"\w+")
SHADOWED = ["home", "dashboard", "admin:index"]


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Nothing that happens inside stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tell(findings: Iterable[str]) -> None:
    """Fail with all that was found, a line each."""
    lines = list(findings)
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


def page_findings(
    world: World, role: str, pages: Iterable[Page], manners: Manners | None = None
) -> Iterator[str]:
    for page in pages:
        for finding in look(world, role, page, manners):
            yield f"{page} as {role}: {finding}"


def look(world: World, role: str, page: Page, manners: Manners | None) -> Iterator[str]:
    """Ask for one page: the status, the words in it, that a refusal does nothing and tells nothing; and
    perhaps how it is made.
    """
    with undone():
        before = rows_written()
        response = ask(world.client(role), page, page.address(world))
        got = status(response)
        is_suspect = page.method == "POST" and got not in ("200", "302") and rows_written() != before
        after = state_of(world) if is_suspect else []
    if got != page.expected[role]:
        yield f"{got}, expected {page.expected[role]}"
    if is_suspect and state_of(world) != after:
        yield "refused, yet carried out"
    if manners:
        yield from manners.of(page, response)
    key = "" if page.record == "-" else page.key(world)
    if not any(page.record in line.KEYS_THEMSELVES for line in LINES):
        yield from canaries_in(world, role, response, key)
    is_hidden = key and (got == "404" or is_hidden_in_admin(page, response))
    if is_hidden and steady(response, key) != absence(world, role, page):
        yield "differs from what does not exist"


def absence(world: World, role: str, page: Page) -> Steady:
    """What this role gets for what does not exist; asked once for all keys of one form at one page."""
    form = SIGNS.sub(lambda signs: "9" if signs[0].isdecimal() else "x", page.key(world))
    asked = (role, page.name, page.method, form)
    if asked not in world.absences:
        with undone():
            nothing = ask(world.client(role), page, page.unknown_address(world))
        world.absences[asked] = steady(nothing, unknown(page.key(world)))
    return world.absences[asked]


def is_hidden_in_admin(page: Page, response: HttpResponse) -> bool:
    """The admin leads to its front page from what it hides, and refuses what one may not open at all."""
    is_refused = page.method == "GET" and response.status_code == 403
    return page.name.startswith("admin:") and (is_refused or leads_to(response) == address("admin:index"))


def rows_written() -> int:
    """Counted by PostgreSQL for this connection, with what was undone. To compare is quicker than to look."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return cursor.fetchone()[0]


def state_of(world: World) -> list[tuple]:
    """What the acts of a page could change at A."""
    return [row for line in LINES for row in line.state_of(world)]


def canaries_in(world: World, role: str, response: HttpResponse, key: str = "") -> Iterator[str]:
    """The words that this role may never read; the key that was asked for is no news. What it may read is
    noted in `world.read`.
    """
    text = readable(response)
    for part in key.lower().split("|") if key else ():
        text = text.replace(part, "")
    for word, seen_by in world.canaries.items():
        if word.lower() not in text:
            continue
        if role in seen_by:
            world.read.add(word)
        else:
            yield f"reads {word}"


def shadow_findings(world: World, role: str) -> Iterator[str]:
    """Lists, counts and suggestions must be the same when more is hidden: scope first, then count."""
    places = [address(name) for name in SHADOWED]
    places += [address(name) for line in LINES for name in line.SHADOWED]
    places += [
        address(name) + query for line in LINES for name, queries in line.QUERIES.items() for query in queries
    ]
    places += [address("mobility:exchange", world.key("open"))]
    client = world.client(role)
    with undone():
        before = [steady(client.get(place)) for place in places]
        for line in LINES:
            line.hide_more(world)
        home.forget()
        after = [steady(client.get(place)) for place in places]
    for place, first, second in zip(places, before, after, strict=True):
        if first != second:
            yield f"{place} as {role}: shows that more is hidden"


def words_read(world: World, role: str, words: Iterable[str], pages: Iterable[Page]) -> set[str]:
    """Which of these words this role finds on the pages that it may ask for."""
    found: set[str] = set()
    for page in pages:
        if found == set(words):
            break
        if page.method == "GET" and page.expected.get(role) == "200":
            with undone():
                text = readable(world.client(role).get(page.address(world)))
            found |= {word for word in words if word.lower() in text}
    return found
