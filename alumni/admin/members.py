"""Alumni of the own employer: invite, look up, tag, note, put together, export. Records end by themselves."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alumni import inviting, looking, mailing, rules, tagging, vcard
from alumni.admin.filters import Confirmed, Double, OpenTo, Tagged
from alumni.admin.intake import IntakePages
from alumni.admin.merge import MergeActions
from alumni.admin.versions import VersionedForm
from alumni.forms import require_private
from alumni.models import Alumnus, Purpose
from bwob import export, history
from bwob.numbers import few
from bwob.people.forms import NameField
from bwob.people.models import Role, SignedInRequest
from mobility.forms import DateInput, SkillsField

State = Alumnus.State
TONES = {State.ACTIVE: "good", State.INVITED: "now", State.ASKED: "now"}


class MemberForm(VersionedForm):
    """What HR may write. The address is the alumnus's own, once he or she answered."""

    expertise = SkillsField(label=gettext_lazy("Expertise"), required=False)
    tags = SkillsField(
        label=gettext_lazy("Tags"), required=False, help_text=gettext_lazy("The alumnus sees these too.")
    )
    note = forms.CharField(
        label=gettext_lazy("New note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The alumnus reads this too."),
    )

    class Meta:
        model = Alumnus
        fields: ClassVar = [
            "network",
            "given_name",
            "name_prefix",
            "family_name",
            "email",
            "language",
            "department",
            "expertise",
            "region",
            "left_on",
            "tags",
        ]
        field_classes: ClassVar = {
            "given_name": NameField,
            "name_prefix": NameField,
            "family_name": NameField,
        }
        widgets: ClassVar = {"left_on": DateInput}

    def clean_email(self) -> str:
        return require_private(self.cleaned_data["email"])


class TagForm(forms.Form):
    tag = forms.CharField(label=gettext_lazy("Tag"), max_length=40)


@admin.register(Alumnus)
class AlumnusAdmin(MergeActions, IntakePages):
    form = MemberForm
    purpose = gettext_lazy("keeping up the alumni network")
    list_display = ("who", "status", "wishes", "confirmed", "until")
    list_filter = ("state", OpenTo, Confirmed, Tagged, Double, "region")
    search_fields = ("sort_name", "email", "department")
    ordering = ("sort_name",)
    actions = ("accept", "refuse", "invite_again", "tag", "come_back", "merge", "export", "export_vcard")
    NEW = (
        "network",
        "given_name",
        "name_prefix",
        "family_name",
        "email",
        "language",
        "department",
        "left_on",
    )
    TOLD = ("status", "wishes", "origin", "confirmed", "until", "ledger", "notes", "timeline")

    def may_add(self, user: Any) -> bool:
        return user.has_role(Role.HR)

    def may_change(self, user: Any, record: Alumnus | None = None) -> bool:
        return user.has_role(Role.HR) and (record is None or rules.may_work_on(user, record))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Alumnus]:
        found: Any = super().get_queryset(request)
        return found.of_hr(request.user).select_related("network__organisation").prefetch_related("consents")

    def get_fields(self, request: HttpRequest, obj: Alumnus | None = None) -> tuple[str, ...]:
        if obj is None:
            return self.NEW
        own = ("given_name", "name_prefix", "family_name", "email", "department", "expertise", "region")
        return ("status", *own, "left_on", "tags", "note", *self.TOLD[1:], "seen")

    def get_readonly_fields(self, request: HttpRequest, obj: Alumnus | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        return self.TOLD if obj.state in (State.ASKED, State.INVITED) else ("email", *self.TOLD)

    def save_model(self, request: SignedInRequest, obj: Alumnus, form: Any, change: bool) -> None:  # type: ignore[override]
        """A new one is invited, nothing more; a note is added to what was noted."""
        if not change:
            inviting.invite(obj, by=request.user)
            return
        obj.save()
        if form.cleaned_data.get("note"):
            obj.notes.create(writer=request.user, text=form.cleaned_data["note"])

    def change_view(self, request: SignedInRequest, object_id: str, *where: Any, **more: Any) -> HttpResponse:  # type: ignore[override]
        record = self.get_object(request, object_id)
        if record is not None:
            looking.note(request.user, [record])
        return super().change_view(request, object_id, *where, **more)

    def changelist_view(self, request: SignedInRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        response = super().changelist_view(request, extra_context)
        page = getattr(response, "context_data", None) or {}
        if "cl" in page:
            looking.note(request.user, page["cl"].result_list)
        return response

    def waiting(self, request: HttpRequest) -> list[dict[str, Any]]:
        page = reverse("admin:alumni_alumnus_changelist")
        counts = dict(self.get_queryset(request).order_by().values_list("state").annotate(count=Count("pk")))
        asked = {"label": _("People ask to join the alumni network"), "url": f"{page}?state__exact=asked"}
        return [asked | {"count": counts[State.ASKED]}] if counts.get(State.ASKED) else []

    DUE: ClassVar[dict[str, tuple[Any, Any]]] = {
        State.INVITED: (
            gettext_lazy("Invitations lapse"),
            gettext_lazy("Then the private address is erased."),
        ),
        State.ACTIVE: (
            gettext_lazy("Alumni confirm their data"),
            gettext_lazy("Who does not, becomes dormant."),
        ),
        State.DORMANT: (gettext_lazy("Data of alumni are erased"), gettext_lazy("The term has passed.")),
    }

    def due(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What ends in the next four weeks, by kind, with the first day and how many."""
        month = timezone.now() + datetime.timedelta(days=28)
        rows = self.get_queryset(request).order_by().filter(state__in=self.DUE, due_at__lt=month)
        page = reverse("admin:alumni_alumnus_changelist")
        found = rows.values("state").annotate(count=Count("pk"), first=Min("due_at"))
        return [
            {
                "on": timezone.localtime(row["first"]).date(),
                "label": f"{self.DUE[row['state']][0]}: {few(row['count'])}",
                "url": f"{page}?state__exact={row['state']}",
                "note": self.DUE[row["state"]][1],
                "is_urgent": (row["first"] - timezone.now()).days < 7,
            }
            for row in found.order_by("first")
        ]

    @admin.display(description=gettext_lazy("name"), ordering="sort_name")
    def who(self, alumnus: Alumnus) -> SafeString:
        about = ", ".join(part for part in (alumnus.department, *alumnus.tags) if part)
        return format_html('{}<br><span class="quiet">{}</span>', alumnus.name_in_order, about)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def status(self, alumnus: Alumnus) -> SafeString:
        tone = TONES.get(State(alumnus.state), "still")
        return format_html(
            '<span class="bwob-state bwob-state--{}">{}</span>', tone, alumnus.get_state_display()
        )

    @admin.display(description=gettext_lazy("open to"))
    def wishes(self, alumnus: Alumnus) -> str:
        last = {
            line.purpose: line for line in sorted(alumnus.consents.all(), key=lambda one: (one.at, one.pk))
        }
        given = [str(purpose.label) for purpose in Purpose if purpose in last and last[purpose].is_given]
        return ", ".join(given) or _("nothing chosen yet")

    @admin.display(description=gettext_lazy("confirmed"), ordering="confirmed_at")
    def confirmed(self, alumnus: Alumnus) -> str:
        return day(alumnus.confirmed_at)

    @admin.display(description=gettext_lazy("until"), ordering="due_at")
    def until(self, alumnus: Alumnus) -> str:
        return day(alumnus.due_at)

    @admin.display(description=gettext_lazy("consents"))
    def ledger(self, alumnus: Alumnus) -> SafeString | str:
        lines = [(line, day(line.at), line.get_how_display()) for line in alumnus.consents.all()]
        return format_html_join("", "{}, {}, {}<br>", lines) or "–"

    @admin.display(description=gettext_lazy("notes"))
    def notes(self, alumnus: Alumnus) -> SafeString | str:
        rows = [
            (day(note.made_at), note.writer or "–", note.text)
            for note in alumnus.notes.select_related("writer")
        ]
        return format_html_join("", "{}, {}: {}<br>", rows) or "–"

    @admin.display(description=gettext_lazy("what happened"))
    def timeline(self, alumnus: Alumnus) -> SafeString | str:
        states = dict(State.choices)
        rows = [
            (day(moment.at), states.get(State(moment.state), moment.state), moment.by or "–", moment.reason)
            for moment in history.timeline(alumnus)
        ]
        return format_html_join("", "{} · {} · {} {}<br>", rows) or "–"

    def _workable(self, request: SignedInRequest, queryset: QuerySet[Alumnus], *states: str) -> list[Alumnus]:
        return [
            alumnus
            for alumnus in queryset
            if rules.may_work_on(request.user, alumnus) and (not states or alumnus.state in states)
        ]

    @admin.action(description=gettext_lazy("Invite: we know this person"))
    def accept(self, request: SignedInRequest, queryset: QuerySet[Alumnus]) -> HttpResponse | None:
        return self.ask(
            request,
            self._workable(request, queryset, State.ASKED),
            action="accept",
            title=_("Invite who asked to join"),
            sentence=_("They get an invitation by mail. Only their own answer makes them a member."),
            act=lambda alumnus, typed: inviting.accept(alumnus, by=request.user),
            done=invitations_sent,
        )

    @admin.action(description=gettext_lazy("Refuse: we do not know this person"))
    def refuse(self, request: SignedInRequest, queryset: QuerySet[Alumnus]) -> HttpResponse | None:
        return self.ask(
            request,
            self._workable(request, queryset, State.ASKED),
            action="refuse",
            title=_("Refuse who asked to join"),
            sentence=_("The request is erased within a day. They get no mail."),
            act=lambda alumnus, typed: inviting.refuse(alumnus, by=request.user),
            done=lambda count: ngettext("%d request refused.", "%d requests refused.", count) % count,
        )

    @admin.action(description=gettext_lazy("Send the invitation again"))
    def invite_again(self, request: SignedInRequest, queryset: QuerySet[Alumnus]) -> HttpResponse | None:
        return self.ask(
            request,
            self._workable(request, queryset, State.INVITED),
            action="invite_again",
            title=_("Send the invitation again"),
            sentence=_("Their link of before no longer works then. The last day stays the same."),
            act=lambda alumnus, typed: inviting.send_link(alumnus),
            done=invitations_sent,
        )

    @admin.action(description=gettext_lazy("Tag"))
    def tag(self, request: SignedInRequest, queryset: QuerySet[Alumnus]) -> HttpResponse | None:
        return self.ask(
            request,
            self._workable(request, queryset),
            action="tag",
            title=_("Tag alumni"),
            sentence=_("They see the tag on their own page."),
            act=lambda alumnus, typed: tagging.add(alumnus, typed["tag"], by=request.user),
            done=lambda count: ngettext("%d person tagged.", "%d people tagged.", count) % count,
            form_class=TagForm,
        )

    @admin.action(description=gettext_lazy("Mail came back from this address"))
    def come_back(self, request: SignedInRequest, queryset: QuerySet[Alumnus]) -> HttpResponse | None:
        return self.ask(
            request,
            self._workable(request, queryset, State.ACTIVE, State.PAUSED),
            action="come_back",
            title=_("Mail came back"),
            sentence=_("They become dormant: nothing is sent to this address any more."),
            act=lambda alumnus, typed: mailing.come_back(alumnus, by=request.user),
            done=lambda count: ngettext("%d person is dormant.", "%d people are dormant.", count) % count,
        )

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export(self, request: SignedInRequest, queryset: QuerySet[Alumnus]) -> HttpResponse:
        self._note_export(request, queryset)
        header = [
            _("name"),
            _("private e-mail address"),
            _("department"),
            _("expertise"),
            _("state"),
            _("open to"),
            _("tags"),
        ]
        rows = [
            [
                one.name_in_order,
                one.email,
                one.department,
                ", ".join(one.expertise),
                one.get_state_display(),
                self.wishes(one),
                ", ".join(one.tags),
            ]
            for one in queryset
        ]
        return export.as_csv("alumni", header, rows)

    @admin.action(description=gettext_lazy("Export as vCard"))
    def export_vcard(self, request: SignedInRequest, queryset: QuerySet[Alumnus]) -> HttpResponse:
        """For an address book: active alumni only."""
        active = self._workable(request, queryset, State.ACTIVE)
        self._note_export(request, active)
        response = HttpResponse(vcard.cards(active), content_type="text/vcard; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="alumni.vcf"'
        return response

    def _note_export(self, request: SignedInRequest, alumni: Any) -> None:
        from bwob.privacy import reading

        looking.note(request.user, alumni)
        reading.record(request.user, alumni, purpose=gettext_lazy("export by HR"))


def day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j N Y") if moment else "–"


def invitations_sent(count: int) -> str:
    return ngettext("%d invitation sent.", "%d invitations sent.", count) % count
