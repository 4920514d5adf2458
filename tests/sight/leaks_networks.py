"""Leaks of the networks, to be switched on one by one."""

import pytest

from networks import rules
from networks.admin import CoordinatorAdmin, NetworkAdmin
from networks.models import ProposalQuerySet, ReactionQuerySet
from tests.sight.leaks import everything, leak


@leak("hr_strange", "networks:confirm_tie")
def every_hr_officer_confirms_ties(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_confirm", lambda user, partnership: user.has_role("hr"))


@leak("hr_lender", "networks:end_tie")
def every_hr_officer_ends_ties(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_end", lambda user, partnership: user.has_role("hr"))


@leak("participant", "networks:tie")
def everybody_who_is_signed_in_adds_ties(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_tie", lambda user, network: user.is_authenticated)


@leak("hr_own", "admin:networks_coordinator_changelist")
def all_staff_see_who_coordinates(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(CoordinatorAdmin, "may_see", lambda self, user: user.is_staff)


@leak("officer", "admin:networks_network_changelist")
def all_staff_work_on_networks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(NetworkAdmin, "may_see", lambda self, user: user.is_staff)


@leak("hr_own", "networks:proposal")
def every_proposal_is_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ProposalQuerySet, "visible_to", everything)


@leak("participant", "networks:accept")
def the_proposer_decides(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_decide", lambda user, proposal: True)


@leak("hr_strange", "shadow")
def the_number_of_all_open_proposals_waits_for_everybody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ProposalQuerySet, "visible_to", everything)
    patch.setattr(ProposalQuerySet, "to_decide", lambda rows, user: rows.open())


@leak("participant", "networks:tell_outcome")
def whoever_reacts_answers_for_the_asker(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "asks", lambda user, call: user.is_authenticated)


@leak("hr_strange", "networks:answer_reaction")
def every_reaction_is_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ReactionQuerySet, "visible_to", everything)


@leak("visitor", "networks:call")
def reactions_stand_on_the_page_for_everybody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ReactionQuerySet, "visible_to", everything)


@leak("hr_own", "networks:name_contact")
def every_hr_officer_names_contacts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_name_contact", lambda user, network: user.has_role("hr"))
