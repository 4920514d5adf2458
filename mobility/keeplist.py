"""What the page *Kept for later* shows, and what an address that was given away opens."""

import dataclasses
from typing import Any

from mobility import addresses, keeping, news
from mobility.models import Bookmark, Exchange, Reader, SavedSearch
from mobility.news import Asked
from mobility.results import capped

NOT_FOUND, GONE = 404, 410


@dataclasses.dataclass(frozen=True)
class ShownSearch:
    """A saved search with what is new in it since the last visit."""

    search: SavedSearch
    labels: list[str]
    problems: list[str]
    new: int

    @property
    def new_text(self) -> str:
        return capped(self.new)


def of(user: Any) -> dict[str, Any]:
    """The context of the page. Four statements: exchanges, the reader, searches, and the counts of all."""
    kept = [bookmark.exchange for bookmark in rows(user)]
    reader = Reader.objects.visible_to(user).select_related("user").first()
    return {
        "open": [exchange for exchange in kept if exchange.is_open],
        "over": [shown_over(exchange) for exchange in kept if not exchange.is_open],
        "searches": searches(user, reader),
        "calendar": addresses.calendar(reader),
    }


def rows(user: Any) -> Any:
    return Bookmark.objects.visible_to(user).with_exchanges()


def shown_over(exchange: Exchange) -> dict[str, str]:
    """What is over, by what everybody may know of it: of a withdrawn one not even the title."""
    is_public = exchange.state in (Exchange.State.PUBLISHED, Exchange.State.FILLED)
    return {
        "title": exchange.title if is_public else "",
        "url": exchange.get_absolute_url() if is_public else "",
        "who": str(exchange.organisation) if is_public else "",
    }


def searches(user: Any, reader: Reader | None) -> list[ShownSearch]:
    saved = list(SavedSearch.objects.visible_to(user))
    if reader is None or not saved:
        return [ShownSearch(search, *_read(Asked(search.query)), 0) for search in saved]
    asked = [Asked(search.query) for search in saved]
    counts = news.counts(asked, reader.seen_until)
    found = zip(saved, asked, counts, strict=True)
    return [ShownSearch(search, *_read(one), number) for search, one, number in found]


def _read(asked: Asked) -> tuple[list[str], list[str]]:
    return asked.labels, asked.problems


def tidy(user: Any) -> None:
    """Let go of what is no longer open."""
    for bookmark in rows(user):
        if not bookmark.exchange.is_open:
            keeping.let_go(bookmark.exchange_id, by=user)


def search_of(token: str) -> SavedSearch | int:
    """The saved search that this address opens; or the status that says why not."""
    found = addresses.read("feed", token)
    if found is None:
        return NOT_FOUND
    search = SavedSearch.objects.filter(pk=found[0], user__is_active=True).first()
    return search if search and addresses.opens(found[1], search.feed_since) else GONE


def reader_of(token: str) -> Reader | int:
    """Whose calendar this address opens; or the status that says why not."""
    found = addresses.read("calendar", token)
    if found is None:
        return NOT_FOUND
    readers = Reader.objects.select_related("user").filter(pk=found[0], user__is_active=True)
    reader = readers.first()
    return reader if reader and addresses.opens(found[1], reader.calendar_since) else GONE
