"""Meetings of alumni in the administration: write, open, invite, see who comes and who was there."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alumni import gathering as meetings
from alumni import looking
from alumni.admin.asking import WrittenAdmin
from alumni.admin.versions import VersionedForm
from alumni.models import Gathering, Guest
from bwob import markdown
from bwob.forms import LineField, ReasonForm
from bwob.people.models import Role, SignedInRequest
from bwob.privacy import reading
from mobility.day_forms import TimeInput
from mobility.filters import OnePlaceField
from mobility.forms import DateInput

State = Gathering.State
TONES = {State.PUBLISHED: "good", State.CANCELLED: "still"}


class GatheringForm(VersionedForm):
    place = OnePlaceField(
        label=gettext_lazy("Place"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Type the name of the municipality."),
    )

    class Meta:
        model = Gathering
        fields: ClassVar = [
            *("network", "title", "about", "held_on", "starts_at", "ends_at"),
            *("is_online", "place", "venue", "online_url", "capacity"),
        ]
        field_classes: ClassVar = {"title": LineField, "venue": LineField}
        widgets: ClassVar = {
            "about": forms.Textarea(attrs={"rows": 8}),
            "held_on": DateInput(),
            "starts_at": TimeInput(),
            "ends_at": TimeInput(),
        }

    def clean_held_on(self) -> Any:
        held_on = self.cleaned_data["held_on"]
        if held_on < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or later."))
        return held_on


@admin.register(Gathering)
class GatheringAdmin(WrittenAdmin):
    form = GatheringForm
    list_display = ("title", "held_on", "status", "taken")
    list_filter = ("state", "held_on")
    search_fields = ("title",)
    ordering = ("-held_on", "-pk")
    actions = ("publish", "invite", "cancel")
    TOLD = ("status", "guests", "reach", "preview", "invited_at", "written_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Gathering]:
        found: Any = super().get_queryset(request)
        return found.select_related("network__organisation", "place").with_seats()

    def may_change(self, user: Any, record: Gathering | None = None) -> bool:
        return user.has_role(Role.HR) and (record is None or record.can_change)

    def save_model(self, request: SignedInRequest, obj: Gathering, form: Any, change: bool) -> None:  # type: ignore[override]
        meetings.write(obj, by=request.user)

    def due(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The meetings to come, for the first page."""
        coming = self.model.objects.visible_to(request.user).coming()
        return [
            {
                "on": gathering.held_on,
                "label": gathering.title,
                "url": reverse("admin:alumni_gathering_guests", args=[gathering.pk]),
                "note": _("Meeting of alumni"),
                "is_urgent": (gathering.held_on - timezone.localdate()).days < 7,
            }
            for gathering in coming[:5]
        ]

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def status(self, gathering: Gathering) -> SafeString:
        tone = TONES.get(State(gathering.state), "now")
        label = _("Held") if gathering.is_held else gathering.get_state_display()
        return format_html('<span class="bwob-state bwob-state--{}">{}</span>', tone, label)

    @admin.display(description=gettext_lazy("places given"))
    def taken(self, gathering: Any) -> str:
        return _("%(given)d of %(all)d") % {"given": gathering.taken, "all": gathering.capacity}

    @admin.display(description=gettext_lazy("who comes"))
    def guests(self, gathering: Gathering) -> SafeString | str:
        if gathering.state == State.DRAFT:
            return _("Open it first.")
        page = reverse("admin:alumni_gathering_guests", args=[gathering.pk])
        return format_html('{} · <a href="{}">{}</a>', self.taken(gathering), page, _("See the list"))

    @admin.display(description=gettext_lazy("who can still be invited"))
    def reach(self, gathering: Gathering) -> str:
        count = gathering.audience().count()
        return ngettext("%d person who agreed", "%d people who agreed", count) % count

    @admin.display(description=gettext_lazy("how it looks"))
    def preview(self, gathering: Gathering) -> SafeString:
        return format_html("<strong>{}</strong>{}", gathering.title, markdown.render(gathering.about))

    @admin.action(description=gettext_lazy("Open it for alumni"))
    def publish(self, request: SignedInRequest, queryset: QuerySet[Gathering]) -> HttpResponse | None:
        return self.ask(
            request,
            queryset.filter(state=State.DRAFT),
            action="publish",
            title=_("Open meetings"),
            sentence=_("Alumni see it on their own page and can sign up. Nobody is mailed yet."),
            act=lambda gathering, typed: meetings.publish(gathering, by=request.user),
            done=lambda count: ngettext("%d meeting is open.", "%d meetings are open.", count) % count,
        )

    @admin.action(description=gettext_lazy("Invite by mail"))
    def invite(self, request: SignedInRequest, queryset: QuerySet[Gathering]) -> HttpResponse | None:
        chosen = [one for one in queryset.filter(invited_at=None) if one.is_open]
        reached = sum(gathering.audience().count() for gathering in chosen)
        return self.ask(
            request,
            chosen,
            action="invite",
            title=_("Invite by mail"),
            sentence=ngettext("%d person will get it.", "%d people will get it.", reached) % reached,
            act=lambda gathering, typed: meetings.invite(gathering, by=request.user),
            done=lambda count: ngettext("%d invitation goes out.", "%d invitations go out.", count) % count,
        )

    @admin.action(description=gettext_lazy("Cancel"))
    def cancel(self, request: SignedInRequest, queryset: QuerySet[Gathering]) -> HttpResponse | None:
        return self.ask(
            request,
            [one for one in queryset if one.can_change],
            action="cancel",
            title=_("Cancel meetings"),
            sentence=_("Whoever signed up gets a mail with your reason."),
            act=lambda gathering, typed: meetings.cancel(gathering, by=request.user, reason=typed["reason"]),
            done=lambda count: ngettext("%d meeting cancelled.", "%d meetings cancelled.", count) % count,
            form_class=ReasonForm,
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.guests_view)
        return [path("<int:number>/gasten/", view, name="alumni_gathering_guests"), *super().get_urls()]

    def guests_view(self, request: SignedInRequest, number: int) -> HttpResponse:
        """Who comes and who waits; ticked off by hand from the day itself on. Who is named here sees that."""
        self.require_view(request)
        shown = get_object_or_404(self.get_queryset(request).exclude(state=State.DRAFT), pk=number)
        if request.method == "POST":
            present = [int(key) for key in request.POST.getlist("present") if key.isdecimal()]
            count = meetings.note_present(shown, present, by=request.user)
            self.message_user(request, ngettext("%d was there.", "%d were there.", count) % count)
            return redirect("admin:alumni_gathering_guests", number)
        rows = Guest.objects.visible_to(request.user).filter(gathering=shown).with_names()
        guests = list(rows.running().order_by("alumnus__sort_name"))
        looking.note(request.user, [guest.alumnus for guest in guests])
        reading.record(request.user, guests, purpose=gettext_lazy("keeping up the alumni network"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": shown.title,
            "gathering": shown,
            "seated": [one for one in guests if one.state == Guest.State.SEATED],
            "others": sorted((one for one in guests if one.state != Guest.State.SEATED), key=in_line),
        }
        return TemplateResponse(request, "admin/alumni/guests.html", context)


def in_line(guest: Guest) -> int:
    return guest.number
