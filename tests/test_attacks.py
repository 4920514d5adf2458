"""What an attacker tries, once each: every test here fails when the defence it is about is taken away."""

import contextlib
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse

from bwob.organisations.models import EmailDomain
from bwob.people import verifying
from bwob.people.models import Role, User
from mobility import deciding
from mobility.models import Application, Exchange, OfferFile
from tests import make
from tests.bwob.test_people_post import deliver
from tests.sight.pages import routes

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
        entries = [entry for entry in model_admin.list_filter if not isinstance(entry, type)]
        offered = {entry if isinstance(entry, str) else entry[0] for entry in entries}
        for field in model._meta.concrete_fields:
            if field.name not in offered and not field.is_relation:
                address = f"{listing(model._meta.label_lower.replace('.', '_'))}?{field.name}__isnull=0"
                assert (field.name, client.get(address).status_code) in [(field.name, 400), (field.name, 403)]


@pytest.mark.parametrize("query", ["state__exact=%00", "q=%00", "o=%00", "p=%00", "exchange__id__exact=%00"])
def test_a_nul_in_an_address_of_the_administration_is_refused(query):
    client = signed_in(make.staff())

    response = client.get(f"{listing('mobility_application')}?{query}")

    assert response.status_code == 400


@pytest.mark.parametrize("chosen", ["x", "\0", "1 OR 1=1", "²"])
def test_an_action_on_what_is_no_record_is_refused(chosen):
    client = signed_in(make.staff())

    response = client.post(
        listing("mobility_application"), {"action": "export", "_selected_action": [1, chosen]}
    )

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("giver", "role"), [(Role.HR, "manager"), (Role.PROGRAMME, "hr"), (Role.PROGRAMME, "privacy_officer")]
)
def test_nobody_gives_oneself_a_role(giver, role):
    user = make.staff(giver)
    given = {"user": user.pk, "organisation": make.organisation().pk, "role": role}

    response = signed_in(user).post(reverse("admin:people_membership_add"), given)

    assert (response.status_code, user.memberships.count()) == (422, 1)


def test_a_form_in_error_says_so_in_its_status_on_the_pages_of_packages_too(client):
    programme = signed_in(make.staff(Role.PROGRAMME))

    answers = [
        client.post(reverse("account_login"), {"login": "nobody", "password": "wrong"}),
        client.post(reverse("account_signup"), {"email": "nobody"}),
        programme.post(reverse("admin:people_membership_add"), {}),
        programme.post(reverse("account_change_password"), {}),
    ]

    assert [answer.status_code for answer in answers] == [422] * 4


def test_nobody_fills_the_disk_with_a_form(client):
    body = {"data": b"", "content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": "5000000000"}

    response = client.generic("POST", reverse("account_login"), **body)

    assert response.status_code == 413


@pytest.mark.parametrize("method", ["trace", "put", "delete", "patch"])
def test_a_page_knows_no_other_methods(client, method):
    for name in ("home", "mobility:exchanges", "privacy", "contact"):
        assert client.generic(method.upper(), reverse(name)).status_code == 405


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
MARKS = ("<script>alert", "<img src=x")


def test_markup_in_a_title_is_text_in_pages_admin_feeds_api_and_mail():
    exchange = make.exchange(HOSTILE, summary=HOSTILE, contact=make.staff(), requirements=HOSTILE)
    application = make.application(exchange=exchange, motivation=HOSTILE)
    hr, visitor = signed_in(exchange.contact), Client()
    deciding.invite(application, by=exchange.contact, reason=HOSTILE)
    deliver()

    pages = {
        address: client.get(address).content.decode()
        for client, address in [
            (visitor, reverse("mobility:exchanges")),
            (visitor, reverse("home")),
            (visitor, exchange.get_absolute_url()),
            (visitor, reverse("mobility:feed")),
            (hr, reverse("mobility:inbox", args=[exchange.slug])),
            (hr, application.get_absolute_url()),
            (hr, listing("mobility_exchange")),
            (hr, listing("mobility_application")),
            (hr, reverse("admin:mobility_application_change", args=[application.pk])),
        ]
    }

    assert [address for address, text in pages.items() if any(mark in text for mark in MARKS)] == []
    assert [address for address, text in pages.items() if "alert(1)" not in text] == []
    assert all(getattr(message, "content_subtype", "plain") == "plain" for message in mail.outbox)
    assert mail.outbox


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


@pytest.mark.parametrize("domain", ["provıncie.example", "provincıe.example", "provincie。example"])
def test_a_domain_that_looks_alike_proves_no_workplace(domain):
    EmailDomain.objects.create(organisation=make.organisation(), name="provincie.example")
    guest = make.person()

    response = signed_in(guest).post(reverse("people:work_address"), {"email": f"sanne@{domain}"})

    assert (response.status_code, verifying.organisation_of(f"sanne@{domain}")) == (422, None)
    assert not verifying.note_proven_address(guest, f"sanne@{domain}")


def test_the_manager_who_is_asked_again_and_again_gets_five_mails_an_hour():
    application = make.application("taken")
    client, domain = signed_in(application.applicant), f"{application.employer.code}.example"
    page = reverse("mobility:ask_manager", args=[application.key])

    answers = [
        client.post(page, {"manager_name": "Wim", "manager_email": f"wim{number}@{domain}"}).status_code
        for number in range(7)
    ]

    assert answers == [302] * 5 + [429] * 2


def test_an_account_that_is_closed_ends_in_the_same_session():
    hr = make.staff()
    client = signed_in(hr)

    User.objects.filter(pk=hr.pk).update(is_active=False)

    assert [client.get(reverse(name)).status_code for name in ("dashboard", "admin:index")] == [302, 302]


def test_a_new_password_ends_the_sessions_of_before():
    user = make.person()
    here, elsewhere = signed_in(user), signed_in(user)
    passwords = {
        "oldpassword": make.PASSWORD,
        "password1": "green-table-lamp-9",
        "password2": "green-table-lamp-9",
    }

    here.post(reverse("account_change_password"), passwords)

    answers = [client.get(reverse("dashboard")).status_code for client in (here, elsewhere)]
    assert answers == [200, 302]


# Forms: what a browser would not send.


def test_extra_fields_of_an_exchange_are_not_taken():
    hr, stranger = make.staff(), make.person("Stranger")
    extra = {"state": "published", "contact": stranger.pk, "slug": "mine", "published_at": "2020-01-01"}

    signed_in(hr).post(reverse("mobility:write"), written() | extra | {"source": "x", "pay_min": "1"})

    exchange = Exchange.objects.get()
    assert (exchange.state, exchange.contact, exchange.published_at) == ("draft", hr, None)
    assert (exchange.slug == "mine", exchange.source, exchange.pay_min) == (False, "", None)


@pytest.mark.parametrize("page", ["mobility:write", "mobility:import_offers"])
def test_nobody_writes_for_another_organisation(page):
    stranger = make.organisation("Gemeente Zwolle")
    file = SimpleUploadedFile("x.csv", b"titel;uren\nA;8\n")

    response = signed_in(make.staff()).post(
        reverse(page), written() | {"organisation": stranger.pk, "source": "x", "file": file}
    )

    assert (response.status_code, Exchange.objects.count(), OfferFile.objects.count()) == (422, 0, 0)


def test_a_draft_does_not_move_to_another_organisation():
    hr, stranger = make.staff(), make.organisation("Gemeente Zwolle")
    draft = make.exchange(state="draft", published_at=None)

    response = signed_in(hr).post(
        reverse("mobility:edit", args=[draft.slug]), written() | {"organisation": stranger.pk}
    )

    draft.refresh_from_db()
    assert (response.status_code, draft.organisation.name) == (422, "Gemeente Utrecht")


def test_extra_fields_of_an_application_are_not_taken():
    applicant, other = make.person(works_at=make.organisation("Gemeente Amersfoort")), make.person("Other")
    exchange, elsewhere = make.exchange(), make.exchange("Elsewhere")
    extra = {"state": "confirmed", "applicant": other.pk, "exchange": elsewhere.pk, "hours": "8"}

    signed_in(applicant).post(
        reverse("mobility:apply", args=[exchange.slug]),
        {"motivation": "I want to."} | extra | {"employer": elsewhere.organisation_id, "code": "filled"},
    )

    sent = Application.objects.get()
    assert (sent.state, sent.applicant, sent.exchange) == ("submitted", applicant, exchange)
    assert (sent.hours, sent.employer.name, sent.code) == (None, "Gemeente Amersfoort", "")


def test_extra_fields_of_a_profile_are_not_taken():
    person = make.person()
    name = {"given_name": "Sanne", "name_prefix": "", "family_name": "Wit", "language": "en"}

    signed_in(person).post(
        reverse("people:profile"),
        name
        | {"email": "boss@mail.example", "is_staff": "on", "is_active": "", "role": "hr", "password": "x"},
    )

    saved = User.objects.get(pk=person.pk)
    assert (saved.email, saved.is_active, saved.is_staff) == (person.email, True, False)
    assert saved.check_password(make.PASSWORD)


def test_the_programme_office_changes_nothing_of_a_person_but_the_account():
    person, programme = make.person(), make.staff(Role.PROGRAMME)

    signed_in(programme).post(
        reverse("admin:people_user_change", args=[person.pk]),
        {"is_active": "on", "email": "boss@mail.example", "given_name": "Boss", "password": "x"},
    )

    saved = User.objects.get(pk=person.pk)
    assert (saved.email, saved.given_name) == (person.email, person.given_name)
    assert saved.check_password(make.PASSWORD)


def written() -> dict[str, object]:
    """What HR types for an exchange."""
    return {
        "organisation": make.organisation().pk,
        "kind": "gig",
        "title": "Test",
        "summary": "Short.",
        "tasks": "- Test",
        "field": "law",
        "hours_min": 4,
        "hours_max": 8,
        "duration": 3,
        "duration_unit": "month",
        "place": make.place().pk,
        "remote": "none",
        "places": 1,
        "language": "nl",
    }


def test_no_page_acts_without_the_safety_code():
    """Whoever is signed in, and whatever it is about: the code is asked before the record is looked for."""
    client = signed_in(make.staff(), enforce_csrf_checks=True)

    answers = {address: client.post(address).status_code for address in addresses()}

    assert len(answers) > 80
    assert {address: status for address, status in answers.items() if status != expected(address)} == {}


ONE_CLICK = {"/afmelden/1/": 404, "/alumni/stop/1/": 404, "/netwerken/stoppen/1/": 200}
"""The link of nobody: the last says nothing else to a link that was used before."""


def expected(address: str) -> int:
    """The open API can only be read; who stops a mail by its own link need not be in a browser (RFC 8058)."""
    if address.startswith("/api/"):
        return 405
    return ONE_CLICK.get(address, 403)


def addresses() -> Iterator[str]:
    """Of every page an address, for records that are not there."""
    number = "6f6b1b0e-0f1d-4d0e-8f4e-1d6a3e2f9a10"
    for name, route in routes():
        keys = [*getattr(route.pattern, "converters", {}), *route.pattern.regex.groupindex]
        with contextlib.suppress(NoReverseMatch):  # a few of allauth, of which a page above has the number
            yield reverse(name, kwargs={key: number if key == "key" else "1" for key in keys})
