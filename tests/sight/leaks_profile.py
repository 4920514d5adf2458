"""Leaks of profiles and requests for contact, to be switched on one by one."""

from typing import Any

import pytest
from django.db.models import Q

from bwob.workflow import Refused
from mobility import contacting, finding
from mobility.models import ContactRequest, Profile
from mobility.models.contacting import ContactRequestQuerySet
from mobility.models.profiles import ProfileQuerySet
from tests.sight.leaks import everything, leak


@leak("visitor", "mobility:person")
def every_profile_is_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ProfileQuerySet, "visible_to", everything)


@leak("hr_strange", "mobility:person")
def who_does_not_want_to_be_found_is_found(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ProfileQuerySet, "to_be_found", staticmethod(lambda: Q()))


@leak("colleague", "mobility:people")
def all_blocks_are_shown_once_one_is_open(patch: pytest.MonkeyPatch) -> None:
    shown = finding.shown
    patch.setattr(finding, "shown", lambda profile: shown(profile, everything=True))


@leak("hr_lender", "mobility:people")
def a_search_looks_into_closed_blocks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ProfileQuerySet, "opened", staticmethod(lambda block, user: Q(is_findable=True)))


@leak("hr_strange", "mobility:contact_request")
def every_request_is_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ContactRequestQuerySet, "visible_to", everything)


@leak("hr_own", "mobility:contact_request")
def a_question_shows_the_person_before_the_yes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ContactRequest, "shows_person", True)


@leak("manager", "mobility:withdraw_contact")
def a_refusal_names_who_answered(patch: pytest.MonkeyPatch) -> None:
    def withdraw(request: Any, *, by: Any) -> None:
        raise Refused(f"Answered by {request.person}.")

    patch.setattr(contacting, "withdraw", withdraw)


@leak("programme", "mobility:person")
def the_programme_office_reads_profiles(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        ProfileQuerySet,
        "visible_to",
        lambda rows, user: Profile.objects.all() if user.has_role("programme") else rows.none(),
    )
