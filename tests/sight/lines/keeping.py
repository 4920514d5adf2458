"""What the sight tests know of what people keep: nobody else may learn of it."""

import datetime
from typing import TYPE_CHECKING

from mobility import addresses, keeping
from mobility.models import Bookmark, Exchange, Reader, SavedSearch

if TYPE_CHECKING:
    from tests.sight.world import World

KEYS_THEMSELVES = {"link-feed", "link-calendar", "link-unsubscribe"}
SHADOWED = ["mobility:kept", "mobility:feed"]
QUERIES = {"mobility:feed": ["?q=hidden"]}
PUBLIC: tuple[str, ...] = ()
OF_ALL: set[str] = set()
HIDDEN = {"hr_own": {"search"}, "programme": {"search"}}
VISIBLE: dict[str, set[str]] = {}
HOUR = datetime.timedelta(hours=1)


def build(world: "World") -> None:
    """The applicant keeps an exchange and a search, and gave the addresses of both to programs."""
    applicant = world.people["applicant"]
    word = world.canary("SearchWord", seen_by={"applicant"})
    search = SavedSearch(
        user=applicant, query=f"q={word}", name=world.canary("SearchName", seen_by={"applicant"})
    )
    keeping.save(search, by=applicant)
    exchange = world.records["open"]
    assert isinstance(exchange, Exchange)
    keeping.keep(exchange, by=applicant)
    keeping.open_feed(search, by=applicant)
    keeping.open_calendar(by=applicant)
    reader = Reader.objects.get(user=applicant)
    world.records["search"] = search
    world.links |= {
        **doors("feed", search.pk, search.feed_since),
        **doors("calendar", reader.pk, reader.calendar_since),
        "link-unsubscribe": addresses.token("unsubscribe", applicant.pk, None),
        "link-unsubscribe-forged": addresses.token("feed", applicant.pk, None),
    }


def doors(kind: str, pk: int, opened_at: datetime.datetime | None) -> dict[str, str]:
    assert opened_at
    return {
        f"link-{kind}": addresses.token(kind, pk, opened_at),
        f"link-{kind}-forged": addresses.token("other", pk, opened_at),
        f"link-{kind}-closed": addresses.token(kind, pk, opened_at - HOUR),
    }


def hide_more(world: "World") -> None:
    """More that is kept by others; no page may show it."""
    for name in ("manager", "hr_own"):
        person = world.people[name]
        SavedSearch.objects.create(user=person, query="q=dike", name="Dikes")
        Bookmark.objects.create(user=person, exchange=world.records["open"])


def state_of(world: "World") -> list[tuple]:
    applicant = world.people["applicant"]
    return [
        *SavedSearch.objects.filter(user=applicant).values_list("pk", "name", "query", "mail", "feed_since"),
        *Bookmark.objects.filter(user=applicant).values_list("pk", "exchange"),
    ]
