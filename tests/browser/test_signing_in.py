"""More than a password, in a real browser: an app with codes, a passkey, the account of the employer."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from playwright.sync_api import Page, expect

from bwob.people.models import Role, User
from tests import make
from tests.browser.conftest import WIDTHS
from tests.browser.employer import Employer
from tests.browser.looking import address
from tests.browser.walking import Walker

CLIENT = {"client": "portal", "secret": "hush"}
PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def code_of(secret: str) -> str:
    """What the app shows now for this key."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def follow_to(page: Page, name: str, language: str) -> None:
    page.locator(f"main a[href='{address(name, language=language)}']").first.click()


def show_that_it_is_you(walker: Walker) -> None:
    """What lets somebody in is changed only after the password was typed once more."""
    walker.arrives("account_reauthenticate")
    walker.look("once more")
    walker.write("password", make.PASSWORD)
    send(walker)


def send(walker: Walker) -> None:
    walker.page.locator("main form [type=submit]").first.click()


@pytest.mark.parametrize(("width", "language"), [("phone", "nl")])
def test_staff_set_up_an_app_with_codes_and_sign_in_with_it(opened, settings, width, language):
    settings.SECOND_FACTOR_FOR_STAFF = True
    officer = make.staff(Role.HR, language=language)
    page = opened(WIDTHS[width])
    walker = Walker(page, language, name=f"totp-{width}")
    walker.visit("account_login")
    walker.sign_in(officer)
    walker.arrives("mfa_index")
    walker.reads("Set up a second step for signing in first: you see data of other people.")
    walker.look("asked")

    follow_to(page, "mfa_activate_totp", language)
    show_that_it_is_you(walker)
    walker.arrives("mfa_activate_totp")
    walker.look("app")
    walker.write("code", "000000")
    walker.press("Add")
    walker.is_refused("code")
    walker.write("code", code_of(page.locator("main code").inner_text()))
    secret = page.locator("main code").inner_text()
    walker.press("Add")
    walker.arrives("mfa_view_recovery_codes")
    walker.look("recovery")

    page.context.clear_cookies()
    cache.clear()  # each code works once; the next half minute would bring another
    walker.visit("dashboard")
    walker.sign_in(officer)
    walker.arrives("mfa_authenticate")
    walker.look("asked for a code")
    walker.write("code", "000000")
    send(walker)
    walker.is_refused("code")
    walker.write("code", code_of(secret))
    send(walker)
    walker.arrives("dashboard")


@pytest.mark.parametrize(("width", "language"), [("desk", "en")])
def test_a_passkey_is_made_and_signs_in_without_a_password(opened, live_server, width, language):
    person = make.person("Sanne", language=language)
    page = opened(WIDTHS[width])
    walker = Walker(page, language, name=f"passkey-{width}")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})
    page.goto(f"{live_server}{address('account_login', language=language)}")  # a passkey belongs to a name
    walker.sign_in(person)
    walker.arrives("dashboard")

    page.goto(f"{live_server}{address('mfa_list_webauthn', language=language)}")
    walker.look("none yet")
    follow_to(page, "mfa_add_webauthn", language)
    show_that_it_is_you(walker)
    walker.arrives("mfa_add_webauthn")
    walker.look("add")
    walker.write("name", "Phone")
    page.locator("main [name=passwordless]").check()
    page.locator("main #mfa_webauthn_add").click()
    walker.arrives("mfa_view_recovery_codes")
    page.goto(f"{live_server}{address('mfa_list_webauthn', language=language)}")
    walker.reads_text("Phone")
    walker.look("one")

    page.context.clear_cookies()
    page.goto(f"{live_server}{address('account_login', language=language)}")
    walker.press("Sign in with a passkey")
    walker.arrives("dashboard")
    expect(page.get_by_text("Sanne").first).to_be_attached()


@pytest.fixture
def employer(settings):
    """Somebody whose employer vouches for the address; the portal knows that employer's sign-in."""
    told = {"sub": "a-1", "email": "sanne@city.example", "email_verified": True, "name": "Sanne de Wit"}
    running = Employer(told, **CLIENT)
    app = {"provider_id": "employer", "name": "Gemeente Stad", "client_id": CLIENT["client"]}
    app |= {"secret": CLIENT["secret"], "settings": {"server_url": running.issuer}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    settings.SECURE_CSP = settings.SECURE_CSP | {"form-action": ["'self'", running.issuer]}
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.mark.parametrize(("width", "language"), [("desk", "nl")])
def test_the_employers_account_opens_an_account_here_and_signs_in(opened, employer, width, language):
    page = opened(WIDTHS[width], locale="en-GB" if language == "en" else "nl-NL")
    walker = Walker(page, language, name=f"employer-{width}")
    walker.visit("account_login")
    walker.look("sign in")
    page.get_by_role("link", name="Gemeente Stad").click()
    walker.arrives("openid_connect_login")
    walker.look("on the way")
    send(walker)
    walker.arrives("dashboard")
    walker.look("in")
    sanne = User.objects.get()
    assert (sanne.email, sanne.given_name, sanne.family_name) == (
        "sanne@city.example",
        "Sanne",
        "de Wit",
    )
    assert employer.asked["code_challenge_method"] == "S256"

    page.context.clear_cookies()
    employer.claims = {"aud": "somebody-else"}
    walker.visit("account_login")
    page.get_by_role("link", name="Gemeente Stad").click()
    walker.arrives("openid_connect_login")
    send(walker)
    walker.arrives("openid_connect_callback")
    walker.look("refused")
    walker.visit("dashboard")
    walker.arrives("account_login")
