"""The feed of changes (Atom, RFC 4287): what came, changed and ended, by the keys of the list."""

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bwob import mail
from networks import news
from networks.filters import Selection


def feed(selection: Selection) -> Atom1Feed:
    query = f"?{selection.query}" if selection.query else ""
    made = Atom1Feed(
        title=_("Networks: what came, changed and ended"),
        link=mail.absolute(reverse("networks:networks") + query),
        description="",
        language=get_language() or "nl",
        feed_url=mail.absolute(reverse("networks:feed") + query),
        author_name=_("Better work in public administration"),
    )
    for change in news.changes(selection):
        page = mail.absolute(change.network.get_absolute_url())
        made.add_item(
            title=f"{change.network} {change.what}",
            link=page,
            description=f"{change.network.place}. {change.network.summary}",
            unique_id=f"{page}#{change.number}",
            pubdate=change.at,
            updateddate=change.at,
        )
    return made
