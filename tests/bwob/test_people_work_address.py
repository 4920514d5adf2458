"""Proving where one works, and doing it again every 180 days (rule R6)."""

import datetime
import re
import threading
from urllib.parse import unquote

import pytest
from django.core import mail, signing
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from bwob.people import tasks, verifying
from bwob.people.models import TOKEN_SALT, AddressClaim, WorkAddress
from tests import make
from tests.bwob.test_people_post import deliver

pytestmark = pytest.mark.django_db
PAGE = "/en/mijn/werkadres/"
NEUTRAL = "This link does not work"


@pytest.fixture
def zwolle():
    return make.organisation("Gemeente Zwolle", code="gm0193")


@pytest.fixture
def sanne():
    return make.person("Sanne", family_name="Berg", name_prefix="van der", language="en")


def path_in(message):
    return re.search(r"http://localhost:8000(\S+)", message.body).group(1)


def ask(client, person, email="sanne@gm0193.example"):
    client.force_login(person)
    response = client.post(PAGE, {"email": email})
    deliver()
    return response


def expired(days):
    return timezone.now() - datetime.timedelta(days=days)


def test_a_mailed_link_proves_the_address_and_its_button_confirms(client, sanne, zwolle):
    assert ask(client, sanne).status_code == 302
    (message,) = mail.outbox
    path = path_in(message)

    assert message.to == ["sanne@gm0193.example"]
    assert "Sanne van der Berg says to work at Gemeente Zwolle" in message.body
    assert client.get(path).status_code == 200
    assert not WorkAddress.objects.filter(user=sanne).exists()

    response = client.post(path, follow=True)

    assert "You have shown that you work at Gemeente Zwolle" in response.content.decode()
    address = WorkAddress.objects.get(user=sanne)
    assert (address.email, address.organisation, address.is_current) == ("sanne@gm0193.example", zwolle, True)
    assert not AddressClaim.objects.exists()


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("/en/uitwisselingen/x/aanmelden/", "/en/uitwisselingen/x/aanmelden/"),
        ("https://evil.example/", PAGE),
        ("//evil.example/", PAGE),
        ("javascript:alert(1)", PAGE),
    ],
)
def test_the_link_leads_back_to_where_it_was_needed(client, sanne, zwolle, came_from, leads_to):
    client.force_login(sanne)
    client.get(PAGE, {"next": came_from})
    client.post(PAGE, {"email": "sanne@gm0193.example"})
    deliver()

    response = client.post(path_in(mail.outbox[0]))

    assert (response.status_code, response.headers["Location"]) == (302, leads_to)


def test_a_link_counts_once(client, sanne, zwolle):
    ask(client, sanne)
    path = path_in(mail.outbox[0])
    client.post(path)

    again = client.post(path)

    assert (again.status_code, NEUTRAL in again.content.decode()) == (404, True)
    assert client.get(path).status_code == 404


def test_a_newer_request_voids_the_link_of_the_older(client, sanne, zwolle):
    ask(client, sanne)
    ask(client, sanne, "s.berg@gm0193.example")
    first, second = (path_in(message) for message in mail.outbox)

    assert client.post(first).status_code == 404
    assert client.post(second).status_code == 302
    assert WorkAddress.objects.get(user=sanne).email == "s.berg@gm0193.example"


def test_a_link_counts_for_a_day(client, sanne, zwolle):
    ask(client, sanne)
    claim = AddressClaim.objects.get()
    claim.asked_at = timezone.now() - datetime.timedelta(hours=25)
    claim.save()

    assert verifying.read(claim.token) is None
    assert client.post(PAGE + claim.token + "/").status_code == 404


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "a:b:c",
        "Ñ",
        signing.dumps(["claim", 1, ""], salt="another"),
        signing.dumps(["claim", 1, ""], salt=TOKEN_SALT),
    ],
    ids=["a letter", "three parts", "not ascii", "another salt", "another key"],
)
def test_a_forged_link_gets_the_same_neutral_page(client, token):
    response = client.get(f"{PAGE}{token}/")

    assert (response.status_code, NEUTRAL in response.content.decode()) == (404, True)


def test_only_the_person_who_asked_can_use_the_first_link(client, sanne, zwolle):
    ask(client, sanne)
    path = path_in(mail.outbox[0])
    client.logout()
    assert unquote(client.get(path).url) == f"/en/account/login/?next={path}"
    assert client.post(path).status_code == 302

    client.force_login(make.person())

    assert client.post(path).status_code == 404
    assert not WorkAddress.objects.exists()


def test_a_domain_of_no_organisation_is_named_with_what_to_do(client, sanne, zwolle):
    response = ask(client, sanne, "sanne@private.example")

    assert response.status_code == 422
    assert "We do not know private.example as the domain of an organisation" in response.content.decode()
    assert mail.outbox == []


def test_somebody_elses_address_gets_the_same_answer_and_its_owner_a_mail(client, sanne, zwolle):
    owner = make.person("Owner", works_at=zwolle, language="en")
    taken = owner.work_address.email

    answers = []
    for email in (taken, "free@gm0193.example"):
        ask(client, sanne, email)
        page = client.get(PAGE).content.decode()
        answers.append(re.sub(r'value="[^"]{64,}"', "", page.replace(email, "ADDRESS")))

    assert answers[0] == answers[1]
    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([taken], "Somebody filled in your work address"),
        (["free@gm0193.example"], "Confirm your work address"),
    ]
    assert "Sanne" not in mail.outbox[0].body
    assert WorkAddress.objects.get().user == owner


def test_a_proof_that_lapsed_gives_way_to_a_new_one(client, sanne, zwolle):
    before = make.person("Before", works_at=zwolle)
    email = before.work_address.email
    WorkAddress.objects.update(verified_at=expired(181))
    ask(client, sanne, email)

    client.post(path_in(mail.outbox[0]))

    assert list(WorkAddress.objects.values_list("user", "email")) == [(sanne.pk, email)]


def test_moving_to_another_employer_replaces_the_address_only_when_proven(client, zwolle):
    person = make.person(works_at=make.organisation("Gemeente Utrecht"), language="en")
    ask(client, person)
    assert WorkAddress.objects.get().organisation.name == "Gemeente Utrecht"

    client.post(path_in(mail.outbox[0]))

    assert WorkAddress.objects.get().organisation == zwolle


def test_at_most_five_mails_an_hour(client, sanne, zwolle):
    statuses = [ask(client, sanne).status_code for _ in range(6)]

    assert statuses == [302] * 5 + [429]


def test_jobs_hold_numbers_only(client, sanne, zwolle):
    ask(client, sanne)

    (job,) = ProcrastinateJob.objects.all()
    assert job.args == {"claim_id": AddressClaim.objects.get().pk}


@pytest.mark.parametrize(("age", "mails"), [(165, 0), (167, 1), (179, 1), (181, 0)])
def test_a_reminder_goes_two_weeks_before_the_proof_lapses_once(zwolle, age, mails):
    make.person(works_at=zwolle, language="en")
    WorkAddress.objects.update(verified_at=expired(age))

    for _day in range(2):
        tasks.remind_all.func(timestamp=0)
        deliver()

    assert len(mail.outbox) == mails


def test_the_reminder_renews_with_one_click_and_without_signing_in(client, zwolle):
    person = make.person(works_at=zwolle, language="en")
    WorkAddress.objects.update(verified_at=expired(170))
    tasks.remind_all.func(timestamp=0)
    deliver()
    path = path_in(mail.outbox[0])
    assert mail.outbox[0].subject == "Do you still work at Gemeente Zwolle?"

    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 302

    person.refresh_from_db()
    assert timezone.now() - person.work_address.verified_at < datetime.timedelta(minutes=1)
    assert client.post(path).status_code == 404


def test_after_a_renewal_the_next_reminder_comes_in_half_a_year(zwolle):
    make.person(works_at=zwolle)
    WorkAddress.objects.update(verified_at=expired(170), reminded_at=expired(200))

    assert WorkAddress.objects.to_remind(timezone.now()).count() == 1


def test_a_reminder_that_cannot_be_sent_is_tried_again(zwolle, settings):
    make.person(works_at=zwolle)
    WorkAddress.objects.update(verified_at=expired(170))
    settings.MAILERS = {"default": {"BACKEND": "tests.bwob.test_people_post.BrokenBackend"}}

    with pytest.raises(OSError, match="no mail server"):
        tasks.remind.func(address_id=WorkAddress.objects.get().pk)

    assert WorkAddress.objects.get().reminded_at is None


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_confirm_once():
    person = make.person()
    claim = AddressClaim.objects.create(
        user=person, email="a@x.example", organisation=make.organisation(code="x")
    )
    outcomes, start = [], threading.Barrier(2)

    def click():
        start.wait()
        outcomes.append(verifying.confirm(claim.token) is not None)
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == [False, True]
