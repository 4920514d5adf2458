"""The agreement of three: each consent by the one it belongs to, to a text that stands still."""

import datetime
import functools
import hashlib
import re

import pytest
from django.core import mail
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from bwob.privacy import erasing
from bwob.workflow import Refused
from mobility import agreement_text, clock, contracting, signing
from mobility.models import Agreement, Consent
from mobility.models.agreements import seal_of
from tests import make
from tests.bwob.test_people_post import deliver
from tests.racing import at_once

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


class Scene:
    """A confirmed place with HR on both sides; `lends` says whether the lender has HR on the portal."""

    def __init__(self, *, lends=True):
        self.application = make.application("confirmed", applicant=self.worker())
        self.person = self.application.applicant
        self.borrower = make.staff(at=self.application.exchange.organisation, given_name="Bo", language="en")
        self.lender = None
        if lends:
            self.lender = make.staff(at=self.application.employer, given_name="Lee", language="en")

    def worker(self):
        return make.person("Anne", works_at=make.organisation("Gemeente Amersfoort"), language="en")

    def draft(self, **clauses):
        agreement = contracting.begun_for(self.application, "en")
        contracting.write(agreement, by=self.borrower, clauses=agreement.clauses | clauses)
        return agreement

    def asked(self, **clauses):
        agreement = self.draft(**clauses)
        contracting.ask(agreement, by=self.borrower)
        return fresh(agreement)


def fresh(agreement):
    return Agreement.objects.with_names().get(pk=agreement.pk)


def agree(agreement, party, by):
    contracting.consent(agreement, party=party, by=by, name=by.full_name, seen=agreement.sha256)


def test_it_begins_with_a_sample_of_each_clause_and_says_it_is_one():
    agreement = contracting.begun_for(Scene().application, "en")

    assert set(agreement.clauses) == set(agreement_text.headings())
    assert all(agreement.clauses.values())
    assert "The portal warns, it does not advise." in agreement_text.warning()


def test_once_the_parties_are_asked_the_text_has_a_hash_and_stands_still():
    scene = Scene()
    agreement = scene.asked(work="You write clear letters.")

    content = Agreement.objects.get(pk=agreement.pk).content
    assert agreement.sha256 == seal_of(content)
    assert ["The work", "You write clear letters."] in content["clauses"]
    assert ["Lender", "Gemeente Amersfoort"] in content["parties"]
    with pytest.raises(Refused, match="already"):
        contracting.write(agreement, by=scene.borrower, clauses={})
    changed = content | {"title": "Something else"}
    with pytest.raises(ProgrammingError, match="text_stands_still"), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(content=changed)


def test_the_pdf_is_tagged_has_title_and_language_and_is_the_same_each_time():
    typed = "=  Not a heading #panic() *bold* $x$ \\ <tag> @ref"
    agreement = Agreement.objects.get(pk=Scene().asked(work=typed).pk)
    pdf = bytes(agreement.pdf)

    assert hashlib.sha256(pdf).hexdigest() == agreement.pdf_sha256
    assert pdf.startswith(b"%PDF")
    assert b"/StructTreeRoot" in pdf
    assert re.search(rb"/Lang ?\(en\)", pdf)
    assert b"pdfuaid:part" in pdf


def test_it_is_sealed_when_each_of_the_three_has_agreed_for_itself():
    scene = Scene()
    agreement = scene.asked()

    agree(agreement, "person", scene.person)
    agree(agreement, "lender", scene.lender)
    between = fresh(agreement).state
    agree(agreement, "borrower", scene.borrower)

    assert between == "asked"
    assert fresh(agreement).state == "sealed"
    given = {(one.party, one.name, one.sha256 == agreement.sha256) for one in agreement.consents.all()}
    assert given == {("person", "Anne", True), ("lender", "Lee", True), ("borrower", "Bo", True)}
    deliver()
    sealed = [one.to[0] for one in mail.outbox if one.subject.startswith("All three have agreed")]
    assert sorted(sealed) == sorted(user.email for user in (scene.person, scene.lender, scene.borrower))


def test_who_may_speak_for_whom():
    scene = Scene()
    agreement = scene.asked()
    stranger = make.staff(at=make.organisation("Provincie Zeeland"))
    people = {"person": scene.person, "lender": scene.lender, "borrower": scene.borrower, "": stranger}

    assert {name: contracting.parties_for(user, agreement) for name, user in people.items()} == {
        "person": ["person"],
        "lender": ["lender"],
        "borrower": ["borrower"],
        "": [],
    }


def test_nobody_speaks_for_two_parties():
    scene = Scene()
    scene.borrower.memberships.create(organisation=scene.application.employer, role="hr")
    agreement = scene.asked()
    both = type(scene.borrower).objects.get(pk=scene.borrower.pk)

    agree(agreement, "borrower", both)

    assert contracting.parties_for(both, fresh(agreement)) == []
    with pytest.raises(Refused, match="agreed already"):
        agree(agreement, "lender", both)


def test_a_yes_to_another_text_than_the_one_that_stands_does_not_count():
    scene = Scene()
    agreement = scene.asked()

    with pytest.raises(Refused):
        contracting.consent(agreement, party="person", by=scene.person, name="Anne", seen="0" * 64)

    assert not Consent.objects.exists()


def test_a_no_with_its_reason_leads_to_a_new_version():
    scene = Scene()
    agreement = scene.asked()
    agree(agreement, "lender", scene.lender)

    contracting.refuse(agreement, by=scene.person, reason="The rate is missing.")
    second = scene.asked(rate="Half of the salary.")

    assert (fresh(agreement).state, second.version, second.consents.count()) == ("refused", 2, 0)
    deliver()
    refused = [one for one in mail.outbox if one.subject.startswith("Not agreed")]
    assert {"> The rate is missing." in one.body for one in refused} == {True}
    assert len(refused) == 3


def test_where_the_lender_has_nobody_on_the_portal_the_manager_answers_by_link(client):
    scene = Scene(lends=False)
    agreement = scene.asked()
    deliver()
    (letter,) = [one for one in mail.outbox if one.to == ["wim@manager.example"]]
    link = re.search(r"http://localhost:8000(\S+/overeenkomsten/akkoord/\S+)", letter.body).group(1)

    assert client.get(link).status_code == 200
    answer = {"answer": "agree", "seen": agreement.sha256}
    assert client.post(link, answer).status_code == 302
    assert "Nothing is left to answer here." in client.get(link).content.decode()

    consent = agreement.consents.get()
    assert (consent.party, consent.name, consent.user, consent.by_link) == (
        "lender",
        "Wim de Boer",
        None,
        True,
    )
    assert client.post(link, answer).status_code == 409


def test_where_the_lender_has_hr_the_link_decides_nothing(client):
    agreement = Scene().asked()
    link = reverse("mobility:lender", args=[signing.agreement_token(agreement)])

    assert client.post(link, {"answer": "agree", "seen": agreement.sha256}).status_code == 409
    assert client.get(reverse("mobility:lender", args=["forged"])).status_code == 404
    assert not Consent.objects.exists()


def test_what_not_all_agreed_to_in_time_lapses_after_a_reminder_to_those_who_were_silent():
    scene = Scene()
    agreement = scene.asked()
    agree(agreement, "person", scene.person)
    Agreement.objects.update(due_at=timezone.now() + DAY)
    clock.remind_of_terms(0)
    clock.remind_of_terms(0)
    Agreement.objects.update(due_at=timezone.now() - DAY)

    clock.lapse_overdue(0)

    deliver()
    reminded = [one.to[0] for one in mail.outbox if one.subject.startswith("Reminder")]
    assert sorted(reminded) == sorted([scene.lender.email, scene.borrower.email])
    assert fresh(agreement).state == "lapsed"


@pytest.mark.parametrize("kind", ["vacancy", "shadowing"])
def test_for_a_day_or_for_good_no_three_parties_sign(client, kind):
    scene = Scene()
    scene.application.exchange.kind = kind
    scene.application.exchange.save()
    client.force_login(scene.borrower)

    response = client.get(reverse("mobility:write_agreement", args=[scene.application.key]))

    assert response.status_code == 403


def test_the_whole_road_on_the_pages(client):
    scene = Scene()
    client.force_login(scene.borrower)
    page = reverse("mobility:write_agreement", args=[scene.application.key])
    clauses = contracting.begun_for(scene.application, "en").clauses
    assert client.post(page, clauses | {"rate": ""}).status_code == 422
    assert client.post(page, clauses).status_code == 302
    agreement = Agreement.objects.get()
    assert client.post(reverse("mobility:ask_parties", args=[agreement.key])).status_code == 302
    agreement.refresh_from_db()

    for user in (scene.borrower, scene.lender, scene.person):
        client.force_login(user)
        assert "SHA-256" in client.get(agreement.get_absolute_url()).content.decode()
        typed = {"seen": agreement.sha256, "has_read": "on"}
        assert client.post(reverse("mobility:consent", args=[agreement.key]), typed).status_code == 302
    pdf = client.get(reverse("mobility:agreement_pdf", args=[agreement.key]))

    assert fresh(agreement).state == "sealed"
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content == bytes(Agreement.objects.get().pdf)


def test_who_speaks_for_an_employer_and_erases_the_account_leaves_no_name():
    scene = Scene()
    agreement = scene.asked()
    agree(agreement, "borrower", scene.borrower)

    erasing.erase(scene.borrower)

    consent = agreement.consents.get()
    assert (consent.user, consent.name, consent.party) == (None, "", "borrower")


@pytest.mark.django_db(transaction=True)
def test_three_yeses_at_once_seal_it_once():
    scene = Scene()
    agreement = scene.asked()
    people = {"person": scene.person, "lender": scene.lender, "borrower": scene.borrower}

    outcomes = at_once(*(functools.partial(agree, agreement, party, user) for party, user in people.items()))

    assert outcomes == [None] * 3
    assert fresh(agreement).state == "sealed"


@pytest.mark.django_db(transaction=True)
def test_two_first_drafts_at_once_become_one():
    scene = Scene()
    drafts = [contracting.begun_for(scene.application, "en") for _one in range(2)]

    at_once(
        *(functools.partial(contracting.write, one, by=scene.borrower, clauses=one.clauses) for one in drafts)
    )

    assert Agreement.objects.count() == 1
