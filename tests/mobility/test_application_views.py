"""The pages of an application: who may act in which state, what a refusal keeps, and what a stranger notices."""

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve, reverse

from bwob.people.models import Role, User
from bwob.workflow import Refused
from mobility.models import Application
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
STATES = [
    "draft",
    "submitted",
    "conversation",
    "offered",
    "taken",
    "agreed",
    "confirmed",
    "declined",
    "withdrawn",
    "lapsed",
]
LIVE = {"submitted", "conversation", "offered", "taken", "agreed"}
WHEN_POSSIBLE = {
    "withdraw_application": LIVE,
    "take": {"offered"},
    "ask_manager": {"taken"},
    "invite": {"submitted"},
    "offer": {"submitted", "conversation"},
    "decline": LIVE,
    "confirm": {"agreed"},
}
OF_APPLICANT = {"withdraw_application", "take", "ask_manager"}


def page(act, application):
    return reverse(f"mobility:{act}", args=[application.key])


def apply_page(exchange):
    return reverse("mobility:apply", args=[exchange.slug])


def state_of(application):
    return Application.objects.get(pk=application.pk).state


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def applicant(client):
    person = make.person("Sanne", works_at=make.organisation("Gemeente Amersfoort"))
    client.force_login(person)
    return person


@pytest.fixture
def hr(client):
    person = make.staff(given_name="Robin")
    client.force_login(person)
    return person


# Who may act: every state × act × role ------------------------------------------------------------------------


def expected_of(role, act, state):
    """The answer to opening an act's page, from the rules: strangers find nothing, others are not allowed."""
    if role == "stranger" or (state == "draft" and role != "applicant"):
        return Http404
    if role == "programme" or (role == "applicant") != (act in OF_APPLICANT):
        return PermissionDenied
    return 200 if state in WHEN_POSSIBLE[act] else Refused


def answer_to(act, person, application):
    """What the view itself answers, without the pages around it (which would take a minute)."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=person.pk)
    request.session = {}
    try:
        return resolve(page(act, application)).func(request, key=application.key).status_code
    except (Http404, PermissionDenied, Refused) as problem:
        return type(problem)


@pytest.mark.parametrize("state", STATES)
def test_in_every_state_each_act_is_open_to_whom_it_belongs(state):
    here = make.organisation()
    contact = make.staff(Role.MANAGER, here)
    application = make.application(state, exchange=make.exchange(organisation=here, contact=contact))
    people = {
        "applicant": [application.applicant],
        "decider": [make.staff(Role.HR, here), contact],
        "programme": [make.staff(Role.PROGRAMME, here)],
        "stranger": [
            make.staff(Role.HR, application.employer),
            make.staff(Role.MANAGER, here),
            make.staff(Role.PRIVACY_OFFICER, here),
            make.person(works_at=here),
        ],
    }
    table = [(role, person, act) for role in people for person in people[role] for act in WHEN_POSSIBLE]

    found = {(role, person.pk, act): answer_to(act, person, application) for role, person, act in table}

    assert found == {(role, person.pk, act): expected_of(role, act, state) for role, person, act in table}
    assert state_of(application) == state


@pytest.mark.parametrize("act", [*WHEN_POSSIBLE, "application"])
def test_a_visitor_signs_in_first(client, act):
    url = page(act, make.application("offered"))

    response = client.get(url)

    assert (response.status_code, response["Location"]) == (302, f"{reverse('account_login')}?next={url}")


def test_the_answers_of_the_table_are_these_pages(client, hr, applicant):
    """HR: a page, not yours to do, too late, and nothing there."""
    client.force_login(hr)
    application = make.application("submitted", applicant=applicant)
    foreign = make.application(exchange=make.exchange(organisation=make.organisation("Gemeente Zwolle")))

    statuses = [
        client.get(page(*where)).status_code
        for where in (
            ("invite", application),
            ("take", application),
            ("confirm", application),
            ("invite", foreign),
        )
    ]

    assert statuses == [200, 403, 409, 404]
