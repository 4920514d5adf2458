"""What a list of exchanges shows to one person alone: what is kept, what is new, and why it fits."""

import dataclasses
import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.utils import timezone

from bwob.people.models import User
from mobility.matching import Fit, Matcher
from mobility.models import Bookmark, Exchange, Profile, Reader


@dataclasses.dataclass(frozen=True)
class Viewpoint:
    """How one person sees exchanges: which are kept, what came since the visit before, what fits."""

    kept: frozenset[int]
    reader: Reader | None
    profile: Profile | None

    def fit(self, exchange: Exchange) -> Fit | None:
        """Why it fits, or None while the profile says nothing."""
        return Matcher(self.profile).fit(exchange) if self.profile and not self.profile.is_empty else None

    def mark(self, exchanges: Iterable[Exchange], *, new_since: datetime.datetime | None = None) -> None:
        """Note on each exchange what its card or page says to this person alone."""
        matcher = Matcher(self.profile) if self.profile and not self.profile.is_empty else None
        for exchange in exchanges:
            exchange.match_text = matcher.line(exchange) if matcher else ""
            exchange.can_be_kept = exchange.published_at is not None
            exchange.is_kept = exchange.pk in self.kept
            exchange.is_new = bool(new_since) and exchange.published_at > new_since  # type: ignore[operator]


def of(user: Any) -> Viewpoint:
    """The viewpoint of somebody who is signed in. One query, which also brings where this person works."""
    own = Bookmark.objects.filter(user=OuterRef("pk")).order_by().values("exchange")
    people = User.objects.select_related("reader", "profile", "work_address__organisation")
    person = people.annotate(kept=ArraySubquery(own)).get(pk=user.pk)
    user.work = getattr(person, "work_address", None)
    reader, profile = getattr(person, "reader", None), getattr(person, "profile", None)
    return Viewpoint(frozenset(person.kept), reader, profile)


def visit(user: Any, reader: Reader | None) -> datetime.datetime:
    """Since when something is new. Written only when a visit begins, so that most looks write nothing."""
    now = timezone.now()
    if reader is None:
        Reader.objects.bulk_create([Reader(user=user)], ignore_conflicts=True)
        return now
    if now - reader.visit_began_at < Reader.VISIT:
        return reader.seen_until
    before = Reader.objects.filter(pk=reader.pk, visit_began_at=reader.visit_began_at)
    before.update(seen_until=F("visit_began_at"), visit_began_at=now)
    return reader.visit_began_at
