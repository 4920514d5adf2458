"""The read log and the keeping terms in the admin."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from bwob.privacy.models import AccessLog, KeepingTerm
from bwob.sight import ScopedAdmin


@admin.register(AccessLog)
class AccessLogAdmin(ScopedAdmin):
    """For the privacy officer, who audits and changes nothing; that the officer looked is noted too."""

    list_display = ("seen_at", "subject", "seen_by", "what_text", "purpose_text")
    list_filter = ("seen_at",)
    search_fields = (
        "subject__given_name",
        "subject__family_name",
        "subject__email",
        "viewer_name",
        "employer",
    )
    fields = ("seen_at", "subject", "seen_by", "what_text", "purpose_text")
    readonly_fields = fields
    list_select_related = ("subject",)

    def may_see(self, user: Any) -> bool:
        return user.has_role("privacy_officer")

    @admin.display(description=_("seen by"), ordering="viewer_name")
    def seen_by(self, view: AccessLog) -> SafeString:
        how = _("by the link in a mail") if view.by_link else ""
        told = " · ".join(part for part in (view.employer, str(how)) if part)
        return format_html('{}<br><span class="quiet">{}</span>', view.viewer_name, told)

    @admin.display(description=_("what"), ordering="what")
    def what_text(self, view: AccessLog) -> str:
        return view.what_text

    @admin.display(description=_("purpose"))
    def purpose_text(self, view: AccessLog) -> str:
        return view.purpose_text


@admin.register(KeepingTerm)
class KeepingTermAdmin(ScopedAdmin):
    """The programme office writes the terms; the privacy officer reads all, HR the defaults and its own."""

    list_display = ("kind", "organisation", "days", "source")
    list_filter = ("kind", "organisation")
    search_fields = ("source", "organisation__name")
    list_select_related = ("organisation",)

    def may_add(self, user: Any) -> bool:
        return user.has_role("programme")

    def may_change(self, user: Any, record: KeepingTerm | None = None) -> bool:
        return user.has_role("programme")
