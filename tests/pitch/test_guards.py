"""The guards of casting, closing and opening, one by one: what holds if nobody asks for it."""

import datetime
from collections.abc import Callable

import pgtrigger
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from bwob.workflow import Refused
from pitch import audience, closing, judging, opening, queueing, recusing, tasks
from pitch.models import (
    Assignment,
    AudienceRound,
    AudienceVote,
    AudienceVoter,
    Ballot,
    BallotDraft,
    Conflict,
    Criterion,
    Edition,
    Juror,
    Rules,
)
from tests.pitch import editions
from tests.racing import while_waiting

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    jobs = ProcrastinateJob.objects.filter(task_name="pitch.tasks.tell").order_by("pk")
    return [job.args["message"] for job in jobs]


def test_the_first_ballot_is_number_one_and_its_draft_goes():
    assignment = editions.up_to("judging").pile()[0]
    other = editions.up_to("judging", slug="pitch-2027").pile()[0]
    for one in (assignment, other):
        judging.save_draft(one.pk, scores={"c1": 2}, motivation="So far")

    before = told()[-1]
    judging.cast(judging.Place.of(assignment), scores={"c1": 2, "c2": 2}, motivation="")

    assert Ballot.objects.get().revision == 1
    assert [draft.assignment_id for draft in BallotDraft.objects.all()] == [other.pk]
    assert told()[-1] != "receipt"
    tasks.announce_receipts()
    tasks.announce_receipts()
    assert told()[-2:] == [before, "receipt"]


def test_the_close_takes_away_the_drafts_of_this_edition_and_tells():
    round_ = editions.up_to("judging", min_ballots=1, min_percent=0)
    other = editions.up_to("judging", slug="pitch-2027")
    for assignment in round_.pile():
        editions.vote(assignment)
    for assignment in (round_.pile()[0], other.pile()[0]):
        judging.save_draft(assignment.pk, scores={"c1": 2}, motivation="Again")

    closing.close(round_.fresh(), by=round_.chair)

    assert [draft.assignment.edition_id for draft in BallotDraft.objects.all()] == [other.edition.pk]
    assert told()[-1] == "judging_closed"


def test_a_revision_makes_no_quorum():
    """One member twice is one; and a ballot of a member who stood aside since counts no more."""
    round_ = editions.up_to("judging", plans=1, min_percent=0)
    first, second = round_.pile()[:2]
    editions.vote(first)
    editions.vote(first, after=1)
    Edition.objects.filter(pk=round_.edition.pk).update(judging_closes_at=timezone.now())
    assert [plan.number for plan in closing.without_quorum(round_.fresh())] == [1]

    Edition.objects.filter(pk=round_.edition.pk).update(
        judging_closes_at=timezone.now() + datetime.timedelta(days=1)
    )
    editions.vote(second)
    assert closing.without_quorum(round_.fresh()) == []
    recusing.declare(second.seat.juror, second.entry, kind="family", explanation="")
    assert [plan.number for plan in closing.without_quorum(round_.fresh())] == [1]


@pytest.mark.parametrize(("percent", "short"), [(66, []), (67, [1])])
def test_the_percentage_is_rounded_up(percent, short):
    """Two of three members is 66 %, not 67; who revised a ballot is one member still."""
    round_ = editions.up_to("judging", plans=1, min_ballots=1, min_percent=percent)
    for assignment in round_.pile()[:2]:
        editions.vote(assignment)
    editions.vote(round_.pile()[0], after=1)

    assert [plan.number for plan in closing.without_quorum(round_.fresh())] == short


def test_with_every_ballot_in_the_chair_may_close_early_and_the_seal_is_of_all_versions():
    round_ = editions.up_to("judging")
    empty = closing.seal_of(round_.edition)
    for assignment in round_.pile():
        editions.vote(assignment)
    before = closing.seal_of(round_.edition)
    editions.vote(round_.pile()[0], after=1)

    closing.close(round_.fresh(), by=round_.chair)

    assert len({empty, before, round_.fresh().seal}) == 3
    with pytest.raises(Refused):
        closing.close(round_.fresh(), by=round_.chair)


@pytest.mark.django_db(transaction=True)
def test_a_ballot_waits_for_a_close_that_is_under_way():
    """The close is written but not yet final; whoever comes meanwhile is told that it is closed."""
    round_ = editions.up_to("judging", min_ballots=1, min_percent=0)
    for assignment in round_.pile():
        editions.vote(assignment)
    late = round_.pile()[0]
    with transaction.atomic():
        closing.close(round_.fresh(), by=round_.chair)
        outcome = while_waiting(lambda: editions.vote(late, after=1))

    assert isinstance(outcome(), Refused)
    assert Ballot.objects.count() == len(round_.pile())


@pytest.mark.django_db(transaction=True)
def test_who_judges_what_waits_for_a_close_that_is_under_way_too():
    round_ = editions.up_to("judging", min_ballots=1, min_percent=0)
    for assignment in round_.pile():
        editions.vote(assignment)
    pile = Assignment.objects.filter(edition=round_.edition)
    with transaction.atomic():
        closing.close(round_.fresh(), by=round_.chair)
        outcome = while_waiting(lambda: pile.update(recused_at=timezone.now()))

    assert isinstance(outcome(), DatabaseError)


def test_the_moment_counts_at_which_the_ballot_is_written_not_its_transaction():
    """A transaction that began in time and writes too late is too late."""
    round_ = editions.up_to("judging")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pitch_edition SET judging_closes_at = clock_timestamp()")

    with pytest.raises(Refused, match="has closed"):
        editions.vote(round_.pile()[0])


@pytest.mark.parametrize("phase", ["rehearsal", "closed"])
def test_outside_judging_no_ballot_is_taken_whatever_the_date_says(phase):
    round_ = editions.up_to(phase)
    later = timezone.now() + datetime.timedelta(days=1)
    Edition.objects.filter(pk=round_.edition.pk).update(judging_closes_at=later)
    before = Ballot.objects.count()

    with pytest.raises(Refused, match="has closed"):
        editions.vote(round_.pile()[0], after=1)

    assert Ballot.objects.count() == before


@pytest.mark.parametrize("phase", ["admission", "rehearsal", "judging"])
def test_who_judges_what_can_change_until_the_close(phase):
    round_ = editions.up_to(phase)
    if phase == "admission":
        seats, entry = round_.edition.seats.all(), round_.plans[0]
        Assignment.objects.create(edition=round_.edition, seat=seats[0], entry=entry)
    found = Assignment.objects.filter(edition=round_.edition)

    assert found.update(made_at=timezone.now()) == found.count() > 0
    assert found.delete()[0] > 0


def test_two_holders_open_what_is_closed_and_nothing_else():
    round_ = editions.up_to("judging")
    first, second = round_.holders[:2]
    with pytest.raises(Refused, match="not to be opened now"):
        opening.hand_in(round_.part(first), round_.keys[first.pk], by=first)
    for assignment in round_.pile():
        editions.vote(assignment, 2)
        editions.vote(assignment, 5, after=1)
    closing.close(round_.fresh(), by=round_.chair)
    with pytest.raises(Refused, match="Two key holders"):
        opening.open_unsealed(round_.fresh(), by=round_.chair)

    assert opening.hand_in(round_.part(first), round_.keys[first.pk], by=first) is False
    assert opening.hand_in(round_.part(second), round_.keys[second.pk], by=second) is True

    assert [one.total for one in round_.fresh().result.standings.all()] == [5, 5]


def test_a_ruling_that_dismisses_an_interest_lets_the_member_judge():
    round_ = editions.up_to("judging")
    assignment = round_.pile(round_.jury[0])[0]
    conflict = Conflict.objects.create(
        juror=assignment.seat.juror,
        entry=assignment.entry,
        kind="other",
        due_at=timezone.now() + datetime.timedelta(days=3),
    )

    recusing.dismiss(conflict, by=round_.secretary, reason="Too far away")

    assert editions.vote(assignment)
    conflict.refresh_from_db()
    assert (conflict.state, conflict.ruling) == ("dismissed", "Too far away")


@pytest.mark.django_db(transaction=True)
def test_a_ballot_waits_for_a_recusal_that_is_written_past_the_acts():
    """Nobody holds the edition here: the row of who judges what is enough."""
    round_ = editions.up_to("judging")
    assignment = round_.pile()[0]
    with transaction.atomic():
        Assignment.objects.filter(pk=assignment.pk).update(recused_at=timezone.now())
        outcome = while_waiting(lambda: editions.vote(assignment))

    assert isinstance(outcome(), Refused)
    assert Ballot.objects.count() == 0


def test_the_database_writes_when_a_ballot_was_cast_whatever_it_is_told():
    first, second = editions.up_to("judging").pile()[:2]
    past = timezone.now() - datetime.timedelta(days=365)
    for assignment in (first, second):
        Ballot.objects.create(edition=assignment.edition, assignment=assignment, content=b"x", cast_at=past)

    one, other = Ballot.objects.order_by("pk").values_list("cast_at", flat=True)

    assert past < one < other


def changes_of_rules(edition: Edition) -> list[Callable[[], object]]:
    criteria = Criterion.objects.filter(rules__edition=edition)
    new = Criterion(
        rules=edition.rules, key="c9", name="New", question="?", weight=1, anchors=["a", "b", "c", "d", "e"]
    )
    return [
        lambda: Rules.objects.filter(edition=edition).update(min_ballots=1),
        lambda: criteria.filter(key="c1").update(weight=9),
        new.save,
        lambda: criteria.filter(key="c2").delete(),
    ]


@pytest.mark.parametrize("phase", ["fixed", "open", "judging"])
def test_fixed_rules_take_no_change_at_all(phase):
    edition = editions.up_to(phase).fresh()

    for change in changes_of_rules(edition):
        with pytest.raises(DatabaseError, match="are fixed"), transaction.atomic():
            change()


def test_rules_in_preparation_take_every_change():
    edition = editions.bare()

    for change in changes_of_rules(edition):
        change()

    assert [one.key for one in edition.rules.criteria.all()] == ["c1", "c9"]


MINUTE = datetime.timedelta(minutes=1)
NOTHING = datetime.timedelta()


@pytest.mark.parametrize(
    ("opens", "closes", "is_open"),
    [
        (None, None, False),
        (MINUTE, 2 * MINUTE, False),
        (-2 * MINUTE, -MINUTE, False),
        (-MINUTE, MINUTE, True),
        (NOTHING, MINUTE, True),
        (-MINUTE, NOTHING, False),
    ],
    ids=["not opened", "opens later", "over", "open", "opens this moment", "is over this moment"],
)
def test_the_audience_votes_between_its_two_moments_by_each_road_alone(opens, closes, is_open):
    round_ = editions.up_to("judging")
    voting = audience.prepare(round_.fresh(), finalists=round_.plans, codes=1)
    now = timezone.now()
    moments = {
        "opens_at": None if opens is None else now + opens,
        "closes_at": None if closes is None else now + closes,
    }
    roads: dict[str, Callable[[], object]] = {
        "card": lambda: voting.codes.update(used_at=now),
        "account": lambda: AudienceVoter.objects.create(round=voting, user=round_.chair),
    }

    for ticket, road in roads.items():
        AudienceRound.objects.update(ticket=ticket, **moments)
        for write in (road, lambda: AudienceVote.objects.create(round=voting, content=b"x")):
            if is_open:
                write()
                continue
            with pytest.raises(DatabaseError, match="not voting now"), transaction.atomic():
                write()


@pytest.mark.django_db(transaction=True)
def test_the_round_stands_still_as_long_as_a_vote_is_on_its_way():
    """So a count that comes meanwhile waits, and has that vote too; each road holds the round by itself."""
    round_ = editions.up_to("judging")
    audience.prepare(round_.fresh(), finalists=round_.plans, codes=1)
    voting = audience.open_for(round_.fresh(), MINUTE)
    roads: list[tuple[str, Callable[[], object]]] = [
        ("card", lambda: voting.codes.update(used_at=timezone.now())),
        ("account", lambda: AudienceVoter.objects.create(round=voting, user=round_.chair)),
        ("account", lambda: AudienceVote.objects.create(round=voting, content=b"x")),
    ]

    for ticket, write in roads:
        AudienceRound.objects.update(ticket=ticket)
        changed: list[int] = []
        with transaction.atomic():
            write()
            outcome = while_waiting(
                lambda changed=changed: changed.append(AudienceRound.objects.update(counts={}))
            )
            assert changed == []
        outcome()
        assert changed == [1]


@pytest.mark.parametrize(
    ("table", "other"), [("ballot", "Receipt"), ("receipt", "Ballot"), ("audiencevote", "Ballot")]
)
def test_none_of_the_tables_of_a_vote_is_emptied_each_by_its_own_guard(table, other):
    """Emptying ballots empties receipts as well, whose guard is lifted here."""
    refusal = pytest.raises(DatabaseError, match="never changed or removed")
    lifted = pgtrigger.ignore(f"pitch.{other}:no_truncate")

    with refusal, lifted, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE pitch_{table} CASCADE")


def test_a_ballot_finds_its_place_on_the_same_pile_as_the_page_does():
    """The page asks by the ORM, the ballot by a function of the database: both know who judges what."""
    round_ = editions.up_to("judging", plans=3, jurors=5, ballots_wanted=2)
    leaves, stays = round_.jury[:2]
    Juror.objects.filter(user=leaves).update(state="left")
    aside = round_.pile(stays)[0]
    recusing.declare(aside.seat.juror, aside.entry, kind="family", explanation="")
    people, plans = [*round_.jury, round_.chair, AnonymousUser()], range(5)

    page = [(who, plan) for who in people for plan in plans if queueing.on_own_pile(who, "pitch-2026", plan)]
    place = [
        (who, plan) for who in people for plan in plans if queueing.place_on_pile(who, "pitch-2026", plan)
    ]

    assert page == place
    assert 0 < len(page) == len(round_.pile()) - len(round_.pile(leaves))
    for who, plan in page:
        found = queueing.on_own_pile(who, "pitch-2026", plan)
        assert found
        assert judging.Place.of(found) == queueing.place_on_pile(who, "pitch-2026", plan)
    assert queueing.place_on_pile(stays, "pitch-2027", page[0][1]) is None


@pytest.mark.parametrize(
    ("state", "left", "takes"), [("judging", 1, True), ("judging", 0, False), ("closed", 1, False)]
)
def test_the_database_says_with_the_place_whether_ballots_are_taken(state, left, takes):
    round_ = editions.up_to(state)
    Edition.objects.update(judging_closes_at=timezone.now() + left * MINUTE)

    found = queueing.place_on_pile(round_.jury[0], "pitch-2026", round_.pile(round_.jury[0])[0].entry.number)

    assert found
    assert found.takes_ballots is takes
