"""Settings come from the environment alone: what is unknown or missing stops the start with one sentence."""

import json
import os
import subprocess
import sys

import pytest
from allauth.socialaccount.models import SocialLogin
from django.conf import settings

from bwob.people.models import User
from bwob.people.signing_in import EmployerAdapter

SHOW = (
    "import json, bwob.settings as s;"
    "print(json.dumps([s.SOCIALACCOUNT_PROVIDERS, s.SECOND_FACTOR_FOR_STAFF, s.SESSION_COOKIE_SECURE]))"
)
LIVE = {
    "SECRET_KEY": "x" * 60,
    "DATABASE_URL": "postgresql://bwob@db/bwob",
    "BWOB_HOSTS": "bwob.example",
    "BWOB_ORIGIN": "https://bwob.example",
    "BWOB_SMTP_HOST": "smtp.example",
    "BWOB_MAIL_FROM": "BWOB <portal@bwob.example>",
    "BWOB_CONTACT": "programma@bwob.example",
    "BWOB_SECURITY_CONTACT": "mailto:security@bwob.example",
}
OIDC = {
    "BWOB_OIDC_ISSUER": "https://id.example",
    "BWOB_OIDC_NAME": "Employer",
    "BWOB_OIDC_CLIENT": "portal",
    "BWOB_OIDC_SECRET": "hush",
}


def start(**environment):
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "VIRTUAL_ENV")}
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", SHOW],
        env=clean | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )


def test_an_openid_connect_provider_is_named_by_the_environment():
    providers, second_factor, secure = json.loads(start(**LIVE, **OIDC).stdout)

    (app,) = providers["openid_connect"]["APPS"]
    assert (app["name"], app["client_id"], app["settings"]) == (
        "Employer",
        "portal",
        {"server_url": "https://id.example"},
    )
    assert (second_factor, secure) == (True, True)


def test_without_a_provider_there_is_none():
    assert json.loads(start(**LIVE).stdout)[0] == {}


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (LIVE | {"BWOB_SMPT_HOST": "typo"}, "Unknown setting BWOB_SMPT_HOST. Known are: BWOB_MODE,"),
        (LIVE | {"BWOB_OIDC_ISSUER": "https://id.example"}, "The environment must set BWOB_OIDC_NAME"),
        (
            LIVE | OIDC | {"BWOB_OIDC_ISSUER": "http://id.example"},
            "BWOB_OIDC_ISSUER is 'http://id.example'; it",
        ),
    ],
)
def test_a_wrong_environment_stops_the_start_with_one_sentence(environment, sentence):
    started = start(**environment)

    assert started.returncode != 0
    assert started.stderr.splitlines()[-1].startswith(
        f"django.core.exceptions.ImproperlyConfigured: {sentence}"
    )


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"first_name": "Sanne", "last_name": "Berg", "email": "s@x.example"}, ("Sanne", "Berg")),
        ({"name": "Sanne van der Berg"}, ("Sanne", "van der Berg")),
        ({}, ("", "")),
    ],
)
def test_the_name_that_an_employer_gives_is_taken_over(claims, name):
    user = EmployerAdapter().populate_user(None, SocialLogin(user=User()), claims)

    assert (user.given_name, user.family_name) == name
