from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob.people.models import Role
from bwob.sight import ScopedAdmin
from networks.models import Coordinator, Network


class OfficeAdmin(ScopedAdmin):
    """What only some of the staff work on; for the others there is nothing here, old versions included."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows if self.may_see(request.user) else rows.none()


@admin.register(Coordinator)
class CoordinatorAdmin(OfficeAdmin):
    """The programme office appoints; who leaves is taken off by removing the row."""

    list_display = ("user", "region", "since")
    list_filter = ("region",)
    list_select_related = ("user", "region")
    fields = ("user", "region")

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.PROGRAMME, Role.PRIVACY_OFFICER)

    def may_add(self, user: Any) -> bool:
        return user.has_role(Role.PROGRAMME)

    def may_change(self, user: Any, record: Any = None) -> bool:
        return user.has_role(Role.PROGRAMME)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


@admin.register(Network)
class NetworkAdmin(OfficeAdmin):
    """To look things up; a network changes by a proposal on the site."""

    list_display = ("name", "kind", "state", "place", "confirmed_on")
    list_filter = ("state", "kind")
    list_select_related = ("place",)
    search_fields = ("name",)
    actions = ("export",)
    readonly_fields = ("on_the_site",)
    fields = (
        "on_the_site",
        "name",
        "kind",
        "state",
        "summary",
        "place",
        "contact",
        "source",
        ("starts_on", "ends_on"),
        "confirmed_on",
        "due_at",
    )

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.PROGRAMME)

    @admin.display(description=gettext_lazy("on the site"))
    def on_the_site(self, network: Network) -> SafeString:
        return format_html('<a href="{}">{}</a>', network.get_absolute_url(), _("Open it there"))

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        return self.as_csv(queryset, ("name", "kind", "state", "place", "starts_on", "confirmed_on"))
