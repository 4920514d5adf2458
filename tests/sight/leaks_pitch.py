"""Leaks of PITCH, to be switched on one by one; importing this adds them to the others."""

import pytest

from pitch import rules, showing
from pitch.models.audience import AudienceCodeQuerySet
from pitch.models.entries import AttachmentQuerySet, EntryQuerySet
from pitch.models.jury import AssignmentQuerySet, ConflictQuerySet
from pitch.models.results import FeedbackQuerySet, ResultQuerySet
from pitch.views import jury
from tests.sight.leaks import everything, leak


@leak("participant", "pitch:entry")
def every_plan_is_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(EntryQuerySet, "visible_to", everything)


@leak("visitor", "pitch:entry")
def names_stand_in_public_plans(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(showing, "is_blind", lambda entry: False)


@leak("secretary", "pitch:entry")
def drafts_of_plans_are_visible_to_the_secretary(patch: pytest.MonkeyPatch) -> None:
    visible = EntryQuerySet.visible_to
    patch.setattr(
        EntryQuerySet,
        "visible_to",
        lambda rows, user: rows.filter(pk__in=visible(rows, user)) | rows.filter(state="draft"),
    )


@leak("juror", "pitch:entry")
def a_juror_reads_a_plan_of_the_family(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ConflictQuerySet, "blocking", lambda rows: rows.none())


@leak("juror", "pitch:judge")
def who_stands_aside_still_judges(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(AssignmentQuerySet, "counting", lambda rows: rows.all())


@leak("holder", "pitch:judge")
def anybody_judges(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "is_juror", lambda user, edition: True)
    patch.setattr(jury, "to_judge", lambda request, edition, number: edition.assignments.first())


@leak("visitor", "pitch:result")
def results_are_visible_before_they_are_published(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ResultQuerySet, "visible_to", everything)


@leak("entrant", "pitch:outcome")
def teams_read_scores_before_the_result(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_read_outcome", lambda user, entry: True)


@leak("participant", "pitch:outcome")
def anybody_reads_what_the_jury_wrote(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_read_outcome", lambda user, entry: True)
    patch.setattr(FeedbackQuerySet, "visible_to", everything)


@leak("participant", "pitch:offer_on")
def anybody_offers_a_plan_on(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "is_in_team", lambda user, entry: True)
    patch.setattr(rules, "may_offer_on", lambda user, entry: True)


@leak("holder", "pitch:office")
def anybody_enters_the_secretariat(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_manage", lambda user, edition: True)


@leak("visitor", "pitch:attachment")
def files_are_visible_with_the_plan(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(AttachmentQuerySet, "visible_to", everything)
    patch.setattr(EntryQuerySet, "visible_to", everything)


@leak("secretary", "pitch:deliberation")
def the_secretary_decides(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_chair", lambda user, edition: True)


@leak("chair", "pitch:vote_cards")
def anybody_prints_cards(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_keep", lambda user, edition: True)
    patch.setattr(AudienceCodeQuerySet, "visible_to", everything)


@leak("juror", "pitch:final")
def anybody_sees_how_many_votes_came_in_for_the_office(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_manage", lambda user, edition: True)
