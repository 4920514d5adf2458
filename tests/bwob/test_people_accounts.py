"""Signing up and in: what works, and what a stranger learns from it (nothing)."""

import re
import threading

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from bwob.people.models import User, WorkAddress
from bwob.people.signing_in import SecondFactorAdapter
from tests import make

pytestmark = pytest.mark.django_db
LOGIN, SIGNUP, RESET = "/en/account/login/", "/en/account/signup/", "/en/account/password/reset/"
NEWCOMER = {
    "email": "sanne@gm0193.example",
    "password1": "purple-bicycle-lamp",
    "given_name": "Sanne",
    "name_prefix": "van der",
    "family_name": "Berg",
}


def words(response):
    """The page without what differs each time: safety codes, and the address that was typed."""
    page = re.sub(r'value="[^"]*"', "", response.content.decode())
    return re.sub(r"\S+@\S+", "ADDRESS", page)


def sign_in(client, email, password=make.PASSWORD, **query):
    return client.post(LOGIN, {"login": email, "password": password}, query_params=query)


def test_signing_up_with_a_work_address_proves_the_workplace_too(client):
    zwolle = make.organisation("Gemeente Zwolle", code="gm0193")

    assert client.post(SIGNUP, NEWCOMER).url == "/en/account/confirm-email/"
    user = User.objects.get(email=NEWCOMER["email"])
    assert "_auth_user_id" not in client.session
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([NEWCOMER["email"]], "Your code")
    code = re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", message.body, re.MULTILINE).group(1)
    response = client.post("/en/account/confirm-email/", {"code": code})

    assert response.url == "/en/mijn/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.full_name, user.language) == ("Sanne van der Berg", "en")
    assert WorkAddress.objects.get(user=user).organisation == zwolle


def test_a_private_address_makes_an_account_without_a_workplace(client):
    client.post(SIGNUP, NEWCOMER | {"email": "sanne@private.example"})
    code = re.search(r"^([A-Z0-9-]{6,9})$", mail.outbox[0].body, re.MULTILINE).group(1)
    client.post("/en/account/confirm-email/", {"code": code})

    assert EmailAddress.objects.get().verified
    assert not WorkAddress.objects.exists()


def test_a_wrong_code_opens_nothing_and_three_end_the_attempt(client):
    client.post(SIGNUP, NEWCOMER)

    answers = [client.post("/en/account/confirm-email/", {"code": "WRONG1"}).status_code for _ in range(3)]

    assert answers == [422, 422, 302]
    assert not EmailAddress.objects.get().verified
    assert "_auth_user_id" not in client.session


def test_one_signs_in_with_the_address_in_any_case(client):
    person = make.person(email="sanne@mail.example")

    response = sign_in(client, "Sanne@Mail.Example")

    assert (response.url, client.session["_auth_user_id"]) == ("/en/mijn/", str(person.pk))


def test_signing_in_answers_the_same_for_an_unknown_address_and_a_wrong_password():
    make.person(email="known@mail.example")

    known = sign_in(Client(), "known@mail.example", "wrong-password-here")
    unknown = sign_in(Client(), "unknown@mail.example", "wrong-password-here")

    assert (known.status_code, words(known)) == (unknown.status_code, words(unknown))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("account_login", {"login": "known@mail.example", "password": "wrong"}),
        ("account_signup", {"email": "no address"}),
        ("account_reset_password", {"email": "no address"}),
    ],
)
def test_a_refused_form_about_signing_in_is_422(client, name, typed):
    response = client.post(reverse(name), typed)

    assert response.status_code == 422


def test_a_refused_password_of_somebody_signed_in_is_422(client):
    client.force_login(make.person())

    assert client.post(reverse("account_reauthenticate"), {"password": "wrong"}).status_code == 422
    assert client.post(reverse("account_change_password"), {"oldpassword": "wrong"}).status_code == 422


def test_asking_a_new_password_answers_the_same_and_tells_the_rest_by_mail():
    make.person(email="known@mail.example", language="en")

    known, unknown = (Client().post(RESET, {"email": f"{who}@mail.example"}) for who in ("known", "unknown"))

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [(message.to[0], message.subject) for message in mail.outbox] == [
        ("known@mail.example", "Choose a new password"),
        ("unknown@mail.example", "There is no account with this address"),
    ]


def test_signing_up_answers_the_same_for_an_address_that_is_taken():
    make.person("Known", email="known@mail.example")
    fresh, taken = Client(headers={"accept-language": "en"}), Client(headers={"accept-language": "en"})

    answers = [
        (one := who.post(SIGNUP, NEWCOMER | {"email": email}), who.get(one.url))
        for who, email in ((taken, "known@mail.example"), (fresh, "new@mail.example"))
    ]

    (first, first_page), (second, second_page) = answers
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert words(first_page) == words(second_page)
    assert [(message.to[0], message.subject) for message in mail.outbox] == [
        ("known@mail.example", "You already have an account"),
        ("new@mail.example", "Your code"),
    ]
    assert User.objects.get(email="known@mail.example").given_name == "Known"


def test_the_link_in_the_mail_for_a_new_password_never_follows_the_host_of_the_request(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make.person(email="known@mail.example")

    client.post(RESET, {"email": "known@mail.example"}, headers={"host": "evil.example"})

    (message,) = mail.outbox
    assert "evil.example" not in message.body
    assert "http://localhost:8000/" in message.body


def test_an_unknown_host_is_refused(client):
    response = client.post(RESET, {"email": "known@mail.example"}, headers={"host": "evil.example"})

    assert (response.status_code, mail.outbox) == (400, [])


def test_the_link_for_a_new_password_works_once_and_signs_nobody_in(client):
    person = make.person(email="known@mail.example", language="en")
    client.post(RESET, {"email": "known@mail.example"})
    path = re.search(r"localhost:8000(\S+)", mail.outbox[0].body).group(1)
    form = client.get(path, follow=True).request["PATH_INFO"]

    client.post(form, {"password1": "another-purple-lamp", "password2": "another-purple-lamp"})

    person.refresh_from_db()
    assert person.check_password("another-purple-lamp")
    assert "_auth_user_id" not in client.session
    assert mail.outbox[1].subject == "Your account has changed"
    assert "Bad Token" in Client().get(path, follow=True).content.decode()


def test_the_log_tells_who_came_in_by_number_and_that_somebody_did_not(client, caplog):
    person = make.person()

    with caplog.at_level("INFO"):
        sign_in(client, person.email, "wrong")
        sign_in(client, person.email)

    told = [(record.message, getattr(record, "facts", {}).get("account")) for record in caplog.records]
    assert [line for line in told if line[0].startswith("sign")] == [
        ("sign-in refused", None),
        ("signed in", person.pk),
    ]


@pytest.mark.parametrize("password", ["Welkom-bij-BWOB-2026!", "Gemeente.Zomer.2026", "bwobbwobbwob1"])
def test_a_password_of_words_of_this_portal_is_refused(client, password):
    response = client.post(SIGNUP, NEWCOMER | {"password1": password})

    assert (response.status_code, User.objects.count()) == (422, 0)
    assert "too easy to guess here" in response.content.decode()


def test_the_session_key_changes_at_sign_in(client):
    person = make.person()
    client.get(LOGIN)
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    client.cookies["session"] = before = session.session_key

    sign_in(client, person.email)

    assert client.session.session_key != before


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        r"/\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ],
)
def test_signing_in_leads_to_no_other_site(client, target):
    person = make.person()

    assert sign_in(client, person.email, next=target).url == "/en/mijn/"


def test_signing_in_leads_back_to_the_page_one_wanted(client):
    person = make.person()

    assert sign_in(client, person.email, next="/en/mijn/profiel/").url == "/en/mijn/profiel/"


@pytest.mark.django_db(transaction=True)
def test_of_forty_passwords_tried_at_once_five_are_weighed():
    """The right one among them is found by chance only; the admin signs in by the same door."""
    make.person(email="known@mail.example")
    answers, start = [], threading.Barrier(40)

    def guess(number):
        start.wait()
        response = sign_in(Client(), "known@mail.example", f"guess-number-{number}")
        answers.append((response.status_code, "Too many failed login attempts" in response.content.decode()))
        connection.close()

    threads = [threading.Thread(target=guess, args=[number]) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    weighed = [answer for answer in answers if answer == (422, False)]
    assert len(answers) == 40
    assert len(weighed) <= 5
    assert {status for status, _said in answers} <= {422, 429}
    assert 429 in {status for status, _said in answers}


def test_the_right_password_is_refused_too_after_five_wrong_ones(client):
    person = make.person(email="known@mail.example")
    for number in range(5):
        sign_in(client, person.email, f"guess-number-{number}")

    response = sign_in(client, person.email)

    assert "Too many failed login attempts" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_admin_is_entered_by_the_same_door(client):
    assert client.get("/en/beheer/").url.startswith("/en/beheer/login/")
    assert client.get("/en/beheer/login/").url == "/en/account/login/?next=/en/beheer/login/"


def test_a_role_taken_away_closes_the_admin_at_once(client):
    robin = make.staff("hr")
    client.force_login(robin)
    assert client.get("/en/beheer/").status_code == 200

    robin.memberships.all().delete()

    assert client.get("/en/beheer/").status_code != 200


def test_a_deactivated_account_is_out_at_once(client):
    person = make.person()
    client.force_login(person)

    User.objects.filter(pk=person.pk).update(is_active=False)

    assert client.get("/en/mijn/profiel/").url == "/en/account/login/?next=/en/mijn/profiel/"
    assert sign_in(client, person.email).url == "/en/account/inactive/"


def test_staff_without_a_second_factor_are_led_to_set_one_up(client, settings):
    settings.SECOND_FACTOR_FOR_STAFF = True
    robin = make.staff("hr")
    client.force_login(robin)

    assert client.get("/en/beheer/").url == "/en/account/2fa/"
    assert client.get("/en/mijn/profiel/").url == "/en/account/2fa/"
    assert client.get("/en/account/2fa/").status_code == 200

    Authenticator.objects.create(user=robin, type="totp", data={})

    assert client.get("/en/beheer/").status_code == 200


def test_others_need_no_second_factor(client, settings):
    settings.SECOND_FACTOR_FOR_STAFF = True
    client.force_login(make.person())

    assert client.get("/en/mijn/profiel/").status_code == 200


def test_the_secret_of_a_second_factor_is_encrypted_and_still_works(client):
    person, secret = make.person(), generate_totp_secret()
    TOTP.activate(person, secret)

    stored = Authenticator.objects.get().data["secret"]
    assert secret not in stored
    assert sign_in(client, person.email).url.startswith("/en/account/2fa/authenticate/")
    counter = next(iter(yield_hotp_counters_from_time()))
    code = f"{hotp_value(secret, counter):06}"
    response = client.post("/en/account/2fa/authenticate/", {"code": code})

    assert (response.url, "_auth_user_id" in client.session) == ("/en/mijn/", True)
    other = Client()
    sign_in(other, person.email)
    again = other.post("/en/account/2fa/authenticate/", {"code": code})
    assert (again.status_code, "_auth_user_id" in other.session) == (422, False)


def test_a_secret_encrypted_with_an_earlier_key_can_be_read(settings):
    old = SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-" * 6

    assert SecondFactorAdapter().decrypt(old) == "JBSWY3DPEHPK3PXP"


def test_a_mail_server_that_is_down_is_told_in_a_sentence(client, settings, caplog):
    settings.MAILERS = {"default": {"BACKEND": "tests.bwob.test_people_post.BrokenBackend"}}

    response = client.post(SIGNUP, NEWCOMER, follow=True)

    assert response.status_code == 200
    assert "We could not send the mail just now." in response.content.decode()
    assert NEWCOMER["email"] not in caplog.text


def test_a_change_of_password_is_told_by_mail(client):
    person = make.person(language="en")
    client.force_login(person)
    data = {
        "oldpassword": make.PASSWORD,
        "password1": "another-purple-lamp",
        "password2": "another-purple-lamp",
    }

    client.post("/en/account/password/change/", data)

    (message,) = mail.outbox
    assert "Your password has been changed." in message.body


def test_the_account_of_an_employer_shows_as_a_button_on_the_sign_in_page(client, settings):
    assert "Employer of Zwolle" not in client.get(LOGIN).content.decode()
    app = {
        "provider_id": "employer",
        "name": "Employer of Zwolle",
        "client_id": "x",
        "secret": "y",
        "settings": {"server_url": "https://id.example"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}

    assert "Employer of Zwolle" in client.get(LOGIN).content.decode()
