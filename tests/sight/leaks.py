"""Leaks, to be switched on one by one: what a careless change would do, and who would see too much by it."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.admin import ModelAdmin, RelatedFieldListFilter
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import render

from bwob import home, sight, web
from bwob.people import verifying
from bwob.people.admin import UserAdmin
from bwob.people.models import MembershipQuerySet, User, UserQuerySet
from bwob.privacy.admin import AccessLogAdmin
from bwob.privacy.models import AccessLog, AccessLogQuerySet, KeepingTermQuerySet
from bwob.workflow import Refused
from mobility import filters, front, paging, rules, signing, turns
from mobility.admin.applications import ApplicationAdmin
from mobility.admin.exchanges import ExchangeAdmin
from mobility.models import Application, ApplicationQuerySet, Exchange, ExchangeQuerySet
from mobility.models.imports import OfferFileQuerySet
from mobility.views import applications, exchanges
from tests.sight.matrix import page_findings, shadow_findings
from tests.sight.office import office_findings
from tests.sight.pages import Page
from tests.sight.world import World

Seed = Callable[[pytest.MonkeyPatch], None]
LEAKS: list["Leak"] = []


@dataclasses.dataclass(frozen=True)
class Leak:
    """`role` sees too much at `where`: the name of a page, "shadow" (counts), "office" and that of a list."""

    seed: Seed
    role: str
    where: str

    def __str__(self) -> str:
        return self.seed.__name__

    def findings(self, world: World, pages: list[Page]) -> Iterator[str]:
        if self.where.startswith("office "):
            return office_findings(world, self.role, self.where.split()[1])
        if self.where == "shadow":
            return shadow_findings(world, self.role)
        return page_findings(world, self.role, [page for page in pages if page.name == self.where])


def leak(role: str, where: str) -> Callable[[Seed], Seed]:
    def note(seed: Seed) -> Seed:
        LEAKS.append(Leak(seed, role, where))
        return seed

    return note


def everything(queryset: Any, user: Any) -> Any:
    return queryset.all()


@leak("hr_strange", "mobility:application")
def every_application_is_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ApplicationQuerySet, "visible_to", everything)


@leak("hr_own", "mobility:application")
def drafts_of_applications_are_visible_to_hr(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        ApplicationQuerySet,
        "visible_to",
        lambda rows, user: rows.filter(
            Q(applicant=user) | Q(exchange__organisation__in=user.organisations("hr"))
        ),
    )


@leak("colleague", "mobility:application")
def every_manager_of_the_organisation_sees_applications(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        ApplicationQuerySet,
        "visible_to",
        lambda rows, user: rows.sent().filter(exchange__organisation__in=user.organisations("hr", "manager")),
    )


@leak("hr_lender", "mobility:application")
def the_own_employer_sees_who_applies_elsewhere(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        ApplicationQuerySet,
        "visible_to",
        lambda rows, user: rows.sent().filter(Q(applicant=user) | Q(employer__in=user.organisations("hr"))),
    )


@leak("visitor", "mobility:exchange")
def every_exchange_is_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ExchangeQuerySet, "visible_to", everything)


@leak("participant", "mobility:exchange")
def withdrawn_exchanges_stay_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ExchangeQuerySet, "visible_to", lambda rows, user: rows.exclude(state="draft"))


@leak("visitor", "mobility:exchange")
def similar_ones_include_drafts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ExchangeQuerySet, "open", lambda rows: rows.filter(state__in=["published", "draft"]))


@leak("visitor", "shadow")
def the_front_page_counts_drafts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(front, "visible", lambda: Exchange.objects.exclude(state="withdrawn"))


@leak("hr_strange", "shadow")
def the_overview_counts_what_waits_elsewhere(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ExchangeQuerySet, "manageable_by", everything)


@leak("hr_strange", "mobility:own_exchanges")
def own_exchanges_are_everybodys(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ExchangeQuerySet, "manageable_by", everything)


@leak("participant", "dashboard")
def the_overview_shows_applications_of_others(patch: pytest.MonkeyPatch) -> None:
    of = turns.of
    patch.setattr(turns, "of", lambda user: of(User.objects.get(given_name="Anne")))


@leak("visitor", "dashboard")
def a_page_needs_no_sign_in(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(home.dashboard, "login_required", False, raising=False)


@leak("participant", "mobility:inbox")
def anybody_may_manage(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_manage", lambda user, exchange: True)


@leak("applicant", "mobility:confirm")
def applicants_decide_on_themselves(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_decide", lambda user, application: True)


@leak("hr_own", "mobility:withdraw_application")
def hr_withdraws_for_the_applicant(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "is_applicant", lambda user, application: True)


def refuse_by(error: Callable[[Application], Exception]) -> Callable[..., Application]:
    """Finds the application without looking who asks, and refuses in another way than "not found"."""

    def visible(request: Any, key: Any) -> Application:
        found = Application.objects.filter(key=key).first()
        if found and not Application.objects.visible_to(request.user).filter(pk=found.pk):
            raise error(found)
        return ORIGINAL(request, key)

    return visible


ORIGINAL = applications.visible


@leak("hr_strange", "mobility:application")
def hidden_is_forbidden_instead_of_absent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(applications, "visible", refuse_by(lambda application: PermissionDenied()))


@leak("hr_strange", "mobility:application")
def a_refusal_tells_the_history(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(applications, "visible", refuse_by(lambda application: Refused("Too late.", application)))


@leak("hr_strange", "mobility:application")
def hidden_looks_different_from_absent(patch: pytest.MonkeyPatch) -> None:
    def not_found(request: Any, template: str, *context: Any, status: int | None = None) -> Any:
        key = request.path.strip("/").split("/")[-1]
        is_there = template == "404.html" and Application.objects.filter(key=key).exists()
        return render(request, "403.html" if is_there else template, *context, status=status)

    patch.setattr(web, "render", not_found)


@leak("visitor", "mobility:manager")
def a_managers_link_needs_no_signature(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(signing, "application_of", lambda token: Application.objects.filter(key=token[:32]).first())


@leak("visitor", "mobility:manager")
def an_older_managers_link_still_counts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(signing, "_moment", lambda application: "")


@leak("hr_strange", "people:confirm_address")
def anybody_confirms_an_address(patch: pytest.MonkeyPatch) -> None:
    read = verifying.read
    patch.setattr(
        verifying,
        "read",
        lambda token: (found := read(token)) and dataclasses.replace(found, needs_sign_in=False),
    )


@leak("hr_lender", "mobility:import_preview")
def files_of_others_can_be_opened(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(OfferFileQuerySet, "visible_to", everything)


@leak("participant", "privacy:seen")
def everybodys_views_are_shown(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(AccessLogQuerySet, "newest_first", lambda views: AccessLog.objects.order_by("-pk"))


@leak("hr_own", "admin:privacy_accesslog_changelist")
def hr_reads_the_log(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(AccessLogAdmin, "may_see", lambda admin, user: user.is_staff)


@leak("participant", "admin:index")
def the_admin_is_open_to_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sight.PortalAdminSite, "has_permission", lambda site, request: request.user.is_active)


@leak("hr_strange", "office application")
def the_admin_lists_by_another_door(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ApplicationAdmin, "get_queryset", ModelAdmin.get_queryset)


@leak("hr_strange", "office user")
def the_admin_shows_every_person(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(UserQuerySet, "visible_to", everything)


@leak("hr_strange", "office membership")
def the_admin_shows_every_role(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(MembershipQuerySet, "visible_to", everything)


@leak("hr_strange", "office keepingterm")
def the_admin_shows_terms_of_others(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(KeepingTermQuerySet, "visible_to", everything)


@leak("hr_strange", "office application")
def a_filter_offers_rows_of_others(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sight.ScopedRelatedFilter, "field_choices", RelatedFieldListFilter.field_choices)


@leak("hr_strange", "office membership")
def autocomplete_finds_people_of_others(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(UserAdmin, "get_search_results", lambda *asked: (User.objects.all(), False))


@leak("hr_strange", "office application")
def an_export_takes_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        ApplicationAdmin,
        "export",
        lambda admin, request, rows: admin.as_csv(Application.objects.sent(), ("applicant", "exchange")),
    )


@leak("hr_strange", "office exchange")
def an_action_trusts_the_numbers_it_gets(patch: pytest.MonkeyPatch) -> None:
    def close(admin: ModelAdmin, request: Any, rows: Any) -> None:
        Exchange.objects.filter(pk__in=request.POST.getlist("_selected_action")).open().update(closes_on=None)

    patch.setattr(ExchangeAdmin, "close", close)


@leak("visitor", "shadow")
def the_search_counts_drafts(patch: pytest.MonkeyPatch) -> None:
    for module in (filters, paging):
        patch.setattr(module, "offered", lambda: Exchange.objects.exclude(state="withdrawn"))


@leak("participant", "mobility:exchange")
def a_withdrawn_exchange_is_found_by_its_address(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(exchanges, "visible", lambda request, slug: Exchange.objects.with_names().get(slug=slug))
