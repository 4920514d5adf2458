from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bwob.people.models import Role, SignedInRequest
from bwob.privacy import reading
from bwob.sight import ScopedAdmin
from bwob.workflow import Refused
from mobility import day_rules, deciding, hosting, progress, rules, writing
from mobility.answer_forms import DeclineForm
from mobility.models import Application, CareerDay, Exchange, Signup


class ManagedAdmin(ScopedAdmin):
    """What the own organisation manages; everything is read-only here and changes by the acts of its
    process.
    """

    actions_on_bottom = False

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.HR, Role.PROGRAMME)

    def carry_out(self, request: SignedInRequest, records: list[Any], act: Any, sentence: Any) -> None:
        """Do one act on each record; say how many went well, and for the others why not."""
        done = 0
        for record in records:
            try:
                act(record)
                done += 1
            except Refused as refused:
                self.message_user(request, f"{record}: {refused.reason}", messages.WARNING)
        if done:
            self.message_user(request, sentence(done) % done, messages.SUCCESS)


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
        return format_html(
            '<a href="{}">{}</a>', exchange.get_absolute_url(), _("Open, edit or withdraw it there")
        )

    def _managed(self, request: SignedInRequest, queryset: QuerySet[Exchange]) -> list[Exchange]:
        return [exchange for exchange in queryset if rules.may_manage(request.user, exchange)]

    @admin.action(description=gettext_lazy("Publish"))
    def publish(self, request: SignedInRequest, queryset: QuerySet[Exchange]) -> None:
        self.carry_out(
            request,
            self._managed(request, queryset),
            lambda exchange: writing.publish(exchange, by=request.user),
            lambda count: ngettext("%d exchange published.", "%d exchanges published.", count),
        )

    @admin.action(description=gettext_lazy("Close for new applications"))
    def close(self, request: SignedInRequest, queryset: QuerySet[Exchange]) -> None:
        self.carry_out(
            request,
            self._managed(request, queryset),
            lambda exchange: writing.close(exchange, by=request.user),
            lambda count: ngettext("%d exchange closed.", "%d exchanges closed.", count),
        )

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export(self, request: SignedInRequest, queryset: QuerySet[Exchange]) -> HttpResponse:
        return self.as_csv(
            queryset, ("title", "organisation", "kind", "state", "place", "closes_on", "published_at")
        )


@admin.register(Application)
class ApplicationAdmin(ManagedAdmin):
    purpose = gettext_lazy("deciding on an application")
    list_display = ("who", "exchange", "state", "until")
    list_filter = ("state", "exchange")
    search_fields = ("applicant__sort_name", "exchange__title")
    ordering = ("due_at",)
    actions = ("confirm", "decline", "export")
    readonly_fields = ("turn", "history", "on_the_site")
    fields = (
        "on_the_site",
        "applicant",
        "employer",
        "exchange",
        "state",
        "turn",
        "due_at",
        "motivation",
        ("hours", "starts_on", "ends_on"),
        "offer_note",
        "code",
        "keep_until",
        "history",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        """Own applications of HR people themselves stay out of the admin, as do drafts."""
        user: Any = request.user
        seen: Any = super().get_queryset(request)
        everything = seen.sent().with_names()
        if user.has_role(Role.PROGRAMME):
            return everything
        return everything.filter(exchange__organisation__in=user.organisations(Role.HR))

    WAITING: ClassVar = {
        Application.State.SUBMITTED: gettext_lazy("New applications"),
        Application.State.CONVERSATION: gettext_lazy("After a conversation: decide"),
        Application.State.AGREED: gettext_lazy("The manager agrees: give the place"),
    }

    def waiting(self, request: HttpRequest) -> list[dict[str, Any]]:
        counts = dict(self.get_queryset(request).order_by().values_list("state").annotate(count=Count("pk")))
        page = reverse("admin:mobility_application_changelist")
        return [
            {"count": counts[state], "label": label, "url": f"{page}?state__exact={state.value}"}
            for state, label in self.WAITING.items()
            if counts.get(state)
        ]

    def due(self, request: HttpRequest) -> list[dict[str, Any]]:
        visible: Any = self.get_queryset(request)
        return [
            {
                "on": timezone.localtime(application.due_at).date(),
                "label": application.exchange.title,
                "url": reverse("admin:mobility_application_change", args=[application.pk]),
                "note": progress.whose_turn(application),
                "is_urgent": (application.days_left or 0) < 3,
            }
            for application in visible.live().order_by("due_at")[:5]
        ]

    @admin.display(description=gettext_lazy("applicant"), ordering="applicant__sort_name")
    def who(self, application: Application) -> SafeString:
        known = _("worked here before") if application.is_returning else ""
        about = ", ".join(str(part) for part in (application.employer, known) if part)
        return format_html('{}<br><span class="quiet">{}</span>', application.applicant, about)

    @admin.display(description=gettext_lazy("until"), ordering="due_at")
    def until(self, application: Application) -> str:
        return date_format(timezone.localtime(application.due_at), "j N Y") if application.is_live else "–"

    @admin.display(description=gettext_lazy("whose turn"))
    def turn(self, application: Application) -> str:
        return progress.whose_turn(application) or "–"

    @admin.display(description=gettext_lazy("on the site"))
    def on_the_site(self, application: Application) -> SafeString:
        return format_html('<a href="{}">{}</a>', application.get_absolute_url(), _("Answer it there"))

    @admin.display(description=gettext_lazy("what happened"))
    def history(self, application: Application) -> str:
        return "\n".join(
            " · ".join(part for part in (event.when, event.what, event.who, event.reason) if part)
            for event in progress.moments(application)
        )

    def _to_decide(self, request: SignedInRequest, queryset: QuerySet[Application]) -> list[Application]:
        return [application for application in queryset if rules.may_decide(request.user, application)]

    @admin.action(description=gettext_lazy("Give the place"))
    def confirm(self, request: SignedInRequest, queryset: QuerySet[Application]) -> None:
        self.carry_out(
            request,
            self._to_decide(request, queryset),
            lambda application: deciding.confirm(application, by=request.user),
            lambda count: ngettext("%d place given.", "%d places given.", count),
        )

    @admin.action(description=gettext_lazy("Decline, with a reason"))
    def decline(self, request: SignedInRequest, queryset: QuerySet[Application]) -> HttpResponse | None:
        """Asks first: the reason, and how many people will get it."""
        chosen = self._to_decide(request, queryset)
        form = DeclineForm(request.POST if "reason" in request.POST else None, about=chosen, by=request.user)
        if form.is_valid():
            self.carry_out(
                request,
                chosen,
                lambda application: deciding.decline(
                    application,
                    by=request.user,
                    code=form.cleaned_data["code"],
                    reason=form.text_for(application),
                ),
                lambda count: ngettext("%d application declined.", "%d applications declined.", count),
            )
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": ngettext("Decline %d application", "Decline %d applications", len(chosen)) % len(chosen),
            "form": form,
            "chosen": chosen,
            "opts": self.opts,
            "action": "decline",
        }
        return TemplateResponse(request, "admin/mobility/decline.html", context)

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export(self, request: SignedInRequest, queryset: QuerySet[Application]) -> HttpResponse:
        reading.record(request.user, queryset, purpose=gettext_lazy("export by HR"))
        return self.as_csv(
            queryset,
            (
                "applicant",
                "employer",
                "exchange",
                "state",
                "submitted_at",
                "due_at",
                "hours",
                "starts_on",
                "ends_on",
            ),
        )


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
        return format_html('<a href="{}">{}</a>', day.get_absolute_url(), _("Open, edit or cancel it there"))

    @admin.action(description=gettext_lazy("Publish"))
    def publish(self, request: SignedInRequest, queryset: QuerySet[CareerDay]) -> None:
        self.carry_out(
            request,
            [day for day in queryset if day_rules.may_manage_day(request.user, day)],
            lambda day: hosting.publish(day, by=request.user),
            lambda count: ngettext("%d career day published.", "%d career days published.", count),
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
