"""Addresses that open something for whoever holds them: nobody can guess one, and its owner revokes it.

The address holds the number of a record and when it was opened, signed; nothing of it is stored. Opening it
anew, or closing it, makes the older one void.
"""

import datetime
from typing import Any

from django.core import signing
from django.urls import reverse

from bwob import mail
from mobility.models import ContactRequest, Profile, Reader, SavedSearch

SALT = "mobility.address."


def token(kind: str, pk: int, opened_at: datetime.datetime | None) -> str:
    return signing.dumps([pk, _stamp(opened_at)], salt=SALT + kind)


def read(kind: str, text: str) -> tuple[int, str] | None:
    """The number and the stamp in an address; None for one that we never made."""
    try:
        pk, stamp = signing.loads(text, salt=SALT + kind)
    except signing.BadSignature:
        return None
    return pk, stamp


def opens(stamp: str, opened_at: datetime.datetime | None) -> bool:
    return opened_at is not None and _stamp(opened_at) == stamp


def feed(search: SavedSearch) -> str:
    """The address of the feed of a saved search, or "" while it has none."""
    return _address("mobility:search_feed", token("feed", search.pk, search.feed_since), search.feed_since)


def calendar(reader: Reader | None) -> str:
    """The address of somebody's calendar, or "" while it has none."""
    if reader is None:
        return ""
    text = token("calendar", reader.pk, reader.calendar_since)
    return _address("mobility:calendar", text, reader.calendar_since)


def unsubscribe(user: Any) -> str:
    """The address that stops the mails with news. It holds for ever: a mail may be read years later."""
    return mail.absolute(reverse("mobility:unsubscribe", args=[token("unsubscribe", user.pk, None)]))


def contact(asked: ContactRequest) -> str:
    """The link with which somebody answers a request without signing in."""
    return _address("mobility:contact_link", token("contact", asked.pk, asked.asked_at), asked.asked_at)


def still_right(profile: Profile) -> str:
    """The link of the yearly question. It is void once the profile was confirmed."""
    text = token("profile", profile.pk, profile.confirmed_at)
    return _address("mobility:still_right", text, profile.confirmed_at)


def _address(name: str, text: str, opened_at: datetime.datetime | None) -> str:
    return mail.absolute(reverse(name, args=[text])) if opened_at else ""


def _stamp(moment: datetime.datetime | None) -> str:
    return f"{moment.timestamp():.6f}" if moment else ""


def of_feed(query: str) -> str:
    """The address of the public feed of a search."""
    return mail.absolute(reverse("mobility:feed")) + (f"?{query}" if query else "")
