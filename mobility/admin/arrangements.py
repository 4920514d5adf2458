from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bwob.people.models import SignedInRequest
from bwob.privacy import reading
from mobility import contracting, rules
from mobility.admin.managed import ManagedAdmin, link
from mobility.arranging import steps
from mobility.models import Agreement, RingPlace, SwapRing


@admin.register(RingPlace)
class RingPlaceAdmin(ManagedAdmin):
    """Who of a confirmed ring goes where. A ring before that, and who ended one, is for nobody to see."""

    purpose = gettext_lazy("looking at a swap ring")
    list_display = ("person", "works_at", "goes_to", "state", "first_day", "last_day")
    search_fields = ("person__sort_name", "wish__employer__name")
    ordering = ("-ring__starts_on", "ring", "number")
    fields = ("on_the_site", "person", "works_at", "goes_to", "state", "first_day", "last_day")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[RingPlace]:
        """Also of HR people who are in a ring themselves only what the others of HR see."""
        shown: Any = super().get_queryset(request)
        agreed = shown.filter(ring__state__in=[SwapRing.State.CONFIRMED, SwapRing.State.DONE])
        return agreed.with_names().prefetch_related("ring__places__wish__employer")

    @admin.display(description=gettext_lazy("on the site"))
    def on_the_site(self, place: RingPlace) -> SafeString:
        return link(place, _("Open the ring there"))

    @admin.display(description=gettext_lazy("works at"), ordering="wish__employer__name")
    def works_at(self, place: RingPlace) -> str:
        return str(place.wish.employer)

    @admin.display(description=gettext_lazy("goes to"))
    def goes_to(self, place: RingPlace) -> str:
        there = {goes.pk: to for goes, to in steps(list(place.ring.places.all()))}
        return str(there[place.pk].wish.employer)

    @admin.display(description=gettext_lazy("state"), ordering="ring__state")
    def state(self, place: RingPlace) -> str:
        return place.ring.get_state_display()

    @admin.display(description=gettext_lazy("first day"), ordering="ring__starts_on")
    def first_day(self, place: RingPlace) -> Any:
        return place.ring.starts_on

    @admin.display(description=gettext_lazy("last day"), ordering="ring__ends_on")
    def last_day(self, place: RingPlace) -> Any:
        return place.ring.ends_on


@admin.register(Agreement)
class AgreementAdmin(ManagedAdmin):
    """The agreements in which the own organisation lends or borrows; the text itself is read on the site."""

    purpose = gettext_lazy("agreeing on a place")
    list_display = ("who", "state", "until", "missing")
    list_filter = ("state",)
    search_fields = ("application__applicant__sort_name", "application__exchange__title")
    ordering = ("-moved_at",)
    actions = ("ask", "export")
    fields = (
        *("on_the_site", "who", "version", "state", "asked_at", "until", "missing", "given"),
        *("sha256", "pdf_sha256"),
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agreement]:
        """Agreements of HR people themselves stay out of the admin."""
        shown: Any = super().get_queryset(request)
        others = shown.exclude(application__applicant=request.user)
        return others.with_names().prefetch_related("consents")

    def waiting(self, request: HttpRequest) -> list[dict[str, Any]]:
        count = self.get_queryset(request).filter(state=Agreement.State.DRAFT).count()
        url = f"{reverse('admin:mobility_agreement_changelist')}?state__exact={Agreement.State.DRAFT}"
        label = _("Agreements in draft: put them before the parties")
        return [{"count": count, "label": label, "url": url}] if count else []

    @admin.display(description=gettext_lazy("on the site"))
    def on_the_site(self, agreement: Agreement) -> SafeString:
        return link(agreement, _("Read it there"))

    @admin.display(description=gettext_lazy("who and where"), ordering="application__applicant__sort_name")
    def who(self, agreement: Agreement) -> SafeString:
        application = agreement.application
        about = f"{application.exchange}, {application.exchange.organisation}"
        return format_html('{}<br><span class="quiet">{}</span>', application.applicant, about)

    @admin.display(description=gettext_lazy("until"), ordering="due_at")
    def until(self, agreement: Agreement) -> str:
        due_at = agreement.due_at if agreement.is_draft or agreement.is_asked else None
        return date_format(timezone.localtime(due_at), "j N Y") if due_at else "–"

    @admin.display(description=gettext_lazy("waits for"))
    def missing(self, agreement: Agreement) -> str:
        return ", ".join(contracting.waits_for(agreement)) or "–"

    @admin.display(description=gettext_lazy("agreed by"))
    def given(self, agreement: Agreement) -> str:
        return "\n".join(str(consent) for consent in agreement.consents.all()) or "–"

    @admin.action(description=gettext_lazy("Put before the three parties"))
    def ask(self, request: SignedInRequest, queryset: QuerySet[Agreement]) -> None:
        self.carry_out(
            request,
            [one for one in queryset if rules.may_write_agreement(request.user, one.application)],
            lambda agreement: contracting.ask(agreement, by=request.user),
            lambda count: (
                ngettext(
                    "%d agreement put before the parties.", "%d agreements put before the parties.", count
                )
                % count
            ),
        )

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export(self, request: SignedInRequest, queryset: QuerySet[Agreement]) -> HttpResponse:
        reading.record(request.user, queryset, purpose=gettext_lazy("export by HR"))
        return self.as_csv(queryset, ("application", "version", "state", "asked_at", "due_at", "sha256"))
