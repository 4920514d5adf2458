"""Leaks of swaps, to be switched on one by one."""

import pytest
from django.db.models import Q

from bwob.people.models import Role
from mobility import signing
from mobility.models import Agreement, RingPlace, SwapRing
from mobility.models.agreements import AgreementQuerySet
from mobility.models.evaluations import EvaluationQuerySet
from mobility.models.swaps import SwapRingQuerySet, SwapWishQuerySet
from tests.sight.leaks import everything, leak


@leak("participant", "mobility:ring")
def every_ring_is_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SwapRingQuerySet, "visible_to", everything)


@leak("hr_own", "mobility:ring")
def hr_sees_a_ring_before_all_agree(patch: pytest.MonkeyPatch) -> None:
    def visible_to(rings: SwapRingQuerySet, user: object) -> SwapRingQuerySet:
        employers = user.organisations(Role.HR)  # type: ignore[attr-defined]
        of_staff = RingPlace.objects.filter(Q(person=user) | Q(wish__employer__in=employers))
        return rings.filter(pk__in=of_staff.values("ring"))

    patch.setattr(SwapRingQuerySet, "visible_to", visible_to)


@leak("applicant", "mobility:ring")
def names_are_shown_before_all_agree(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SwapRing, "shows_names", property(lambda ring: True))


@leak("colleague", "mobility:write_wish")
def the_wish_of_somebody_else_opens(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SwapWishQuerySet, "visible_to", everything)


@leak("visitor", "mobility:ring_manager")
def a_ring_link_needs_no_signature(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        signing,
        "place_of",
        lambda token: RingPlace.objects.with_names().filter(pk=token).first() if token.isdecimal() else None,
    )


@leak("hr_strange", "mobility:agreement")
def every_agreement_is_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(AgreementQuerySet, "visible_to", everything)


@leak("hr_lender", "mobility:agreement")
def the_lender_reads_a_draft(patch: pytest.MonkeyPatch) -> None:
    def visible_to(agreements: AgreementQuerySet, user: object) -> AgreementQuerySet:
        employers = user.organisations(Role.HR)  # type: ignore[attr-defined]
        return agreements.filter(application__employer__in=employers)

    patch.setattr(AgreementQuerySet, "visible_to", visible_to)


@leak("visitor", "mobility:lender")
def a_lenders_link_needs_no_signature(patch: pytest.MonkeyPatch) -> None:
    def agreement_of(token: str) -> Agreement | None:
        is_key = len(token) == 32
        return Agreement.objects.with_names().filter(key=token).first() if is_key else None

    patch.setattr(signing, "agreement_of", agreement_of)


@leak("visitor", "mobility:exchange")
def words_are_shown_when_one_side_agrees(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(EvaluationQuerySet, "public", lambda rows: rows.filter(may_publish=True))
