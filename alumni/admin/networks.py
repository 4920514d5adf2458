"""The network of the own employer, and the sentences people agree to."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alumni import opening, rules
from alumni.admin.asking import HrAdmin
from alumni.admin.versions import VersionedForm
from alumni.models import AlumniNetwork, Alumnus, Purpose, Wording
from bwob.numbers import few
from bwob.organisations.models import Organisation
from bwob.people.models import Membership, Role, SignedInRequest, User
from bwob.workflow import Refused


class NetworkForm(VersionedForm):
    class Meta:
        model = AlumniNetwork
        fields: ClassVar = ["organisation", "summary", "welcome", "peers", "contact"]


@admin.register(AlumniNetwork)
class AlumniNetworkAdmin(HrAdmin):
    form = NetworkForm
    list_display = ("organisation", "members", "opened_at")
    list_select_related = ("organisation",)
    search_fields = ("organisation__name",)
    ordering = ("organisation__name",)
    fields = ("on_the_site", "organisation", "summary", "welcome", "peers", "contact", "opened_at", "seen")
    readonly_fields = ("on_the_site", "opened_at")
    actions = ("open_it", "close_it")

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.HR, Role.PROGRAMME)

    def may_add(self, user: Any) -> bool:
        """HR of an employer that has no network yet."""
        own = user.organisations(Role.HR)
        return len(own) > AlumniNetwork.objects.visible_to(user).of_hr(user).count()

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """For the menu on every page of the administration, which asks the database nothing: who may found
        a network finds the button on the list of networks.
        """
        change = self.has_change_permission(request)
        return {"add": False, "change": change, "delete": False, "view": self.has_view_permission(request)}

    def may_change(self, user: Any, record: AlumniNetwork | None = None) -> bool:
        return user.has_role(Role.HR) and (record is None or rules.may_manage(user, record))

    def get_queryset(self, request: HttpRequest) -> QuerySet[AlumniNetwork]:
        """HR works on its own only, though every open one may be seen on the site."""
        user: Any = request.user
        seen: Any = super().get_queryset(request)
        found = seen if user.has_role(Role.PROGRAMME) else seen.of_hr(user)
        return found.annotate(active=Count("alumni", filter=Q(alumni__state=Alumnus.State.ACTIVE)))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "organisation") if obj else self.readonly_fields

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The own employer, and who works there as HR."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        user: Any = request.user
        own = user.organisations(Role.HR)
        if field and db_field.name == "organisation":
            field.queryset = Organisation.objects.visible_to(user).filter(pk__in=[one.pk for one in own])
        elif field:
            people = Membership.objects.visible_to(user).filter(organisation__in=own, role=Role.HR)
            field.queryset = User.objects.visible_to(user).filter(pk__in=people.values("user"))
        return field

    def save_model(self, request: HttpRequest, obj: AlumniNetwork, form: Any, change: bool) -> None:
        if change:
            obj.save()
        else:
            opening.start(obj)

    @admin.display(description=gettext_lazy("active alumni"))
    def members(self, network: Any) -> str:
        return few(network.active)

    @admin.display(description=gettext_lazy("on the site"))
    def on_the_site(self, network: AlumniNetwork) -> SafeString | str:
        if not network.pk:
            return "–"
        return format_html('<a href="{}">{}</a>', network.get_absolute_url(), _("See the public page"))

    def _set_open(self, request: SignedInRequest, queryset: QuerySet[AlumniNetwork], is_open: bool) -> None:
        for network in queryset:
            if not rules.may_manage(request.user, network):
                continue
            try:
                opening.set_open(network, is_open, by=request.user)
            except Refused as refused:
                self.message_user(request, f"{network}: {refused.reason}", messages.WARNING)
            else:
                self.message_user(request, _("Open.") if is_open else _("Closed."), messages.SUCCESS)

    @admin.action(description=gettext_lazy("Open for everybody"))
    def open_it(self, request: SignedInRequest, queryset: QuerySet[AlumniNetwork]) -> None:
        self._set_open(request, queryset, True)

    @admin.action(description=gettext_lazy("Close the public page"))
    def close_it(self, request: SignedInRequest, queryset: QuerySet[AlumniNetwork]) -> None:
        self._set_open(request, queryset, False)

    def figures(self, request: HttpRequest) -> list[dict[str, str]]:
        """The own network in numbers, for the first page; below five only "<5"."""
        user: Any = request.user
        if not user.has_role(Role.HR):
            return []
        own: Any = Alumnus.objects.visible_to(user).of_hr(user)
        page = reverse("admin:alumni_alumnus_changelist")
        states = own.aggregate(
            active=Count("pk", filter=Q(state="active")), dormant=Count("pk", filter=Q(state="dormant"))
        )
        wishes = [
            (purpose.label, own.open_to(purpose).count(), f"{page}?open_to={purpose.value}")
            for purpose in (Purpose.RETURN, Purpose.GIG, Purpose.MENTOR)
        ]
        rows = [
            (_("Active"), states["active"], f"{page}?state__exact=active"),
            (_("Dormant"), states["dormant"], f"{page}?state__exact=dormant"),
            *wishes,
        ]
        return [{"label": str(label), "value": few(count), "url": url} for label, count, url in rows]


@admin.register(Wording)
class WordingAdmin(HrAdmin):
    """A new version is added; none is changed."""

    list_display = ("purpose", "version", "text", "since")
    list_filter = ("purpose",)
    fields = ("network", "purpose", "text")

    def may_add(self, user: Any) -> bool:
        return user.has_role(Role.HR)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Wording]:
        return super().get_queryset(request).filter(network__in=self.own_networks(request))

    def save_model(self, request: HttpRequest, obj: Wording, form: Any, change: bool) -> None:
        obj.pk = opening.reword(obj.network, obj.purpose, obj.text).pk
