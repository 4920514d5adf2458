"""The ledger of consents: HR reads its own, the privacy officer all; nobody writes here."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from alumni.models import Consent
from bwob.people.models import Role, SignedInRequest
from bwob.privacy import reading
from bwob.sight import ScopedAdmin

PROOF = ("alumnus", "purpose", "is_given", "how", "evidence", "at", "wording", "nonce", "proof")


@admin.register(Consent)
class ConsentAdmin(ScopedAdmin):
    """The export is the proof: who has the receipt can compute the fingerprint again."""

    purpose = _("checking consents")
    list_display = ("alumnus", "purpose", "is_given", "how", "at")
    list_filter = ("purpose", "is_given", "how")
    search_fields = ("alumnus__sort_name", "proof")
    list_select_related = ("alumnus__network__organisation", "wording")
    fields = ("alumnus", "purpose", "is_given", "how", "evidence", "at", "wording", "sentence", "proof")
    readonly_fields = ("sentence",)
    actions = ("export",)

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.HR, Role.PRIVACY_OFFICER)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Consent]:
        user: Any = request.user
        found: Any = super().get_queryset(request)
        own = user.organisations(Role.HR)
        return (
            found
            if user.has_role(Role.PRIVACY_OFFICER)
            else found.filter(alumnus__network__organisation__in=own)
        )

    @admin.display(description=_("sentence"))
    def sentence(self, consent: Consent) -> str:
        return consent.wording.text

    @admin.action(description=_("Export as proof (CSV)"))
    def export(self, request: SignedInRequest, queryset: QuerySet[Consent]) -> HttpResponse:
        reading.record(request.user, queryset, purpose=self.purpose)
        return self.as_csv(queryset.select_related("alumnus", "wording"), PROOF)
