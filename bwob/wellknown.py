"""Addresses that others look for by a fixed name (RFC 8615)."""

import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

PRIVATE = ("account", "beheer", "mijn", "akkoord")
VALID = datetime.timedelta(days=180)


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a security hole (RFC 9116). It never goes stale: the date moves along with today."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + VALID
    lines = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": expires.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "nl, en",
        "Canonical": settings.ORIGIN.rstrip("/") + reverse("security_txt"),
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines need not visit (RFC 9309), and where the list of public pages is."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {language}/{name}/" for language in ("", "/en") for name in PRIVATE),
    ]
    lines.append(f"Sitemap: {settings.ORIGIN.rstrip('/')}{reverse('sitemap')}")
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
