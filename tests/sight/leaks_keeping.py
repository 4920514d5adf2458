"""Leaks of what people keep, to be switched on one by one."""

import pytest
from django.core import signing

from mobility import addresses, feeds
from mobility.models import Exchange
from mobility.models.keeping import SavedSearchQuerySet
from tests.sight.leaks import everything, leak


@leak("participant", "mobility:saved_search")
def searches_of_others_can_be_opened(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SavedSearchQuerySet, "visible_to", everything)


@leak("hr_strange", "mobility:kept")
def searches_of_others_are_listed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SavedSearchQuerySet, "visible_to", everything)


@leak("visitor", "mobility:search_feed")
def a_closed_address_still_opens(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(addresses, "opens", lambda stamp, opened_at: True)


@leak("visitor", "mobility:calendar")
def an_address_of_another_kind_opens(patch: pytest.MonkeyPatch) -> None:
    def read(kind: str, text: str) -> tuple[int, str]:
        for salt in (kind, "other"):
            try:
                return tuple(signing.loads(text, salt=addresses.SALT + salt))
            except signing.BadSignature:
                continue
        raise AssertionError

    patch.setattr(addresses, "read", read)


@leak("visitor", "mobility:feed")
def the_feed_lists_drafts(patch: pytest.MonkeyPatch) -> None:
    drafts = Exchange.objects.filter(state="draft")
    for_real = feeds._feed
    patch.setattr(feeds, "_feed", lambda *facts: for_real(*facts[:4], drafts.order_by("pk")))
    patch.setattr(
        feeds,
        "_entry",
        lambda exchange: {
            "title": exchange.title,
            "link": "/",
            "description": "",
            "updateddate": exchange.moved_at,
        },
    )
