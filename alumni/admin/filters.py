"""Filters of the list of alumni that are no plain field."""

import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alumni.models import Alumnus, Purpose


class OpenTo(admin.SimpleListFilter):
    title = _("open to")
    parameter_name = "open_to"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Purpose.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Alumnus]:
        value = self.value()
        return queryset.open_to(value) if value in Purpose.values else queryset


class Confirmed(admin.SimpleListFilter):
    title = _("last confirmed")
    parameter_name = "confirmed"
    AGES = (("3", _("in the last three months")), ("12", _("in the last year")), ("older", _("longer ago")))

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(self.AGES)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Alumnus]) -> QuerySet[Alumnus]:
        value, now = self.value(), timezone.now()
        if value in ("3", "12"):
            return queryset.filter(confirmed_at__gte=now - datetime.timedelta(days=30 * int(value)))
        if value == "older":
            return queryset.filter(confirmed_at__lt=now - datetime.timedelta(days=360))
        return queryset


class Tagged(admin.SimpleListFilter):
    """The tags in use at the own employer."""

    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        lists = model_admin.get_queryset(request).order_by().exclude(tags=[]).values_list("tags", flat=True)
        return [(tag, tag) for tag in sorted({tag for tags in lists for tag in tags})[:50]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Alumnus]) -> QuerySet[Alumnus]:
        value = self.value()
        return queryset.filter(tags__contains=[value]) if value else queryset


class Double(admin.SimpleListFilter):
    """Same name in the same network: perhaps one person."""

    title = _("perhaps double")
    parameter_name = "double"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("same name"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Alumnus]) -> QuerySet[Alumnus]:
        others = Alumnus.objects.visible_to(request.user).filter(
            network=OuterRef("network"), sort_name=OuterRef("sort_name")
        )
        return queryset.filter(Exists(others.exclude(pk=OuterRef("pk")))) if self.value() else queryset
