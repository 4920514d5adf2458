"""Leaks of the Doetanks, to be switched on one by one."""

from typing import Any

import pytest
from django.db.models import Q

from doetanks import api, board, front, rules, signing
from doetanks.admin import ChallengeAdmin
from doetanks.models import (
    Challenge,
    ChallengeQuerySet,
    NoticeReplyQuerySet,
    ParticipationQuerySet,
    SignupQuerySet,
    TrialQuerySet,
    WorkroomQuerySet,
)
from doetanks.views import cafes
from tests.sight.leaks import everything, leak


@leak("visitor", "doetanks:challenge")
def every_challenge_is_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ChallengeQuerySet, "visible_to", everything)


@leak("participant", "doetanks:challenge")
def what_is_open_is_public_also_under_the_radar(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ChallengeQuerySet, "visible_to", lambda rows, user: rows.filter(opened_at__isnull=False))


@leak("programme", "doetanks:challenge")
def the_office_sees_what_is_under_the_radar(patch: pytest.MonkeyPatch) -> None:
    seen = ChallengeQuerySet.visible_to
    patch.setattr(
        ChallengeQuerySet,
        "visible_to",
        lambda rows, user: rows.all() if user.pk and user.has_role("programme") else seen(rows, user),
    )


@leak("visitor", "shadow")
def the_front_page_counts_the_hidden(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(front, "facts", lambda: {"doetanks": Challenge.objects.filter(state="open")})


@leak("participant", "shadow")
def the_board_counts_the_hidden(patch: pytest.MonkeyPatch) -> None:
    groups = board.groups
    patch.setattr(
        board,
        "groups",
        lambda rows, wishes: groups(Challenge.objects.filter(opened_at__isnull=False), wishes),
    )


@leak("member", "doetanks:participation")
def members_read_what_others_ask(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        ParticipationQuerySet,
        "visible_to",
        lambda rows, user: rows.filter(
            Q(person=user) | Q(challenge__in=Challenge.objects.worked_on_by(user)),
        ),
    )


@leak("participant", "doetanks:team")
def anybody_enters_the_team(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_work", lambda user, challenge: True)


@leak("asker", "doetanks:accept")
def who_asks_accepts_oneself(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_decide_on", lambda user, participation: True)


@leak("participant", "doetanks:invitation")
def an_invitation_needs_no_signature(patch: pytest.MonkeyPatch) -> None:
    def challenge_of(token: str) -> Any:
        return Challenge.objects.with_names().filter(pk=token.partition(":")[0]).first()

    patch.setattr(signing, "challenge_of", challenge_of)


@leak("programme", "office challenge")
def the_admin_shows_the_hidden(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ChallengeAdmin, "get_queryset", lambda admin, request: Challenge.objects.order_by("pk"))


@leak("participant", "doetanks:file")
def files_of_a_team_can_be_fetched_by_their_key(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(WorkroomQuerySet, "visible_to", everything)


@leak("commissioner", "doetanks:workroom")
def the_commissioner_looks_into_the_workroom(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_work", lambda user, challenge: True)


@leak("visitor", "doetanks:challenge")
def trials_are_shown_while_they_run(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(TrialQuerySet, "visible_to", everything)
    patch.setattr(TrialQuerySet, "exclude", lambda rows, **facts: rows)


@leak("participant", "doetanks:cafe")
def guests_of_a_cafe_are_shown(patch: pytest.MonkeyPatch) -> None:
    seen = cafes.of

    def of(request: Any, slug: str) -> Any:
        cafe = seen(request, slug)
        cafe.organiser_id = request.user.pk
        return cafe

    patch.setattr(cafes, "of", of)
    patch.setattr(SignupQuerySet, "visible_to", everything)


@leak("visitor", "doetanks:cafe")
def a_question_names_the_hidden_challenge_it_became(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        cafes, "_visible_challenges", lambda request: Challenge.objects.values_list("pk", flat=True)
    )


@leak("member", "api:challenge")
def the_api_shows_members_what_is_under_the_radar(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(api, "public", lambda: Challenge.objects.with_names().prefetch_related("roles"))


@leak("participant", "doetanks:notice")
def answers_to_a_notice_are_everybodys(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(NoticeReplyQuerySet, "visible_to", everything)
