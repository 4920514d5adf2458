"""What somebody keeps an eye on: exchanges, searches, and since when there is something new."""

import datetime
import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Keep, Personal
from mobility.models.exchanges import Exchange


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    def visible_to(self, user: Any) -> "BookmarkQuerySet":
        """Nobody else learns what somebody keeps, not even that an exchange is kept."""
        return self.filter(user=user)

    def with_exchanges(self) -> "BookmarkQuerySet":
        """With all that a row of a list shows, in the same query."""
        return self.select_related("exchange__organisation", "exchange__place")


class Bookmark(models.Model):
    """An exchange that somebody keeps for later. It has no history: what is let go leaves no trace."""

    AT_MOST = 200
    privacy = Personal(
        person="user",
        purpose=_("Finding back what you keep for later"),
        keep=Keep.ACCOUNT,
        work={"exchange"},
        trail={"made_at"},
        technical={"id", "user"},
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks")
    exchange = models.ForeignKey(
        Exchange, models.CASCADE, related_name="bookmarks", verbose_name=_("exchange")
    )
    made_at = models.DateTimeField(_("kept since"), default=timezone.now)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        verbose_name = _("kept exchange")
        verbose_name_plural = _("kept exchanges")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "exchange"], name="bookmark_once_per_exchange")
        ]

    def __str__(self) -> str:
        return f"{self.exchange}"


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, user: Any) -> "SavedSearchQuerySet":
        """Nobody else learns what somebody looks for."""
        return self.filter(user=user)

    def mailed(self) -> "SavedSearchQuerySet":
        return self.filter(mail=True)


@pghistory.track()
class SavedSearch(models.Model):
    """A search that somebody keeps, by the query of its address, so that it can be shared and mended."""

    AT_MOST = 20
    privacy = Personal(
        person="user",
        purpose=_("Telling you what is new in a search"),
        keep=Keep.ACCOUNT,
        words={"name", "query"},
        trail={"mail", "made_at", "told_until", "feed_since"},
        technical={"id", "key", "user"},
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField(_("search"), max_length=2000, editable=False)
    mail = models.BooleanField(
        _("mail me what is new"),
        default=True,
        help_text=_("At most one mail a week for all your searches together, and none when nothing is new."),
    )
    made_at = models.DateTimeField(_("saved at"), default=timezone.now, editable=False)
    told_until = models.DateTimeField(_("told until"), default=timezone.now, editable=False)
    feed_since = models.DateTimeField(_("feed since"), null=True, blank=True, editable=False)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_search_name_once",
                violation_error_code="name",
                violation_error_message=_("You have a search with this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("mobility:saved_search", args=[self.key])

    @property
    def search_url(self) -> str:
        """The page of the search itself."""
        return f"{reverse('mobility:exchanges')}?{self.query}"


class ReaderQuerySet(models.QuerySet["Reader"]):
    def visible_to(self, user: Any) -> "ReaderQuerySet":
        return self.filter(user=user)

    def due_for_digest(self, today: datetime.date) -> "ReaderQuerySet":
        """Who wants mail and had none in the last seven days."""
        rested = Q(digest_on=None) | Q(digest_on__lte=today - Reader.DIGEST_EVERY)
        return self.filter(rested, user__saved_searches__mail=True, user__is_active=True).distinct()


class Reader(models.Model):
    """What the portal remembers of somebody who keeps up. It has no history: it changes with every visit.

    A visit begins with a look more than eight hours after the last one began; what was published since the
    visit before is new. `calendar_since` is when the address of the calendar was opened, if it is.
    """

    VISIT = datetime.timedelta(hours=8)
    DIGEST_EVERY = datetime.timedelta(days=7)
    privacy = Personal(
        person="user",
        purpose=_("Showing you what is new since your last visit"),
        keep=Keep.ACCOUNT,
        trail={"visit_began_at", "seen_until", "digest_on", "calendar_since"},
        technical={"id", "user"},
    )

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reader")
    visit_began_at = models.DateTimeField(_("last visit began at"), default=timezone.now)
    seen_until = models.DateTimeField(_("new since"), default=timezone.now)
    digest_on = models.DateField(_("last mail with news on"), null=True, blank=True)
    calendar_since = models.DateTimeField(_("calendar shared since"), null=True, blank=True)

    objects = ReaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("how you keep up")
        verbose_name_plural = _("how you keep up")

    def __str__(self) -> str:
        return f"{self.user}"
