"""The register of organisations in the admin, with the mail domains that prove who works where."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bwob.organisations.models import EmailDomain, Organisation, Place, Region
from bwob.sight import ScopedAdmin


class EmailDomains(admin.StackedInline):
    """Whoever reads mail at such a domain works there, so only the programme office writes them."""

    model = EmailDomain
    extra = 1

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_staff

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_staff and request.user.has_role("programme")

    has_add_permission = has_delete_permission = has_change_permission


@admin.register(Organisation)
class OrganisationAdmin(ScopedAdmin):
    """Public bodies are public; only the programme office writes."""

    list_display = ("name", "tier", "place", "code", "valid_from", "valid_until")
    list_filter = ("tier", "valid_until")
    search_fields = ("name", "code", "uri", "email_domains__name")
    list_select_related = ("place",)
    inlines = (EmailDomains,)

    def may_add(self, user: Any) -> bool:
        return user.has_role("programme")

    def may_change(self, user: Any, record: Organisation | None = None) -> bool:
        return user.has_role("programme")


class GeographyAdmin(ScopedAdmin):
    """Read by all staff, written by the programme office."""

    def may_add(self, user: Any) -> bool:
        return user.has_role("programme")

    def may_change(self, user: Any, record: Any = None) -> bool:
        return user.has_role("programme")


@admin.register(Place)
class PlaceAdmin(GeographyAdmin):
    list_display = ("name", "also_called", "province", "region", "code")
    list_filter = ("province", "region")
    search_fields = ("name", "also_called", "code")
    list_select_related = ("province", "region")


@admin.register(Region)
class RegionAdmin(GeographyAdmin):
    list_display = ("name", "kind", "code")
    list_filter = ("kind",)
    search_fields = ("name", "code")
