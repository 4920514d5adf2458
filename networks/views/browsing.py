from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET

from bwob import export
from networks import feeds, listing, portrait, rules, spots
from networks.filters import understood
from networks.models import Network

FRAMED: dict[str, Any] = settings.SECURE_CSP | {"frame-ancestors": ["'self'", "https:"]}
"""The policy of the one page that other sites may show in a frame; the rest of it stays as everywhere."""


@login_not_required
@require_GET
def networks(request: HttpRequest) -> HttpResponse:
    """List and map of the same networks."""
    page = request.GET.get("page", "")
    number = min(int(page), 9999) if page.isascii() and page.isdecimal() and page.strip("0") else 1
    return render(request, "networks/networks.html", listing.context(understood(request.GET), number))


@login_not_required
@require_GET
def as_csv(request: HttpRequest) -> HttpResponse:
    rows = understood(request.GET).rows()
    return export.as_csv("netwerken", feeds.COLUMNS, feeds.table(rows))


@login_not_required
@require_GET
def as_geojson(request: HttpRequest) -> HttpResponse:
    found = feeds.geojson(understood(request.GET).rows())
    response = JsonResponse(found, content_type="application/geo+json")
    response["Content-Disposition"] = 'attachment; filename="netwerken.geojson"'
    return response


@login_not_required
@require_GET
def network(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Network.objects.visible_to(request.user).with_names(), slug=slug)
    context = portrait.context(shown, request.user) | {"may_tie": rules.may_tie(request.user, shown)}
    return render(request, "networks/network.html", context)


@login_not_required
@require_GET
def white_spots(request: HttpRequest) -> HttpResponse:
    return render(request, "networks/white_spots.html", spots.context(understood(request.GET)))


@login_not_required
@require_GET
@xframe_options_exempt
@csp_override(FRAMED)
def embedded_map(request: HttpRequest) -> HttpResponse:
    """Only the map, for a frame on another site: nothing personal, no form; every link leaves the frame."""
    response = render(request, "networks/embedded_map.html", listing.map_alone(understood(request.GET)))
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
