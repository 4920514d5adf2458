from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bwob.people.models import Role, SignedInRequest
from bwob.privacy import reading
from mobility import owning, rules, writing
from mobility.admin.managed import ManagedAdmin, link
from mobility.answer_forms import AnswerTextForm
from mobility.models import AnswerText, CoOwner, Exchange


@admin.register(Exchange)
class ExchangeAdmin(ManagedAdmin):
    list_display = ("title", "kind", "state", "closes_on")
    list_filter = ("state", "kind", "field", "organisation")
    search_fields = ("title", "summary")
    list_select_related = ("organisation",)
    date_hierarchy = None
    actions = ("publish", "close", "export")
    readonly_fields = ("on_the_site",)
    fields = (
        "on_the_site",
        "organisation",
        "kind",
        "state",
        "title",
        "summary",
        "tasks",
        "requirements",
        "benefits",
        "field",
        ("hours_min", "hours_max"),
        ("starts_on", "duration", "duration_unit"),
        ("scale_min", "scale_max"),
        ("place", "remote", "places"),
        "closes_on",
        "contact",
        "published_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Exchange]:
        """HR works on the own organisation's, though every published one may be seen on the site."""
        user: Any = request.user
        everything = super().get_queryset(request)
        if user.has_role(Role.PROGRAMME):
            return everything
        return everything.filter(organisation__in=user.organisations(Role.HR))

    @admin.display(description=gettext_lazy("on the site"))
    def on_the_site(self, exchange: Exchange) -> SafeString:
        return link(exchange, _("Open, edit or withdraw it there"))

    def _managed(self, request: SignedInRequest, queryset: QuerySet[Exchange]) -> list[Exchange]:
        return [exchange for exchange in queryset if rules.may_manage(request.user, exchange)]

    @admin.action(description=gettext_lazy("Publish"))
    def publish(self, request: SignedInRequest, queryset: QuerySet[Exchange]) -> None:
        self.carry_out(
            request,
            self._managed(request, queryset),
            lambda exchange: writing.publish(exchange, by=request.user),
            lambda count: ngettext("%d exchange published.", "%d exchanges published.", count) % count,
        )

    @admin.action(description=gettext_lazy("Close for new applications"))
    def close(self, request: SignedInRequest, queryset: QuerySet[Exchange]) -> None:
        self.carry_out(
            request,
            self._managed(request, queryset),
            lambda exchange: writing.close(exchange, by=request.user),
            lambda count: ngettext("%d exchange closed.", "%d exchanges closed.", count) % count,
        )

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export(self, request: SignedInRequest, queryset: QuerySet[Exchange]) -> HttpResponse:
        return self.as_csv(
            queryset, ("title", "organisation", "kind", "state", "place", "closes_on", "published_at")
        )


@admin.register(CoOwner)
class CoOwnerAdmin(ManagedAdmin):
    """Who works which exchange; somebody is added on the site, where it is seen who may be."""

    purpose = gettext_lazy("working an exchange together")
    list_display = ("person", "exchange", "since")
    list_filter = ("exchange",)
    list_select_related = ("person", "exchange")
    search_fields = ("person__sort_name", "exchange__title")
    ordering = ("exchange", "since")
    actions = ("remove", "export")
    fields = ("on_the_site", "person", "exchange", "since")
    readonly_fields = ("on_the_site", "since")

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.HR)

    @admin.display(description=gettext_lazy("on the site"))
    def on_the_site(self, owner: CoOwner) -> SafeString:
        return link(owner, _("Add or remove there"), reverse("mobility:owners", args=[owner.exchange.slug]))

    @admin.action(description=gettext_lazy("Remove as co-owner"))
    def remove(self, request: SignedInRequest, queryset: QuerySet[CoOwner]) -> None:
        rows = queryset.select_related("exchange__organisation", "person")
        self.carry_out(
            request,
            [owner for owner in rows if rules.may_manage(request.user, owner.exchange)],
            lambda owner: owning.remove(owner, by=request.user),
            lambda count: ngettext("%d co-owner removed.", "%d co-owners removed.", count) % count,
        )

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export(self, request: SignedInRequest, queryset: QuerySet[CoOwner]) -> HttpResponse:
        reading.record(request.user, queryset, purpose=gettext_lazy("export by HR"))
        return self.as_csv(queryset, ("person", "exchange", "since"))


@admin.register(AnswerText)
class AnswerTextAdmin(ManagedAdmin):
    """HR writes the texts of the own organisation here or on the site, by the same form."""

    list_display = ("title", "act", "organisation", "language")
    list_filter = ("act", "language", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("title", "text")
    fields = ("organisation", "act", "title", "text", "language")

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.HR)

    def may_add(self, user: Any) -> bool:
        return rules.may_write_texts(user)

    def may_change(self, user: Any, record: AnswerText | None = None) -> bool:
        return rules.may_write_texts(user, record.organisation if record else None)

    def has_delete_permission(self, request: HttpRequest, obj: AnswerText | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        user: Any = request.user

        class OwnForm(AnswerTextForm):
            def __init__(self, *args: Any, **facts: Any) -> None:
                super().__init__(*args, user=user, **facts)

        return super().get_form(request, obj, change, form=OwnForm, **options)
