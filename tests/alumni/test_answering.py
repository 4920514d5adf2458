"""*Kennisvraag*: routed to who opted in and knows about it; answers come back, the list never."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from alumni import ageing, answering, consenting, links, staying
from alumni.models import Answer, Question
from bwob.workflow import Refused
from tests import make
from tests.bwob.test_people_post import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return make.alumni_network()


@pytest.fixture
def hr(client, network):
    hr = make.staff("hr", network.organisation, "Hanna")
    client.force_login(hr)
    return hr


def question(network, hr, **facts):
    made = Question(
        network=network, title="Who knows dikes?", text="Tell us.", **({"expertise": ["water"]} | facts)
    )
    answering.write(made, by=hr)
    return made


def test_it_goes_to_who_opted_in_and_knows_about_it(network, hr):
    make.alumnus("Anna", "question", network=network, expertise=["law", "water"], email="anna@home.example")
    make.alumnus("Bart", "question", network=network, expertise=["law"])
    make.alumnus("Cor", "news", network=network, expertise=["water"])
    made = question(network, hr)

    answering.ask(made, by=hr)
    deliver()

    assert [message.to for message in mail.outbox] == [["anna@home.example"]]


def test_who_withdrew_before_the_mail_went_gets_none(network, hr):
    anna = make.alumnus("Anna", "question", "news", network=network, expertise=["water"])
    answering.ask(question(network, hr), by=hr)

    consenting.withdraw(anna, "question", how="page")
    deliver()

    assert mail.outbox == []


def test_the_asker_sees_answers_and_only_the_names_of_who_wants_that(client, network, hr):
    alumni = [
        make.alumnus(name, "question", network=network, expertise=["water"])
        for name in ("Annabel", "Barthold", "Cornelis")
    ]
    made = question(network, hr)
    answering.ask(made, by=hr)
    for alumnus, named in zip(alumni[:2], ("on", ""), strict=True):
        link = reverse("alumni:answer", args=[links.answer(alumnus, made)])
        client.post(link, {"text": f"Ask the water authority, says {named or 'nobody'}.", "is_named": named})

    page = client.get(reverse("admin:alumni_question_change", args=[made.pk])).content.decode()

    assert page.count("Ask the water authority") == 2
    assert [name in page for name in ("Annabel", "Barthold", "Cornelis")] == [True, False, False]


def test_an_answer_can_be_changed_until_the_question_is_closed(client, network, hr):
    anna = make.alumnus("Anna", "question", network=network, expertise=["water"])
    made = question(network, hr)
    answering.ask(made, by=hr)
    link = reverse("alumni:answer", args=[links.answer(anna, made)])

    client.post(link, {"text": "First."})
    client.post(link, {"text": "Second."})
    Question.objects.update(due_at=timezone.now() - datetime.timedelta(minutes=1))
    answering.close_overdue()
    late = client.post(link, {"text": "Third."})

    assert Answer.objects.get().text == "Second."
    assert late.status_code == 409


def test_a_link_to_a_draft_or_a_forged_one_opens_nothing(client, network, hr):
    anna = make.alumnus("Anna", "question", network=network)
    made = question(network, hr)

    link = reverse("alumni:answer", args=[links.answer(anna, made)])

    assert client.get(link).status_code == 404
    assert client.get(f"{link[:-3]}xy/").status_code == 404


def test_a_question_that_would_reach_nobody_is_not_asked(network, hr):
    with pytest.raises(Refused, match="Nobody who opted in"):
        answering.ask(question(network, hr), by=hr)


def test_hr_asks_in_the_administration_and_hears_how_many_it_reaches(client, network, hr):
    make.alumnus("Anna", "question", network=network, expertise=["water"])
    fields = {"network": network.pk, "title": "Who?", "text": "Tell us.", "expertise": "water"}
    client.post(reverse("admin:alumni_question_add"), fields)
    made = Question.objects.get()
    page = reverse("admin:alumni_question_changelist")

    asked = client.post(page, {"action": "send", "_selected_action": [made.pk]}).content.decode()
    client.post(page, {"action": "send", "_selected_action": [made.pk], "confirmed": "1"})

    made.refresh_from_db()
    assert "1 person will get it." in asked
    assert made.state == "open"


def test_who_leaves_takes_the_answer_along(network, hr):
    anna = make.alumnus("Anna", "question", network=network, expertise=["water"])
    made = question(network, hr)
    answering.ask(made, by=hr)
    answering.answer(made, anna, text="Qzkanarie", is_named=True)

    staying.leave(anna)
    ageing.erase_ended()

    assert Answer.objects.count() == 0
