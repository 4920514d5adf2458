"""Keeping an eye on exchanges and searches: each act is somebody's own, and tells nobody."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused
from mobility.models import Bookmark, Exchange, Reader, SavedSearch


@transaction.atomic
def keep(exchange: Exchange, *, by: User) -> None:
    """Keep it for later; a second time changes nothing. The person is locked, so that the limit holds."""
    User.objects.select_for_update().get(pk=by.pk)
    own = Bookmark.objects.visible_to(by)
    if own.filter(exchange=exchange).exists():
        return
    if own.count() >= Bookmark.AT_MOST:
        raise Refused(_("You keep %d exchanges already. Let one go first.") % Bookmark.AT_MOST)
    Bookmark.objects.create(user=by, exchange=exchange)


def let_go(exchange_id: int, *, by: User) -> None:
    Bookmark.objects.visible_to(by).filter(exchange=exchange_id).delete()


@transaction.atomic
def save(search: SavedSearch, *, by: User) -> None:
    """Keep a search. Only what is published from now on will be news."""
    User.objects.select_for_update().get(pk=by.pk)
    if SavedSearch.objects.visible_to(by).count() >= SavedSearch.AT_MOST:
        raise Refused(_("You have %d saved searches already. Delete one first.") % SavedSearch.AT_MOST)
    with history.because(by=by):
        search.save()
    reader_of(by)


@transaction.atomic
def change(search: SavedSearch, *, by: User) -> None:
    """Another name, or mail or none. Whoever wants mail again hears only of what comes from now on."""
    stored = SavedSearch.objects.select_for_update().get(pk=search.pk)
    if search.mail and not stored.mail:
        search.told_until = timezone.now()
    with history.because(by=by):
        search.save(update_fields=["name", "mail", "told_until"])


def mend(search: SavedSearch, query: str, *, by: User) -> None:
    """Go on without what no longer exists; what was published meanwhile is no news."""
    search.query, search.told_until = query, timezone.now()
    with history.because(by=by):
        search.save(update_fields=["query", "told_until"])


def remove(search: SavedSearch, *, by: User) -> None:
    with history.because(by=by):
        search.delete()


def open_feed(search: SavedSearch, *, by: User) -> None:
    """A new address for its feed; an older one is void."""
    _set_feed(search, timezone.now(), by)


def close_feed(search: SavedSearch, *, by: User) -> None:
    _set_feed(search, None, by)


def _set_feed(search: SavedSearch, moment: datetime.datetime | None, by: User) -> None:
    search.feed_since = moment
    with history.because(by=by):
        search.save(update_fields=["feed_since"])


def open_calendar(*, by: User) -> None:
    """A new address for the own calendar; an older one is void."""
    reader = reader_of(by)
    reader.calendar_since = timezone.now()
    reader.save(update_fields=["calendar_since"])


def close_calendar(*, by: User) -> None:
    Reader.objects.visible_to(by).update(calendar_since=None)


def stop_mail(user_id: int) -> None:
    """No more mail with news; the searches stay."""
    with history.because(by=None, reason="unsubscribe"):
        SavedSearch.objects.filter(user=user_id).mailed().update(mail=False)


def reader_of(user: User) -> Reader:
    return Reader.objects.get_or_create(user=user)[0]
