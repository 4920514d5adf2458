"""Who sees which rows: `visible_to(user)` is the only door, in the admin as on the site (rule R2)."""

import functools
import re
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import BadRequest
from django.db import models
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bwob import export
from bwob.privacy import reading
from bwob.privacy.labels import is_own
from bwob.workflow import Refused


class PortalAdminSite(admin.AdminSite):
    """The admin of the portal: entered through the ordinary sign-in, which counts failed tries and asks the
    second factor.
    """

    site_header = _("Beter Werken: administration")
    site_title = _("Administration")
    index_title = _("Administration")
    enable_nav_sidebar = True
    empty_value_display = "–"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only our own models: the admins that packages bring along show everybody's rows."""
        models_given = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        super().register([model for model in models_given if is_own(model)], admin_class, **options)

    def get_urls(self) -> list[Any]:
        """Without the short link to a record's own page, which looks up any row of any model for anybody
        here.
        """
        return [route for route in super().get_urls() if getattr(route, "name", "") != "view_on_site"]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """As Django's, but an address with a NUL is refused: no database value has one, and looking fails."""
        inner = super().admin_view(view, cacheable)

        @functools.wraps(inner)
        def outer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if "%00" in request.META.get("QUERY_STRING", ""):
                raise BadRequest
            return inner(request, *args, **kwargs)

        return outer

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return secure_admin_login(super().login)(request, extra_context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"site_scope": scope_of(request.user)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page says what waits and what ends soon, as each admin tells."""
        admins = [each for each in self._registry.values() if isinstance(each, ScopedAdmin)]
        seen = [each for each in admins if each.has_view_permission(request)]
        news = {
            "waiting": [item for each in seen for item in each.waiting(request)],
            "due": sorted((one for each in seen for one in each.due(request)), key=itemgetter("on")),
            "figures": [item for each in seen for item in each.figures(request)],
        }
        return super().index(request, (extra_context or {}) | news)


def scope_of(user: Any) -> str:
    """Whose rows this person sees in the admin, for the badge at the top: "Gemeente Utrecht", or "" for
    all.
    """
    if not user.is_authenticated or user.has_role("programme", "privacy_officer"):
        return ""
    return ", ".join(str(organisation) for organisation in user.organisations("hr"))


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """A filter on a related record that offers only records this person may see."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        visible = field.remote_field.model._default_manager.visible_to(request.user)
        used = model_admin.get_queryset(request).values(field.name)
        return [(str(record.pk), str(record)) for record in visible.filter(pk__in=used)[:200]]


class ScopedAdmin(admin.ModelAdmin):
    """The base of every ModelAdmin: rows, choices, filters, autocomplete, actions and export all from
    `visible_to`.

    `may_change(user, record)` and `may_add(user)` say who may write; nobody deletes in the admin, since
    records end by their workflow and go by their keeping term. Opening a record about a person is logged
    for that person.
    """

    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    save_as = False
    view_on_site = False
    purpose = _("administration")

    def waiting(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What waits for this person, for the first page: count, label, url."""
        return []

    def due(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What ends soon, for the first page: on (a day), label, url, note."""
        return []

    def figures(self, request: HttpRequest) -> list[dict[str, str]]:
        """Numbers of the own organisation, for the first page: label, value, url."""
        return []

    def may_see(self, user: Any) -> bool:
        return user.is_staff

    def may_add(self, user: Any) -> bool:
        return False

    def may_change(self, user: Any, record: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        queryset = self.model._default_manager.visible_to(request.user)
        ordering = self.get_ordering(request)
        return queryset.order_by(*ordering) if ordering else queryset

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_staff and self.may_see(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff and self.may_add(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_staff and self.may_change(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only the filters on the page: by others one could read, bit by bit, fields that no page shows."""
        entries = [name_of_filter(entry) for entry in self.get_list_filter(request)]
        is_offered = any(f"{lookup}__".startswith(f"{entry}__") for entry in entries)
        return is_offered and super().lookup_allowed(lookup, value, request)

    def response_action(
        self, request: HttpRequest, queryset: models.QuerySet, *where: Any, **options: Any
    ) -> HttpResponse | None:
        """As Django's, which fails on a chosen row that is no number."""
        if not all(re.fullmatch(r"[0-9]+", chosen) for chosen in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest
        return super().response_action(request, queryset, *where, **options)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        related = db_field.remote_field.model._default_manager
        kwargs["queryset"] = (
            related.visible_to(request.user) if hasattr(related, "visible_to") else related.all()
        )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def as_csv(self, queryset: models.QuerySet, names: tuple[str, ...]) -> HttpResponse:
        """These fields of the chosen rows, in words where a field has choices."""
        fields = [self.model._meta.get_field(name) for name in names]
        rows = ([cell(record, field) for field in fields] for record in queryset)
        return export.as_csv(str(self.opts.model_name), [field.verbose_name for field in fields], rows)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [scoped_filter(self.model, entry) for entry in super().get_list_filter(request)]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        record = self.get_object(request, object_id)
        if record is not None and reading.is_personal(self.model):
            reading.record(request.user, [record], purpose=self.purpose)
        return super().change_view(request, object_id, form_url, extra_context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list shows names, so who opens it has seen them (rule R4)."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        response = super().changelist_view(request, title | (extra_context or {}))
        page = getattr(response, "context_data", None) or {}
        if "cl" in page and reading.is_personal(self.model):
            reading.record(request.user, page["cl"].result_list, purpose=self.purpose)
        return response

    def carry_out(
        self,
        request: HttpRequest,
        records: Iterable[Any],
        act: Callable[[Any], object],
        sentence: Callable[[int], str],
    ) -> None:
        """Do one act on each record; say how many went well, and for the others why not."""
        count = 0
        for record in records:
            try:
                act(record)
                count += 1
            except Refused as refused:
                self.message_user(request, f"{record}: {refused.reason}", messages.WARNING)
        if count:
            self.message_user(request, sentence(count), messages.SUCCESS)


def name_of_filter(entry: Any) -> str:
    """What a declared filter is called in an address: a field, or the parameter of a filter of our own."""
    return str(entry if isinstance(entry, str) else getattr(entry, "parameter_name", None) or entry[0])


def scoped_filter(model: type[models.Model], entry: Any) -> Any:
    """The filter as declared, but scoped when it stands on a relation."""
    is_relation = isinstance(entry, str) and "__" not in entry and model._meta.get_field(entry).is_relation
    return (entry, ScopedRelatedFilter) if is_relation else entry


def cell(record: models.Model, field: models.Field) -> object:
    value = getattr(record, field.name)
    return dict(field.flatchoices).get(value, value) if field.choices else value


@register("sight")
def unscoped_admins(**_options: object) -> Iterable[CheckMessage]:
    """Refuse a ModelAdmin that shows rows by another door, or edits them in the list (it would skip the
    workflow).
    """
    for model, model_admin in admin.site._registry.items():
        if not isinstance(model_admin, ScopedAdmin):
            yield Error(
                f"The admin of {model.__name__} is not a ScopedAdmin", obj=type(model_admin), id="sight.E001"
            )
        elif model_admin.list_editable or not hasattr(model._default_manager.all(), "visible_to"):
            yield Error(
                f"The admin of {model.__name__} is not scoped", obj=type(model_admin), id="sight.E002"
            )
