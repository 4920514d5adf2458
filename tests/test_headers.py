"""Headers of every response as internet.nl and OWASP ask for them; cookies and HTTPS as in production."""

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.sight.manners import CSP, shortcomings
from tests.test_house import PRODUCTION, ROOT

pytestmark = pytest.mark.django_db
PROGRAM = """
import json, sys
import django
from django.conf import settings

settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
django.setup()

from django.db import transaction
from django.test import Client
from bwob.people.models import User

def seen(response):
    cookies = {name: morsel.OutputString() for name, morsel in response.cookies.items()}
    return {"status": response.status_code, "headers": dict(response.headers), "cookies": cookies}

client = Client(SERVER_NAME="bwob.example", raise_request_exception=False)
answers = {f"plain {path}": seen(client.get(path)) for path in ("/", "/gezond/leeft/")}
paths = "/ /en/ /nergens/ /account/login/ /beheer/ /static/img/logo.svg /.well-known/security.txt".split()
answers |= {path: seen(client.get(path, secure=True)) for path in paths}
answers["other host"] = seen(client.get("/", secure=True, headers={"host": "other.example"}))
with transaction.atomic():
    user = User.objects.create_user("somebody@bwob.example", "correct-horse-battery", given_name="Some")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    typed = {"login": user.email, "password": "correct-horse-battery"}
    answers["sign in"] = seen(client.post("/account/login/", typed, secure=True))
    answers["/mijn/"] = seen(client.get("/mijn/", secure=True))
    transaction.set_rollback(True)
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def production(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    """What the portal answers with its production settings, in a process of its own on the test database."""
    with django_db_blocker.unblock():
        database = connection.settings_dict["NAME"]
    address = os.environ["DATABASE_URL"].replace("/postgres?", f"/{database}?")
    environment = PRODUCTION | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "bwob.settings"}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-W", "error", "-c", PROGRAM],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(done.stderr, pytrace=False)
    answers: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answers


@pytest.mark.parametrize("address", ["/en/nergens/", "/nergens", "/beheer/nergens/", "/static/nergens.css"])
def test_a_page_that_does_not_exist_has_them_too(client, address):
    assert [*shortcomings(client.get(address))] == []


def test_a_refused_form_has_them_too():
    response = Client(enforce_csrf_checks=True).post("/account/login/")

    assert (response.status_code, [*shortcomings(response)]) == (403, [])


def test_an_unknown_host_has_them_too(client):
    response = client.get("/", headers={"host": "other.example"})

    assert (response.status_code, [*shortcomings(response)]) == (400, [])


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere():
    written = " ".join(CSP)

    assert re.findall(r"unsafe|data:|https?:|\*|blob:", written) == []


def test_a_static_file_may_be_kept_and_is_what_it_says(client):
    response = client.get("/static/img/logo.svg")
    response.close()

    assert (response.status_code, response["X-Content-Type-Options"]) == (200, "nosniff")
    assert response["Content-Type"] == "image/svg+xml"
    assert "no-store" not in response["Cache-Control"]


def test_plain_http_leads_to_https_but_for_the_balancer(production):
    assert production["plain /"]["status"] == 301
    assert production["plain /"]["headers"]["Location"] == "https://bwob.example/"
    assert production["plain /gezond/leeft/"]["status"] == 200


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/en/",
        "/nergens/",
        "/account/login/",
        "/beheer/",
        "/mijn/",
        "/.well-known/security.txt",
        "sign in",
    ],
)
def test_production_insists_on_https_for_two_years(production, address):
    headers = production[address]["headers"]

    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"


def test_production_answers_to_its_own_name_only(production):
    assert production["other host"]["status"] == 400


@pytest.mark.parametrize(
    ("address", "cookie"), [("sign in", "__Host-session"), ("/account/login/", "__Host-csrf")]
)
def test_cookies_are_for_this_site_over_https_only(production, address, cookie):
    written = production[address]["cookies"][cookie]

    attributes = {part.strip() for part in written.split(";")[1:]}
    assert {"HttpOnly", "Path=/", "SameSite=Lax", "Secure"} <= attributes
    assert [part for part in attributes if part.lower().startswith("domain")] == []


def test_signing_in_works_in_production(production):
    assert (production["sign in"]["status"], production["/mijn/"]["status"]) == (302, 200)


def test_no_other_cookies_are_set(production):
    names = {name for answer in production.values() for name in answer["cookies"]}

    assert names - {"__Host-session", "__Host-csrf", "messages"} == set()


def test_settings_in_tests_are_those_of_production_where_headers_are_concerned(production):
    policy = production["/"]["headers"]["Content-Security-Policy"]

    assert {part.strip() for part in policy.split(";")} == CSP
    assert production["/"]["headers"]["Referrer-Policy"] == settings.SECURE_REFERRER_POLICY
