"""An edition from its rules to what becomes of the winner, and the rules that hold on the way."""

import contextlib
import datetime
import io
import json

import pgtrigger
import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from bwob.privacy import erasing, exporting
from bwob.workflow import Refused
from pitch import (
    admitting,
    assigning,
    blinding,
    deliberating,
    entering,
    inviting,
    leading,
    realising,
    recusing,
    rulebook,
    tasks,
    telling,
)
from pitch.models import (
    Ballot,
    BlindVersion,
    Conflict,
    Criterion,
    Edition,
    Entry,
    Feedback,
    Juror,
    Realisation,
    Result,
)
from tests import make
from tests.pitch import editions

pytestmark = pytest.mark.django_db


def recount(data: bytes, tmp_path, *options: str) -> tuple[int, str]:
    """What somebody sees who runs telling.py on the published file."""
    path = tmp_path / "ballots.json"
    path.write_bytes(data)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = telling.main([str(path), "--english", *options])
    return code, said.getvalue()


def test_fixed_rules_carry_the_hash_of_their_own_file_and_stay_as_they_are():
    round_ = editions.up_to("open", plans=0, jurors=0)
    rules = round_.edition.rules

    assert rules.version == 1
    assert rules.sha256 == rulebook.digest(rules)
    with pytest.raises(DatabaseError), transaction.atomic():
        Criterion.objects.filter(rules=rules).update(weight=99)
    with pytest.raises(Refused):
        leading.reopen_rules(round_.edition, by=round_.secretary, reason="Too late")


def test_rules_can_be_changed_before_plans_come_in_as_a_new_version():
    round_ = editions.up_to("fixed")
    first = round_.edition.rules.sha256
    leading.reopen_rules(round_.edition, by=round_.secretary, reason="A weight was wrong")
    Criterion.objects.filter(rules=round_.edition.rules, key="c1").update(weight=5)
    leading.fix_rules(round_.edition, by=round_.secretary)

    rules = round_.fresh().rules

    assert rules.version == 2
    assert rules.sha256 != first


def test_rules_that_lack_something_are_not_fixed():
    edition = editions.bare(criteria=0)
    edition.judging_closes_at = None
    edition.save()

    with pytest.raises(Refused, match=r"no criterion yet\. 1 date is missing"):
        leading.fix_rules(edition, by=None)


def test_plans_come_in_until_the_announced_moment_only():
    round_ = editions.up_to("open", plans=1, jurors=0)
    late = Entry(edition=round_.edition, title="Late", **editions.TEXTS)
    entering.begin(late, by=make.person(works_at=make.organisation("Gemeente Laatheid")))
    Edition.objects.filter(pk=round_.edition.pk).update(entries_close_at=timezone.now())

    with pytest.raises(Refused, match="could be sent in until"):
        entering.submit(late, by=late.lead)

    entering.lapse_drafts(timezone.now())
    late.refresh_from_db()
    assert late.state == "lapsed"


def test_nobody_sends_in_where_he_or_she_judges_and_nobody_judges_the_own_edition():
    round_ = editions.up_to("open", plans=1, jurors=0)
    lead = round_.plans[0].lead
    juror = editions.seated(round_, "Joris", works_at=make.organisation("Gemeente Elders"))

    with pytest.raises(Refused, match="cannot send in a plan"):
        entering.begin(Entry(edition=round_.edition, title="x", **editions.TEXTS), by=juror)
    proposed = inviting.propose(round_.edition, email=lead.email)
    inviting.invite(proposed, by=round_.secretary)
    with pytest.raises(Refused, match="in a team of this edition"):
        inviting.accept(proposed, by=lead)


def test_a_plan_with_names_is_not_admitted_blind():
    round_ = editions.up_to("open", plans=0, jurors=0)
    lead = make.person("Wilhelmina", works_at=make.organisation("Gemeente Blauwdorp"))
    entry = editions.plan(round_, "Blue", lead=lead, idea="Wilhelmina of Blauwdorp asks, and BLAUWDORP acts.")
    admitting.write_blind(entry, texts={name: getattr(entry, name) for name in blinding.TEXTS})

    with pytest.raises(Refused, match="Wilhelmina, Blauwdorp, BLAUWDORP"):
        admitting.admit(entry, by=round_.secretary)

    admitting.write_blind(entry, texts=blinding.suggestion(entry))
    admitting.admit(entry, by=round_.secretary)
    assert BlindVersion.objects.get(entry=entry).idea == "[…] of […] asks, and […] acts."


def test_what_is_sent_back_has_three_days_also_after_the_close():
    round_ = editions.up_to("open", plans=1, jurors=0)
    entry = round_.plans[0]
    admitting.send_back(entry, by=round_.secretary, reason="No first step")
    Edition.objects.filter(pk=round_.edition.pk).update(entries_close_at=timezone.now())
    entry = Entry.objects.select_related("edition").get(pk=entry.pk)

    assert entry.can_be_edited
    with pytest.raises(Refused, match="still has time"):
        admitting.reject(entry, by=round_.secretary, reason="No")
    entering.lapse_drafts(timezone.now() + datetime.timedelta(days=4))
    entry.refresh_from_db()
    assert entry.state == "rejected"


def test_interests_are_found_before_the_invitation_and_shut_the_plan():
    round_ = editions.up_to("open", plans=2, jurors=0)
    colleague = make.person("Karel", works_at=make.organisation("Gemeente Plan 1"))

    juror = inviting.propose(round_.edition, email=colleague.email)

    assert [(one.entry.title, one.kind, one.state) for one in juror.conflicts.select_related("entry")] == [
        ("Plan 1", "organisation", "open")
    ]
    assert juror.state == "proposed"


def test_an_address_at_the_organisation_of_a_team_is_an_interest_too():
    round_ = editions.up_to("open", plans=1, jurors=0)
    domain = round_.plans[0].organisation.email_domains.get().name

    juror = inviting.propose(round_.edition, email=f"somebody@{domain}")

    assert juror.conflicts.get().kind == "organisation"


def test_who_was_in_a_team_with_them_never_judges_their_plan():
    round_ = editions.up_to("open", plans=1, jurors=0)
    friend, lead = make.person("Frits"), round_.plans[0].lead
    before = Entry.objects.create(edition=editions.bare("pitch-2020"), title="Before", **editions.TEXTS)
    for person in (friend, lead):
        before.team.create(user=person, joined_at=timezone.now())
    juror = inviting.propose(round_.edition, email=friend.email)
    conflict = juror.conflicts.get()

    assert conflict.kind == "team"
    with pytest.raises(Refused, match="never judges their plan"):
        recusing.dismiss(conflict, by=round_.secretary, reason="Long ago")


def test_plans_are_divided_evenly_never_over_an_interest_and_the_same_each_time():
    round_ = editions.up_to("admission", plans=6, jurors=4, ballots_wanted=2)
    barred = editions.juror_of(round_, round_.jury[0])
    conflict = recusing.declare(barred, round_.plans[0], kind="family", explanation="")
    with transaction.atomic():
        assigning.assign(round_.edition)
        first = sorted(round_.edition.assignments.values_list("seat", "entry"))
        transaction.set_rollback(True)
    assigning.assign(round_.edition)

    given = sorted(round_.edition.assignments.values_list("seat", "entry"))

    loads = [sum(seat == juror.seat_id for seat, _entry in given) for juror in Juror.objects.all()]
    assert given == first
    assert loads == [3, 3, 3, 3]
    assert (barred.seat_id, conflict.entry_id) not in given
    assert assigning.assign(round_.edition) == 0


def test_nobody_rules_in_time_so_the_member_stands_aside():
    round_ = editions.up_to("judging")
    assignment = round_.pile(round_.jury[0])[0]
    recusing.declare(assignment.seat.juror, assignment.entry, kind="other", explanation="")

    recusing.lapse_unruled(timezone.now() + datetime.timedelta(days=4))

    assert Conflict.objects.get().state == "recused"


def test_the_whole_way_from_rules_to_realisation(tmp_path):
    """Opened by two keys, counted as telling.py counts, decided, published, settled and carried out."""
    round_ = editions.up_to("opened")
    edition, chair = round_.fresh(), round_.chair
    result = Result.objects.get(edition=edition)
    first, second = (one.entry for one in result.standings.select_related("entry"))
    deliberating.begin(edition, by=chair)
    with pytest.raises(Refused, match="Say why"):
        deliberating.decide(edition, winner=second, honourable=[], words="Well.", deviation="", by=chair)
    deliberating.decide(
        edition, winner=second, honourable=[first], words="Well.", deviation="It helps more.", by=chair
    )
    deliberating.publish(edition, by=chair)
    with pytest.raises(Refused, match="still object"):
        realising.settle(edition, by=chair)
    Edition.objects.filter(pk=edition.pk).update(
        objections_until=timezone.localdate() - datetime.timedelta(1)
    )
    realising.settle(edition, by=chair)
    realisation = Realisation(entry=second, sponsor=make.organisation(), promise="Time")
    second.refresh_from_db()
    realising.start(realisation, by=chair)
    realising.report(realisation, course="slow", text="It takes time.", by=second.lead)

    code, said = recount(bytes(result.ballots_file), tmp_path, "--sha256", result.sha256)

    assert code == 0
    assert "1. 1: 5.000" in said
    assert (first.title, second.title) == ("Plan 1", "Plan 2")
    assert list(Entry.objects.order_by("number").values_list("state", flat=True)) == ["honourable", "winner"]
    assert Feedback.objects.filter(entry=first).count() == 3
    assert realisation.reports.get().course == "slow"


def test_each_receipt_is_found_in_the_published_file_and_one_changed_byte_is_too(tmp_path):
    round_ = editions.up_to("opened")
    data = bytes(Result.objects.get().ballots_file)
    codes = [one.receipt.code for one in Ballot.objects.all().last_ones().select_related("receipt")]

    code, said = recount(data, tmp_path, *(word for one in codes for word in ("--receipt", one)))
    changed, why = recount(data.replace(b'"c1":5', b'"c1":4', 1), tmp_path)

    assert (code, said.count("this ballot was counted")) == (0, 6)
    assert (changed, "not right" in why) == (1, True)
    people = [*round_.jury, round_.chair, *(plan.lead for plan in round_.plans)]
    assert not [person for person in people if person.given_name in data.decode()]
    assert {ballot["entry"] for ballot in json.loads(data)["content"]["ballots"]} == {"1", "2"}


def test_an_objection_that_is_upheld_brings_the_jury_together_again(client):
    round_ = editions.up_to("opened")
    edition, chair = round_.fresh(), round_.chair
    deliberating.begin(edition, by=chair)
    winner = deliberating.counted_winner(Result.objects.get())
    deliberating.decide(edition, winner=winner, honourable=[], words="Well.", deviation="", by=chair)
    deliberating.publish(edition, by=chair)
    entry = Entry.objects.select_related("edition").get(number=2)
    said = [client.get(reverse("pitch:result", args=[edition.slug])).content.decode()]
    objection = deliberating.Objection(entry=entry, text="Rule 3 was not followed.")
    deliberating.take_objection(objection, by=entry.lead)

    deliberating.answer(objection, upheld=True, text="You are right.", by=chair)

    assert round_.fresh().state == "deliberation"
    assert objection.answer == "You are right."
    Edition.objects.update(objections_until=timezone.localdate() - datetime.timedelta(days=1))
    with pgtrigger.ignore("pitch.Edition:moves"):
        Edition.objects.update(state="published")
    said.append(client.get(reverse("pitch:result", args=[edition.slug])).content.decode())
    assert ["Teams can object until" in page for page in said] == [True, False]


def test_a_round_without_keys_is_opened_by_the_chair_alone():
    round_ = editions.up_to("opened", is_sealed=False)

    assert Result.objects.get().standings.count() == 2
    assert round_.fresh().state == "opened"


def test_every_mail_of_a_round_can_be_written_and_holds_no_score():
    round_ = editions.up_to("opened")
    tasks.announce_receipts()
    jobs = ProcrastinateJob.objects.filter(task_name="pitch.tasks.tell").order_by("id")
    for job in jobs:
        tasks.tell(**job.args)

    subjects = {message.subject for message in mail.outbox}
    assert "Je stem is binnen: Plan 1. Dit is je ontvangstcode:" in "\n".join(one.body for one in mail.outbox)
    assert len(subjects) > 10
    assert Result.objects.get().sha256 in "\n".join(one.body for one in mail.outbox)
    assert not [one.body for one in mail.outbox if "{{" in one.body or "None" in one.body]
    assert round_.secretary.email in {address for one in mail.outbox for address in one.to}


def test_a_juror_takes_the_own_data_along_and_goes_without_changing_the_result():
    round_ = editions.up_to("opened")
    juror, before = round_.jury[0], list(Result.objects.get().standings.values_list("entry", "numerator"))
    kept = {one.model for one in exporting.overview(juror)}

    erasing.erase(juror, farewell=False)

    assert Juror in kept
    assert Juror.objects.filter(edition=round_.edition).count() == 2
    assert Ballot.objects.count() == 6
    assert list(Result.objects.get().standings.values_list("entry", "numerator")) == before
