from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob import history
from bwob.people.models import Role
from bwob.sight import ScopedAdmin
from doetanks import progress, rules
from doetanks.models import Challenge, Coach


@admin.register(Coach)
class CoachAdmin(ScopedAdmin):
    """The programme office appoints coaches here; a coach who stops keeps what he or she began."""

    purpose = gettext_lazy("appointing coaches")
    list_display = ("user", "expertise", "since")
    search_fields = ("user__sort_name", "expertise")
    list_select_related = ("user",)
    fields = ("user", "expertise")

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.PROGRAMME, Role.PRIVACY_OFFICER)

    def may_add(self, user: Any) -> bool:
        return rules.may_appoint(user)

    def may_change(self, user: Any, record: Any = None) -> bool:
        return rules.may_appoint(user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.may_appoint(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("user",) if obj else ()


@admin.register(Challenge)
class ChallengeAdmin(ScopedAdmin):
    """The programme office names another commissioner or coach; all the rest is done on the site."""

    list_display = ("title", "organisation", "state", "coach", "until")
    list_filter = ("state", "organisation")
    search_fields = ("title",)
    list_select_related = ("organisation", "coach")
    ordering = ("due_at",)
    readonly_fields = ("on_the_site", "title", "organisation", "state", "decide_on", "due_at")
    fields = (*readonly_fields, "commissioner", "coach")
    WAITING: ClassVar = {
        Challenge.State.SUBMITTED: gettext_lazy("Challenges without a coach"),
        Challenge.State.UNANSWERED: gettext_lazy("Doetanks without an answer in time"),
    }

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.PROGRAMME)

    def may_change(self, user: Any, record: Any = None) -> bool:
        return rules.may_appoint(user)

    def waiting(self, request: HttpRequest) -> list[dict[str, Any]]:
        page = reverse("admin:doetanks_challenge_changelist")
        counts = [
            (label, state, self.get_queryset(request).filter(state=state).count())
            for state, label in self.WAITING.items()
        ]
        return [
            {"count": count, "label": label, "url": f"{page}?state__exact={state.value}"}
            for label, state, count in counts
            if count
        ]

    def save_model(self, request: HttpRequest, obj: Challenge, form: Any, change: bool) -> None:
        """Only who decides and who guides, so that a move made meanwhile is not undone."""
        user: Any = request.user
        with history.because(by=user, reason=gettext_lazy("Named by the programme office.")):
            obj.save(update_fields=["commissioner", "coach"])

    @admin.display(description=gettext_lazy("until"), ordering="due_at")
    def until(self, challenge: Challenge) -> str:
        waits = challenge.days_left is not None
        return date_format(timezone.localtime(challenge.due_at), "j N Y") if waits else "–"

    @admin.display(description=gettext_lazy("on the site"))
    def on_the_site(self, challenge: Challenge) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>. {}',
            challenge.get_absolute_url(),
            _("See it there"),
            progress.whose_turn(challenge),
        )
