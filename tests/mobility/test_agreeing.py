"""The manager's answer, by a signed link and without an account: agree, not now with a reason, or talk."""

import datetime
import functools

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bwob import history
from bwob.privacy.models import AccessLog
from bwob.workflow import Refused
from mobility import agreeing, applying, signing
from mobility.models import Application
from tests import make
from tests.racing import at_once
from tests.telling import told

pytestmark = pytest.mark.django_db
MANAGER_CODES = {"too_busy", "no_replacement", "other_period", "costs", "rules"}


@pytest.fixture
def taken():
    """An application of which the offer was taken, so that the manager has a link."""
    application = make.application("offered")
    applying.take(application, manager_name="Wim de Boer", manager_email="wim@manager.example")
    return application


def link(application):
    return reverse("mobility:manager", args=[signing.manager_token(application)])


def state_of(application):
    return Application.objects.get(pk=application.pk).state


def test_a_yes_lets_the_organisation_confirm_within_two_weeks(taken):
    agreeing.agree(taken)

    last = history.timeline(taken)[-1]
    assert (last.state, last.by, last.reason) == ("agreed", None, "Wim de Boer")
    assert taken.days_left == 14
    assert told(taken) == ["taken", "agreed"]


def test_not_now_ends_the_application_with_the_reason(taken):
    agreeing.refuse(taken, code="no_replacement")

    taken.refresh_from_db()
    assert (taken.state, taken.code, taken.due_at) == ("declined", "no_replacement", None)
    assert taken.keep_until == timezone.localdate() + datetime.timedelta(days=28)
    assert told(taken) == ["taken", "manager_declined"]


def test_talking_first_gives_seven_more_days_once(taken):
    due_at = taken.due_at
    agreeing.talk(taken)

    with pytest.raises(Refused, match="You already asked to talk"):
        agreeing.talk(taken)

    taken.refresh_from_db()
    assert (taken.state, taken.due_at) == ("taken", due_at + datetime.timedelta(days=7))
    assert told(taken) == ["taken", "talk_wanted"]


def test_after_talking_the_manager_still_says_yes_or_no(taken):
    agreeing.talk(taken)

    agreeing.agree(taken)

    assert state_of(taken) == "agreed"


@pytest.mark.parametrize("state", ["draft", "submitted", "conversation", "offered", "agreed", "withdrawn"])
@pytest.mark.parametrize(
    "act", [agreeing.agree, functools.partial(agreeing.refuse, code="costs"), agreeing.talk]
)
def test_a_manager_answers_only_while_asked(state, act):
    application = make.application(state)

    with pytest.raises(Refused):
        act(application)

    assert (state_of(application), told(application)) == (state, [])


def test_opening_the_link_needs_no_account_and_decides_nothing(client, taken):
    response = client.get(link(taken))
    client.head(link(taken))

    assert response.status_code == 200
    assert "Sanne would like to work somewhere else for a while" in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"
    assert state_of(taken) == "taken"


def test_the_reason_can_be_one_of_five(client, taken):
    form = client.get(link(taken)).context["form"]

    assert {value for value, _label in form.fields["code"].choices} == MANAGER_CODES


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"answer": "agree"}, "agreed"),
        ({"answer": "agree", "code": "costs"}, "agreed"),
        ({"answer": "not_now", "code": "costs"}, "declined"),
        ({"answer": "talk"}, "taken"),
    ],
)
def test_each_answer_does_what_it_says_and_leads_back_to_the_link(client, taken, answer, state):
    url = link(taken)

    response = client.post(url, answer)

    assert (response.status_code, response["Location"]) == (302, url)
    assert client.get(url).status_code == 200
    assert state_of(taken) == state


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({}, "This field is required."),
        ({"answer": "not_now"}, "Choose why it cannot be now."),
        ({"answer": "not_now", "code": "profile"}, "Select a valid choice."),
        ({"answer": "confirm"}, "Select a valid choice."),
        ({"answer": "agree", "code": "x" * 100_000}, "Select a valid choice."),
        ({"answer": "\x00"}, "Select a valid choice."),
    ],
)
def test_an_answer_that_is_none_is_asked_again(client, taken, answer, sentence):
    response = client.post(link(taken), answer)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert state_of(taken) == "taken"


def test_more_than_an_answer_cannot_be_sent_along(client, taken):
    extra = {"state": "confirmed", "hours": 1, "manager_name": "Mallory", "applicant": 1, "offer_note": "x"}
    before = Application.objects.values("hours", "manager_name", "applicant", "offer_note").get()

    client.post(link(taken), {"answer": "agree"} | extra)

    assert state_of(taken) == "agreed"
    assert Application.objects.values("hours", "manager_name", "applicant", "offer_note").get() == before


def test_a_used_link_says_thank_you_and_a_second_click_changes_nothing(client, taken):
    url = link(taken)
    client.post(url, {"answer": "agree"})

    second = client.post(url, {"answer": "agree"}, follow=True)

    assert second.redirect_chain == [(url, 302)]
    assert "confirms the place, and you both get a mail." in second.content.decode()
    assert "Thank you" in second.content.decode()
    assert told(taken) == ["taken", "agreed"]


@pytest.mark.parametrize("choice", [{"answer": "not_now", "code": "costs"}, {"answer": "talk"}])
def test_a_yes_that_was_given_is_not_taken_back(client, taken, choice):
    client.post(link(taken), {"answer": "agree"})

    response = client.post(link(taken), choice)

    assert response.status_code == 409
    assert state_of(taken) == "agreed"


def test_a_yes_that_comes_too_late_is_told_so(client, taken):
    applying.withdraw(taken, by=taken.applicant, reason="I changed my mind.")

    opened = client.get(link(taken))
    answered = client.post(link(taken), {"answer": "agree"})

    assert "Nothing is left to answer here" in opened.content.decode()
    assert answered.status_code == 409
    assert "Withdrawn" in answered.content.decode()
    assert taken.get_absolute_url() not in answered.content.decode()
    assert state_of(taken) == "withdrawn"


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "é", "x" * 3000])
def test_a_forged_link_is_a_neutral_page(client, token):
    responses = [
        client.get(f"/en/akkoord/{token}/"),
        client.post(f"/en/akkoord/{token}/", {"answer": "agree"}),
    ]

    assert [response.status_code for response in responses] == [404, 404]
    assert "This link does not work (any more)" in responses[0].content.decode()


def test_a_link_with_one_letter_changed_or_for_another_record_is_forged(client, taken):
    good = signing.manager_token(taken)
    changed = good[:-1] + ("A" if good[-1] != "A" else "B")

    response = client.post(reverse("mobility:manager", args=[changed]), {"answer": "agree"})

    assert (response.status_code, state_of(taken)) == (404, "taken")


def test_the_link_of_an_earlier_mail_no_longer_counts(client, taken):
    old = link(taken)
    applying.ask_manager_again(taken, manager_name="Wim", manager_email="w@manager.example")
    taken.refresh_from_db()

    responses = [client.post(url, {"answer": "agree"}) for url in (old, link(taken))]

    assert [response.status_code for response in responses] == [404, 302]


def test_a_link_of_an_erased_application_is_a_neutral_page(client, taken):
    url = link(taken)
    taken.delete()

    assert client.get(url).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answer", [{"answer": "agree"}, {"answer": "not_now", "code": "costs"}])
def test_the_button_clicked_twice_at_once_answers_once(answer):
    application = make.application("offered")
    applying.take(application, manager_name="Wim de Boer", manager_email="wim@manager.example")
    clicks = [functools.partial(Client().post, link(application), answer) for _ in range(4)]

    outcomes = at_once(*clicks)

    assert [response.status_code for response in outcomes] == [302] * 4
    assert len(told(application)) == 2
    assert len([move for move in history.timeline(application) if move.state in ("agreed", "declined")]) == 1


@pytest.mark.django_db(transaction=True)
def test_two_different_answers_at_once_one_counts():
    application = make.application("offered")
    applying.take(application, manager_name="Wim de Boer", manager_email="wim@manager.example")
    answers = [{"answer": "agree"}, {"answer": "not_now", "code": "costs"}]

    outcomes = at_once(*(functools.partial(Client().post, link(application), answer) for answer in answers))

    assert sorted(response.status_code for response in outcomes) == [302, 409]
    assert len(told(application)) == 2


def test_the_applicant_reads_that_the_managers_link_was_opened_and_that_nobody_signed_in(client, taken):
    for _time in range(2):
        client.get(link(taken))

    signed_in = Client(headers={"accept-language": "en"})
    signed_in.force_login(taken.applicant)
    (view,) = AccessLog.objects.all()
    page = signed_in.get("/en/mijn/gezien/").content.decode()
    assert (view.subject, view.viewer, view.what_text) == (taken.applicant, None, "application")
    for words in (
        "Wim de Boer",
        "Gemeente Amersfoort",
        "by the link that was mailed, without signing in",
        "agreeing as the manager",
    ):
        assert words in page


def test_a_link_that_leads_to_nothing_leaves_no_line(client, taken):
    old = link(taken)
    agreeing.agree(taken)

    client.get(old)
    client.get(reverse("mobility:manager", args=["forged"]))

    assert not AccessLog.objects.exists()
