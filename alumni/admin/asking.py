"""Actions on many records that ask first, and say how many people they will really reach."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from alumni.models import AlumniNetwork
from bwob.people.models import Role, SignedInRequest
from bwob.sight import ScopedAdmin


class NothingToFillIn(forms.Form):
    """For an action that needs no more than a yes."""


class HrAdmin(ScopedAdmin):
    """HR works here, on what belongs to the own employer. `ARE_PEOPLE`: each record is somebody whom an
    action reaches.
    """

    actions_on_bottom = False
    ARE_PEOPLE = True

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.HR)

    def own_networks(self, request: HttpRequest) -> QuerySet[AlumniNetwork]:
        return AlumniNetwork.objects.visible_to(request.user).of_hr(request.user)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name == "network":
            field.queryset = self.own_networks(request)
            field.initial = field.queryset.first()
        return field

    def require_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def ask(
        self,
        request: SignedInRequest,
        chosen: Iterable[Any],
        *,
        action: str,
        title: str,
        sentence: str,
        act: Callable[[Any, dict[str, Any]], object],
        done: Callable[[int], str],
        form_class: type[forms.Form] = NothingToFillIn,
    ) -> HttpResponse | None:
        """Show who will be reached and wait for a yes; then act on each, and say for whom it failed."""
        records = list(chosen)
        form = form_class(request.POST if "confirmed" in request.POST else None)
        if form.is_valid():
            self.carry_out(request, records, lambda record: act(record, form.cleaned_data), done)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "sentence": sentence,
            "form": form,
            "reaches_people": self.ARE_PEOPLE,
            "chosen": records,
            "left_out": len(set(request.POST.getlist("_selected_action"))) - len(records),
            "opts": self.opts,
            "action": action,
        }
        return TemplateResponse(request, "admin/alumni/ask.html", context)


class WrittenAdmin(HrAdmin):
    """What HR writes as a draft: only that is edited, the rest goes by its acts. `TOLD` stands beside it."""

    TOLD: tuple[str, ...]
    ARE_PEOPLE = False

    def may_add(self, user: Any) -> bool:
        return user.has_role(Role.HR)

    def may_change(self, user: Any, record: Any = None) -> bool:
        return user.has_role(Role.HR) and (record is None or record.state == "draft")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        form: Any = self.form
        return (*form._meta.fields, *self.TOLD, "seen") if obj else tuple(form._meta.fields)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.TOLD if obj else ()
