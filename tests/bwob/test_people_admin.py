"""People, roles, organisations, terms and the read log in the admin: who sees and does what there."""

import pytest
from django.contrib import admin

from bwob.organisations.models import EmailDomain, Organisation
from bwob.people.models import Membership, User
from bwob.privacy import reading
from bwob.privacy.models import AccessLog, KeepingTerm
from tests import make

pytestmark = pytest.mark.django_db
PEOPLE, ROLES, LOG, TERMS, BODIES = (
    f"/en/beheer/{name}/"
    for name in (
        "people/user",
        "people/membership",
        "privacy/accesslog",
        "privacy/keepingterm",
        "organisations/organisation",
    )
)


@pytest.fixture
def utrecht():
    return make.organisation("Gemeente Utrecht")


@pytest.fixture
def zwolle():
    return make.organisation("Gemeente Zwolle")


def enter(client, role, at=None):
    user = make.staff(role, at or make.organisation("Programme"), given_name=f"Staff{role}")
    client.force_login(user)
    return user


def listed(client, path, **query):
    return list(client.get(path, query).context_data["cl"].result_list)


def test_hr_sees_the_people_of_the_own_organisation_and_no_trace_of_others(client, utrecht, zwolle):
    robin = enter(client, "hr", utrecht)
    own = make.person("Own", works_at=utrecht)
    strange = make.person("Strange", works_at=zwolle)

    assert set(listed(client, PEOPLE)) == {robin, own}
    assert listed(client, PEOPLE, q="Strange") == []
    assert client.get(f"{PEOPLE}{own.pk}/change/").status_code == 200
    assert client.get(f"{PEOPLE}{strange.pk}/change/").url == "/en/beheer/"
    assert client.get(f"{PEOPLE}{strange.pk}/history/").url == "/en/beheer/"
    found = client.get(
        "/en/beheer/autocomplete/",
        {"app_label": "people", "model_name": "membership", "field_name": "user", "term": "Strange"},
    )
    assert found.json()["results"] == []


def test_a_list_in_the_admin_is_logged_for_each_person_on_it_in_one_statement(client, utrecht):
    enter(client, "hr", utrecht)
    people = [make.person(works_at=utrecht) for _ in range(3)]

    client.get(PEOPLE)
    client.get(PEOPLE)

    logged = AccessLog.objects.values_list("subject", "what", "employer", "purpose")
    assert set(logged) == {(one.pk, "people.user", "Gemeente Utrecht", "administration") for one in people}
    assert len(logged) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_takes_the_same_number_of_statements(
    client, utrecht, count, django_assert_num_queries
):
    enter(client, "programme")
    for _ in range(count):
        make.staff("manager", utrecht)

    with django_assert_num_queries(9):
        client.get(PEOPLE)


def test_the_programme_office_can_deactivate_an_account_and_change_nothing_else(client, utrecht):
    enter(client, "programme")
    own = make.person("Own", works_at=utrecht)

    client.post(f"{PEOPLE}{own.pk}/change/", {"given_name": "Changed", "email": "x@y.example"})

    own.refresh_from_db()
    assert (own.given_name, own.is_active) == ("Own", False)


def test_hr_changes_nothing_about_a_person(client, utrecht):
    enter(client, "hr", utrecht)
    own = make.person("Own", works_at=utrecht)

    assert client.post(f"{PEOPLE}{own.pk}/change/", {"given_name": "Changed"}).status_code == 403
    assert User.objects.get(pk=own.pk).is_active


def test_nobody_deactivates_the_own_account(client):
    office = enter(client, "programme")

    assert client.post(f"{PEOPLE}{office.pk}/change/", {}).status_code == 403


def give(client, user, role, organisation):
    return client.post(f"{ROLES}add/", {"user": user.pk, "role": role, "organisation": organisation.pk})


@pytest.mark.parametrize(
    ("giver", "role", "given"),
    [
        ("programme", "hr", True),
        ("programme", "programme", True),
        ("hr", "manager", True),
        ("hr", "hr", False),
        ("hr", "programme", False),
        ("privacy_officer", "manager", False),
    ],
)
def test_who_gives_which_role(client, utrecht, giver, role, given):
    enter(client, giver, utrecht)
    own = make.person(works_at=utrecht)

    give(client, own, role, utrecht)

    assert own.memberships.filter(role=role, organisation=utrecht).exists() == given


def test_hr_gives_no_role_at_or_to_people_of_another_organisation(client, utrecht, zwolle):
    enter(client, "hr", utrecht)
    own, strange = make.person(works_at=utrecht), make.person(works_at=zwolle)

    assert give(client, own, "manager", zwolle).status_code == 422
    assert give(client, strange, "manager", utrecht).status_code == 422

    assert not Membership.objects.filter(role="manager").exists()


@pytest.mark.parametrize(
    ("taker", "role", "taken"),
    [
        ("programme", "hr", True),
        ("hr", "manager", True),
        ("hr", "hr", False),
        ("privacy_officer", "manager", False),
    ],
)
def test_who_takes_which_role(client, utrecht, taker, role, taken):
    enter(client, taker, utrecht)
    membership = make.staff(role, utrecht).memberships.get()

    client.post(f"{ROLES}{membership.pk}/delete/", {"post": "yes"})
    client.post(ROLES, {"action": "delete_selected", "_selected_action": membership.pk, "post": "yes"})

    assert Membership.objects.filter(pk=membership.pk).exists() != taken


def test_hr_takes_no_role_at_another_organisation_and_nobody_the_own(client, utrecht, zwolle):
    office = enter(client, "programme")
    client.post(f"{ROLES}{office.memberships.get().pk}/delete/", {"post": "yes"})
    assert office.memberships.exists()
    strange = make.staff("manager", zwolle).memberships.get()
    enter(client, "hr", utrecht)

    client.post(f"{ROLES}{strange.pk}/delete/", {"post": "yes"})

    assert Membership.objects.filter(pk=strange.pk).exists()


def test_a_role_that_was_taken_stays_in_history_with_who_took_it(client, utrecht):
    office = enter(client, "programme")
    membership = make.staff("hr", utrecht).memberships.get()

    client.post(f"{ROLES}{membership.pk}/delete/", {"post": "yes"})

    event = Membership.pgh_event_model.objects.get(pgh_obj=membership.pk, pgh_label="delete")
    assert event.pgh_context["user"] == office.pk


def test_the_read_log_is_for_the_privacy_officer_and_is_read_only(client, utrecht):
    reading.record(make.staff("hr", utrecht), [make.person()], purpose="administration")
    view = AccessLog.objects.get()
    for role, status in (("hr", 403), ("programme", 403), ("privacy_officer", 200)):
        enter(client, role, utrecht)
        assert client.get(LOG).status_code == status

    assert client.get(f"{LOG}{view.pk}/change/").status_code == 200
    assert client.post(f"{LOG}{view.pk}/change/", {"employer": "x"}).status_code == 403
    assert client.post(f"{LOG}{view.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LOG}add/").status_code == 403


def test_that_the_privacy_officer_looked_is_noted_too(client, utrecht):
    person = make.person()
    reading.record(make.staff("hr", utrecht), [person], purpose="administration")
    officer = enter(client, "privacy_officer")

    client.get(LOG)

    assert AccessLog.objects.filter(subject=person, viewer=officer, what="privacy.accesslog").count() == 1


def test_hr_reads_the_default_terms_and_the_own_ones_the_programme_office_writes(client, utrecht, zwolle):
    default, own, strange = (
        KeepingTerm.objects.create(kind="application", organisation=at, days=28, source="s")
        for at in (None, utrecht, zwolle)
    )
    facts = {"kind": "application", "organisation": utrecht.pk, "days": 7, "source": "own decision"}
    enter(client, "hr", utrecht)

    assert set(listed(client, TERMS)) == {default, own}
    assert client.get(f"{TERMS}{strange.pk}/change/").url == "/en/beheer/"
    assert client.post(f"{TERMS}{own.pk}/change/", facts).status_code == 403

    enter(client, "programme")
    assert client.post(f"{TERMS}{own.pk}/change/", facts).status_code == 302
    own.refresh_from_db()
    assert own.days == 7


def test_the_programme_office_adds_a_mail_domain_to_an_organisation(client, utrecht):
    facts = {
        "uri": utrecht.uri,
        "code": utrecht.code,
        "name": utrecht.name,
        "tier": utrecht.tier,
        "place": utrecht.place_id,
        "valid_from": "2020-01-01",
        "email_domains-TOTAL_FORMS": 1,
        "email_domains-INITIAL_FORMS": 0,
        "email_domains-0-name": "utrecht2.example",
        "email_domains-0-organisation": utrecht.pk,
    }
    path = f"{BODIES}{utrecht.pk}/change/"
    for role in ("hr", "privacy_officer"):
        enter(client, role, utrecht)
        assert client.get(path).status_code == 200
        assert client.post(path, facts).status_code == 403

    enter(client, "programme")
    assert client.post(path, facts).status_code == 302

    assert EmailDomain.objects.filter(name="utrecht2.example", organisation=utrecht).exists()


@pytest.mark.parametrize("role", ["hr", "programme", "privacy_officer"])
def test_every_admin_list_of_the_kernel_opens_searches_and_filters(client, utrecht, role):
    enter(client, role, utrecht)
    make.staff("manager", utrecht)

    kernel = ("people", "privacy", "organisations")
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label not in kernel:
            continue
        path = f"/en/beheer/{model._meta.app_label}/{model._meta.model_name}/"
        if client.get(path).status_code == 200:
            assert client.get(path, {"q": "a"}).status_code == 200
            assert model_admin.search_fields
            assert model_admin.list_display != ("__str__",)


def test_a_person_without_a_role_does_not_enter_the_admin(client, utrecht):
    client.force_login(make.person(works_at=utrecht))

    assert {client.get(path).status_code for path in (PEOPLE, ROLES, LOG, TERMS, BODIES)} == {302}
    assert client.get("/en/beheer/login/").status_code == 403
    assert Organisation.objects.exists()
