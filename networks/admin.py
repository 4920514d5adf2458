from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bwob.people.models import Role
from bwob.sight import ScopedAdmin
from networks import appointing, calling, judging, linking
from networks.models import Coordinator, Network, PartnerCall, Partnership, Proposal


def person(request: HttpRequest) -> Any:
    """Who works here; the admin lets nobody in who has not signed in."""
    return request.user


class OfficeAdmin(ScopedAdmin):
    """What only some of the staff work on; for the others there is nothing here, old versions included."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows if self.may_see(request.user) else rows.none()


class RecordsAdmin(OfficeAdmin):
    """Records that the programme office looks up, and that change by an act of their own, never by a form."""

    readonly_fields = ("on_the_site",)

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.PROGRAMME)

    @admin.display(description=gettext_lazy("on the site"))
    def on_the_site(self, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), _("Open it there"))


def told(count: int) -> str:
    return ngettext("%d done.", "%d done.", count) % count


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

    def delete_model(self, request: HttpRequest, obj: Coordinator) -> None:
        appointing.leave(obj, by=person(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for coordinator in queryset.select_related("user", "region"):
            appointing.leave(coordinator, by=person(request))


@admin.register(Network)
class NetworkAdmin(RecordsAdmin):
    """To look things up; a network changes by a proposal on the site."""

    list_display = ("name", "kind", "state", "place", "confirmed_on")
    list_filter = ("state", "kind")
    list_select_related = ("place",)
    search_fields = ("name",)
    actions = ("export",)
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

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        return self.as_csv(queryset, ("name", "kind", "state", "place", "starts_on", "confirmed_on"))


@admin.register(Proposal)
class ProposalAdmin(RecordsAdmin):
    """All proposals; one that needs other words, or a reason, is decided on the site."""

    list_display = ("title", "state", "place", "proposed_at", "due_at")
    list_filter = ("state",)
    list_select_related = ("place", "network")
    actions = ("accept", "export")
    purpose = gettext_lazy("deciding on a proposal for a network")
    fields = (
        "on_the_site",
        "title",
        "state",
        "network",
        "place",
        "proposer",
        "note",
        "proposed_at",
        "due_at",
        "keep_until",
    )

    def waiting(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What lies with the programme office because no coordinator decided in time."""
        count = self.get_queryset(request).filter(state=Proposal.State.OFFICE).count()
        label = ngettext("proposal that nobody decided on", "proposals that nobody decided on", count)
        url = reverse("admin:networks_proposal_changelist") + f"?state__exact={Proposal.State.OFFICE}"
        return [{"count": count, "label": label, "url": url}] if count else []

    @admin.action(description=gettext_lazy("Accept as proposed"))
    def accept(self, request: HttpRequest, queryset: Any) -> None:
        rows = queryset.with_names()
        self.carry_out(request, rows, lambda proposal: judging.accept(proposal, by=person(request)), told)

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        return self.as_csv(queryset, ("network", "state", "place", "proposed_at", "due_at"))


@admin.register(Partnership)
class PartnershipAdmin(RecordsAdmin):
    """The ties; to end those that should not be there."""

    list_display = ("network", "partner", "kind", "is_confirmed", "asked_at", "starts_on", "ends_on")
    list_filter = ("kind",)
    list_select_related = ("network", "other", "organisation")
    search_fields = ("network__name", "organisation__name")
    actions = ("end", "export")
    fields = (
        "on_the_site",
        "network",
        "organisation",
        "other",
        "kind",
        ("confirmed_by_network_at", "confirmed_by_partner_at"),
        ("starts_on", "ends_on"),
    )

    @admin.display(boolean=True, description=gettext_lazy("confirmed by both"))
    def is_confirmed(self, tie: Partnership) -> bool:
        return tie.is_confirmed

    @admin.action(description=gettext_lazy("End the chosen ties"))
    def end(self, request: HttpRequest, queryset: Any) -> None:
        self.carry_out(request, queryset, lambda tie: linking.end(tie, by=person(request)), told)

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        return self.as_csv(queryset, ("network", "organisation", "other", "kind", "starts_on", "ends_on"))


@admin.register(PartnerCall)
class PartnerCallAdmin(RecordsAdmin):
    """The calls, without their reactions: those are for the two sides."""

    list_display = ("title", "asker", "state", "closes_on", "asked_at")
    list_filter = ("state",)
    list_select_related = ("network", "organisation")
    search_fields = ("title",)
    actions = ("withdraw",)
    fields = ("on_the_site", "title", "text", "state", "network", "organisation", "closes_on", "outcome")

    @admin.action(description=gettext_lazy("Take off the chosen calls"))
    def withdraw(self, request: HttpRequest, queryset: Any) -> None:
        reason = _("The programme office took this call off the site.")
        self.carry_out(
            request, queryset, lambda call: calling.withdraw(call, reason=reason, by=person(request)), told
        )
