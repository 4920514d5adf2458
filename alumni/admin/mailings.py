"""Mailings in the administration: write, try out, have checked, send, and a report in numbers only."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alumni import mailing
from alumni.admin.asking import WrittenAdmin
from alumni.admin.versions import VersionedForm
from alumni.models import Campaign
from alumni.tasks import tell_proof
from bwob import markdown
from bwob.numbers import few
from bwob.people.models import SignedInRequest

State = Campaign.State


class CampaignForm(VersionedForm):
    class Meta:
        model = Campaign
        fields: ClassVar = ["network", "purpose", "tag", "subject", "text", "planned_for"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 12})}


@admin.register(Campaign)
class CampaignAdmin(WrittenAdmin):
    form = CampaignForm
    list_display = ("subject", "purpose", "status", "planned_for", "reach")
    list_filter = ("state", "purpose")
    search_fields = ("subject",)
    ordering = ("-moved_at",)
    actions = ("proof", "ask_check", "approve", "take_back", "stop")
    TOLD = ("status", "reach", "preview", "written_by", "approved_by", "report")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Campaign]:
        return super().get_queryset(request).select_related("network__organisation")

    def save_model(self, request: SignedInRequest, obj: Campaign, form: Any, change: bool) -> None:  # type: ignore[override]
        mailing.write(obj, by=request.user)

    def waiting(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What a colleague wrote and this person can approve."""
        found = self.get_queryset(request).filter(state=State.CHECKING)
        count = found.exclude(written_by=request.user.pk).count()
        page = f"{reverse('admin:alumni_campaign_changelist')}?state__exact=checking"
        return [{"count": count, "label": _("Check a mailing"), "url": page}] if count else []

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def status(self, campaign: Campaign) -> str:
        return campaign.get_state_display()

    @admin.display(description=gettext_lazy("who gets it"))
    def reach(self, campaign: Campaign) -> str:
        if campaign.state in (State.SENT, State.STOPPED):
            return "–"
        count = campaign.audience().count()
        return ngettext("%d person who agreed", "%d people who agreed", count) % count

    @admin.display(description=gettext_lazy("how it looks"))
    def preview(self, campaign: Campaign) -> SafeString:
        return format_html("<strong>{}</strong>{}", campaign.subject, markdown.render(campaign.text))

    @admin.display(description=gettext_lazy("report"))
    def report(self, campaign: Campaign) -> str:
        """Numbers only, and none below five."""
        found = campaign.deliveries.aggregate(
            sent=Count("pk", filter=Q(is_refused=False)), refused=Count("pk", filter=Q(is_refused=True))
        )
        return _("Sent: %(sent)s. Address refused: %(refused)s.") % {
            name: few(count) for name, count in found.items()
        }

    @admin.action(description=gettext_lazy("Send a proof to me"))
    def proof(self, request: SignedInRequest, queryset: QuerySet[Campaign]) -> None:
        for campaign in queryset:
            tell_proof.defer(campaign_id=campaign.pk, user_id=request.user.pk)
        self.message_user(request, _("On its way to %s.") % request.user.email, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Ask a colleague to check it"))
    def ask_check(self, request: SignedInRequest, queryset: QuerySet[Campaign]) -> HttpResponse | None:
        return self.ask(
            request,
            queryset.filter(state=State.DRAFT),
            action="ask_check",
            title=_("Ask a colleague to check it"),
            sentence=_("Colleagues of HR get a mail. You cannot approve it yourself."),
            act=lambda campaign, typed: mailing.ask_check(campaign, by=request.user),
            done=lambda count: ngettext("%d mailing waits.", "%d mailings wait.", count) % count,
        )

    @admin.action(description=gettext_lazy("Approve"))
    def approve(self, request: SignedInRequest, queryset: QuerySet[Campaign]) -> HttpResponse | None:
        chosen = list(queryset.filter(state=State.CHECKING))
        reached = sum(campaign.audience().count() for campaign in chosen)
        sentence = ngettext("%d person will get it.", "%d people will get it.", reached) % reached
        return self.ask(
            request,
            chosen,
            action="approve",
            title=_("Approve a mailing"),
            sentence=sentence,
            act=lambda campaign, typed: mailing.approve(campaign, by=request.user),
            done=lambda count: ngettext("%d mailing approved.", "%d mailings approved.", count) % count,
        )

    @admin.action(description=gettext_lazy("Take back to a draft"))
    def take_back(self, request: SignedInRequest, queryset: QuerySet[Campaign]) -> HttpResponse | None:
        return self.ask(
            request,
            queryset.filter(state__in=[State.CHECKING, State.APPROVED]),
            action="take_back",
            title=_("Take back to a draft"),
            sentence=_("It then needs a new approval."),
            act=lambda campaign, typed: mailing.take_back(campaign, by=request.user),
            done=lambda count: ngettext("%d mailing taken back.", "%d mailings taken back.", count) % count,
        )

    @admin.action(description=gettext_lazy("Stop for good"))
    def stop(self, request: SignedInRequest, queryset: QuerySet[Campaign]) -> HttpResponse | None:
        return self.ask(
            request,
            queryset.exclude(state__in=[State.SENT, State.STOPPED]),
            action="stop",
            title=_("Stop a mailing"),
            sentence=_("What has been sent cannot be called back."),
            act=lambda campaign, typed: mailing.stop(campaign, by=request.user),
            done=lambda count: ngettext("%d mailing stopped.", "%d mailings stopped.", count) % count,
        )
