"""A team comes together: asking, a place or the waiting list, leaving; the last place is given once."""

import pytest

from bwob.workflow import Refused
from doetanks import advancing, joining, rules, signing, submitting
from doetanks.models import Challenge, Participation
from tests import make
from tests.doetanks import making
from tests.racing import at_once

pytestmark = pytest.mark.django_db
State = Participation.State


def asking(challenge, person=None):
    person = person or make.person("Anne", works_at=make.organisation("Gemeente Amersfoort"))
    return Participation(challenge=challenge, person=person, motivation="I know moving.")


def test_who_asks_waits_for_the_coach_two_weeks():
    one = asking(making.challenge())

    joining.ask(one)

    assert (one.state, one.days_left, str(one.employer)) == ("asked", 14, "Gemeente Amersfoort")


@pytest.mark.parametrize("state", ["explore", "decision", "closed", "stopped", "intake"])
def test_nobody_joins_a_team_that_has_begun_or_is_not_open(state):
    with pytest.raises(Refused, match="begun already"):
        joining.ask(asking(making.challenge(state)))


def test_without_a_work_address_one_cannot_ask():
    with pytest.raises(Refused, match="work address"):
        joining.ask(asking(making.challenge(), make.person("Zzp")))


def test_neither_commissioner_nor_coach_is_a_member():
    challenge = making.challenge()

    assert "decide" in rules.obstacle(challenge.commissioner, challenge)
    assert "coach" in rules.obstacle(challenge.coach, challenge)


def test_one_asks_once():
    challenge = making.challenge()
    first = asking(challenge)
    joining.ask(first)

    with pytest.raises(Refused, match="already"):
        joining.ask(asking(challenge, first.person))


def test_when_the_team_is_full_accepting_puts_on_the_waiting_list():
    challenge = making.challenge(places=3)
    making.team(challenge, "Gemeente A", "Gemeente B", "Gemeente C")
    late = making.participation(challenge=challenge)

    joining.accept(late, by=challenge.coach)

    assert late.state == "waiting"
    with pytest.raises(Refused, match="full"):
        joining.accept(late, by=challenge.coach)


def test_a_place_that_comes_free_goes_to_who_waits():
    challenge = making.challenge(places=3)
    members = making.team(challenge, "Gemeente A", "Gemeente B", "Gemeente C")
    late = making.participation("waiting", challenge=challenge)

    joining.leave(members[0], reason="Another job.")
    joining.accept(late, by=challenge.coach)

    assert (members[0].state, late.state) == ("left", "member")


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gets_the_last_place():
    challenge = making.challenge(places=3)
    making.team(challenge, "Gemeente A", "Gemeente B")
    two = [
        making.participation(challenge=challenge, person=make.person("Een", works_at=make.organisation("D"))),
        making.participation(
            challenge=challenge, person=make.person("Twee", works_at=make.organisation("E"))
        ),
    ]

    at_once(*(lambda one=one: joining.accept(one, by=challenge.coach) for one in two))

    assert sorted(
        Participation.objects.filter(pk__in=[one.pk for one in two]).values_list("state", flat=True)
    ) == [
        "member",
        "waiting",
    ]


@pytest.mark.parametrize(
    ("employers", "sentence"),
    [
        (["Gemeente A", "Gemeente B"], "at least three members"),
        (["Gemeente A", "Gemeente A", "Gemeente A"], "All members work for one organisation"),
    ],
)
def test_a_team_that_is_too_small_or_of_one_organisation_cannot_begin(employers, sentence):
    challenge = making.challenge()
    making.team(challenge, *employers)

    with pytest.raises(Refused, match=sentence):
        advancing.complete(challenge, by=challenge.coach)


def test_a_complete_team_that_loses_its_second_organisation_is_open_again():
    challenge = making.challenge()
    members = making.team(challenge, "Gemeente A", "Gemeente A", "Gemeente B", "Gemeente A")
    advancing.complete(challenge, by=challenge.coach)

    joining.leave(members[2])

    challenge.refresh_from_db()
    assert challenge.state == "open"


def test_stopping_answers_everybody_who_asked():
    challenge = making.challenge()
    one, member = making.participation(challenge=challenge), making.team(challenge, "Gemeente A")[0]

    submitting.stop(challenge, by=challenge.coach, reason="No money.")

    one.refresh_from_db()
    member.refresh_from_db()
    assert (one.state, one.keep_until is None, member.state, member.keep_until is None) == (
        "refused",
        False,
        "member",
        False,
    )


def test_an_invitation_counts_until_it_is_renewed():
    challenge = making.challenge(is_hidden=True)
    token = signing.invitation(challenge)
    assert signing.challenge_of(token) == challenge

    submitting.renew_invitation(challenge, by=challenge.coach)

    assert signing.challenge_of(token) is None
    assert signing.challenge_of(f"{token}x") is None


def test_what_is_under_the_radar_is_seen_only_by_who_is_in_it():
    hidden = making.challenge(is_hidden=True)
    member = making.team(hidden, "Gemeente A")[0].person
    gone = making.participation("left", challenge=hidden).person
    office, other = make.staff("programme"), making.coach("Ander")

    seen = [
        user.given_name
        for user in (hidden.commissioner, hidden.coach, member, gone, office, other)
        if Challenge.objects.visible_to(user).filter(pk=hidden.pk)
    ]

    assert seen == ["Olga", "Cas", "Lid"]
    assert not Challenge.objects.open()
