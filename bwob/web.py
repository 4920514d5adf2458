"""What every response gets, and what becomes of errors: headers, refusals, and pages that say what to do."""

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from bwob import history
from bwob.workflow import Refused

logger = logging.getLogger(__name__)
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent)
AWAY = (OperationalError, InterfaceError)
LARGEST = 100_000_000
"""Bytes of a request. Django stores a file that a form brings on disk before anybody is asked who sent it."""


def require(allowed: bool, sentence: str = "") -> None:
    """Go on if the rule allows it; otherwise 403 with a sentence that says why not."""
    if not allowed:
        raise PermissionDenied(sentence)


class HeadersMiddleware:
    """Headers that Django has no setting for; a page for one person is never kept by a cache.

    HEAD asks for the headers of a GET (RFC 9110, 9.3.2): the view makes the page, the server leaves it out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "HEAD":
            request.method = "GET"
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.status_code >= 400 or not request.path.startswith(settings.STATIC_URL):
            response.setdefault("Cache-Control", "private, no-store")
        return response


class ErrorPagesMiddleware:
    """Turn what a view could not do into a page in the portal's look with the right status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > LARGEST:
            return bad_request(request, RequestDataTooBig())
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return conflict(request, exception)
        if isinstance(exception, TOO_MUCH):
            return bad_request(request, exception)
        if isinstance(exception, AWAY):
            return database_away()
        return None

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """A form in error answers 422, on the pages of allauth and of Django's admin too (rule R7)."""
        context = response.context_data or {}
        if request.method == "POST" and response.status_code == 200 and in_error(context):
            response.status_code = 422
        return response


def in_error(context: dict[str, Any]) -> bool:
    """Does a page with this context show a form that was refused? The admin gathers its errors apart."""
    return bool(context.get("errors") or getattr(context.get("form"), "errors", None))


def conflict(request: HttpRequest, refused: Refused) -> HttpResponse:
    """409: who did what and when, and what the person typed, so that it can be copied."""
    record = refused.record
    context = {
        "reason": refused.reason,
        "moments": history.timeline(record)[-1:] if record is not None else [],
        "record": record,
        "typed": typed(request),
    }
    return render(request, "409.html", context, status=409)


def typed(request: HttpRequest) -> list[str]:
    """The sentences that a person typed; choices, dates and keys of the form say nothing on their own."""
    fields = [text for name, text in request.POST.items() if name not in ("csrfmiddlewaretoken", "form_key")]
    return [text for text in map(str, fields) if " " in text or len(text) > 20]


def database_away() -> HttpResponse:
    """503 without touching the database, with the time after which to try again (in seconds)."""
    logger.exception("The database does not answer")
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "5"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _(
        "Your browser did not send the safety code of this form. Go back, reload the page and try again."
    )
    return render(request, "403.html", {"exception": sentence}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a form that is too large; a middleware may notice that before the view does."""
    if isinstance(exception, TOO_MUCH):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"exception": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """One page for what does not exist and what one may not see, so that nobody can tell which it was."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it was the database that failed a middleware; the error at hand says which."""
    if isinstance(sys.exception(), AWAY):
        return database_away()
    return HttpResponse(render_to_string("500.html"), status=500)
