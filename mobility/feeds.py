"""Searches as Atom feeds (RFC 4287), for whoever reads news in a program."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bwob import mail
from mobility.filters import plain
from mobility.models import Exchange, SavedSearch
from mobility.news import Asked

ENTRIES = 50


def of_query(data: QueryDict, address: str) -> Atom1Feed:
    """The feed of a search by the keys of its page; what is not understood is left out and told."""
    asked = Asked(data.urlencode())
    title = ", ".join(asked.labels) or _("All exchanges")
    rows = asked.filterset.narrowed().order_by("-published_at", "-id")
    notes = " ".join(asked.problems)
    query = f"?{asked.query}" if asked.query else ""
    return _feed(title, notes, reverse("mobility:exchanges") + query, address, rows)


def of_search(search: SavedSearch, address: str) -> Atom1Feed:
    """The feed of a saved search; while a part of it no longer exists, it is empty and says so."""
    asked = Asked(search.query)
    notes = (
        _("Something in this search no longer exists. Look it over on the site.") if asked.problems else ""
    )
    rows = asked.hits.order_by("-published_at", "-id")
    return _feed(search.name, notes, search.search_url, address, rows)


def _feed(title: str, notes: str, page: str, address: str, rows: Any) -> Atom1Feed:
    feed = Newest(
        title=plain(f"{title} – {_('Better work in public administration')}"),
        link=mail.absolute(page),
        description=plain(notes),
        subtitle=plain(notes) or None,
        language=get_language() or "nl",
        feed_url=address,
        author_name=_("Better work in public administration"),
    )
    for exchange in rows.cards()[:ENTRIES]:
        feed.add_item(**_entry(exchange))
    return feed


def _entry(exchange: Exchange) -> dict[str, Any]:
    address = mail.absolute(exchange.get_absolute_url())
    facts = (exchange.hours_text, exchange.duration_text, exchange.place_text, exchange.deadline_text)
    return {
        "title": plain(exchange.title),
        "link": address,
        "unique_id": f"tag:bwob,{exchange.slug}",
        "author_name": plain(exchange.organisation),
        "description": plain(f"{exchange.summary} ({'; '.join(facts)})"),
        "categories": [str(exchange.get_kind_display())],
        "pubdate": exchange.published_at,
        "updateddate": exchange.published_at,
    }


class Newest(Atom1Feed):
    """As old as its newest entry, so that a feed without news is the same text and is not sent again."""

    def latest_post_date(self) -> datetime.datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))


def answer(request: HttpRequest, feed: Atom1Feed) -> HttpResponse:
    """The feed, or 304 when the program has this text already."""
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    set_response_etag(response)
    kept: Any = get_conditional_response(request, etag=response["ETag"], response=response)
    return kept
