"""Acting on an application from its pages: each act once, with its errors, and what comes too late."""

import pytest

from bwob.people.models import WorkAddress
from mobility import deciding
from mobility.models import Application
from tests import make
from tests.on_screen import form_key_of, page, text_of
from tests.telling import told

pytestmark = pytest.mark.django_db
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


def state_of(application):
    return Application.objects.get(pk=application.pk).state


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


POSTED = {
    "withdraw_application": {"reason": ""},
    "take": {"manager_name": "Wim de Boer", "manager_email": "wim@{domain}"},
    "ask_manager": {"manager_name": "Wim de Boer", "manager_email": "wim@{domain}"},
    "invite": {"reason": "Tuesday at ten."},
    "offer": {"hours": "24", "starts_on": "2030-03-01", "ends_on": "2030-08-31", "offer_note": ""},
    "decline": {"code": "profile", "reason": ""},
    "confirm": {},
}
BECOMES = {
    "withdraw_application": "withdrawn",
    "take": "taken",
    "ask_manager": "taken",
    "invite": "conversation",
    "offer": "offered",
    "decline": "declined",
    "confirm": "confirmed",
}


def answered(act, application):
    domain = application.employer.email_domains.get().name
    return {name: value.format(domain=domain) for name, value in POSTED[act].items()}


def ready_for(act):
    """An application that waits for this act, and who may do it."""
    hr = make.staff()
    application = make.application(sorted(WHEN_POSSIBLE[act])[-1])
    return application, application.applicant if act in OF_APPLICANT else hr


@pytest.mark.parametrize("act", WHEN_POSSIBLE)
def test_each_act_does_its_work_and_leads_back_to_the_application(client, act):
    application, person = ready_for(act)
    client.force_login(person)

    response = client.post(page(act, application), answered(act, application))

    assert (response.status_code, response["Location"]) == (302, application.get_absolute_url())
    assert state_of(application) == BECOMES[act]
    assert len(told(application)) == 1


@pytest.mark.parametrize("act", WHEN_POSSIBLE)
def test_a_double_click_acts_once_and_lands_on_the_same_page(client, act):
    application, person = ready_for(act)
    client.force_login(person)
    key = form_key_of(client.get(page(act, application)))
    facts = answered(act, application) | {"form_key": key}

    first, second = (client.post(page(act, application), facts) for _click in range(2))

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert len(told(application)) == 1


@pytest.mark.parametrize(
    ("act", "facts", "sentence"),
    [
        ("take", {"manager_email": "wim@mail.example"}, "This is not a work address at Gemeente Amersfoort."),
        ("ask_manager", {"manager_name": ""}, "This field is required."),
        ("invite", {"reason": ""}, "This field is required."),
        ("invite", {"reason": "x" * 1001}, "at most 1000 characters"),
        ("offer", {"ends_on": "2030-02-28"}, "The last day lies before the first."),
        ("offer", {"hours": "41"}, "less than or equal to 40"),
        ("decline", {"code": ""}, "This field is required."),
        ("decline", {"code": "too_busy"}, "Select a valid choice."),
        ("withdraw_application", {"reason": "x" * 1001}, "at most 1000 characters"),
    ],
)
def test_what_is_not_right_is_told_and_changes_nothing(client, act, facts, sentence):
    application, person = ready_for(act)
    client.force_login(person)
    before = Application.objects.values().get()

    response = client.post(page(act, application), answered(act, application) | facts)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Application.objects.values().get() == before


@pytest.mark.parametrize(
    ("act", "facts"),
    [
        ("invite", {"reason": "Tuesday at ten, in the town hall."}),
        ("invite", {"reason": "Call me soon"}),
        ("decline", {"code": "profile", "reason": "We look for a lawyer."}),
        ("offer", {"offer_note": "Wednesdays are free."}),
    ],
)
def test_who_comes_too_late_reads_who_was_first_and_gets_the_text_back(client, hr, act, facts):
    application = make.application()
    colleague = make.staff(given_name="Noor")
    deciding.decline(application, by=colleague, code="chosen", reason="Another one fits better.")

    response = client.post(
        page(act, application), answered(act, application) | {"form_key": "k" * 40} | facts
    )

    shown = text_of(response)
    assert response.status_code == 409
    assert "Declined" in shown
    assert ", Noor" in shown
    assert "Another one fits better." in shown
    assert list(facts.values())[-1] in shown
    assert "k" * 40 not in shown
    assert state_of(application) == "declined"


def test_extra_fields_of_an_offer_are_not_taken(client, hr):
    application = make.application()
    extra = {"state": "confirmed", "applicant": hr.pk, "manager_email": "x@y.example", "code": "rules"}

    client.post(page("offer", application), POSTED["offer"] | extra)

    application.refresh_from_db()
    assert (application.state, application.manager_email, application.code) == ("offered", "", "")
    assert application.applicant != hr


def test_hr_reads_the_clash_when_the_person_has_a_place_elsewhere(client, hr):
    application = make.application("agreed")
    zwolle = make.exchange("Another one", organisation=make.organisation("Gemeente Zwolle"))
    make.application("confirmed", exchange=zwolle, applicant=application.applicant)

    response = client.post(page("confirm", application), {})

    assert response.status_code == 409
    assert "Sanne already has a confirmed place" in text_of(response)
    assert "Zwolle" not in text_of(response)
    assert state_of(application) == "agreed"


def test_a_role_that_is_taken_away_ends_in_the_same_session(client, hr):
    application = make.application()
    first = client.get(application.get_absolute_url()).status_code
    hr.memberships.all().delete()

    after = [
        client.get(application.get_absolute_url()).status_code,
        client.post(page("decline", application), POSTED["decline"]).status_code,
    ]

    assert (first, after) == (200, [404, 404])


def test_without_a_work_address_an_offer_can_still_be_taken(client, applicant):
    application = make.application("offered", applicant=applicant)
    WorkAddress.objects.all().delete()

    response = client.post(page("take", application), answered("take", application))

    assert (response.status_code, state_of(application)) == (302, "taken")
