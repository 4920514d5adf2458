"""The read log and the keeping terms in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from bwob.privacy import reading
from bwob.privacy.models import AccessLog, KeepingTerm
from bwob.sight import ScopedAdmin


class PersonalAdmin(ScopedAdmin):
    """An admin of records about people: the list shows names, so who opens it has seen them (rule R4)."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        page = getattr(response, "context_data", None) or {}
        if "cl" in page:
            reading.record(request.user, page["cl"].result_list, purpose=self.purpose)
        return response


@admin.register(AccessLog)
class AccessLogAdmin(PersonalAdmin):
    """For the privacy officer, who audits and changes nothing; that the officer looked is noted too."""

    list_display = ("seen_at", "subject", "viewer_name", "employer", "what_text", "purpose_text")
    list_filter = ("seen_at",)
    search_fields = (
        "subject__given_name",
        "subject__family_name",
        "subject__email",
        "viewer_name",
        "employer",
    )
    fields = ("seen_at", "subject", "viewer_name", "employer", "what_text", "purpose_text")
    readonly_fields = fields
    list_select_related = ("subject",)

    def may_see(self, user: Any) -> bool:
        return user.has_role("privacy_officer")


@admin.register(KeepingTerm)
class KeepingTermAdmin(ScopedAdmin):
    """The programme office writes the terms; the privacy officer reads all, HR the defaults and its own."""

    list_display = ("kind", "organisation", "days", "source")
    list_filter = ("kind", "organisation")
    search_fields = ("source", "organisation__name")
    autocomplete_fields = ("organisation",)
    list_select_related = ("organisation",)

    def may_add(self, user: Any) -> bool:
        return user.has_role("programme")

    def may_change(self, user: Any, record: KeepingTerm | None = None) -> bool:
        return user.has_role("programme")
