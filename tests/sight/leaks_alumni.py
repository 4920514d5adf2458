"""Leaks of alumni networks, to be switched on one by one."""

import pytest

from alumni import links
from alumni.admin.ledgers import ConsentAdmin
from alumni.models import (
    AlumniFileQuerySet,
    AlumniNetworkQuerySet,
    Alumnus,
    AlumnusQuerySet,
    CampaignQuerySet,
    DepartureQuerySet,
    GatheringQuerySet,
)
from bwob.sight import ScopedAdmin
from tests.sight.leaks import everything, leak


@leak("participant", "alumni:membership")
def every_alumnus_is_visible_by_key(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(AlumnusQuerySet, "own", everything)
    patch.setattr(AlumnusQuerySet, "visible_to", everything)


@leak("hr_strange", "office alumnus")
def hr_sees_alumni_of_every_employer(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(AlumnusQuerySet, "of_hr", everything)
    patch.setattr(AlumnusQuerySet, "visible_to", everything)


@leak("visitor", "alumni:membership")
def a_link_need_not_be_signed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(links, "alumnus_of", lambda token: Alumnus.objects.filter(family_name__gt="").first())


@leak("visitor", "alumni:network")
def networks_are_visible_before_they_open(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(AlumniNetworkQuerySet, "visible_to", everything)


@leak("manager", "alumni:departure")
def colleagues_see_who_leaves(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(DepartureQuerySet, "visible_to", everything)


@leak("programme", "office alumnus")
def the_programme_office_sees_alumni(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(AlumnusQuerySet, "of_hr", everything)
    patch.setattr(AlumnusQuerySet, "visible_to", everything)
    patch.setattr("alumni.admin.members.AlumnusAdmin.may_see", lambda self, user: True)


@leak("hr_strange", "office consent")
def the_ledger_is_not_scoped(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        ConsentAdmin,
        "get_queryset",
        lambda self, request: ScopedAdmin.get_queryset(self, request).model.objects.all(),
    )


@leak("hr_lender", "office campaign")
def mailings_of_every_employer_are_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(CampaignQuerySet, "visible_to", everything)


@leak("hr_strange", "admin:alumni_alumnus_import_check")
def files_of_others_are_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(AlumniFileQuerySet, "visible_to", everything)


@leak("hr_strange", "office gathering")
def meetings_of_every_employer_are_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(GatheringQuerySet, "visible_to", everything)


@leak("visitor", "alumni:network")
def the_public_page_tells_drafts_of_meetings(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(GatheringQuerySet, "coming", lambda queryset: queryset.all())
