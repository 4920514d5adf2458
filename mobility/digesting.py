"""The mail with news: one for all saved searches of a person, at most once in seven days."""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from bwob import mail
from mobility import news, notices
from mobility.emails import one_line
from mobility.models import Reader, SavedSearch
from mobility.news import Asked, News


@transaction.atomic
def send(reader_id: int) -> bool:
    """Send this person's mail if it is due and something is new; whether it was sent.

    What was told is noted in the same transaction, after the mail has gone. A worker that dies in between
    sends it again with the same Message-ID, so that it shows once.
    """
    today = timezone.localdate()
    due = Reader.objects.filter(pk__in=Reader.objects.due_for_digest(today))
    reader = due.select_for_update(of=("self",)).select_related("user").filter(pk=reader_id).first()
    if reader is None:
        return False
    moment = timezone.now()
    searches = list(SavedSearch.objects.visible_to(reader.user).mailed())
    with translation.override(reader.user.language):
        fresh = [found for found in map(news.of, searches) if found.count]
        items = [item(found) for found in fresh]
        broken = [one_line(search.name) for search in searches if Asked(search.query).problems]
    if not items:
        return False
    about = f"digest {reader.user_id} after {reader.digest_on}"
    notices.digest(reader.user, items=items, broken=broken, about=about)
    SavedSearch.objects.filter(pk__in=[found.search.pk for found in fresh]).update(told_until=moment)
    Reader.objects.filter(pk=reader.pk).update(digest_on=today)
    return True


def item(found: News) -> dict[str, Any]:
    """One search as the mail tells it, in the language at hand."""
    return {
        "name": one_line(found.search.name),
        "url": mail.absolute(found.search.search_url),
        "more": found.more_text,
        "exchanges": [
            {
                "title": one_line(exchange.title),
                "who": f"{exchange.organisation}, {exchange.place_text}",
                "deadline": exchange.deadline_text,
                "url": mail.absolute(exchange.get_absolute_url()),
            }
            for exchange in found.exchanges
        ],
    }
