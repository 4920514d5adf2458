"""What becomes of errors: the right status, a page in the portal's look that says what to do, nothing told.

This module is its own URL configuration: the portal's pages, and beside them pages that break.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils.crypto import get_random_string

from bwob import urls
from bwob.people.models import Role
from bwob.urls import handler400, handler403, handler404, handler500  # noqa: F401 - Django looks them up here
from mobility.models import Application
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.bwob.test_errors")]
ERRORS = {
    "bad": BadRequest("kanarie"),
    "forbidden": PermissionDenied("Only HR does this."),
    "broken": ZeroDivisionError("kanarie"),
    "away": OperationalError("kanarie: connection refused"),
    "lost": InterfaceError("kanarie: connection already closed"),
}
STAYS_AWAY = (
    "kanarie",
    "Traceback",
    "ZeroDivisionError",
    "OperationalError",
    "Django",
    "tests.bwob",
)


@login_not_required
def breaking(request: HttpRequest, error: str) -> HttpResponse:
    raise ERRORS[error]


@login_not_required
def reading(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


urlpatterns = [
    *i18n_patterns(
        path("stuk/<str:error>/", breaking),
        path("lees/", reading),
        prefix_default_language=False,
    ),
    *urls.urlpatterns,
]


@pytest.fixture
def visitor() -> Client:
    """A visitor to whom an error comes as a page, as in a browser."""
    return Client(raise_request_exception=False, headers={"accept-language": "en"})


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """These errors are meant; their tracebacks would only hide one that is not."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def heading(response: HttpResponse) -> str:
    """The one first heading, that the title names too."""
    page = response.content.decode()
    (text,) = re.findall(r"<h1[^>]*>\s*(.*?)\s*</h1>", page, re.DOTALL)
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert text in title[1]
    return text


def tells_nothing(response: HttpResponse) -> bool:
    return [word for word in STAYS_AWAY if word in response.content.decode()] == []


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        ("bad", 400, "We cannot read this request"),
        ("forbidden", 403, "You may not do this"),
        ("broken", 500, "Something broke on our side"),
        ("away", 503, "The portal is out for a moment"),
        ("lost", 503, "The portal is out for a moment"),
    ],
)
def test_a_page_that_breaks_says_so_with_its_status(visitor, error, status, words):
    response = visitor.get(f"/en/stuk/{error}/")

    assert response.status_code == status
    assert tells_nothing(response)
    assert heading(response) == words
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"


def test_a_refusal_says_why(visitor):
    assert "Only HR does this." in visitor.get("/en/stuk/forbidden/").content.decode()


def test_an_address_that_does_not_exist_is_a_page_with_a_way_out(visitor):
    response = visitor.get("/en/nergens/")

    assert (response.status_code, heading(response)) == (404, "This page is not here")
    assert f'href="{reverse("mobility:exchanges")}"' in response.content.decode()


def test_what_one_may_not_see_looks_like_what_does_not_exist(visitor):
    application = make.application()
    visitor.force_login(make.staff(Role.HR, make.organisation("Waterschap Vallei")))

    hidden = visitor.get(reverse("mobility:application", args=[application.key]))
    absent = visitor.get(reverse("mobility:application", args=["00000000-0000-4000-8000-000000000000"]))

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert without_codes(hidden, str(application.key)) == without_codes(
        absent, "00000000-0000-4000-8000-000000000000"
    )


def without_codes(response: HttpResponse, key: str) -> str:
    page = response.content.decode().replace(key, "KEY")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_a_form_without_its_safety_code_is_refused_with_what_to_do():
    visitor = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})

    response = visitor.post(reverse("account_login"), {"login": "kanarie@mail.example"})

    assert response.status_code == 403
    assert "reload the page and try again" in response.content.decode()


def test_an_act_is_not_done_by_following_a_link(visitor):
    exchange = make.exchange()
    visitor.force_login(make.staff(Role.HR, exchange.organisation))

    response = visitor.get(reverse("mobility:publish", args=[exchange.slug]))

    assert (response.status_code, response["Allow"]) == (405, "POST")


def test_an_act_that_came_too_late_names_what_happened_and_keeps_the_text(visitor):
    application = make.application("submitted")
    adviser = make.staff(Role.HR, application.exchange.organisation, "Robin")
    application.move_to(Application.State.WITHDRAWN, by=application.applicant, reason="Found something else")
    visitor.force_login(adviser)

    response = visitor.post(
        reverse("mobility:decline", args=[application.key]),
        {"code": "profile", "reason": "Thank you for your <b>clear</b> letter."},
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "This has changed in the meantime" in page
    assert "Found something else" in page
    assert "Thank you for your &lt;b&gt;clear&lt;/b&gt; letter." in page


@pytest.mark.parametrize(
    "content",
    [
        {"text": "x" * 2_600_000},
        {f"field{number}": "" for number in range(2_100)},
    ],
    ids=["too long", "too many fields"],
)
@pytest.mark.parametrize("is_checked", [True, False], ids=["with CSRF check", "without"])
def test_too_much_at_once_is_refused(settings, content, is_checked):
    visitor = Client(enforce_csrf_checks=is_checked, headers={"accept-language": "en"})
    visitor.cookies[settings.CSRF_COOKIE_NAME] = get_random_string(32)

    response = visitor.post("/en/lees/", urlencode(content), **FORM)

    assert (response.status_code, heading(response)) == (413, "This file is too large")


FORM: dict[str, Any] = {"content_type": "application/x-www-form-urlencoded"}


def test_too_many_tries_are_slowed_down(visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    address, typed = reverse("account_login"), {"login": "nobody@mail.example", "password": "wrong"}

    first, second = visitor.post(address, typed), visitor.post(address, typed)

    assert (first.status_code, second.status_code) == (422, 429)
    assert heading(second) == "You are going a little too fast"


@pytest.mark.parametrize("is_signed_in", [True, False], ids=["signed in", "visitor"])
def test_while_the_database_is_away_every_page_says_so_and_when_to_come_back(visitor, is_signed_in):
    if is_signed_in:
        visitor.force_login(make.person())

    with connection.execute_wrapper(refuse):
        response = visitor.get("/en/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert heading(response) == "The portal is out for a moment"
    assert tells_nothing(response)


def refuse(*_call: object) -> None:
    raise OperationalError("kanarie: connection refused")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "bwob.example.evil.example", "x y"])
def test_a_name_that_is_not_ours_is_refused(visitor, host):
    response = visitor.get("/", headers={"host": host})

    assert response.status_code == 400
    assert "evil" not in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/%00", "/?q=%00", "/en/uitwisselingen/?q=%ff", "/en/uitwisselingen/%2e%2e/"]
)
def test_a_strange_address_is_no_error_of_ours(visitor, address):
    assert visitor.get(address).status_code < 500
