"""People and roles in the admin: HR sees the own people, the programme office appoints and deactivates."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelChoiceField, TypedChoiceField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.people.models import Membership, Role, User
from bwob.sight import ScopedAdmin


@admin.register(User)
class UserAdmin(ScopedAdmin):
    """Name and addresses belong to the person; the programme office can close an account and nothing more."""

    list_display = ("__str__", "email", "works_at", "proven_on", "roles_held", "is_active")
    list_filter = ("is_active", "memberships__role", "language")
    search_fields = ("given_name", "family_name", "email", "work_address__email")
    fields = (
        "given_name",
        "name_prefix",
        "family_name",
        "email",
        "language",
        "works_at",
        "work_email",
        "proven_on",
        "roles_held",
        "joined_at",
        "is_active",
    )

    def may_change(self, user: User, record: User | None = None) -> bool:
        return user.has_role(Role.PROGRAMME) and record != user

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return [str(name) for name in self.fields if name != "is_active"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        people = super().get_queryset(request)
        return people.select_related("work_address__organisation").prefetch_related(
            "memberships__organisation"
        )

    @admin.display(description=_("works at"), ordering="work_address__organisation__name")
    def works_at(self, user: User) -> str:
        return str(user.work_address.organisation) if hasattr(user, "work_address") else ""

    @admin.display(description=_("work address"))
    def work_email(self, user: User) -> str:
        return user.work_address.email if hasattr(user, "work_address") else ""

    @admin.display(description=_("proven on"), ordering="work_address__verified_at")
    def proven_on(self, user: User) -> str:
        moment = user.work_address.verified_at if hasattr(user, "work_address") else None
        return dutch.date_text(timezone.localtime(moment).date()) if moment else "–"

    @admin.display(description=_("roles"))
    def roles_held(self, user: User) -> str:
        return "; ".join(str(membership) for membership in user.memberships.all())


@admin.register(Membership)
class MembershipAdmin(ScopedAdmin):
    """The programme office gives and takes every role; HR only that of manager, for the own organisation.

    A role is never changed into another: it is taken and given, so that history says both. Nobody gives
    or takes the own.
    """

    list_display = ("user", "role", "organisation", "since")
    list_filter = ("role", "organisation")
    search_fields = ("user__given_name", "user__family_name", "user__email", "organisation__name")
    list_select_related = ("user", "organisation")

    def may_add(self, user: User) -> bool:
        return user.has_role(Role.PROGRAMME, Role.HR)

    def may_take(self, user: User, membership: Membership) -> bool:
        own = membership.role == Role.MANAGER and membership.organisation in user.organisations(Role.HR)
        return membership.user_id != user.pk and (user.has_role(Role.PROGRAMME) or own)

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        user: Any = request.user
        return user.is_staff and self.may_add(user) and (obj is None or self.may_take(user, obj))

    def formfield_for_choice_field(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> TypedChoiceField | None:
        user: Any = request.user
        if db_field.name == "role" and not user.has_role(Role.PROGRAMME):
            kwargs["choices"] = [(Role.MANAGER.value, Role.MANAGER.label)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        user: Any = request.user
        if field and db_field.name == "user":
            field.queryset = field.queryset.exclude(pk=user.pk)
        if field and db_field.name == "organisation" and not user.has_role(Role.PROGRAMME):
            field.queryset = field.queryset.filter(pk__in=[one.pk for one in user.organisations(Role.HR)])
        return field
