from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bwob.people.models import Role, SignedInRequest
from bwob.privacy import reading
from mobility import day_rules, hosting
from mobility.admin.managed import ManagedAdmin, link
from mobility.models import CareerDay, Signup


@admin.register(CareerDay)
class CareerDayAdmin(ManagedAdmin):
    list_display = ("title", "kind", "state", "held_on", "given", "queue")
    list_filter = ("state", "kind", "organisation")
    search_fields = ("title", "summary")
    ordering = ("-held_on",)
    actions = ("publish", "export")
    readonly_fields = ("on_the_site",)
    fields = (
        *("on_the_site", "organisation", "kind", "state", "title", "summary", "about", "held_on"),
        *("starts_at", "ends_at", "place", "venue", "is_online", "capacity", "contact"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[CareerDay]:
        """HR works on the own organisation's, though every published one may be seen on the site."""
        user: Any = request.user
        everything: Any = super().get_queryset(request)
        rows = everything.with_seats().annotate(
            queued=Count("signups", filter=Q(signups__state=Signup.State.WAITING))
        )
        if user.has_role(Role.PROGRAMME):
            return rows
        return rows.filter(organisation__in=user.organisations(Role.HR))

    @admin.display(description=gettext_lazy("places given"))
    def given(self, day: Any) -> str:
        return f"{day.taken}/{day.capacity}"

    @admin.display(description=gettext_lazy("waiting list"))
    def queue(self, day: Any) -> int:
        return day.queued

    @admin.display(description=gettext_lazy("on the site"))
    def on_the_site(self, day: CareerDay) -> SafeString:
        return link(day, _("Open, edit or cancel it there"))

    @admin.action(description=gettext_lazy("Publish"))
    def publish(self, request: SignedInRequest, queryset: QuerySet[CareerDay]) -> None:
        self.carry_out(
            request,
            [day for day in queryset if day_rules.may_manage_day(request.user, day)],
            lambda day: hosting.publish(day, by=request.user),
            lambda count: ngettext("%d career day published.", "%d career days published.", count) % count,
        )

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export(self, request: SignedInRequest, queryset: QuerySet[CareerDay]) -> HttpResponse:
        return self.as_csv(queryset, ("title", "organisation", "kind", "state", "held_on", "place"))


@admin.register(Signup)
class SignupAdmin(ManagedAdmin):
    purpose = gettext_lazy("organising a career day")
    list_display = ("person", "employer", "day", "state", "attended_at")
    list_filter = ("state", "day")
    search_fields = ("person__sort_name", "day__title")
    list_select_related = ("person", "employer", "day")
    ordering = ("day", "number")
    actions = ("export",)
    fields = ("person", "employer", "day", "state", "signed_up_at", "due_at", "attended_at", "keep_until")
    readonly_fields = ("signed_up_at", "due_at", "attended_at", "keep_until")

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export(self, request: SignedInRequest, queryset: QuerySet[Signup]) -> HttpResponse:
        reading.record(request.user, queryset, purpose=gettext_lazy("export by HR"))
        return self.as_csv(queryset, ("person", "employer", "day", "state", "signed_up_at", "attended_at"))
