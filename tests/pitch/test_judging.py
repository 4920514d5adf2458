"""Ballots: secret, exact, append-only, and guarded by the database itself."""

import base64
import datetime
import json
import re

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bwob.workflow import Refused
from pitch import closing, holding, judging, leading, recusing, tasks
from pitch.models import Assignment, Ballot, BallotDraft, Edition, Receipt
from tests.pitch import editions
from tests.racing import at_once, while_waiting

CANARY = "KanarieMotivatiezq"
SCORES = re.compile(r'"?c1"?\s*[:=,]\s*4|4.{0,40}' + CANARY)


def traces(read: str) -> list[str]:
    """The score or the words of a ballot in what was read, as text, hexadecimal or base 64."""
    words = CANARY.encode()
    base64s = [base64.b64encode(b" " * skip + words)[4:-4].decode() for skip in range(3)]
    unpacked = re.sub(r"\\\\x([0-9a-f]+)", lambda found: bytes.fromhex(found[1]).decode("latin-1"), read)
    return [
        *(form for form in (CANARY, words.hex(), *base64s) if form in read),
        *SCORES.findall(read),
        *SCORES.findall(unpacked),
    ]


def dump() -> str:
    """All that a superuser of the database, or a reader of a backup, can read; bytes as hexadecimal too."""
    facts = connection.get_connection_params()
    found = []
    with psycopg.connect(
        **{name: facts[name] for name in ("dbname", "user", "host", "port") if name in facts}
    ) as db:
        tables = db.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
            "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for (table,) in tables:
            found += [str(row) for (row,) in db.execute(f"SELECT t::text FROM {table} t")]  # type: ignore[arg-type]  # noqa: S608
    return "\n".join(found)


@pytest.mark.django_db(transaction=True)
def test_a_superuser_who_opens_the_database_finds_no_score():
    """Neither in a ballot, a draft, a session nor a job; what was typed came in by the pages themselves."""
    round_ = editions.up_to("judging")
    client = Client()
    client.force_login(round_.jury[0])
    facts = {"interest": "no", "score_c1": 4, "score_c2": 4, "motivation": CANARY}
    page = reverse("pitch:judge", args=["pitch-2026", 1])
    drafted = client.post(reverse("pitch:judge", args=["pitch-2026", 2]), facts | {"save": "1"})
    refused = client.post(page, facts | {"score_c2": ""})
    cast = client.post(page, facts | {"after": "0"})

    read = dump()

    assert (drafted.status_code, refused.status_code, cast.status_code) == (302, 422, 302)
    assert Ballot.objects.count() == 1
    assert str(round_.plans[0].key) in read  # the dump is one
    assert traces(read) == []


@pytest.mark.django_db(transaction=True)
def test_the_same_dump_shows_the_scores_of_an_edition_that_is_not_sealed():
    """The test of the test."""
    round_ = editions.up_to("judging", is_sealed=False)
    editions.vote(round_.pile()[0], 4, words=CANARY)

    assert len(traces(dump())) > 1


@pytest.mark.django_db
def test_a_draft_comes_back_to_its_writer_and_goes_when_the_ballot_is_cast():
    assignment = editions.up_to("judging").pile()[0]
    judging.save_draft(assignment.pk, scores={"c1": 3}, motivation="So far")

    draft = judging.draft_of(assignment)
    receipt = editions.vote(assignment)

    assert (draft["scores"], draft["motivation"]) == ({"c1": 3}, "So far")
    assert len(receipt.code) == 16
    assert judging.draft_of(Assignment.objects.get(pk=assignment.pk)) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "scores", [{"c1": 0, "c2": 3}, {"c1": 6, "c2": 3}, {"c1": 3}, {"c1": 3, "c2": 3, "c3": 3}], ids=str
)
def test_a_score_off_the_scale_or_for_another_criterion_is_refused(scores):
    assignment = editions.up_to("judging").pile()[0]

    with pytest.raises(Refused):
        judging.cast(judging.Place.of(assignment), scores=scores, motivation="")

    assert Ballot.objects.count() == 0


@pytest.mark.django_db
def test_a_revision_is_a_new_ballot_and_the_last_one_counts():
    assignment = editions.up_to("judging").pile()[0]
    editions.vote(assignment, 1)
    editions.vote(assignment, 5, after=1)

    assert list(Ballot.objects.filter(assignment=assignment).values_list("revision", flat=True)) == [1, 2]
    assert [one.revision for one in Ballot.objects.all().last_ones()] == [2]


@pytest.mark.django_db
def test_of_two_windows_the_second_is_refused():
    assignment = editions.up_to("judging").pile()[0]
    editions.vote(assignment, 1)

    with pytest.raises(Refused, match="another window"):
        editions.vote(assignment, 5, after=0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE pitch_ballot SET content = ''",
        "DELETE FROM pitch_ballot",
        "TRUNCATE pitch_ballot CASCADE",
        "UPDATE pitch_receipt SET code = 'X'",
        "DELETE FROM pitch_receipt",
        "UPDATE pitch_rules SET min_ballots = 1",
        "UPDATE pitch_criterion SET weight = 99",
        "DELETE FROM pitch_criterion",
        "UPDATE pitch_edition SET state = 'published'",
    ],
)
def test_the_database_refuses(change):
    editions.vote(editions.up_to("judging").pile()[0])

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.django_db
def test_who_counts_stays_as_it_was_at_the_close():
    round_ = editions.up_to("closed")
    pile = Assignment.objects.filter(edition=round_.edition)

    with pytest.raises(DatabaseError), transaction.atomic():
        pile.update(recused_at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        pile.model(edition=round_.edition, seat=pile[0].seat, entry=pile[0].entry).save()


@pytest.mark.django_db(transaction=True)
def test_a_ballot_of_another_round_cannot_exist():
    here, there = editions.up_to("judging"), editions.up_to("judging", slug="pitch-2027")

    with pytest.raises(DatabaseError, match="ballot_assignment_of_edition"):
        Ballot.objects.create(edition=there.edition, assignment=here.pile()[0], content=b"x")


@pytest.mark.django_db
def test_the_clock_of_the_database_decides_not_that_of_the_portal(monkeypatch):
    """The portal believes that it is last week; the database knows better."""
    round_ = editions.up_to("judging")
    assignment = round_.pile()[0]
    Edition.objects.filter(pk=round_.edition.pk).update(judging_closes_at=timezone.now())
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime.now(datetime.UTC) - datetime.timedelta(7))

    with pytest.raises(Refused, match="closed"):
        editions.vote(assignment)


@pytest.mark.django_db
def test_who_stands_aside_casts_nothing_and_leaves_the_count():
    round_ = editions.up_to("judging")
    assignment = round_.pile(round_.jury[0])[0]
    recusing.declare(assignment.seat.juror, assignment.entry, kind="family", explanation="My sister")

    with pytest.raises(Refused, match="stand aside"):
        editions.vote(assignment)
    assert len(round_.pile(round_.jury[0])) == 1


@pytest.mark.django_db(transaction=True)
def test_a_recusal_and_a_ballot_at_one_moment_never_both_stand():
    """The recusal is written but not yet final; the ballot waits for it, and is refused."""
    round_ = editions.up_to("judging")
    assignment = round_.pile(round_.jury[0])[0]
    with transaction.atomic():
        recusing.declare(assignment.seat.juror, assignment.entry, kind="family", explanation="")
        outcome = while_waiting(lambda: editions.vote(assignment))

    assert isinstance(outcome(), Refused)
    assert Ballot.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_close_in_mid_stream_is_exact():
    """Ballots and the close at one moment: what was accepted is under the seal, and nothing came after it."""
    round_ = editions.up_to("judging", plans=4, jurors=4, min_ballots=1, min_percent=0, ballots_wanted=4)
    pile = round_.pile()
    for assignment in pile[:4]:
        editions.vote(assignment)
    for entry in {one.entry_id: one for one in pile}.values():
        if not Ballot.objects.filter(assignment__entry=entry.entry_id).exists():
            editions.vote(entry)
    late = [one for one in pile if not one.ballots.exists()][:6]
    soon = timezone.now() + datetime.timedelta(seconds=0.3)
    Edition.objects.filter(pk=round_.edition.pk).update(judging_closes_at=soon)

    def close() -> None:
        while timezone.now() < soon:
            pass
        closing.close(round_.fresh(), by=round_.chair)

    outcomes = at_once(close, *(lambda one=one: editions.vote(one) for one in late))

    accepted = sum(isinstance(outcome, Receipt) for outcome in outcomes)
    edition = round_.fresh()
    assert edition.state == "closed"
    assert Ballot.objects.count() == accepted + len(pile) - len(late) - sum(
        not one.ballots.exists() for one in pile if one not in late
    )
    assert edition.seal == closing.seal_of(edition)


@pytest.mark.django_db(transaction=True)
def test_of_one_ballot_cast_many_times_at_once_one_is_taken():
    assignment = editions.up_to("judging").pile()[0]

    outcomes = at_once(*[lambda: editions.vote(assignment)] * 12)

    assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 11


@pytest.mark.django_db
def test_without_a_quorum_nothing_closes_and_more_time_helps():
    round_ = editions.up_to("judging")
    Edition.objects.filter(pk=round_.edition.pk).update(judging_closes_at=timezone.now())

    with pytest.raises(Refused, match="No quorum yet for Plan 1, Plan 2"):
        closing.close(round_.fresh(), by=round_.chair)

    later = timezone.now() + datetime.timedelta(days=2)
    leading.extend(round_.fresh(), until=later, by=round_.chair, reason="Holidays")
    for assignment in round_.pile():
        editions.vote(assignment)
    closing.close(round_.fresh(), by=round_.chair)
    assert round_.fresh().state == "closed"
    assert BallotDraft.objects.count() == 0


@pytest.mark.django_db
def test_nobody_closes_early_while_a_ballot_is_missing():
    round_ = editions.up_to("judging")
    for assignment in round_.pile()[1:]:
        editions.vote(assignment)

    with pytest.raises(Refused, match="still has time"):
        closing.close(round_.fresh(), by=round_.chair)


@pytest.mark.django_db
def test_the_jury_does_not_start_before_opening_was_tried():
    round_ = editions.up_to("rehearsal")

    with pytest.raises(Refused, match="rehearsed"):
        leading.start_judging(round_.fresh(), by=round_.chair)

    first, second, third = round_.holders
    assert holding.rehearse(round_.part(first), round_.keys[first.pk], by=first) is False
    with pytest.raises(Refused, match="does not belong"):
        holding.rehearse(round_.part(second), round_.keys[third.pk], by=second)
    assert holding.rehearse(round_.part(third), round_.keys[third.pk].lower(), by=third) is True


@pytest.mark.django_db
def test_one_key_holder_twice_opens_nothing():
    round_ = editions.up_to("rehearsal")
    first = round_.holders[0]

    for _time in range(2):
        assert holding.rehearse(round_.part(first), round_.keys[first.pk], by=first) is False


def test_a_mistyped_key_is_noticed():
    code = holding.new_code()
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")

    with pytest.raises(Refused, match="not a whole key"):
        holding.private_of(wrong)
    assert holding.private_of(f" {code.lower().replace('-', ' ')} ") == holding.private_of(code)


@pytest.mark.django_db
def test_nothing_typed_on_a_ballot_is_in_the_queue_of_mails():
    """Jobs are given numbers of records only."""
    editions.vote(editions.up_to("judging").pile()[0], words=CANARY)
    tasks.announce_receipts()

    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        jobs = [json.loads(row[0]) for row in cursor.fetchall()]

    assert {name for job in jobs for name in job} == {"message", "record_id"}


@pytest.mark.django_db
@pytest.mark.parametrize("score", ["0", "6", "-1", "4.5", "four", "", "9" * 50])
def test_a_score_off_the_scale_is_refused_by_the_form_and_nothing_is_cast(client, score):
    round_ = editions.up_to("judging")
    client.force_login(round_.jury[0])
    facts = {"interest": "no", "score_c1": score, "score_c2": 4, "motivation": "Well.", "after": 0}

    assert client.post(reverse("pitch:judge", args=["pitch-2026", 1]), facts).status_code == 422
    assert Ballot.objects.count() == 0


@pytest.mark.django_db
def test_a_ballot_for_a_plan_of_another_member_or_of_ones_own_team_finds_no_page(client):
    """A member of the jury has one pile; who has none, team and secretary among them, is turned away."""
    round_ = editions.up_to("judging", plans=2, ballots_wanted=2)
    facts = {"interest": "no", "score_c1": 4, "score_c2": 4, "motivation": "Well.", "after": 0}
    pairs = {(one.seat.juror.user, one.entry.number) for one in round_.pile()}
    others = [(user, number) for user in round_.jury for number in (1, 2) if (user, number) not in pairs]
    statuses = []
    for user, number in [*others, (round_.plans[0].lead, 1), (round_.secretary, 1)]:
        client.force_login(user)
        page = reverse("pitch:judge", args=["pitch-2026", number])
        statuses.append(client.post(page, facts).status_code)

    assert statuses == [404, 404, 403, 403]
    assert Ballot.objects.count() == 0
