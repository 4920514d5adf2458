"""Consent as a ledger: lines that nobody can change, and a record that ends with its last ground."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from alumni import ageing, answering, consenting, gathering, looking, opening, staying
from alumni.models import Alumnus, Answer, Consent, Delivery, Guest, Look, Purpose, Tip
from bwob.privacy import retention
from tests import make
from tests.bwob.test_privacy_erasing import tables_with
from tests.racing import at_once

pytestmark = pytest.mark.django_db


def test_each_change_of_mind_is_a_line_and_the_last_word_counts():
    alumnus = make.alumnus("Joost", "news", "return")

    staying.choose(alumnus, ["news", "gig"])
    staying.choose(alumnus, ["news", "gig", "return"])

    assert consenting.chosen_by(alumnus) == {"news", "gig", "return"}
    assert [str(line) for line in alumnus.consents.filter(purpose="return")] == [
        "Coming back: given",
        "Coming back: withdrawn",
        "Coming back: given",
    ]


def test_only_active_alumni_whose_consent_covers_it_are_open_to_something():
    willing = make.alumnus("Joost", "gig")
    make.alumnus("Anna", "news")
    paused = make.alumnus("Piet", "gig")
    staying.pause(paused)

    assert list(Alumnus.objects.open_to(Purpose.GIG)) == [willing]


@pytest.mark.parametrize("act", ["update alumni_consent set is_given = true", "delete from alumni_consent"])
def test_the_ledger_cannot_be_changed(act):
    make.alumnus()

    with (
        pytest.raises(DatabaseError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)


def test_a_consent_stays_tied_to_the_sentence_that_was_agreed_to():
    alumnus = make.alumnus("Joost", "news")
    before = alumnus.consents.get().wording

    opening.reword(alumnus.network, "news", "We mail you every week.")
    staying.choose(alumnus, ["news", "gig"])
    late = make.alumnus("Anna", "news", network=alumnus.network)

    assert alumnus.consents.get(purpose="news").wording == before
    assert late.consents.get().wording.text == "We mail you every week."
    assert late.consents.get().wording.version == 2


def test_the_proof_fits_the_address_and_the_line_and_nothing_else():
    alumnus = make.alumnus("Joost", "news")
    line = alumnus.consents.get()

    assert line.fingerprint(alumnus.email) == line.proof
    assert line.fingerprint("other@home.example") != line.proof
    line.is_given = False
    assert line.fingerprint(alumnus.email) != line.proof


def test_without_any_ground_left_the_record_ends_and_is_erased():
    alumnus = make.alumnus("Qzkanarie", "news", family_name="Qzkanarieson", email="qzkanarie@home.example")
    make.alumnus("Anna", network=alumnus.network)
    alumnus.notes.create(text="qzkanarie called")

    consenting.withdraw(alumnus, "news", how="unsubscribed")
    listed = {found.name: found.count for found in retention.minimise(dry_run=True)}
    erased = ageing.erase_ended()

    assert listed["Alumni who left or never answered"] == 1
    assert erased >= 1
    assert tables_with("qzkanarie") == set()
    assert [str(other) for other in Alumnus.objects.all()] == ["Anna"]


def test_whoever_did_everything_leaves_no_word_in_a_dump():
    network = make.alumni_network()
    hr = make.staff("hr", network.organisation, "Hanna")
    alumnus = make.alumnus("Qzkanarie", "news", network=network, tags=["qzkanarie"], department="Qzkanarie")
    for name in ("news", "question"):
        consenting.write(alumnus, name, is_given=True, how="import", evidence="Qzkanarie form")
    alumnus.notes.create(text="qzkanarie called", writer=hr)
    question = network.questions.create(title="Who?", text="Tell us.", state="open")
    answering.answer(question, alumnus, text="Qzkanarie knows.", is_named=True)
    answering.answer(question, alumnus, text="Qzkanarie still knows.", is_named=True)
    gathering.come(make.gathering(network=network), alumnus)
    alumnus.deliveries.create(campaign=network.campaigns.create(purpose="news", subject="Soup", text="Come."))
    alumnus.tips.create(exchange=make.exchange(organisation=network.organisation))
    looking.note(hr, [alumnus])
    correct = Alumnus.objects.get(pk=alumnus.pk)
    correct.given_name = "Qzkanarie the second"
    staying.correct(correct, has_new_address=True)

    before = tables_with("qzkanarie")
    staying.leave(alumnus)
    ageing.erase_ended()

    assert {"alumni_alumnus", "alumni_alumnusevent", "alumni_answerevent", "alumni_consent"} <= before
    assert tables_with("qzkanarie") == set()
    left = [row._meta.label for row in (Guest, Tip, Look, Delivery, Answer, Consent) if row.objects.exists()]
    assert left == []


def test_withdrawing_what_was_never_given_does_nothing():
    alumnus = make.alumnus("Joost", "news")

    assert consenting.withdraw(alumnus, "gig", how="unsubscribed") is False
    assert alumnus.consents.count() == 1


@pytest.mark.parametrize(
    ("state", "after"),
    [
        ("asked", "left"),
        ("invited", "left"),
        ("active", "dormant"),
        ("paused", "dormant"),
        ("dormant", "left"),
    ],
)
def test_silence_has_an_outcome_in_every_state(state, after):
    alumnus = make.alumnus(state=state, due_at=timezone.now() - datetime.timedelta(hours=1))

    ageing.age_overdue()

    alumnus.refresh_from_db()
    assert alumnus.state == after


def test_a_dormant_record_stays_until_the_employers_term_since_the_last_confirmation():
    alumnus = make.alumnus(
        confirmed_at=timezone.now() - datetime.timedelta(days=365),
        due_at=timezone.now() - datetime.timedelta(hours=1),
    )

    ageing.age_overdue()

    alumnus.refresh_from_db()
    assert (alumnus.due_at - timezone.now()).days in (364, 365)


def test_who_confirms_has_another_year():
    alumnus = make.alumnus(due_at=timezone.now() + datetime.timedelta(days=3))

    staying.confirm(alumnus)

    alumnus.refresh_from_db()
    assert (alumnus.due_at - timezone.now()).days == 364


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_leave_one_line_for_each_change():
    alumnus = make.alumnus("Joost", "news")

    at_once(*[lambda: staying.choose(alumnus, ["news", "gig"])] * 4)

    assert Consent.objects.filter(purpose="gig").count() == 1
