"""Which text of a plan somebody reads, and in which order plans stand."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from pitch.models import BlindVersion, Edition, Entry
from pitch.models.entries import NAMED_EDITIONS


def hides_names(edition: Edition) -> bool:
    """Do readers outside a team get the version without names of its plan?"""
    rules = getattr(edition, "rules", None)
    return bool(rules and rules.is_blind) and edition.state not in NAMED_EDITIONS


def is_blind(entry: Entry) -> bool:
    return hides_names(entry.edition)


def text_of(entry: Entry) -> Entry | BlindVersion:
    """What the jury and the public read: until the result without names, after it as the team wrote it."""
    return getattr(entry, "blind", entry) if is_blind(entry) else entry


def lot_of_today(entry: Entry) -> str:
    text = f"{timezone.localdate()} {entry.key}"
    return hashlib.sha256(text.encode()).hexdigest()


def drawn(entries: Iterable[Entry]) -> list[Entry]:
    """In an order drawn anew each day, the same for everybody, so that no plan always stands first."""
    return sorted(entries, key=lot_of_today)


def cards(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """What a card of a plan shows."""
    return [{"entry": entry, "text": text_of(entry)} for entry in entries]


def winners_of(editions: Iterable[Edition]) -> dict[int, Entry]:
    """The plan that won each of these, by the edition's number, once that is public."""
    won = Entry.objects.public().filter(edition__in=editions, standing__prize="winner")
    named = won.filter(edition__state__in=NAMED_EDITIONS).select_related("organisation")
    return {entry.edition_id: entry for entry in named}


def winner_of(edition: Edition) -> Entry | None:
    return winners_of([edition]).get(edition.pk)
