"""Composition: the front page, *Mijn overzicht*, and what stands around every page."""

import dataclasses
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET


@dataclasses.dataclass(frozen=True)
class Line:
    """A programme line in the header."""

    label: str
    url: str
    is_current: bool


def chrome(request: HttpRequest) -> dict[str, Any]:
    """What the base template shows around every page. No queries."""
    match = request.resolver_match
    line = match.app_names[0] if match and match.app_names else ""
    other = "en" if get_language() == "nl" else "nl"
    return {
        "lines": [Line(_("Exchanges"), reverse("mobility:exchanges"), line == "mobility")],
        "demo": settings.DEMO,
        "other_language": {
            "code": other,
            "label": dict(settings.LANGUAGES)[other],
            "url": translate_url(request.get_full_path(), other),
        },
    }


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html")


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboard.html")
