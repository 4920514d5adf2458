"""PITCH in the administration: the programme office sets editions and rules, and appoints who leads them.

Acts with consequences (fixing, opening, admitting, closing) happen on the pages of the secretariat. Here
is no ballot, no draft, no share of a key and no score; of the vote of the audience only how many came in,
once it is over.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import Count, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob.people.models import Role
from bwob.sight import ScopedAdmin
from pitch.models import AudienceRound, Criterion, Edition, Entry, Juror, Part, Rules

DRAFT = Edition.State.DRAFT


class OfficeAdmin(ScopedAdmin):
    """For the programme office alone."""

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.PROGRAMME)


@admin.register(Edition)
class EditionAdmin(OfficeAdmin):
    list_display = ("name", "year", "state", "entries_close_at", "judging_closes_at")
    list_filter = ("state", "year")
    search_fields = ("name", "slug")
    readonly_fields = ("state", "on_the_site", "objections_until")
    fields = (
        "on_the_site",
        "state",
        "name",
        "slug",
        "year",
        "heading",
        "summary",
        "prizes",
        "story",
        "entries_open_on",
        "entries_close_at",
        "admission_until",
        "judging_closes_at",
        "final_at",
        "final_place",
        "realisation_until",
        "objections_until",
    )

    def may_add(self, user: Any) -> bool:
        return user.has_role(Role.PROGRAMME)

    def may_change(self, user: Any, record: Edition | None = None) -> bool:
        """What was announced stays; later moments for the jury are given by the chair, with a reason."""
        return self.may_see(user) and (record is None or record.state in (DRAFT, Edition.State.FIXED))

    @admin.display(description=gettext_lazy("on the site"))
    def on_the_site(self, edition: Edition) -> SafeString | str:
        if not edition.pk:
            return ""
        page = reverse("pitch:office", args=[edition.slug])
        return format_html('<a href="{}">{}</a>', page, _("Secretariat of this edition"))


class CriterionForm(forms.ModelForm):
    """What each score means stands on a line of its own, so that it may hold commas."""

    anchors = SimpleArrayField(
        forms.CharField(max_length=120),
        delimiter="\n",
        label=gettext_lazy("What each score means"),
        widget=forms.Textarea(attrs={"rows": 5, "cols": 60}),
        help_text=gettext_lazy("From the lowest to the highest score, one on each line."),
    )

    class Meta:
        model = Criterion
        fields: ClassVar = ["position", "key", "name", "question", "weight", "anchors"]


class Criteria(admin.StackedInline):
    """Written with the rules, as long as these are not fixed."""

    model = Criterion
    form = CriterionForm
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return user.is_staff and user.has_role(Role.PROGRAMME)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or obj.edition.state == DRAFT
        return self.has_view_permission(request) and is_open

    has_add_permission = has_delete_permission = has_change_permission


@admin.register(Rules)
class RulesAdmin(OfficeAdmin):
    list_display = ("edition", "version", "average", "is_blind", "is_sealed", "fixed_at")
    list_filter = ("is_sealed", "is_blind")
    search_fields = ("edition__name",)
    list_select_related = ("edition",)
    inlines = (Criteria,)
    readonly_fields = ("version", "sha256", "fixed_at")

    def may_add(self, user: Any) -> bool:
        return user.has_role(Role.PROGRAMME)

    def may_change(self, user: Any, record: Rules | None = None) -> bool:
        return self.may_see(user) and (record is None or record.edition.state == DRAFT)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name == "edition":
            field.queryset = field.queryset.filter(state=DRAFT)
        return field


@admin.register(Part)
class PartAdmin(OfficeAdmin):
    """Nobody takes a part for oneself here."""

    list_display = ("user", "role", "edition", "since")
    list_filter = ("role", "edition")
    search_fields = ("user__given_name", "user__family_name", "user__email")
    list_select_related = ("user", "edition")

    def may_add(self, user: Any) -> bool:
        return user.has_role(Role.PROGRAMME)

    def has_delete_permission(self, request: HttpRequest, obj: Part | None = None) -> bool:
        """Until judging opens; a key holder with a key in the lock stays."""
        user: Any = request.user
        is_early = obj is None or obj.edition.state in (DRAFT, Edition.State.FIXED, Edition.State.OPEN)
        return user.is_staff and self.may_see(user) and is_early and not hasattr(obj, "share")

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name == "user":
            field.queryset = field.queryset.exclude(pk=request.user.pk)
        return field


@admin.register(Entry)
class EntryAdmin(OfficeAdmin):
    """Plans that came in, to read."""

    list_display = ("number", "title", "state", "organisation", "edition")
    list_filter = ("edition", "state", "theme")
    search_fields = ("title", "summary")
    list_select_related = ("edition", "organisation")
    actions = ("export",)
    ordering = ("edition", "number")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        return super().get_queryset(request).filter(number__isnull=False)

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse:
        return self.as_csv(queryset, ("edition", "number", "title", "theme", "organisation", "state"))


@admin.register(Juror)
class JurorAdmin(OfficeAdmin):
    """Who is in which jury; gathering it is the secretary's work."""

    purpose = gettext_lazy("leading an edition of PITCH")
    list_display = ("__str__", "edition", "state")
    list_filter = ("edition", "state")
    search_fields = ("user__given_name", "user__family_name", "email")
    list_select_related = ("edition", "user")
    fields = ("user", "email", "edition", "state", "due_at")


@admin.register(AudienceRound)
class AudienceRoundAdmin(OfficeAdmin):
    """The votes of the audience, to read. What the audience chose stands with the result."""

    list_display = ("edition", "ticket", "opens_at", "closes_at", "votes")
    list_filter = ("ticket",)
    search_fields = ("edition__name",)
    list_select_related = ("edition",)
    fields = ("edition", "ticket", "opens_at", "closes_at", "counted_at", "votes")
    readonly_fields = ("opens_at", "closes_at", "counted_at", "votes")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AudienceRound]:
        rows = super().get_queryset(request)
        return rows.annotate(turnout=Count("votes")) if self.may_see(request.user) else rows.none()

    @admin.display(description=gettext_lazy("votes"))
    def votes(self, audience_round: Any) -> int | None:
        """Nothing before the close."""
        return audience_round.turnout if audience_round.is_over else None
