"""Questions to alumni in the administration: the answers, and names only of who wants that."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alumni import answering
from alumni.admin.asking import WrittenAdmin
from alumni.admin.versions import VersionedForm
from alumni.models import Question
from bwob.people.models import SignedInRequest
from mobility.forms import SkillsField

State = Question.State


class QuestionForm(VersionedForm):
    expertise = SkillsField(
        label=gettext_lazy("Expertise"),
        required=False,
        help_text=gettext_lazy("Goes to who knows about one of these. Empty: to everybody who opted in."),
    )

    class Meta:
        model = Question
        fields: ClassVar = ["network", "title", "text", "expertise"]


@admin.register(Question)
class QuestionAdmin(WrittenAdmin):
    form = QuestionForm
    list_display = ("title", "status", "due_at", "reach")
    list_filter = ("state",)
    search_fields = ("title",)
    ordering = ("-moved_at",)
    actions = ("send", "close")
    TOLD = ("status", "reach", "due_at", "asked_by", "given")

    def save_model(self, request: SignedInRequest, obj: Question, form: Any, change: bool) -> None:  # type: ignore[override]
        answering.write(obj, by=request.user)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def status(self, question: Question) -> str:
        return question.get_state_display()

    @admin.display(description=gettext_lazy("who gets it"))
    def reach(self, question: Question) -> str:
        if question.state == State.CLOSED:
            return "–"
        count = question.audience().count()
        return ngettext("%d person who agreed", "%d people who agreed", count) % count

    @admin.display(description=gettext_lazy("answers"))
    def given(self, question: Question) -> SafeString | str:
        """By their text and not by moment, so that nothing tells who came first."""
        rows = question.answers.select_related("alumnus").order_by("text")
        told = [(one.text, one.alumnus if one.is_named else _("without a name")) for one in rows]
        return format_html_join("", "<p>{}<br><em>{}</em></p>", told) or "–"

    @admin.action(description=gettext_lazy("Ask alumni"))
    def send(self, request: SignedInRequest, queryset: QuerySet[Question]) -> HttpResponse | None:
        chosen = list(queryset.filter(state=State.DRAFT))
        reached = sum(question.audience().count() for question in chosen)
        return self.ask(
            request,
            chosen,
            action="send",
            title=_("Ask alumni"),
            sentence=ngettext("%d person will get it.", "%d people will get it.", reached) % reached,
            act=lambda question, typed: answering.ask(question, by=request.user),
            done=lambda count: ngettext("%d question sent.", "%d questions sent.", count) % count,
        )

    @admin.action(description=gettext_lazy("Close"))
    def close(self, request: SignedInRequest, queryset: QuerySet[Question]) -> HttpResponse | None:
        return self.ask(
            request,
            queryset.exclude(state=State.CLOSED),
            action="close",
            title=_("Close questions"),
            sentence=_("Nobody can answer any more. The answers stay."),
            act=lambda question, typed: answering.close(question, by=request.user),
            done=lambda count: ngettext("%d question closed.", "%d questions closed.", count) % count,
        )
