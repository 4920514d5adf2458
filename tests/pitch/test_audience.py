"""The vote of the audience: one each, not for the own plan, hidden until the result."""

import datetime
import io
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from bwob.workflow import Refused
from pitch import audience, clock
from pitch.models import AudienceCode, AudienceRound, AudienceVote, AudienceVoter, Edition, TeamMember
from tests import make
from tests.pitch.editions import Round, up_to

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
FIVE = datetime.timedelta(minutes=5)


def prepared(cards: int = 2, **facts: object) -> tuple[Round, AudienceRound]:
    round_ = up_to("judging", is_sealed=False, **facts)
    voting = audience.prepare(round_.fresh(), finalists=round_.plans, codes=cards)
    return round_, voting


def voting_now(cards: int = 2) -> tuple[Round, AudienceRound]:
    round_, _voting = prepared(cards)
    return round_, audience.open_for(round_.fresh(), FIVE)


def voting_by_account(**facts: object) -> tuple[Round, AudienceRound]:
    round_ = up_to("judging", is_sealed=False, **facts)
    audience.prepare(round_.fresh(), finalists=round_.plans, ticket="account")
    return round_, audience.open_for(round_.fresh(), FIVE)


def over(voting: AudienceRound) -> AudienceRound:
    """As if it had been opened ten minutes ago."""
    earlier = timezone.now() - 2 * FIVE
    AudienceRound.objects.filter(pk=voting.pk).update(opens_at=earlier, closes_at=earlier + FIVE)
    return AudienceRound.objects.get(pk=voting.pk)


def public(round_: Round) -> Edition:
    edition = round_.fresh()
    for state in ("closed", "opened", "deliberation", "decided"):
        edition.move_to(state, by=None)
    edition.move_to("published", by=None)
    return edition


def test_a_card_gives_one_vote():
    round_, voting = voting_now()
    code = audience.code_of(voting, 1)

    audience.vote(voting, round_.plans[0], by=NOBODY, code=code)

    with pytest.raises(Refused, match="used already"):
        audience.vote(voting, round_.plans[1], by=NOBODY, code=code)
    assert audience.turnout(voting) == 1


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}"])
def test_a_code_may_be_typed_in_many_ways(typed):
    round_, voting = voting_now()

    audience.vote(voting, round_.plans[0], by=NOBODY, code=typed(audience.code_of(voting, 2)))

    assert [code.number for code in AudienceCode.objects.filter(used_at__isnull=False)] == [2]


def test_a_code_of_another_final_is_unknown_here():
    round_, voting = voting_now()
    other = AudienceRound.objects.create(edition=up_to("judging", slug="pitch-2027").edition)

    with pytest.raises(Refused, match="do not know"):
        audience.vote(voting, round_.plans[0], by=NOBODY, code=audience.code_of(other, 1))


def test_an_account_gives_one_vote():
    round_, voting = voting_by_account()
    somebody = make.person(works_at=make.organisation())
    audience.vote(voting, round_.plans[0], by=somebody)

    with pytest.raises(Refused, match="voted already"):
        audience.vote(voting, round_.plans[1], by=somebody)
    with pytest.raises(Refused, match="work address was verified"):
        audience.vote(voting, round_.plans[0], by=make.person())

    assert audience.turnout(voting) == AudienceVoter.objects.count() == 1
    assert not voting.codes.exists()


def test_a_card_gives_no_vote_where_accounts_do_and_an_account_none_where_cards_do():
    """So nobody has a vote of both kinds, whatever the order, and signed in or not."""
    by_card, with_cards = voting_now()
    by_account, with_accounts = voting_by_account(slug="pitch-2027")
    code, somebody = audience.code_of(with_cards, 1), make.person(works_at=make.organisation())
    audience.vote(with_cards, by_card.plans[0], by=somebody, code=code)

    with pytest.raises(Refused, match="used already"):
        audience.vote(with_cards, by_card.plans[0], by=NOBODY, code=code)
    with pytest.raises(Refused, match="do not know"):
        audience.vote(with_cards, by_card.plans[0], by=somebody)
    with pytest.raises(Refused, match="with an account"):
        audience.vote(with_accounts, by_account.plans[0], by=NOBODY, code=code)

    assert (audience.turnout(with_cards), audience.turnout(with_accounts)) == (1, 0)
    assert AudienceVoter.objects.count() == 0


def test_nobody_votes_for_the_own_plan_but_who_was_only_asked_into_the_team_may():
    round_, voting = voting_by_account()
    lead, own = round_.plans[0].lead, round_.plans[0]
    asked = make.person(works_at=make.organisation())
    TeamMember.objects.create(entry=own, user=asked)

    with pytest.raises(Refused, match="cannot vote for this plan"):
        audience.vote(voting, own, by=lead)
    audience.vote(voting, round_.plans[1], by=lead)
    audience.vote(voting, own, by=asked)

    assert audience.turnout(voting) == 2


def test_a_plan_that_is_not_in_the_final_gets_no_vote():
    round_ = up_to("judging", plans=2)
    voting = audience.prepare(round_.fresh(), finalists=round_.plans[:1], codes=1)
    audience.open_for(round_.fresh(), FIVE)

    with pytest.raises(Refused):
        audience.vote(voting, round_.plans[1], by=NOBODY, code=audience.code_of(voting, 1))


def test_before_the_opening_and_after_the_close_the_database_takes_no_vote():
    round_, voting = prepared()
    for moment in (voting, over(voting)):
        with pytest.raises(Refused, match="vote is closed"):
            audience.vote(moment, round_.plans[0], by=NOBODY, code=audience.code_of(voting, 1))

    assert AudienceVote.objects.count() == 0
    assert AudienceCode.objects.free().count() == 2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE pitch_audiencevote SET content = ''",
        "DELETE FROM pitch_audiencevote",
        "TRUNCATE pitch_audiencevote",
        "UPDATE pitch_audienceround SET counted_at = now()",
        "UPDATE pitch_audiencecode SET used_at = NULL",
        "UPDATE pitch_audiencecode SET used_at = now()",
        "INSERT INTO pitch_audiencevoter (round_id, user_id, voted_at) SELECT r.id, u.id, now() "
        "FROM pitch_audienceround r, people_user u LIMIT 1",
    ],
)
def test_the_database_refuses(change):
    round_, voting = voting_now()
    audience.vote(voting, round_.plans[0], by=NOBODY, code=audience.code_of(voting, 1))

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_database_takes_no_code_before_the_opening_or_where_accounts_vote():
    _round, voting = prepared()
    with pytest.raises(DatabaseError, match="not voting now"), transaction.atomic():
        AudienceCode.objects.filter(number=1).update(used_at=timezone.now())
    AudienceRound.objects.update(ticket="account", opens_at=timezone.now(), closes_at=timezone.now() + FIVE)

    with pytest.raises(DatabaseError, match="in another way"), transaction.atomic():
        AudienceCode.objects.filter(number=1).update(used_at=timezone.now())
    assert voting.codes.free().count() == 2


def test_a_vote_in_the_database_tells_neither_the_plan_nor_the_voter():
    round_, voting = voting_now()
    for number in (1, 2):
        audience.vote(voting, round_.plans[0], by=NOBODY, code=audience.code_of(voting, number))

    first, second = AudienceVote.objects.values("round", "content")

    assert bytes(first["content"]) != bytes(second["content"])
    assert len(first["content"]) == len(second["content"])
    assert {field.name for field in AudienceVote._meta.fields} == {"id", "round", "content"}


def test_it_opens_once_and_is_prepared_before():
    round_, voting = prepared(cards=3)
    audience.prepare(round_.fresh(), finalists=round_.plans, codes=5)
    audience.prepare(round_.fresh(), finalists=round_.plans, codes=1)
    assert list(voting.codes.values_list("number", flat=True)) == [1, 2, 3, 4, 5]

    audience.open_for(round_.fresh(), FIVE)

    with pytest.raises(Refused, match="votes already"):
        audience.open_for(round_.fresh(), FIVE)
    with pytest.raises(Refused, match="votes already"):
        audience.prepare(round_.fresh(), finalists=round_.plans, codes=9)


def test_a_vote_by_card_does_not_open_without_cards():
    round_, _voting = prepared(cards=0)

    with pytest.raises(Refused, match="there are none yet"):
        audience.open_for(round_.fresh(), FIVE)


def test_without_a_prize_or_after_the_result_there_is_no_vote():
    without = up_to("judging", has_audience_prize=False)
    late, _voting = prepared(slug="pitch-2027")
    public(late)

    with pytest.raises(Refused):
        audience.prepare(without.fresh(), finalists=without.plans, codes=1)
    with pytest.raises(Refused):
        audience.open_for(late.fresh(), FIVE)


def test_the_clock_counts_when_the_time_is_over_and_the_result_shows_it():
    round_, voting = voting_now(cards=3)
    for number, entry in enumerate([round_.plans[1], round_.plans[0], round_.plans[1]], 1):
        audience.vote(voting, entry, by=NOBODY, code=audience.code_of(voting, number))
    clock.pitch_keep_time(timestamp=0)
    assert not AudienceRound.objects.get().counts

    over(voting)
    clock.pitch_keep_time(timestamp=0)

    assert audience.outcome(round_.fresh()) is None
    chosen = audience.outcome(public(round_))
    assert (chosen.plans, chosen.votes, chosen.total) == ([round_.plans[1]], 2, 3)


def test_equal_votes_share_the_prize_and_no_votes_give_none():
    round_, voting = voting_now()
    for number, entry in enumerate(round_.plans, 1):
        audience.vote(voting, entry, by=NOBODY, code=audience.code_of(voting, number))
    audience.count(over(voting))
    empty, quiet = voting_by_account(slug="pitch-2027")
    audience.count(over(quiet))

    assert audience.outcome(public(round_)).plans == round_.plans
    assert audience.outcome(public(empty)) is None


def test_it_is_not_counted_before_its_time():
    _round, voting = voting_now()

    with pytest.raises(Refused, match="can still vote"):
        audience.count(voting)


def test_a_visitor_votes_with_the_code_from_the_card(client):
    round_, voting = voting_now()
    code = audience.code_of(voting, 1)
    page = reverse("pitch:vote", args=[round_.edition.slug])

    start = client.get(reverse("pitch:vote_here"), {"code": code})
    form = client.get(start.url)
    done = client.post(page, {"entry": round_.plans[0].pk, "code": code})
    again = client.post(page, {"entry": round_.plans[0].pk, "code": code})

    assert f'value="{code}"' in form.content.decode()
    assert done.url == reverse("pitch:voted", args=[round_.edition.slug])
    assert client.get(done.url).status_code == 200
    assert again.status_code == 409
    assert audience.turnout(voting) == 1


@pytest.mark.parametrize("facts", [{}, {"code": "AAAAA-AAAAA"}, {"entry": "999999", "code": "x" * 30}])
def test_what_is_missing_or_wrong_is_said_at_the_field(client, facts):
    round_, voting = voting_now()

    response = client.post(reverse("pitch:vote", args=[round_.edition.slug]), facts)

    assert response.status_code == 422
    assert audience.turnout(voting) == 0


def test_an_account_with_a_verified_work_address_votes_without_a_card(client):
    round_, voting = voting_by_account()
    client.force_login(make.person(works_at=make.organisation()))
    page = reverse("pitch:vote", args=[round_.edition.slug])

    assert 'name="code"' not in client.get(page).content.decode()
    client.post(page, {"entry": round_.plans[0].pk})

    assert "You have voted" in client.get(page).content.decode()
    assert AudienceVoter.objects.count() == audience.turnout(voting) == 1


def test_where_accounts_vote_others_read_what_they_lack_and_are_refused(client):
    round_, voting = voting_by_account()
    page = reverse("pitch:vote", args=[round_.edition.slug])

    assert "Sign in to vote" in client.get(page).content.decode()
    client.force_login(make.person())
    assert "First show where you work" in client.get(page).content.decode()
    assert client.post(page, {"entry": round_.plans[0].pk}).status_code == 409
    assert audience.turnout(voting) == 0


def test_the_own_plan_is_not_on_the_form(client):
    round_, _voting = voting_now()
    client.force_login(round_.plans[0].lead)

    shown = client.get(reverse("pitch:vote", args=[round_.edition.slug])).content.decode()

    assert re.findall(r'name="entry" value="(\d+)"', shown) == [str(round_.plans[1].pk)]


def test_the_secretary_prepares_prints_and_opens(client):
    round_ = up_to("judging")
    client.force_login(round_.secretary)
    slug = round_.edition.slug

    facts = {"finalists": [one.pk for one in round_.plans], "codes": 0, "ticket": "card"}
    assert client.post(reverse("pitch:prepare_final", args=[slug]), facts).status_code == 422
    facts["codes"] = 30
    assert client.post(reverse("pitch:prepare_final", args=[slug]), facts).status_code == 302
    sheet = client.get(reverse("pitch:vote_cards", args=[slug]), {"vel": "2"}).content.decode()
    card = client.get(reverse("pitch:vote_card", args=[slug, 30]))
    assert client.post(reverse("pitch:open_vote", args=[slug]), {"minutes": 5}).status_code == 302

    voting = AudienceRound.objects.get()
    assert audience.code_of(voting, 25) in sheet
    assert audience.code_of(voting, 24) not in sheet
    assert card["Content-Type"] == "image/svg+xml"
    assert "style" not in card.content.decode()
    assert voting.is_open


@pytest.mark.parametrize("name", ["final", "prepare_final", "open_vote", "vote_cards"])
def test_only_who_leads_comes_in_and_the_chair_sees_no_codes(client, name):
    round_, _voting = prepared()
    page = reverse(f"pitch:{name}", args=[round_.edition.slug])
    expected = 200 if name == "final" else 403

    client.force_login(round_.chair)
    assert client.get(page).status_code == expected
    client.force_login(round_.jury[0])
    assert client.get(page).status_code == 403


def test_without_a_vote_the_short_address_leads_to_pitch(client):
    assert client.get(reverse("pitch:vote_here")).url == reverse("pitch:editions")


def test_a_whole_edition_is_played(settings):
    settings.DEMO = True
    for name in ("voorzitter", "secretaris", "notaris", *(f"jury{number}" for number in range(1, 6))):
        make.person(name.title(), email=f"{name}@demo.example")
    for number in range(4):
        make.person("Lead", works_at=make.organisation(f"Gemeente {number}"))

    call_command("play_edition", "--seconds", "0", stdout=(said := io.StringIO()))

    edition = Edition.objects.get(slug="pitch-in-een-minuut")
    assert edition.state == "published"
    assert edition.result.steps[2]["code"] == "head_to_head"
    assert audience.outcome(edition).total > 0
    assert said.getvalue().splitlines()[-1].endswith("/pitch/pitch-in-een-minuut/zaal/?vanzelf=1")


def test_a_portal_in_earnest_plays_nothing(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="only a demo"):
        call_command("play_edition")
