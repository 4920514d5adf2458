"""The Atom feed of Doetanks: what was opened, delivered or answered, newest first; public ones only."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from doetanks.models import Challenge


class ChallengeFeed(Feed):
    feed_type = Atom1Feed
    title = "Doetanks"
    subtitle = _("Small teams of several governments that solve one shared question, and try it out.")
    link = reverse_lazy("doetanks:board")

    def items(self) -> Any:
        public = Challenge.objects.visible_to(AnonymousUser()).select_related("organisation")
        return public.order_by("-moved_at", "-pk")[:30]

    def item_title(self, item: Any) -> str:
        return f"{item.title} ({item.get_state_display()})"

    def item_description(self, item: Any) -> str:
        return f"{item.organisation}: {item.gain}"

    def item_link(self, item: Any) -> str:
        return item.get_absolute_url()

    def item_guid(self, item: Any) -> str:
        return f"{item.get_absolute_url()}#{item.state}"

    def item_updateddate(self, item: Any) -> Any:
        return item.moved_at

    def item_pubdate(self, item: Any) -> Any:
        return item.opened_at


feed = login_not_required(ChallengeFeed())
