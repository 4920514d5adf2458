from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
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
from mobility import deciding, progress, rules
from mobility.admin.managed import ManagedAdmin, link
from mobility.answer_forms import DeclineForm
from mobility.models import Application


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
        return link(application, _("Answer it there"))

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
            lambda count: ngettext("%d place given.", "%d places given.", count) % count,
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
                lambda count: (
                    ngettext("%d application declined.", "%d applications declined.", count) % count
                ),
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
