"""What an attacker tries, once each: every test here fails when the defence it is about is taken away."""

import pytest
from django.contrib import admin
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from bwob.people.models import Role, User
from tests import make

pytestmark = pytest.mark.django_db


def signed_in(user: User, **options: bool) -> Client:
    client = Client(headers={"accept-language": "en"}, **options)
    client.force_login(user)
    return client


def listing(name: str) -> str:
    return reverse(f"admin:{name}_changelist")


# The administration: what an address can ask.


@pytest.mark.parametrize("role", [Role.HR, Role.PROGRAMME, Role.PRIVACY_OFFICER])
@pytest.mark.parametrize(
    "lookup",
    ["password__startswith=scrypt", "last_login__gte=2020-01-01", "work_address__email=x", "sort_name=x"],
)
def test_the_people_in_the_administration_answer_only_the_filters_on_the_page(role, lookup):
    client = signed_in(make.staff(role))

    response = client.get(f"{listing('people_user')}?{lookup}")

    assert response.status_code == 400


def test_no_list_of_the_administration_answers_another_question_than_its_filters():
    client = signed_in(make.staff(Role.PROGRAMME))

    for model_admin in admin.site._registry.values():
        model = model_admin.model
        offered = {entry if isinstance(entry, str) else entry[0] for entry in model_admin.list_filter}
        for field in model._meta.concrete_fields:
            if field.name not in offered and not field.is_relation:
                address = f"{listing(model._meta.label_lower.replace('.', '_'))}?{field.name}__isnull=0"
                assert (field.name, client.get(address).status_code) in [(field.name, 400), (field.name, 403)]


@pytest.mark.parametrize("query", ["state__exact=%00", "q=%00", "o=%00", "p=%00", "exchange__id__exact=%00"])
def test_a_nul_in_an_address_of_the_administration_is_refused(query):
    client = signed_in(make.staff())

    response = client.get(f"{listing('mobility_application')}?{query}")

    assert response.status_code == 400


def test_a_form_in_error_says_so_in_its_status_on_the_pages_of_packages_too(client):
    programme = signed_in(make.staff(Role.PROGRAMME))

    answers = [
        client.post(reverse("account_login"), {"login": "nobody", "password": "wrong"}),
        client.post(reverse("account_signup"), {"email": "nobody"}),
        programme.post(reverse("admin:people_membership_add"), {}),
        programme.post(reverse("account_change_password"), {}),
    ]

    assert [answer.status_code for answer in answers] == [422] * 4


@pytest.mark.parametrize("name", ["home", "mobility:exchanges", "account_login", "privacy"])
def test_head_answers_as_get_does(client, name):
    assert client.head(reverse(name)).status_code == 200


# Accounts: what a stranger learns, and what a guest can become.


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password was hashed: nothing else at sign-up takes as long."""

    made = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.made += 1
        return super().encode(password, salt)


def test_signing_up_with_a_taken_address_takes_as_long(settings):
    settings.PASSWORD_HASHERS = ["tests.test_attacks.CountingHasher"]
    taken = make.person().email
    newcomer = {"given_name": "Sanne", "password1": "purple-bicycle-lamp"}

    hashed = []
    for email in ("new@mail.example", taken):
        CountingHasher.made = 0
        Client().post(reverse("account_signup"), {**newcomer, "email": email})
        hashed.append(CountingHasher.made)

    assert hashed == [1, 1]


@pytest.mark.parametrize("own", ["p{0}+boss@{1}", "P{0}@{1}", "other@{1}", "other+x@{1}"])
def test_nobody_is_the_own_manager_by_another_spelling_or_another_address(own):
    employer = make.organisation("Gemeente Amersfoort")
    applicant = make.person(works_at=employer)
    number = applicant.work_address.email.partition("@")[0].removeprefix("p")
    applicant.emailaddress_set.create(email=f"other@{employer.code}.example", verified=True)
    application = make.application("offered", applicant=applicant)
    manager = {"manager_name": "Wim", "manager_email": own.format(number, f"{employer.code}.example")}

    response = signed_in(applicant).post(reverse("mobility:take", args=[application.key]), manager)

    application.refresh_from_db()
    assert (response.status_code, application.state) == (422, "offered")


def test_the_manager_who_is_asked_again_and_again_gets_five_mails_an_hour():
    application = make.application("taken")
    client, domain = signed_in(application.applicant), f"{application.employer.code}.example"
    page = reverse("mobility:ask_manager", args=[application.key])

    answers = [
        client.post(page, {"manager_name": "Wim", "manager_email": f"wim{number}@{domain}"}).status_code
        for number in range(7)
    ]

    assert answers == [302] * 5 + [429] * 2
