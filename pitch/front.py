"""What the front page tells of PITCH: the edition that runs, with what one can do now."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from pitch import wording
from pitch.models import Edition, Entry


def facts() -> dict[str, Any]:
    """The edition that matters most now, with its phase and the number of plans; empty without any."""
    nobody = AnonymousUser()
    running = list(Edition.objects.visible_to(nobody).running().order_by("entries_close_at")[:10])
    ranked = sorted(running, key=weight)
    if not ranked:
        return {"pitch": None}
    edition = ranked[0]
    plans = Entry.objects.visible_to(nobody).public().filter(edition=edition).count()
    return {"pitch": {"edition": edition, "plans": plans, "closes": closes(edition)}}


def weight(edition: Edition) -> int:
    """An edition in which one can take part goes first, then the one that the jury judges."""
    order = [Edition.State.OPEN, Edition.State.JUDGING, Edition.State.PUBLISHED, Edition.State.FIXED]
    return order.index(Edition.State(edition.state)) if edition.state in order else len(order)


def closes(edition: Edition) -> str:
    return wording.moment_text(edition.entries_close_at) if edition.takes_entries else ""
