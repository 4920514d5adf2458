"""The pages of exchanges that search engines may show."""

import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap

from mobility.criteria import offered
from mobility.models import CareerDay, CareerDayQuerySet, Exchange, ExchangeQuerySet


class ExchangeSitemap(Sitemap):
    """Those for which one can apply, in both languages; 5,000 in a file."""

    limit = 5_000
    i18n = True
    alternates = True

    def items(self) -> ExchangeQuerySet:
        return offered().only("slug", "moved_at").order_by("pk")

    def lastmod(self, item: Exchange) -> datetime.datetime:
        return item.moved_at


class CareerDaySitemap(Sitemap):
    """Those to come, in both languages."""

    i18n = True
    alternates = True

    def items(self) -> CareerDayQuerySet:
        return CareerDay.objects.visible_to(AnonymousUser()).coming()

    def lastmod(self, item: CareerDay) -> datetime.datetime:
        return item.moved_at
