"""Rule R2 on every page: who may see which row, which words, and that nothing else can be noticed."""

from collections.abc import Iterator
from typing import Any

import pytest

from bwob import home
from tests.sight import (  # noqa: F401 - they put their leaks among the others
    leaks_alumni,
    leaks_days,
    leaks_doetanks,
    leaks_keeping,
    leaks_networks,
    leaks_offering,
    leaks_pitch,
    leaks_profile,
    leaks_swaps,
)
from tests.sight.leaks import LEAKS
from tests.sight.manners import Manners
from tests.sight.matrix import STRANGERS, page_findings, shadow_findings, tell, words_read
from tests.sight.office import STAFF, office_findings
from tests.sight.pages import named_routes, roles_in, table
from tests.sight.world import World, standing

pytestmark = pytest.mark.django_db
PAGES = table()
CLEAN: set[tuple[str, str]] = set()
"""Where a look has found nothing, so that the next leak at the same place need not look again."""
UNLISTED = {
    "account_reset_password_from_key": "allauth's link from a mail, without rows",
    "openid_connect_login": "only with a provider in the environment",
    "openid_connect_callback": "only with a provider in the environment",
    "mfa_remove_webauthn": "one's own passkeys, looked up by allauth",
    "mfa_edit_webauthn": "one's own passkeys, looked up by allauth",
    "(social/login/cancelled/)": "an older address of allauth that leads to the newer one",
    "(social/login/error/)": "an older address of allauth that leads to the newer one",
    "(social/signup/)": "an older address of allauth that leads to the newer one",
    "(social/connections/)": "an older address of allauth that leads to the newer one",
    "admin:app_list": "the same as the index, per app",
    "admin:(<path:object_id>/)": "an older address of the admin that leads to the newer one",
    "admin:((?P<url>.*)$)": "the admin's way to say that a page does not exist",
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with standing(django_db_blocker) as world:
        yield world


def test_every_route_is_declared():
    declared = {page.name for page in PAGES}

    assert sorted(named_routes() - declared - UNLISTED.keys()) == []
    assert sorted(declared - named_routes()) == []


@pytest.mark.parametrize("role", roles_in(PAGES))
def test_each_page_shows_a_role_what_the_table_says(world, role):
    """And each is well made: headers, HTML, titles (see `tests/sight/manners.py`)."""
    manners = Manners()
    pages = [page for page in PAGES if page.is_for(role)]
    tell([*page_findings(world, role, pages, manners), *manners.shared_titles()])


@pytest.mark.parametrize("role", STAFF)
def test_the_admin_shows_staff_their_own_rows_only(world, role):
    tell(office_findings(world, role))


@pytest.mark.parametrize("role", STRANGERS)
def test_nobody_can_notice_how_much_is_hidden(world, role):
    tell(shadow_findings(world, role))


def test_the_overview_asks_on_wherever_there_is_something_to_tell(world):
    for user in world.people.values():
        telling = {name for name, line in home.TURNS.items() if any(line.of(user).values())}
        assert telling <= home.touched(user), user.given_name


def test_each_canary_can_be_read_by_somebody(world):
    """One that nobody ever reads would prove nothing. What the looks before this one have read counts."""
    unread = set(world.canaries) - world.read
    roles = set(roles_in(PAGES))
    while unread and roles:
        role = max(sorted(roles), key=lambda one: sum(one in world.canaries[word] for word in unread))
        roles.remove(role)
        unread -= words_read(world, role, unread, PAGES)

    tell(sorted(unread))


def test_there_are_at_least_twenty_leaks_to_catch():
    assert len(LEAKS) >= 20


@pytest.mark.parametrize("leak", LEAKS, ids=str)
def test_a_leak_is_caught(world, monkeypatch, leak):
    """The test of the test: without the leak the same look finds nothing, with it something."""
    if (leak.role, leak.where) not in CLEAN:
        tell(leak.findings(world, PAGES))
        CLEAN.add((leak.role, leak.where))

    leak.seed(monkeypatch)

    assert next(leak.findings(world, PAGES), None) is not None
