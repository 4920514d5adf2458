"""The page of an application: who may act in which state, who sees it, and what a stranger notices."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from bwob.people.models import Role, User
from bwob.privacy.models import AccessLog
from bwob.workflow import Refused
from mobility import deciding
from mobility.models import Application
from tests import make
from tests.on_screen import bare, page, text_of

pytestmark = pytest.mark.django_db
STATES = [
    "draft",
    "submitted",
    "conversation",
    "offered",
    "taken",
    "agreed",
    "waiting",
    "confirmed",
    "declined",
    "withdrawn",
    "lapsed",
]
LIVE = {"submitted", "conversation", "offered", "taken", "agreed"}
WHEN_POSSIBLE = {
    "withdraw_application": LIVE | {"waiting", "confirmed"},
    "take": {"offered"},
    "ask_manager": {"taken"},
    "invite": {"submitted"},
    "offer": {"submitted", "conversation"},
    "decline": LIVE | {"waiting"},
    "confirm": {"agreed"},
}
OF_APPLICANT = {"withdraw_application", "take", "ask_manager"}


def state_of(application):
    return Application.objects.get(pk=application.pk).state


@pytest.fixture
def hr(client):
    person = make.staff(given_name="Robin")
    client.force_login(person)
    return person


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


def test_the_answers_of_the_table_are_these_pages(client, hr):
    """For HR: a page, not yours to do, too late, and nothing there."""
    application = make.application("submitted")
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


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("act", ["application", *WHEN_POSSIBLE])
def test_a_strange_application_looks_like_none(client, hr, act, method):
    strange = make.application(exchange=make.exchange(organisation=make.organisation("Gemeente Zwolle")))
    unknown = uuid.uuid4()
    if (act, method) == ("application", "post"):
        return

    answers = [
        getattr(client, method)(reverse(f"mobility:{act}", args=[key])) for key in (strange.key, unknown)
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert bare(answers[0], str(strange.key)) == bare(answers[1], str(unknown))
    assert AccessLog.objects.count() == 0


@pytest.mark.parametrize("state", [state for state in STATES if state != "draft"])
def test_both_sides_see_the_application_in_every_state(client, state):
    hr, application = make.staff(), make.application(state)
    statuses = []

    for person in (application.applicant, hr):
        client.force_login(person)
        statuses.append(client.get(application.get_absolute_url()).status_code)

    assert statuses == [200, 200]


def test_who_looked_is_logged_for_the_applicant_and_oneself_is_not(client, hr):
    application = make.application()
    client.get(application.get_absolute_url())
    client.force_login(application.applicant)
    client.get(application.get_absolute_url())

    seen = AccessLog.objects.get()
    assert (seen.subject, seen.viewer_name, seen.employer) == (
        application.applicant,
        "Robin",
        "Gemeente Utrecht",
    )


def test_the_timeline_says_who_did_what_and_keeps_the_draft_to_oneself(client, hr):
    person = make.person("Sanne", works_at=make.organisation("Gemeente Amersfoort"))
    application = make.application("draft", applicant=person)
    application.move_to("submitted", by=person, submitted_at=timezone.now())
    deciding.invite(application, by=hr, reason="Tuesday at ten.")

    moments = client.get(application.get_absolute_url()).context["moments"]

    assert [(moment.what, moment.who, moment.reason) for moment in moments] == [
        ("In conversation", "Robin", "Tuesday at ten."),
        ("Sent", "Sanne", ""),
    ]


def test_a_name_of_197_letters_with_a_prefix_fits_everywhere(client):
    name = {"given_name": "A" * 197, "name_prefix": "van der", "family_name": "Ö" * 197}
    hr = make.staff(**name)
    applicant = make.person(works_at=make.organisation("Gemeente Amersfoort"), **name)
    exchange = make.exchange(contact=hr)
    application = make.application(applicant=applicant, exchange=exchange)
    client.force_login(hr)

    urls = [
        application.get_absolute_url(),
        page("invite", application),
        reverse("mobility:inbox", args=[exchange.slug]),
        exchange.get_absolute_url(),
    ]
    shown = [client.get(url) for url in urls]

    assert [response.status_code for response in shown] == [200] * 4
    full_name = f"{'A' * 197} van der {'Ö' * 197}"
    assert [full_name in text_of(response) for response in shown] == [True] * 4


def test_a_person_with_one_name_applies_and_decides(client):
    hr, applicant = (
        make.staff(given_name="Suharto"),
        make.person("Madonna", works_at=make.organisation("Gemeente Amersfoort")),
    )
    application = make.application(applicant=applicant)
    client.force_login(hr)

    client.post(page("invite", application), {"reason": "Tuesday at ten."})

    shown = text_of(client.get(application.get_absolute_url()))
    assert "Madonna" in shown
    assert "Suharto" in shown


@pytest.mark.parametrize(("side", "queries"), [("applicant", 6), ("hr", 8)])
def test_queries_of_an_application(client, django_assert_num_queries, side, queries):
    hr, application = make.staff(), make.application()
    for state in ("conversation", "offered", "taken"):
        application.move_to(state, by=hr, starts_on=datetime.date(2030, 1, 1), hours=24)
    client.force_login(hr if side == "hr" else application.applicant)

    with django_assert_num_queries(queries):
        client.get(application.get_absolute_url())
